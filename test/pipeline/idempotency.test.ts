import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { keyPepper } from '../../server/home.ts'
import { openForWriting } from '../../server/stores/database.ts'
import { createKey } from '../../server/stores/keys.ts'
import { type FakeUpstream, startFakeUpstream } from '../support/fake-upstream.ts'
import { goodReply, goodStream, readSse } from '../support/frames.ts'
import { ask, type Json, routesConfig, startGateway, type TestGateway } from '../support/gateway.ts'

describe('idempotency keys', () => {
  let upstream: FakeUpstream
  let gateway: TestGateway
  before(async () => {
    upstream = await startFakeUpstream()
    const targets = [{ provider: 'up', model: 'm' }]
    gateway = await startGateway(
      routesConfig(
        { up: { kind: 'openai-compatible', base_url: upstream.url } },
        { usual: { targets }, short: { targets, idempotency: '80ms' }, none: { targets, idempotency: '0s' } },
      ),
    )
  })
  let count = 0
  beforeEach(() => {
    upstream.seen = []
    upstream.answer = ({ json }) => {
      count += 1
      return json.stream ? { ...goodStream('reply ', String(count)), chunkDelayMs: 10 } : goodReply(`reply ${count}`)
    }
  })
  after(async () => {
    await gateway.stop()
    await upstream.close()
  })
  const send = (key: string, body = ask('usual'), headers: Record<string, string> = {}) =>
    gateway.chat(body, { 'idempotency-key': key, ...headers })

  for (const stream of [false, true])
    it(`repeats the recorded reply, ${stream ? 'streamed' : 'unary'}`, async () => {
      const key = `again-${stream}`
      const body = ask('usual', 'Hello', { stream })
      const one = await send(key, body)
      const first = await one.text()
      const other = await send(key, body)
      assert.equal(await other.text(), first)
      assert.equal(one.headers.get('idempotent-replayed'), null)
      assert.equal(other.headers.get('idempotent-replayed'), 'true')
      assert.equal(other.headers.get('content-type'), one.headers.get('content-type'))
      assert.equal(upstream.seen.length, 1)
    })

  it('joins the one in flight', async () => {
    const body = ask('usual', 'Hello', { stream: true })
    const replies = await Promise.all(Array.from({ length: 20 }, () => send('join', body)))
    const texts = await Promise.all(replies.map((reply) => reply.text()))
    assert.equal(new Set(texts).size, 1)
    assert.ok(readSse(texts[0]!).done)
    assert.equal(upstream.seen.length, 1)
  })

  it('makes the reply to its end when the client goes away, for its next try', async () => {
    const body = ask('usual', 'Hello', { stream: true })
    const gone = new AbortController()
    const reply = await fetch(`${gateway.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'gone' },
      body: JSON.stringify(body),
      signal: gone.signal,
    })
    gone.abort()
    await reply.text().catch(() => '')
    assert.ok(readSse(await (await send('gone', body)).text()).done)
    assert.equal(upstream.seen.length, 1)
  })

  it('refuses the same key for another request', async () => {
    await (await send('other', ask('usual', 'one'))).text()
    const reply = await send('other', ask('usual', 'two'))
    assert.equal(reply.status, 422)
    assert.equal(((await reply.json()) as Json).error.code, 'idempotency_mismatch')
  })

  it('does not keep what failed', async () => {
    upstream.answer = (_request, index) => (index === 0 ? { status: 503 } : goodReply('better'))
    assert.equal((await send('failed')).status, 503)
    const reply = await send('failed')
    assert.equal(reply.status, 200)
    assert.equal(reply.headers.get('idempotent-replayed'), null)
  })

  it('forgets after the lifetime, and keeps nothing where the route says so', async () => {
    await (await send('short', ask('short'))).text()
    await new Promise((resolve) => setTimeout(resolve, 120))
    await (await send('short', ask('short'))).text()
    await (await send('none', ask('none'))).text()
    await (await send('none', ask('none'))).text()
    assert.equal(upstream.seen.length, 4)
  })

  it('never gives one tenant what another was told under the same key', async () => {
    const db = openForWriting(gateway.home.store)
    const keys = ['acme', 'globex', 'acme'].map(
      (tenant) => createKey(db, keyPepper(gateway.home), { tenant, team: null, routes: null }).key,
    )
    db.close()
    const texts = await Promise.all(
      keys.map(async (key) => (await send('shared', ask('usual'), { authorization: `Bearer ${key}` })).text()),
    )
    assert.equal(new Set(texts).size, 3)
    assert.equal(upstream.seen.length, 3)
  })

  it('names the request that it repeats on the record', async () => {
    const one = await send('record')
    await one.text()
    const first = await gateway.recorded(one)
    await (await send('record')).text()
    const isRepeat = (row: Json) => row.replay_of === first.request_id
    for (let tries = 0; !(await gateway.stored(1)).some(isRepeat) && tries < 100; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 20))
    const repeated = (await gateway.stored(1)).find(isRepeat)
    assert.equal(repeated?.attempts, 0)
    assert.equal(repeated.status, 200)
  })

  it('refuses a key that is too long', async () => {
    assert.equal((await send('x'.repeat(300))).status, 400)
  })
})
