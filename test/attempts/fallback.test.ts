import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { type FakeUpstream, type Script, startFakeUpstream } from '../support/fake-upstream.ts'
import { chunk, goodReply, goodStream, ROLE, readSse, SSE } from '../support/frames.ts'
import { ask, type Json, routesConfig, startGateway, type TestGateway } from '../support/gateway.ts'

/** What the first target can do wrong before it has said anything. */
const FAILURES: Readonly<Record<string, Script>> = {
  'a 429': { status: 429, headers: { 'retry-after': '1' }, chunks: ['{"error":{"message":"slow down"}}'] },
  // Synthetic, after https://docs.anthropic.com/en/api/errors: nobody recorded one.
  'a 529': { status: 529, chunks: ['{"error":{"message":"Overloaded","type":"overloaded_error"}}'] },
  'a 500': { status: 500, chunks: ['oops'] },
  'a 503 without a body': { status: 503 },
  'a 401': { status: 401, chunks: ['{"error":{"message":"bad key"}}'] },
  'a missing model': { status: 404, chunks: ['{"error":{"message":"no such model"}}'] },
  'an empty account': {
    status: 429,
    chunks: ['{"error":{"code":"insufficient_quota","message":"You exceeded your current quota"}}'],
  },
  // Synthetic: Anthropic says so with a 400.
  'a credit balance that is too low': {
    status: 400,
    chunks: ['{"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is too low"}}'],
  },
  'a payment that is required': { status: 402, chunks: ['{"error":{"message":"Insufficient credits"}}'] },
  'a web page': { headers: { 'content-type': 'text/html' }, chunks: ['<html>'] },
  'an empty body': { chunks: [] },
  'half a JSON body': { chunks: ['{"choices":[{"mess'], ending: 'cut' },
  'JSON that is no reply': { chunks: ['{"hello":1}'] },
  'an error inside a 200': { chunks: ['{"error":{"message":"inside","code":502}}'] },
  'no head in time': { silent: true },
  'a connection cut at once': { headers: { 'content-type': 'application/json' }, ending: 'cut' },
}
const STREAM_FAILURES: Readonly<Record<string, Script>> = {
  'a stream that ends before content': { headers: SSE, chunks: [ROLE] },
  'a stream cut before content': { headers: SSE, chunks: [ROLE], ending: 'cut' },
  'an error as the first event': { headers: SSE, chunks: ['data: {"error":{"message":"overloaded","code":503}}\n\n'] },
  'silence after the role': { headers: SSE, chunks: [ROLE], ending: 'hang' },
  'comments only': { headers: SSE, chunks: [': processing\n\n', ': processing\n\n'], ending: 'hang' },
}

