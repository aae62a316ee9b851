import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { type FakeUpstream, startFakeUpstream } from '../support/fake-upstream.ts'
import { goodReply } from '../support/frames.ts'
import { ask, type Json, routesConfig, startGateway, type TestGateway } from '../support/gateway.ts'

const CLAUDE = {
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'claude-sonnet-4-5',
  content: [{ type: 'text', text: 'Hi' }],
  stop_reason: 'end_turn',
  usage: { input_tokens: 3, output_tokens: 1 },
}

describe('what a translation cannot carry', () => {
  let upstream: FakeUpstream
  let gateway: TestGateway
  before(async () => {
    upstream = await startFakeUpstream(({ path }) =>
      path === '/messages' ? { chunks: [JSON.stringify(CLAUDE)] } : goodReply('from openai'),
    )
    const providers = {
      claude: { kind: 'anthropic', base_url: upstream.url, api_key: '${env:KEY}' },
      local: { kind: 'openai-compatible', base_url: upstream.url },
    }
    const claude = { provider: 'claude', model: 'claude-sonnet-4-5' }
    const local = { provider: 'local', model: 'm' }
    const routes = {
      lenient: { targets: [claude] },
      strict: { targets: [claude], translation: 'strict' },
      second: { targets: [claude, local], translation: 'strict' },
    }
    gateway = await startGateway(routesConfig(providers, routes), { environment: { KEY: 'test-credential' } })
  })
  after(async () => {
    await gateway.stop()
    await upstream.close()
  })
  const odd = { n: 2, logprobs: true, seed: 7 }

  it('is named in a header and on the trace', async () => {
    const reply = await gateway.chat(ask('lenient', 'Hi', odd))
    assert.equal(reply.status, 200)
    const names = reply.headers.get('x-gatehouse-lossy')!.split(', ').sort()
    assert.deepEqual(names, ['logprobs', 'n', 'seed'])
    const row = await gateway.recorded(reply)
    const trace = await gateway.admin<Json>(`traces/${row.trace_id}`)
    const root = trace.spans.find((span: Json) => span.attributes['gateway.lossy'] !== undefined)
    assert.deepEqual([...root.attributes['gateway.lossy']].sort(), ['logprobs', 'n', 'seed'])
  })

  it('is refused where the route is strict, before anything is sent', async () => {
    const before = upstream.seen.length
    const reply = await gateway.chat(ask('strict', 'Hi', odd))
    const { error } = (await reply.json()) as Json
    assert.deepEqual([reply.status, error.code], [400, 'lossy_translation'])
    assert.match(error.message, /cannot carry .*`n`.*translation: lenient/)
    assert.equal(upstream.seen.length, before)
    assert.equal((await gateway.chat(ask('strict'))).status, 200)
  })

  it('sends a strict route on to a target that can carry it', async () => {
    const reply = await gateway.chat(ask('second', 'Hi', odd))
    assert.equal(((await reply.json()) as Json).choices[0].message.content, 'from openai')
    assert.equal(reply.headers.get('x-gatehouse-provider'), 'local')
    assert.equal(reply.headers.get('x-gatehouse-lossy'), null)
  })
})

describe('a prompt that a local server cuts without a word', () => {
  let upstream: FakeUpstream
  let gateway: TestGateway
  const words = 'The quick brown fox jumps over the lazy dog. '.repeat(1200)
  let read = 4096
  before(async () => {
    upstream = await startFakeUpstream(() => ({
      chunks: [
        JSON.stringify({
          model: 'm',
          message: { role: 'assistant', content: 'ok' },
          done: true,
          done_reason: 'stop',
          prompt_eval_count: read,
          eval_count: 1,
        }),
      ],
    }))
    const providers = {
      ollama: { kind: 'ollama', base_url: upstream.url },
      small: { kind: 'ollama', base_url: upstream.url, num_ctx: 2048 },
    }
    gateway = await startGateway(routesConfig(providers, { local: ['ollama/m'], small: ['small/m'] }))
  })
  after(async () => {
    await gateway.stop()
    await upstream.close()
  })

  it('is told in a header, on the trace and in the provider’s count', async () => {
    const reply = await gateway.chat(ask('local', words))
    assert.equal(reply.headers.get('x-gatehouse-warning'), 'prompt_truncated')
    const row = await gateway.recorded(reply)
    const trace = await gateway.admin<Json>(`traces/${row.trace_id}`)
    assert.ok(trace.spans.some((span: Json) => String(span.attributes['gateway.warnings']) === 'prompt_truncated'))
    const { data } = await gateway.admin<Json>('providers')
    assert.equal(data.find(({ id }: Json) => id === 'ollama').truncated, 1)
  })

  it('is not suspected when all was read, when nothing was said, or when the prompt is short', async () => {
    for (const [count, prompt] of [
      [12_000, words],
      [0, words],
      [5, 'Hi'],
      [9000, words],
    ] as const) {
      read = count
      const reply = await gateway.chat(ask('local', prompt))
      assert.equal(reply.headers.get('x-gatehouse-warning'), null, `${count}`)
    }
  })

  it('is foreseen where the config says how long the context is, for streams as well', async () => {
    const reply = await gateway.chat(ask('small', words, { stream: true }))
    assert.match(reply.headers.get('x-gatehouse-warning') ?? '', /prompt_exceeds_num_ctx/)
    await reply.text()
    const short = await gateway.chat(ask('small', 'Hi', { stream: true }))
    assert.equal(short.headers.get('x-gatehouse-warning'), null)
    await short.text()
  })
})
