import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import Anthropic from '@anthropic-ai/sdk'
import { type FakeUpstream, type Script, startFakeUpstream } from '../support/fake-upstream.ts'
import { chunk, goodStream, ROLE, readSse, SSE } from '../support/frames.ts'
import { ask, type Json, routesConfig, startGateway, type TestGateway } from '../support/gateway.ts'

const WORDS = ['Dogs ', 'bark, ', 'cats ', 'meow, ', 'and ', 'cows ', 'moo.']
const broken = (words: readonly string[], ending: 'cut' | 'hang' | 'end' = 'cut'): Script => ({
  headers: SSE,
  chunks: [ROLE, ...words.map((content) => chunk({ content }))],
  ending,
})

describe('streams that break midway', () => {
  let first: FakeUpstream
  let second: FakeUpstream
  let gateway: TestGateway
  before(async () => {
    first = await startFakeUpstream()
    second = await startFakeUpstream()
    const kinds = { words: 'openai-compatible', vllm: 'vllm', llama: 'llamacpp' }
    const providers = Object.fromEntries(
      Object.entries(kinds).map(([id, kind]) => [id, { kind, base_url: second.url }]),
    )
    const route = (second: string) => ({
      targets: [
        { provider: 'first', model: 'm' },
        { provider: second, model: 'n' },
      ],
      on_stream_failure: 'resume',
      timeouts: { idle: '200ms' },
      breaker: { failures: 0 },
    })
    gateway = await startGateway(
      routesConfig(
        { ...providers, first: { kind: 'openai-compatible', base_url: first.url } },
        {
          ...Object.fromEntries(Object.keys(kinds).map((id) => [id, route(id)])),
          alone: { ...route('words'), targets: [{ provider: 'first', model: 'm' }] },
          usual: { ...route('words'), on_stream_failure: 'error' },
        },
      ),
    )
  })
  beforeEach(() => {
    first.seen = []
    second.seen = []
    first.answer = () => broken(WORDS.slice(0, 3))
    second.answer = () => goodStream(...WORDS.slice(3))
  })
  after(async () => {
    await gateway.stop()
    await first.close()
    await second.close()
  })
  const stream = async (route: string, more: Record<string, unknown> = {}) => {
    const reply = await gateway.chat(ask(route, 'What do animals say?', { stream: true, ...more }))
    return { reply, ...readSse(await reply.text()) }
  }

  for (const [what, script] of Object.entries({
    'is cut': broken(WORDS.slice(0, 3), 'cut'),
    'falls silent': broken(WORDS.slice(0, 3), 'hang'),
    'ends before its end': broken(WORDS.slice(0, 3), 'end'),
    'has an error inside': {
      headers: SSE,
      chunks: [ROLE, ...WORDS.slice(0, 3).map((content) => chunk({ content })), 'data: {"error":{"message":"no"}}\n\n'],
    },
  } satisfies Record<string, Script>))
    it(`goes on with the next target when one ${what}`, async () => {
      first.answer = () => script
      const { text, done, error, reply } = await stream('words')
      assert.equal(text, WORDS.join(''))
      assert.equal(error, undefined)
      assert.ok(done)
      const row = await gateway.recorded(reply)
      assert.equal(row.error, null)
      const [broke, resumed] = row.attempt_list
      assert.deepEqual([broke!.outcome, resumed!.outcome, resumed!.reason], ['error', 'ok', 'resume'])
      assert.equal((resumed as Json).resumed_at, WORDS.slice(0, 3).join('').length)
    })

  it('records the seam on the trace, and tokens of both', async () => {
    const { reply } = await stream('words')
    await gateway.recorded(reply)
    const { spans } = await gateway.admin<Json>(`traces/${reply.headers.get('x-gatehouse-trace-id')}`)
    const seam = spans.find((span: Json) => span.events.some(({ name }: Json) => name === 'resume'))
    assert.equal(seam.attributes['gateway.resume.characters'], WORDS.slice(0, 3).join('').length)
    const attempts = spans.filter((span: Json) => span.kind === 'CLIENT')
    assert.equal(attempts.length, 2)
    for (const { attributes } of attempts) assert.ok(attributes['gen_ai.usage.output_tokens'] > 0)
  })

  for (const [route, check] of Object.entries({
    words: (messages: Json[]) => {
      assert.deepEqual(
        messages.map(({ role }) => role),
        ['user', 'assistant', 'user'],
      )
      assert.match(JSON.stringify(messages.at(-1)), /cut off/)
    },
    vllm: (messages: Json[], body: Json) => {
      assert.equal(messages.at(-1).role, 'assistant')
      assert.deepEqual([body.continue_final_message, body.add_generation_prompt], [true, false])
    },
    llama: (messages: Json[], body: Json) => {
      assert.equal(messages.at(-1).role, 'assistant')
      assert.equal(body.continue_final_message, undefined)
    },
  }))
    it(`asks ${route} to go on in the way that it knows`, async () => {
      const { text } = await stream(route, { max_tokens: 100 })
      assert.equal(text, WORDS.join(''))
      const body = second.seen[0]!.json as Json
      check(body.messages, body)
      assert.match(JSON.stringify(body.messages[1]), /Dogs bark, cats /)
      assert.ok((body.max_tokens ?? body.max_completion_tokens) < 100)
    })

  it('does not show twice what the next target repeats', async () => {
    second.answer = () => goodStream('bark, ', 'cats ', ...WORDS.slice(3))
    assert.equal((await stream('words')).text, WORDS.join(''))
  })

  it('asks the same target once more when there is no other', async () => {
    first.answer = (_request, index) => (index === 0 ? broken(WORDS.slice(0, 3)) : goodStream(...WORDS.slice(3)))
    assert.equal((await stream('alone')).text, WORDS.join(''))
    assert.equal(first.seen.length, 2)
  })

  it('goes on a second time, and ends with the error when nobody is left', async () => {
    second.answer = () => broken(WORDS.slice(3, 5))
    first.answer = (_request, index) => (index === 0 ? broken(WORDS.slice(0, 3)) : goodStream(...WORDS.slice(5)))
    assert.equal((await stream('words')).text, WORDS.join(''))
    first.seen = []
    first.answer = () => broken(WORDS.slice(0, 3))
    const { text, error, done, reply } = await stream('words')
    assert.ok(text.startsWith(WORDS.slice(0, 5).join('')))
    assert.ok(error, 'the dialect’s own error event')
    assert.equal(done, false)
    assert.equal((await gateway.recorded(reply)).error, 'upstream_cut')
  })

  it('never goes on with a reply that has called a tool', async () => {
    const call = { index: 0, id: 'call_1', type: 'function', function: { name: 'look', arguments: '{"a' } }
    first.answer = () => ({ headers: SSE, chunks: [ROLE, chunk({ tool_calls: [call] })], ending: 'cut' })
    const { error } = await stream('words')
    assert.ok(error)
    assert.equal(second.seen.length, 0)
  })

  it('never goes on with JSON at a target that would begin it anew', async () => {
    const { error } = await stream('words', { response_format: { type: 'json_object' } })
    assert.ok(error)
    assert.equal(second.seen.length, 0)
  })

  it('ends with the error event where the route does not ask for more', async () => {
    const { error, text } = await stream('usual')
    assert.equal(text, WORDS.slice(0, 3).join(''))
    assert.equal(error?.code, 'upstream_cut')
    assert.equal(second.seen.length, 0)
  })

  it('counts what a broken stream said, also where its bytes went through unread', async () => {
    const { reply } = await stream('usual')
    const row = await gateway.recorded(reply)
    assert.deepEqual([row.attempts, row.output_tokens], [1, 3])
    assert.ok(row.input_tokens! > 0)
  })

  it('makes one message of it for a client of another dialect', async () => {
    const client = new Anthropic({ baseURL: gateway.url, apiKey: 'unused', maxRetries: 0 })
    const message = await client.messages
      .stream({ model: 'words', max_tokens: 200, messages: [{ role: 'user', content: 'What do animals say?' }] })
      .finalMessage()
    assert.deepEqual(
      message.content.map((block) => block.type === 'text' && block.text),
      [WORDS.join('')],
    )
    assert.equal(message.stop_reason, 'end_turn')
  })
})