describe('fallback', () => {
  let first: FakeUpstream
  let second: FakeUpstream
  let gateway: TestGateway
  before(async () => {
    first = await startFakeUpstream()
    second = await startFakeUpstream((request) =>
      request.json.stream ? goodStream('from ', 'second') : goodReply('from second'),
    )
    const providers = {
      first: { kind: 'openai-compatible', base_url: first.url },
      second: { kind: 'openai-compatible', base_url: second.url },
      gone: { kind: 'vllm', base_url: 'http://127.0.0.1:1/v1' },
      unset: { kind: 'openai', api_key: '${env:NOT_SET}' },
    }
    const timeouts = { first_token: '150ms', idle: '150ms', total: '5s' }
    // Each case meets the targets as if none had failed before.
    const breaker = { failures: 0 }
    const target = (provider: string) => ({ provider, model: 'm' })
    gateway = await startGateway(
      routesConfig(providers, {
        both: { targets: [target('first'), target('second')], timeouts, breaker },
        only: { targets: [target('first'), target('second')], timeouts, fallback: { on_error: false }, breaker },
        endless: { targets: [target('first'), target('second')], breaker },
        gone: { targets: [target('gone'), target('unset'), target('second')], timeouts },
      }),
    )
  })
  beforeEach(() => {
    first.seen = []
    second.seen = []
  })
  after(async () => {
    await gateway.stop()
    await first.close()
    await second.close()
  })

  for (const [name, script] of Object.entries(FAILURES))
    for (const stream of [false, true])
      it(`answers from the second target after ${name}, ${stream ? 'streamed' : 'unary'}`, async () => {
        first.answer = () => script
        const reply = await gateway.chat(ask('both', 'Hi', { stream }))
        const body = await reply.text()
        assert.equal(reply.status, 200)
        assert.equal(reply.headers.get('x-gatehouse-fallback'), 'true')
        assert.equal(reply.headers.get('x-gatehouse-attempts'), '2')
        assert.equal(reply.headers.get('x-gatehouse-provider'), 'second')
        if (stream)
          assert.deepEqual(readSse(body), { text: 'from second', error: undefined, done: true, usage: undefined })
        else assert.equal(JSON.parse(body).choices[0].message.content, 'from second')
      })

  for (const [name, script] of Object.entries(STREAM_FAILURES))
    it(`answers from the second target after ${name}`, async () => {
      first.answer = () => script
      const reply = await gateway.chat(ask('both', 'Hi', { stream: true }))
      assert.equal(readSse(await reply.text()).text, 'from second')
      assert.equal(reply.headers.get('x-gatehouse-fallback'), 'true')
    })

  it('is not put off by heartbeats: only content ends the wait for the first token', async () => {
    first.answer = () => ({
      headers: SSE,
      chunks: Array.from({ length: 100 }, () => ': processing\n\n'),
      chunkDelayMs: 20,
    })
    const reply = await gateway.chat(ask('both', 'Hi', { stream: true }))
    assert.equal(readSse(await reply.text()).text, 'from second')
  })

  it('gives up on an event that does not end', async () => {
    const piece = `data: ${'x'.repeat(1024 * 1024)}`
    first.answer = () => ({ headers: SSE, chunks: Array.from({ length: 40 }, () => piece) })
    const reply = await gateway.chat(ask('endless', 'Hi', { stream: true }))
    assert.equal(readSse(await reply.text()).text, 'from second')
    const row = await gateway.recorded(reply)
    assert.match(row.attempt_list[0]!.error ?? '', /does not end/)
  })

  it('passes over targets that cannot be reached or are not configured', async () => {
    const reply = await gateway.chat(ask('gone'))
    assert.equal(((await reply.json()) as Json).choices[0].message.content, 'from second')
    assert.equal(reply.headers.get('x-gatehouse-attempts'), '3')
  })

  it('does not hand a request on that is itself at fault: the 400 goes through unchanged', async () => {
    const body = '{"error": {"message": "bad request",   "odd": 1.50}}'
    first.answer = () => ({
      status: 400,
      headers: { 'content-type': 'application/json', 'x-ratelimit-limit-requests': '9' },
      chunks: [body],
    })
    const reply = await gateway.chat(ask('both'))
    assert.equal(reply.status, 400)
    assert.equal(await reply.text(), body)
    assert.equal(reply.headers.get('x-ratelimit-limit-requests'), '9')
    assert.equal(second.seen.length, 0)
  })

  it('stays with the first target where the route says so', async () => {
    first.answer = () => ({ status: 503, headers: { 'retry-after': '7' }, chunks: ['{"error":{"message":"busy"}}'] })
    const reply = await gateway.chat(ask('only'))
    assert.equal(reply.status, 503)
    assert.equal(reply.headers.get('retry-after'), '7')
    assert.equal(reply.headers.get('x-should-retry'), null)
    assert.match(((await reply.json()) as Json).error.message, /busy/)
  })

  it('says that retrying is of no use once all targets have failed', async () => {
    first.answer = () => ({ status: 503 })
    const answer = second.answer
    second.answer = () => ({
      status: 429,
      headers: { 'content-type': 'application/json', 'retry-after': '3' },
      chunks: ['{"error":{"message":"later"}}'],
    })
    const reply = await gateway.chat(ask('both'))
    second.answer = answer
    assert.equal(reply.status, 429)
    assert.equal(await reply.text(), '{"error":{"message":"later"}}')
    assert.equal(reply.headers.get('retry-after'), '3')
    assert.equal(reply.headers.get('x-should-retry'), 'false')
  })

  it('never falls back after content: the client gets what came and then the error event', async () => {
    for (const ending of ['cut', 'end', 'hang'] as const) {
      first.answer = () => ({ headers: SSE, chunks: [ROLE, chunk({ content: 'half' })], ending })
      const reply = await gateway.chat(ask('both', 'Hi', { stream: true }))
      const sse = readSse(await reply.text())
      assert.equal(reply.status, 200)
      assert.equal(sse.text, 'half')
      assert.equal(sse.error?.code, ending === 'hang' ? 'upstream_timeout' : 'upstream_cut')
      assert.equal(sse.done, false)
    }
    assert.equal(second.seen.length, 0)
  })

  it('tells an error inside a running stream as the provider told it', async () => {
    const frame = 'data: {"error":{"message":"mid-stream","code":"x"}}\n\n'
    first.answer = () => ({ headers: SSE, chunks: [ROLE, chunk({ content: 'a' }), frame] })
    const reply = await gateway.chat(ask('both', 'Hi', { stream: true }))
    const body = await reply.text()
    assert.ok(body.endsWith(frame))
    assert.equal((await gateway.recorded(reply)).error, 'upstream_error')
  })

  it('records every attempt with its error and why it was made', async () => {
    first.answer = () => ({ status: 500, chunks: ['{"error":{"message":"first broke"}}'] })
    const reply = await gateway.chat(ask('both'))
    await reply.text()
    const row = await gateway.recorded(reply)
    assert.deepEqual(
      row.attempt_list.map((attempt) => [attempt.provider, attempt.outcome, attempt.status, attempt.reason]),
      [
        ['first', 'error', 500, 'first'],
        ['second', 'ok', 200, 'fallback'],
      ],
    )
    assert.match(row.attempt_list[0]!.error ?? '', /first broke/)
    const { spans } = await gateway.admin<Json>(`traces/${row.trace_id}`)
    const client = spans.filter((span: Json) => span.kind === 'CLIENT')
    assert.equal(client.length, 2)
    assert.equal(client[0].status, 'error')
  })
})
