import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type FakeUpstream, type Script, startFakeUpstream } from '../../support/fake-upstream.ts'
import { chunk, DONE, goodReply, ROLE, readSse, SSE, STOP } from '../../support/frames.ts'
import { ask, type Json, routesConfig, startGateway, type TestGateway } from '../../support/gateway.ts'

let upstream: FakeUpstream
let gateway: TestGateway
let next = 0

const WORDS = Array.from({ length: 20 }, (_, index) => `word${index} `)
const TEXT = WORDS.join('')
const slowStream = (): Script => ({
  headers: SSE,
  chunks: [ROLE, ...WORDS.map((content) => chunk({ content })), STOP, DONE],
  chunkDelayMs: 10,
})

describe('equal requests at once', () => {
  before(async () => {
    upstream = await startFakeUpstream()
    const targets = [{ provider: 'up', model: 'm' }]
    gateway = await startGateway(
      routesConfig(
        { up: { kind: 'openai-compatible', base_url: upstream.url } },
        { r: { targets, breaker: { failures: 0 }, cache: { mode: 'exact' } } },
      ),
    )
  })
  beforeEach(() => {
    upstream.answer = ({ json }) => (json.stream ? slowStream() : { ...goodReply(TEXT), headDelayMs: 100 })
  })
  after(async () => {
    await gateway.stop()
    await upstream.close()
  })
  const body = (stream = false) => ask('r', `Question ${next}`, { stream })
  const read = async (reply: Response, stream: boolean) => {
    const text = await reply.text()
    return stream ? readSse(text).text : JSON.parse(text).choices[0].message.content
  }

  for (const first of ['streamed', 'whole'])
    it(`make one call where the first is ${first}, and all get the reply in their own way`, async () => {
      next += 1
      const before = upstream.seen.length
      const leader = gateway.chat(body(first === 'streamed'))
      while (upstream.seen.length === before) await sleep(1)
      const replies = await Promise.all(
        Array.from({ length: 100 }, async (_, index) => {
          const stream = index % 2 === 0
          const reply = await gateway.chat(body(stream))
          return [reply.headers.get('x-gatehouse-cache'), await read(reply, stream)]
        }),
      )
      assert.equal(await read(await leader, first === 'streamed'), TEXT)
      for (const [cache, text] of replies) assert.deepEqual([cache, text], ['hit-exact', TEXT])
      assert.equal(upstream.seen.length, before + 1)
    })

  it('go on when the one that called goes away', async () => {
    next += 1
    const before = upstream.seen.length
    const abort = new AbortController()
    const leader = fetch(`${gateway.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body(true)),
      signal: abort.signal,
    })
    await leader
    const joined = gateway.chat(body(true))
    await joined
    abort.abort()
    assert.equal(await read(await joined, true), TEXT)
    assert.equal(upstream.seen.length, before + 1)
    assert.equal((await gateway.chat(body())).headers.get('x-gatehouse-cache'), 'hit-exact', 'and it was kept')
  })

  it('end the call when nobody is left', async () => {
    next += 1
    const { abandoned } = upstream
    const abort = new AbortController()
    const send = () =>
      fetch(`${gateway.url}/v1/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body(true)),
        signal: abort.signal,
      })
    const leader = await send()
    const joined = await send()
    abort.abort()
    await Promise.allSettled([leader.text(), joined.text()])
    for (let tries = 0; upstream.abandoned === abandoned && tries < 100; tries += 1) await sleep(5)
    assert.equal(upstream.abandoned, abandoned + 1)
  })

  it('go alone when the first one fails', async () => {
    next += 1
    let calls = 0
    upstream.answer = () => {
      calls += 1
      return calls === 1 ? { status: 500, headDelayMs: 80, chunks: ['{}'] } : goodReply('fine')
    }
    const leader = gateway.chat(body())
    while (calls === 0) await sleep(1)
    const others = await Promise.all([gateway.chat(body()), gateway.chat(body())])
    assert.equal((await leader).status, 502)
    for (const other of others) assert.deepEqual([other.status, await read(other, false)], [200, 'fine'])
  })

  it('are told of a break in a stream that they have begun to read', async () => {
    next += 1
    upstream.answer = () => ({
      headers: SSE,
      chunks: [ROLE, ...WORDS.map((content) => chunk({ content }))],
      chunkDelayMs: 10,
      ending: 'cut',
    })
    const leader = await gateway.chat(body(true))
    const joined = await gateway.chat(body(true))
    assert.equal(joined.headers.get('x-gatehouse-cache'), 'hit-exact')
    for (const reply of [leader, joined]) {
      const { text, error, done } = readSse(await reply.text())
      assert.deepEqual([text, error?.code, done], [TEXT, 'upstream_cut', false])
    }
  })

  it('do not share a tool call', async () => {
    next += 1
    const call = { index: 0, id: 'call_1', type: 'function', function: { name: 'look', arguments: '{}' } }
    upstream.answer = () => ({
      headers: SSE,
      chunks: [ROLE, chunk({ tool_calls: [call] }), chunk({}, 'tool_calls'), DONE],
      headDelayMs: 50,
    })
    const before = upstream.seen.length
    await Promise.all([1, 2, 3].map(async () => (await gateway.chat(body(true))).text()))
    assert.equal(upstream.seen.length, before + 3)
  })

  it('are held up by nobody who reads slowly', async () => {
    next += 1
    const big = 'x'.repeat(64 * 1024)
    upstream.answer = () => ({
      headers: SSE,
      chunks: [ROLE, ...Array.from({ length: 200 }, () => chunk({ content: big })), STOP, DONE],
    })
    const leader = await gateway.chat(body(true))
    const joined = await gateway.chat(body(true))
    const text = readSse(await joined.text()).text as Json
    assert.equal(text.length, 200 * big.length, 'while the first has read nothing')
    await leader.body!.cancel()
  })
})
