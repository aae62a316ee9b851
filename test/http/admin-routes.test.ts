import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { DrainList, RouteList, type RouteRow, type TargetRow } from '../../server/http/admin/schemas.ts'
import { type FakeUpstream, startFakeUpstream } from '../support/fake-upstream.ts'
import { goodReply, goodStream } from '../support/frames.ts'
import { ask, startGateway, type TestGateway } from '../support/gateway.ts'
import { assertFits, readAdmin, sendAdmin } from './admin.ts'
import { until } from './until.ts'

const CONFIG = (url: string) => `version: 1
providers:
  good: { kind: openai-compatible, base_url: "${url}/good/v1", max_concurrency: 1 }
  bad: { kind: openai-compatible, base_url: "${url}/bad/v1" }
  keyless: { kind: openai }
routes:
  chain:
    targets: [{ provider: bad, model: x }, { provider: good, model: y }]
    breaker: { failures: 2, error_share: 0.1, window: 1m, cooldown: 30s }
    retry: { max: 0, budget: 0.5 }
    hedge: { after: 5s }
    priority: low
    fallback: { cached: stale, static: "Later." }
    on_stream_failure: resume
  forked:
    targets: [{ provider: sandbox, model: echo }]
    when: [{ if: { metadata.tier: gold }, use: [good/z] }]
    evaluators: { require: [non-empty], escalate_to: keyless/gpt }
  plain: { targets: [{ provider: sandbox, model: echo }] }
`

let gateway: TestGateway
let upstream: FakeUpstream
before(async () => {
  upstream = await startFakeUpstream(({ path, json }) => {
    if (path.startsWith('/bad')) return { status: 503, chunks: ['{"error":{"message":"overloaded"}}'] }
    return json.stream ? goodStream('Hello') : goodReply('Hello')
  })
  gateway = await startGateway(CONFIG(upstream.url))
})
after(async () => {
  await gateway.stop()
  await upstream.close()
})

const routes = async () => {
  const list = await readAdmin(gateway, 'routes', RouteList)
  return new Map(list.data.map((row) => [row.name, row]))
}
const targetOf = (row: RouteRow | undefined, name: string): TargetRow => {
  const found = row?.targets.find(({ provider, model }) => `${provider}/${model}` === name)
  assert.ok(found, name)
  return found
}
const drain = (body: object) => sendAdmin(gateway, 'POST', 'drains', body)

test('a route that nobody called says what it would do, and claims no figures', async () => {
  const rows = await routes()
  assert.deepEqual([...rows.keys()], ['chain', 'forked', 'plain'])
  const chain = rows.get('chain')!
  assert.deepEqual(chain.settings, {
    retry_max: 0,
    retry_budget: 0.5,
    retries_left: chain.settings.retries_left,
    hedge: '5000ms',
    fallback: true,
    resume: true,
    priority: 'low',
    breaker: { failures: 2, error_share: 0.1, cooldown_ms: 30_000 },
    evaluators: [],
    last_resort: ['stale', 'static'],
  })
  const { standing, share, p95_ms, ttft_p95_ms, score, queue } = targetOf(chain, 'good/y')
  assert.deepEqual(
    { standing, share, p95_ms, ttft_p95_ms, score, queue },
    {
      standing: 'ready',
      share: null,
      p95_ms: null,
      ttft_p95_ms: null,
      score: null,
      queue: { running: 0, waiting: 0, limit: 1 },
    },
  )
})

test('targets of conditions and of the escalation are listed with what leads to them', async () => {
  const forked = (await routes()).get('forked')!
  assert.deepEqual(
    forked.targets.map(({ provider, condition, escalation }) => [provider, condition, escalation]),
    [
      ['sandbox', null, false],
      ['good', 0, false],
      ['keyless', null, true],
    ],
  )
  assert.deepEqual(forked.when, [{ text: '{"metadata.tier":"gold"}', targets: ['good/z'] }])
  assert.deepEqual(forked.settings.evaluators, ['non-empty'])
  const keyless = targetOf(forked, 'keyless/gpt')
  assert.equal(keyless.standing, 'unconfigured')
  assert.match(keyless.why!, /api_key/)
})

