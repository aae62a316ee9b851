import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { afterEach, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Json } from '../support/gateway.ts'
import { chatReply, openSite, type Site } from './site.ts'

let site: Site
afterEach(() => site.stop())

/** The second provider is the judge's. */
const JUDGE_ROUTE = '  judge:\n    targets: [{ provider: two, model: "qwen3:14b" }]'
const verdict = (score: number) => (request: { json: Record<string, unknown> }) =>
  chatReply(request.json, JSON.stringify({ score, reason: 'because' }))

const ask = async (content: string, more: object = {}) => {
  const reply = await site.gateway.chat({ model: 'support', messages: [{ role: 'user', content }], ...more })
  await reply.text()
  return reply
}

/** The request's scores once there are so many. */
async function scored(reply: Response, count: number): Promise<Json[]> {
  const id = reply.headers.get('x-request-id')
  await site.gateway.recorded(reply)
  for (let tries = 0; ; tries++) {
    const { scores } = await site.gateway.admin<Json>(`requests/${id}`)
    if (scores.length >= count || tries > 60) return scores
    await sleep(25)
  }
}

describe('evaluators that watch', () => {
  it('score a reply once it is out, and let it be as it is', async () => {
    site = await openSite(
      'evaluators: { watch: [{ use: contains, any: ["43"] }, { use: length, name: short, max: 5 }] }',
    )
    const reply = await ask('What is it?')
    assert.equal(reply.status, 200)
    assert.equal(reply.headers.get('x-gatehouse-attempts'), '1')
    const scores = await scored(reply, 2)
    assert.deepEqual(
      scores.map(({ evaluator, passed, gates }) => [evaluator, passed, gates]),
      [
        ['contains', false, false],
        ['short', false, false],
      ],
    )
    const { data } = await site.gateway.admin<Json>('scores?route=support')
    assert.deepEqual(
      data.map(({ evaluator, replies, passed }: Json) => [evaluator, replies, passed]),
      [
        ['contains', 1, 0],
        ['short', 1, 0],
      ],
    )
    const trace = await site.gateway.admin<Json>(`traces/${reply.headers.get('x-gatehouse-trace-id')}`)
    assert.ok(trace.spans.some(({ name }: Json) => name === 'evaluate contains'))
  })

  it('ask a model of the operator’s own without anybody waiting for it', async () => {
    site = await openSite(
      'evaluators: { watch: [{ use: judge, route: judge, rubric: "Is it right?" }] }',
      '',
      JUDGE_ROUTE,
    )
    site.candidate.answer = (request) => ({ ...verdict(4)(request), headDelayMs: 400 })
    const began = performance.now()
    const reply = await ask('What is it?', { stream: true })
    assert.ok(performance.now() - began < 400)
    const [score] = await scored(reply, 1)
    assert.deepEqual([score!.evaluator, score!.score], ['judge', 0.75])
    assert.doesNotMatch(JSON.stringify(score), /because/)
    let checks = await site.gateway.admin<Json>('requests?purpose=check')
    for (let tries = 0; checks.data.length === 0 && tries < 40; tries++) {
      await sleep(25)
      checks = await site.gateway.admin<Json>('requests?purpose=check')
    }
    assert.deepEqual(
      checks.data.map(({ route, experiment }: Json) => [route, experiment]),
      [['judge', 'evaluate:support']],
    )
  })

  it('say nothing of a model of their own family', async () => {
    site = await openSite(
      'evaluators: { watch: [{ use: judge, route: judge, rubric: "Is it right?" }] }',
      '',
      JUDGE_ROUTE.replace('qwen3:14b', 'big'),
    )
    site.candidate.answer = verdict(5)
    const reply = await ask('What is it?')
    assert.deepEqual(await scored(reply, 1).then((scores) => scores.length), 0)
    assert.equal(site.candidate.seen.length, 0)
  })

  it('stop asking when the day’s budget is spent', async () => {
    site = await openSite(
      'evaluators: { watch: [{ use: judge, route: judge, rubric: "Is it right?" }], budget: { per_day: { usd: 0.000001 } } }',
      '  dear: { kind: vllm, base_url: "CANDIDATE/v1", gpu_usd_per_hour: 1000000 }',
      '  judge:\n    targets: [{ provider: dear, model: qwen3 }]',
    )
    site.candidate.answer = verdict(4)
    for (const content of ['one', 'two', 'three']) {
      const reply = await ask(content)
      await scored(reply, content === 'one' ? 1 : 0)
      await sleep(100)
    }
    assert.equal(site.candidate.seen.length, 1)
  })
})

describe('evaluators that must be passed', () => {
  it('let a reply pass that a model is too slow to judge, and say so', async () => {
    site = await openSite(
      'evaluators: { require: [{ use: judge, route: judge, rubric: "Is it right?" }], budget: { time: 200ms } }',
      '',
      JUDGE_ROUTE,
    )
    site.candidate.answer = () => ({ silent: true })
    const reply = await ask('What is it?')
    assert.equal(reply.status, 200)
    assert.equal(reply.headers.get('x-gatehouse-warning'), 'unjudged_judge')
  })

  it('send a reply that a model finds bad on to the next target', async () => {
    site = await openSite(
      'evaluators: { require: [{ use: judge, route: judge, rubric: "Is it right?" }], escalate_to: sandbox/echo }',
      '',
      JUDGE_ROUTE,
    )
    site.candidate.answer = (request, index) => verdict(index === 0 ? 1 : 5)(request)
    const reply = await ask('Say this back')
    assert.equal(reply.headers.get('x-gatehouse-model'), 'echo')
    assert.equal((await scored(reply, 2)).length, 2)
  })
})

describe('texts', () => {
  const stored = () =>
    readFileSync(site.gateway.home.store, 'latin1') + readFileSync(`${site.gateway.home.store}-wal`, 'latin1')

  it('are not kept unless the route says so', async () => {
    site = await openSite('evaluators: { watch: [non-empty] }')
    await site.gateway.recorded(await ask('The quick brown zebra'))
    assert.doesNotMatch(stored(), /brown zebra|answer is 42/)
  })

  it('are kept without personal data and secrets, where it does', async () => {
    site = await openSite('content: { sample: 1 }')
    const key = `sk-ant-api03-${'a1B2'.repeat(23)}-AbCdEfAA`
    site.primary.answer = (request) => chatReply(request.json, `Write to ada@example.org with ${key}`)
    const tools = [
      { type: 'function', function: { name: 'mail', description: 'mails bob@example.org', parameters: {} } },
    ]
    const reply = await ask(`I am carol@example.org, my key is ${key}; zebra`, { tools, user: 'dave@example.org' })
    await site.gateway.recorded(reply)
    const text = stored()
    assert.match(text, /zebra/)
    for (const secret of ['ada@', 'bob@', 'carol@', 'dave@example.org", "mess', key])
      assert.ok(!text.includes(secret), secret)
  })
})
