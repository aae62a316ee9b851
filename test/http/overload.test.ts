import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type FakeUpstream, startFakeUpstream } from '../support/fake-upstream.ts'
import { goodReply } from '../support/frames.ts'
import { ask, type Json, routesConfig, startGateway, type TestGateway } from '../support/gateway.ts'
import { type GatedUpstream, startGatedUpstream } from './gated-upstream.ts'

const until = async (isSo: () => Promise<boolean>) => {
  for (let tries = 0; !(await isSo()); tries += 1) {
    assert.ok(tries < 300)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

describe('more than the gateway takes', () => {
  let upstream: FakeUpstream
  let gated: GatedUpstream
  let gateway: TestGateway
  before(async () => {
    gated = await startGatedUpstream()
    upstream = await startFakeUpstream(() => ({ headDelayMs: 400, ...goodReply() }))
    gateway = await startGateway(
      routesConfig(
        {
          up: { kind: 'openai-compatible', base_url: upstream.url },
          gated: { kind: 'openai-compatible', base_url: gated.url },
          one: {
            kind: 'openai-compatible',
            base_url: upstream.url,
            max_concurrency: 1,
            queue: { max_waiting: 2, max_wait: '10s' },
          },
        },
        {
          free: ['up/m'],
          gated: ['gated/m'],
          narrow: ['one/m'],
          wide: {
            targets: [
              { provider: 'one', model: 'm' },
              { provider: 'up', model: 'n' },
            ],
          },
        },
        { server: { max_requests: 20, max_buffered: '64KB' } },
      ),
    )
  })
  after(async () => {
    await gateway.stop()
    await upstream.close()
    await gated.close()
  })
  const rushOf = (count: number, body: Json) => Promise.all(Array.from({ length: count }, () => gateway.chat(body)))

  it('is refused with 429 and retry-after, while health endpoints answer', async () => {
    const rush = rushOf(50, ask('gated', 'Hello', { stream: true }))
    await gated.arrived(20)
    for (const path of ['healthz', 'readyz']) assert.equal((await fetch(`${gateway.url}/${path}`)).status, 200)
    await until(async () => (await gateway.admin<Json>('status')).shed === 30)
    gated.release()
    const replies = await rush
    const refused = replies.filter(({ status }) => status === 429)
    assert.equal(replies.filter(({ status }) => status === 200).length, 20)
    assert.equal(refused.length, 30)
    for (const reply of refused) {
      assert.equal(reply.headers.get('retry-after'), '1')
      const { error } = (await reply.json()) as Json
      assert.equal(error.code, 'overloaded')
      assert.match(error.message, /server\.max_requests/)
    }
  })

  it('is refused before it is read when its bytes have no room', async () => {
    const replies = await rushOf(5, ask('free', 'x'.repeat(20_000)))
    assert.deepEqual(
      replies.map(({ status }) => status).sort((one, other) => one - other),
      [200, 200, 200, 429, 429],
    )
    const status = await gateway.admin<Json>('status')
    assert.equal(status.in_flight, 0)
    assert.equal((await gateway.chat(ask('free', 'x'.repeat(20_000)))).status, 200, 'the room is free again')
  })

  it('is shed by a provider’s queue, with a wait that can be believed', async () => {
    const replies = await rushOf(6, ask('narrow'))
    const shed = replies.filter(({ status }) => status === 429)
    assert.equal(shed.length, 3, 'one runs and two wait')
    for (const reply of shed) {
      assert.ok(Number(reply.headers.get('retry-after')) >= 1)
      assert.match(((await reply.json()) as Json).error.message, /one/)
    }
    const rows = (await Promise.all(
      replies.filter(({ status }) => status === 200).map((reply) => gateway.recorded(reply)),
    )) as Json[]
    const waits = rows.map(({ attempt_list }) => attempt_list[0].queued_ms).sort((one, other) => one - other)
    assert.equal(waits[0], 0)
    assert.ok(waits[1] > 200 && waits[2] > 600, String(waits))
  })

  it('goes to the next target when a queue is full', async () => {
    const replies = await rushOf(6, ask('wide'))
    assert.deepEqual(new Set(replies.map(({ status }) => status)), new Set([200]))
    assert.equal(replies.filter((reply) => reply.headers.get('x-gatehouse-model') === 'n').length, 3)
  })

  it('is not waited for in vain: a deadline that the queue cannot keep is told at once', async () => {
    const running = rushOf(2, ask('narrow'))
    await new Promise((resolve) => setTimeout(resolve, 50))
    const before = performance.now()
    const reply = await gateway.chat(ask('narrow'), { 'x-gatehouse-timeout': '300' })
    assert.equal(reply.status, 429)
    assert.ok(performance.now() - before < 290)
    await running
  })

  it('frees a place at once when a client that waits goes away', async () => {
    const running = gateway.chat(ask('narrow'))
    await new Promise((resolve) => setTimeout(resolve, 50))
    const seen = upstream.seen.length
    const gone = new AbortController()
    const waiting = Array.from({ length: 2 }, () =>
      fetch(`${gateway.url}/v1/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(ask('narrow')),
        signal: gone.signal,
      }).catch(() => null),
    )
    await new Promise((resolve) => setTimeout(resolve, 50))
    gone.abort()
    await Promise.all(waiting)
    await new Promise((resolve) => setTimeout(resolve, 20))
    const replies = await rushOf(2, ask('narrow'))
    assert.deepEqual(
      replies.map(({ status }) => status),
      [200, 200],
    )
    assert.equal((await running).status, 200)
    assert.equal(upstream.seen.length, seen + 2, 'those that went away never reached the provider')
  })

  it('lets a caller lower its priority, and not make one up', async () => {
    assert.equal((await gateway.chat(ask('free'), { 'x-gatehouse-priority': 'low' })).status, 200)
    assert.equal((await gateway.chat(ask('free'), { 'x-gatehouse-priority': 'urgent' })).status, 400)
  })
})