test('shares, errors and latency follow the traffic, and a breaker that opened says until when', async () => {
  for (let index = 0; index < 4; index += 1) await (await gateway.chat(ask('chain'))).text()
  for (let index = 0; index < 2; index += 1) await (await gateway.chat(ask('chain', 'Hi', { stream: true }))).text()
  const chain = await until('six requests are counted', async () => {
    const row = (await routes()).get('chain')!
    return row.requests === 6 && row
  })
  assert.equal(chain.failed, 0)
  const bad = targetOf(chain, 'bad/x')
  const good = targetOf(chain, 'good/y')
  assert.deepEqual([bad.attempts, bad.errors, good.attempts, good.errors], [2, 2, 6, 0])
  assert.equal(bad.share, 2 / 8)
  assert.equal(good.share, 6 / 8)
  assert.ok(good.p50_ms! > 0 && good.p95_ms! >= good.p50_ms! && good.ttft_p95_ms! > 0)
  assert.equal(bad.standing, 'open')
  assert.match(bad.why!, /2 of 2/)
  const left = Date.parse(bad.until!) - Date.now()
  assert.ok(left > 0 && left <= 30_000, `${left}`)
  assert.equal(targetOf((await routes()).get('plain'), 'sandbox/echo').attempts, 0, 'shares are told by route')
})

test('what waits for a provider is seen while it waits', async () => {
  upstream.answer = () => ({ silent: true })
  const leave = new AbortController()
  const calls = [1, 2].map(() =>
    fetch(`${gateway.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(ask('chain')),
      signal: leave.signal,
    }).catch(() => null),
  )
  const { queue, in_flight } = await until('one runs and one waits', async () => {
    const target = targetOf((await routes()).get('chain'), 'good/y')
    return target.queue.waiting === 1 && target
  })
  assert.deepEqual(queue, { running: 1, waiting: 1, limit: 1 })
  assert.ok(in_flight >= 1)
  leave.abort()
  await Promise.all(calls)
  await until('both have gone', async () => {
    const target = targetOf((await routes()).get('chain'), 'good/y')
    return target.queue.running + target.queue.waiting === 0
  })
  upstream.answer = ({ json }) => (json.stream ? goodStream('Hello') : goodReply('Hello'))
})

describe('drains', () => {
  test('a drained target gets no new request, and gets them again when it is put back', async () => {
    const reply = await drain({ provider: 'sandbox', model: 'echo', drained: true })
    assert.equal(reply.status, 200)
    const list = await reply.json()
    assertFits(DrainList, list, 'drains')
    assert.deepEqual(list, { data: [{ provider: 'sandbox', model: 'echo' }] })
    const row = targetOf((await routes()).get('plain'), 'sandbox/echo')
    assert.deepEqual([row.standing, row.drained], ['drained', 'model'])
    assert.equal((await gateway.chat(ask('plain'))).status, 503)
    assert.deepEqual(await (await drain({ provider: 'sandbox', model: 'echo', drained: false })).json(), { data: [] })
    assert.equal((await gateway.chat(ask('plain'))).status, 200)
  })

  test('a whole provider is drained at once', async () => {
    await drain({ provider: 'good', drained: true })
    const rows = await routes()
    for (const [route, target] of [
      ['chain', 'good/y'],
      ['forked', 'good/z'],
    ] as const) {
      const { standing, drained } = targetOf(rows.get(route), target)
      assert.deepEqual([standing, drained], ['drained', 'provider'])
    }
    await drain({ provider: 'good', model: null, drained: false })
    assert.deepEqual(await gateway.admin('drains'), { data: [] })
  })

  test('what is not there cannot be drained, and what is not understood is told', async () => {
    const missing = await drain({ provider: 'nobody', drained: true })
    assert.equal(missing.status, 404)
    assert.match(await missing.text(), /There is no provider \\"nobody\\"/)
    assert.equal((await drain({ provider: 'good', drain: true })).status, 400)
  })
})
