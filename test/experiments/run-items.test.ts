import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ReplyView } from '../../server/core/evaluation.ts'
import { callerOf, writeItem } from '../../server/experiments/runs/item-request.ts'
import { Rate } from '../../server/experiments/runs/rate.ts'
import { recordedArm } from '../../server/experiments/runs/recorded-arm.ts'
import type { RecordedRequest } from '../../server/stores/experiments/recorded.ts'
import { itemOf } from '../stores/dataset-samples.ts'

const REPLY: ReplyView = { text: 'Yes', refusal: '', toolCalls: [], finishReason: 'stop' }

function recordedOf(more: Partial<RecordedRequest> = {}): RecordedRequest {
  const attempt = {
    ...{ index: 0, provider: 'one', model: 'big', otel_name: 'x', span_id: 's', reason: 'first' },
    ...{ outcome: 'ok', status: 200, error: null, error_message: null, resumed_at: null, reply_id: null },
    ...{ reply_model: null, finish_reason: 'stop', cost_nano: 5, synthetic: false },
    ...{ started_ms: 1, duration_ms: 100, queued_ms: 30, ttft_ms: 50 },
  } as RecordedRequest['attempts'][number]
  return {
    ...{
      request_id: 'req_1',
      trace_id: 't',
      span_id: 's',
      cache: 'bypass',
      last_resort: null,
      stream: true,
      error: null,
    },
    attempts: [attempt],
    ...{ output_tokens: 7, cost_nano: 2e9, content: { request: null, reply: REPLY }, scores: { exact: 1 } },
    ...more,
  }
}
const item = itemOf('Hello', { requestId: 'req_1', facts: { model: 'one/big' } })

describe('what was replied for real', () => {
  it('is measured without the wait for its turn', () => {
    const arm = recordedArm(item, recordedOf())
    assert.ok(typeof arm === 'object')
    assert.deepEqual(arm.result, {
      ...{ requestId: 'req_1', target: 'one/big', outcome: 'ok', error: null },
      measures: { success: 1, guardrail_block: 0, ttft: 20, latency: 70, tokens: 7, cost: 2 },
    })
    assert.equal(arm.reply, REPLY)
    assert.deepEqual([...arm.scores], [['exact', 1]])
  })

  it('counts as a failure where it failed, and as a block where a guardrail blocked it', () => {
    const failed = recordedArm(item, recordedOf({ error: 'upstream_timeout' }))
    const blocked = recordedArm(item, recordedOf({ error: 'guardrail_blocked' }))
    assert.ok(typeof failed === 'object' && typeof blocked === 'object')
    assert.deepEqual(
      [failed.result.outcome, failed.result.measures],
      ['timeout', { success: 0, guardrail_block: null }],
    )
    assert.deepEqual([blocked.result.outcome, blocked.result.measures], ['ok', { success: 1, guardrail_block: 1 }])
    assert.deepEqual([failed.reply, blocked.reply], [null, null])
  })

  it('is none where nobody was called for it, or nobody waited for it', () => {
    assert.equal(recordedArm(item, recordedOf({ attempts: [], cache: 'hit-exact' })), 'baseline_cached')
    assert.equal(recordedArm(item, recordedOf({ attempts: [], cache: null })), 'baseline_failed')
    assert.equal(recordedArm(item, recordedOf({ last_resort: 'static' })), 'baseline_failed')
    assert.equal(recordedArm(item, recordedOf({ error: 'client_gone' })), 'baseline_failed')
    assert.equal(recordedArm(item, null), 'no_baseline')
  })

  it('is what the item kept of it where the store has nothing any more', () => {
    const kept = recordedArm({ ...item, reply: REPLY }, null)
    assert.ok(typeof kept === 'object')
    assert.deepEqual([kept.result.target, kept.result.measures.latency, kept.reply], ['one/big', undefined, REPLY])
    const expired = recordedArm({ ...item, reply: REPLY }, recordedOf({ content: null }))
    assert.ok(typeof expired === 'object')
    assert.deepEqual([expired.reply, expired.result.measures.tokens], [REPLY, 7])
  })
})

describe('a request on its way once more', () => {
  const written = (more: object) => {
    const { body, lost } = writeItem({ ...item.request, ...more }, 'support')
    return { json: JSON.parse(body.toString()), lost }
  }

  it('names the route, and streams as it did', () => {
    const { json } = written({ stream: true, sampling: { maxTokens: 9 } })
    assert.equal(json.model, 'support')
    assert.deepEqual([json.stream, json.stream_options, json.max_completion_tokens], [true, { include_usage: true }, 9])
    assert.equal(written({}).json.stream, undefined)
  })

  it('leaves out what a provider would call by itself, and says so', () => {
    const own = { type: 'function', name: 'own', parameters: { type: 'object' } }
    const hosted = { type: 'hosted', name: 'web_search', dialect: 'openai-responses', value: {} }
    const { json, lost } = written({
      tools: [own, hosted],
      toolChoice: { mode: 'tool', name: 'web_search' },
      extra: { web_search_options: {}, service_tier: 'flex' },
    })
    assert.deepEqual(
      json.tools.map((tool: { function: { name: string } }) => tool.function.name),
      ['own'],
    )
    assert.equal(json.tool_choice, undefined)
    assert.equal(json.web_search_options, undefined)
    assert.equal(json.service_tier, 'flex')
    assert.deepEqual(lost, ['web_search', 'web_search_options'])
  })

  it('says what OpenAI’s format cannot carry', () => {
    const parts = [{ type: 'text', text: 'Hello', cache: {} }]
    assert.deepEqual(written({ messages: [{ role: 'user', parts }], sampling: { topK: 3 } }).lost, ['cache_control'])
  })

  it('is made on behalf of whoever made it', () => {
    const facts = { tenant: 'acme', team: 'a', 'metadata.tier': 'gold', model: 'x/y' }
    const caller = callerOf({ facts })
    assert.deepEqual(
      [caller.tenant, caller.team, caller.metadata, caller.routes, caller.key],
      ['acme', 'a', { tier: 'gold' }, null, null],
    )
    assert.equal(callerOf({ facts: {} }).tenant, 'local')
  })
})

describe('the rate of a run', () => {
  it('is that of its latest requests, and falls while none comes', () => {
    const rate = new Rate(0)
    assert.equal(rate.perMinute(1000), null)
    for (let index = 1; index <= 10; index += 1) rate.note(index * 1000)
    assert.equal(rate.perMinute(10_000), 60)
    assert.equal(rate.perMinute(20_000), 30)
    // Ten times as fast since: the first ones are forgotten.
    for (let index = 1; index <= 200; index += 1) rate.note(10_000 + index * 100)
    assert.equal(rate.perMinute(30_000), 600)
  })
})
