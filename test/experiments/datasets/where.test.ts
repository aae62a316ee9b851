import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { labelFacts } from '../../../server/experiments/datasets/label-facts.ts'
import { itemFacts, traceFacts } from '../../../server/experiments/datasets/trace-facts.ts'
import { compileWhere, type Where } from '../../../server/experiments/datasets/where.ts'
import type { TraceCandidate } from '../../../server/stores/experiments/trace-candidates.ts'

const TRACE: TraceCandidate = {
  ...{ request_id: 'req_1', route: 'support', tenant: 'acme', team: null, key_id: 'key_1', user: 'u1', session: 's1' },
  ...{ surface: '/v1/chat/completions', stream: 1, status: 200, provider: 'openai', model: 'gpt-5', attempts: 2 },
  ...{ fallback: 1, cache: null, guardrail: 'redact', finish_reason: 'stop', input_tokens: 90, output_tokens: 8 },
  ...{ cost_nano: 1_500_000, duration_ms: 820, ttft_ms: 300, revision: 'r1', error: null, feedback: -0.5 },
  facts: JSON.stringify({
    ...{ 'request.tokens': 100, 'request.language': 'de', 'metadata.tier': 'gold', 'metadata.level': '3' },
    ...{ 'metadata.size': 3, 'metadata.tags': ['a', 'b'], 'metadata.paid': true },
  }),
  scores: JSON.stringify({ groundedness: 0.4, 'my.score': 1 }),
}

const holds = (...where: Where[]) => compileWhere(where)(traceFacts(TRACE))

describe('a condition on stored requests', () => {
  it('asks columns, metadata, scores, feedback and verdicts', () => {
    for (const term of [
      ...['tenant=acme', 'status=200', 'status!=500', 'provider=openai', 'target=openai/gpt-5', 'model~^gpt'],
      ...['metadata.tier=gold', 'metadata.level=3', 'metadata.size=3', 'metadata.level>2', 'metadata.tags=b'],
      ...['metadata.paid=true', 'score.groundedness<0.5', 'score.my.score>=1', 'feedback<0', 'verdict=redact'],
      ...['request.tokens<=100', 'cost_usd>0.001', 'fallback=true', 'session', '!team', '!error', ' status = 200 '],
    ])
      assert.equal(holds(term), true, term)
    for (const term of [
      ...['tenant=other', 'status>200', 'status!=200', 'metadata.tier!=gold', 'score.relevancy<0.5', 'score.relevancy'],
      ...['team', '!session', 'metadata.none>1', 'metadata.paid=false', 'feedback>0', 'error', 'model~^claude'],
    ])
      assert.equal(holds(term), false, term)
  })

  it('takes what `when` of the config takes, and all must hold', () => {
    assert.equal(
      holds({ status: 200, $or: [{ tenant: 'x' }, { 'score.groundedness': { $lt: 0.5 } }] }, 'tenant=acme'),
      true,
    )
    assert.equal(holds('{"status": {"$gte": 200}}', 'tenant=acme'), true)
    assert.equal(holds('status=200', 'tenant=x'), false)
    assert.equal(holds(), true)
  })

  it('is refused with what is meant', () => {
    const hint = (where: Where) => {
      try {
        compileWhere([where])
      } catch (error) {
        return `${(error as Error).message} ${(error as { hint: string }).hint}`
      }
      return 'none'
    }
    assert.match(hint('stats=200'), /"stats" is not a fact of a request\. did you mean "status"\?/)
    assert.match(hint('=200'), /names no fact/)
    assert.match(hint('a!b'), /is no term.*KEY=VALUE/)
    assert.match(hint('model~('), /\$regex is wrong/)
    assert.match(hint('{"status":'), /is no JSON/)
    assert.match(hint({ status: { $above: 3 } }), /unknown operator "\$above"/)
  })
})

it('cohorts can be made of who asked, what answered and metadata, as texts', () => {
  assert.deepEqual(itemFacts(TRACE), {
    ...{ tenant: 'acme', route: 'support', model: 'openai/gpt-5', stream: 'true', language: 'de' },
    ...{ 'metadata.tier': 'gold', 'metadata.level': '3', 'metadata.size': '3', 'metadata.paid': 'true' },
  })
  assert.deepEqual(itemFacts({ ...TRACE, facts: null, provider: null, tenant: null, stream: 0 }), {
    route: 'support',
    stream: 'false',
  })
})

it('what most people said of a reply counts, of as many the newest', () => {
  assert.deepEqual(
    labelFacts([
      { tone: 'good', right: 1 },
      { tone: 'bad', right: 0 },
      { tone: 'good', note: '' },
    ]),
    {
      'label.tone': 'good',
      'label.right': '0',
    },
  )
  assert.deepEqual(labelFacts([{ tone: null, list: [1] }]), {})
  assert.deepEqual(labelFacts([]), {})
})
