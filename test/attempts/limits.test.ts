import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type FakeUpstream, startFakeUpstream } from '../support/fake-upstream.ts'
import { chunk, DONE, goodReply, goodStream, ROLE, readSse, SSE, STOP } from '../support/frames.ts'
import { ask, type Json, routesConfig, startGateway, type TestGateway } from '../support/gateway.ts'

describe('retries, time limits and clients that go away', () => {
  let upstream: FakeUpstream
  let gateway: TestGateway
  before(async () => {
    upstream = await startFakeUpstream()
    const providers = { up: { kind: 'openai', base_url: upstream.url, api_key: '${env:KEY}' } }
    const route = (more: Record<string, unknown>) => ({ targets: [{ provider: 'up', model: 'gpt-4o-mini' }], ...more })
    gateway = await startGateway(
      routesConfig(providers, {
        plain: route({ timeouts: { idle: '700ms', total: '20s' } }),
        retry: route({ retry: { max: 2, on: [429, 503, 'network'] } }),
        quick: route({
          timeouts: { connect: '100ms', first_token: '100ms', idle: '100ms', total: '400ms' },
          retry: { max: 9 },
        }),
      }),
      { environment: { KEY: 'k-123456' } },
    )
  })
  after(async () => {
    await gateway.stop()
    await upstream.close()
  })

  it('tries the same target again as often as the route says', async () => {
    upstream.seen = []
    upstream.answer = (_request, index) => (index < 2 ? { status: 503, headers: { 'retry-after': '0' } } : goodReply())
    const reply = await gateway.chat(ask('retry'))
    assert.equal(reply.status, 200)
    assert.equal(reply.headers.get('x-gatehouse-attempts'), '3')
    assert.equal(reply.headers.get('x-gatehouse-fallback'), 'false')
  })

  it('does not try again what the route does not name', async () => {
    upstream.seen = []
    upstream.answer = () => ({ status: 500 })
    const reply = await gateway.chat(ask('retry'))
    assert.equal(reply.status, 502)
    assert.equal(upstream.seen.length, 1)
  })

  it('never waits past the deadline for a retry', async () => {
    upstream.seen = []
    upstream.answer = () => ({ status: 429, headers: { 'retry-after': '30' }, chunks: ['{}'] })
    const reply = await gateway.chat(ask('quick'))
    assert.equal(reply.status, 429)
    assert.equal(upstream.seen.length, 1)
  })

  it('gives up at the total, however many tries are left', async () => {
    upstream.answer = () => ({ silent: true })
    const reply = await gateway.chat(ask('quick'))
    assert.equal(reply.status, 504)
    assert.match(((await reply.json()) as Json).error.code, /deadline_exceeded|upstream_timeout/)
  })

  it('lets a client shorten the total', async () => {
    upstream.answer = () => ({ silent: true })
    const reply = await gateway.chat(ask('plain'), { 'x-gatehouse-timeout': '80' })
    assert.equal(reply.status, 504)
    assert.equal(((await reply.json()) as Json).error.code, 'deadline_exceeded')
  })

  it('lets a slow stream run as long as something comes', async () => {
    const words = Array.from({ length: 10 }, (_, index) => chunk({ content: `${index}` }))
    upstream.answer = () => ({ headers: SSE, chunks: [ROLE, ...words, STOP, DONE], chunkDelayMs: 100 })
    const reply = await gateway.chat(ask('plain', 'Hi', { stream: true }))
    assert.equal(readSse(await reply.text()).text, '0123456789')
  })

  it('breaks the upstream call off at once when the client goes away, streamed or not', async () => {
    for (const stream of [true, false]) {
      upstream.abandoned = 0
      upstream.seen = []
      upstream.answer = () =>
        stream ? { headers: SSE, chunks: [ROLE, chunk({ content: 'a' })], ending: 'hang' } : { silent: true }
      const controller = new AbortController()
      const pending = fetch(`${gateway.url}/v1/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(ask('plain', 'Hi', { stream })),
        signal: controller.signal,
      }).then((reply) => reply.text())
      while (upstream.seen.length === 0) await sleep(5)
      await sleep(30)
      controller.abort()
      await assert.rejects(pending)
      for (let tries = 0; tries < 50 && upstream.abandoned === 0; tries += 1) await sleep(10)
      assert.equal(upstream.abandoned, 1)
    }
    const rows = await gateway.stored(1)
    assert.equal(rows.filter((row) => row.status === 499 && row.error === 'client_gone').length, 2)
    assert.equal(rows[0]!.attempt_list[0]!.outcome, 'cancelled')
  })

  it('counts tokens and cost of a stream whose client did not ask for usage, and takes them out of the reply', async () => {
    upstream.seen = []
    upstream.answer = () => goodStream('Hi')
    const reply = await gateway.chat(ask('plain', 'Hi', { stream: true }))
    assert.equal(readSse(await reply.text()).usage, undefined)
    assert.deepEqual(upstream.seen[0]!.json.stream_options, { include_usage: true })
    const row = await gateway.recorded(reply)
    // gpt-4o-mini: 5 uncached at 0.15, 4 cached at 0.075, 3 out at 0.60 dollars a million.
    assert.deepEqual([row.input_tokens, row.output_tokens, row.cost_usd], [9, 3, 2.85e-6])
  })

  it('leaves usage in the reply for a client that asked', async () => {
    upstream.answer = () => goodStream('Hi')
    const reply = await gateway.chat(ask('plain', 'Hi', { stream: true, stream_options: { include_usage: true } }))
    assert.equal(readSse(await reply.text()).usage.prompt_tokens, 9)
  })

  it('tells the cost of a unary reply', async () => {
    upstream.answer = () => goodReply()
    const reply = await gateway.chat(ask('plain'))
    await reply.text()
    assert.equal(reply.headers.get('x-gatehouse-cost-usd'), '0.00000315')
  })

  it('sends the request’s bytes as they came, but for the model', async () => {
    upstream.answer = () => goodReply()
    const body =
      '{ "messages" : [ {"role":"user","content":"1.0e3 \\u00e9"} ],\n "model" : "plain", "seed": 12345678901234567890, "x_unknown": [1.50] }'
    await (await gateway.chat(body)).text()
    assert.equal(upstream.seen.at(-1)!.raw.toString(), body.replace('"plain"', '"gpt-4o-mini"'))
    assert.equal(upstream.seen.at(-1)!.headers.authorization, 'Bearer k-123456')
  })

  it('does not grow when a client reads slowly: the upstream is held up', async () => {
    const big = chunk({ content: 'x'.repeat(64 * 1024) })
    let written = 0
    const chunks = {
      length: 600,
      *[Symbol.iterator]() {
        for (let n = 0; n < 600; n += 1) {
          written += 1
          yield big
        }
      },
    }
    upstream.answer = () => ({ headers: SSE, chunks: chunks as unknown as string[] })
    const reply = await gateway.chat(ask('plain', 'Hi', { stream: true }))
    const reader = reply.body!.getReader()
    await reader.read()
    await sleep(300)
    const held = written
    assert.ok(held < 500, `${held} of 600 chunks of 64 KB went through without being read`)
    let size = 0
    for (let part = await reader.read(); !part.done; part = await reader.read()) size += part.value.length
    assert.ok(size > 500 * 64 * 1024)
  })
})

describe('a host that accepts nothing', () => {
  it('is given up after timeouts.connect', async () => {
    // A listening socket whose queue is full answers no further connection.
    const server = createServer().listen({ port: 0, host: '127.0.0.1', backlog: 0 })
    await new Promise((resolve) => server.once('listening', resolve))
    const { port } = server.address() as { port: number }
    server.on('connection', () => {})
    const gateway = await startGateway(
      routesConfig(
        { up: { kind: 'vllm', base_url: `http://127.0.0.1:${port}` } },
        { r: { targets: [{ provider: 'up', model: 'm' }], timeouts: { connect: '100ms', first_token: '200ms' } } },
      ),
    )
    const reply = await gateway.chat(ask('r'))
    assert.equal(reply.status, 504)
    assert.equal(((await reply.json()) as Json).error.code, 'upstream_timeout')
    await gateway.stop()
    server.close()
  })
})
