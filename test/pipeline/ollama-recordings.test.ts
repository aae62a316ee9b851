import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import OpenAI from 'openai'
import { type FakeUpstream, startFakeUpstream } from '../support/fake-upstream.ts'
import { ask, type Json, routesConfig, startGateway, type TestGateway } from '../support/gateway.ts'
import { type Recording, recordings, recordingsMissing, replay } from '../support/recordings.ts'

interface Line {
  model: string
  message?: { content?: string; tool_calls?: { function: { name: string; arguments: unknown } }[] }
  response?: string
  done_reason?: string
  prompt_eval_count?: number
  eval_count?: number
}

describe('recordings of Ollama’s own API reach the OpenAI SDK equal in meaning', { skip: recordingsMissing }, () => {
  let upstream: FakeUpstream
  let gateway: TestGateway
  before(async () => {
    upstream = await startFakeUpstream()
    const providers = { ollama: { kind: 'ollama', base_url: upstream.url, num_ctx: 8192, keep_alive: '5m' } }
    gateway = await startGateway(routesConfig(providers, { local: ['ollama/llama3'] }))
  })
  after(async () => {
    await gateway.stop()
    await upstream.close()
  })

  for (const recording of recordings('ollama')) {
    if (recording.request.path === '/v1/chat/completions') continue
    const skip = recording.request.path === '/api/embeddings' ? 'an embedding is no chat reply' : false
    it(recording.name, { skip }, async () => {
      const meaning = meaningOf(recording)
      for (const size of [Number.POSITIVE_INFINITY, 53, 1]) {
        upstream.answer = () => replay(recording, size)
        const client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: 'unused', maxRetries: 0 })
        const whole = await client.chat.completions.create({
          model: 'local',
          messages: [{ role: 'user', content: 'Hi' }],
        })
        assert.deepEqual(readWhole(whole), meaning, `unary, ${size} bytes a piece`)
        const stream = client.chat.completions.stream({
          model: 'local',
          messages: [{ role: 'user', content: 'Hi' }],
          stream_options: { include_usage: true },
        })
        assert.deepEqual(readWhole(await stream.finalChatCompletion()), meaning, `stream, ${size} bytes a piece`)
      }
    })
  }

  it('sends num_ctx and keep_alive of the config and the client’s options', async () => {
    upstream.answer = () => ({
      chunks: ['{"model":"llama3","message":{"content":"ok"},"done":true,"done_reason":"stop"}'],
    })
    await gateway.chat(
      ask('local', 'Hi', { temperature: 0.5, max_tokens: 10, stop: 'END', response_format: { type: 'json_object' } }),
    )
    const { path, json } = upstream.seen.at(-1)!
    assert.equal(path, '/api/chat')
    assert.deepEqual(json, {
      model: 'llama3',
      messages: [{ role: 'user', content: 'Hi' }],
      stream: false,
      format: 'json',
      keep_alive: '5m',
      options: { num_ctx: 8192, temperature: 0.5, num_predict: 10, stop: ['END'] },
    })
  })

  it('names what Ollama cannot do', async () => {
    const tools = [{ type: 'web_search' }]
    const reply = await gateway.chat(ask('local', 'Hi', { n: 2, tools, user: 'u' }))
    await reply.text()
    assert.equal(reply.headers.get('x-gatehouse-lossy'), 'tools.web_search, n')
  })

  it('tells durations on the trace', async () => {
    upstream.answer = () => ({
      chunks: [
        '{"model":"llama3","message":{"content":"ok"},"done":true,"total_duration":123,"eval_count":2,"prompt_eval_count":3}',
      ],
    })
    const reply = await gateway.chat(ask('local'))
    await reply.text()
    const { trace_id: traceId } = await gateway.recorded(reply)
    const { spans } = await gateway.admin<Json>(`traces/${traceId}`)
    const raw = spans.find((span: Json) => span.kind === 'CLIENT').attributes['gateway.usage.raw']
    assert.deepEqual(JSON.parse(raw), { total_duration: 123, eval_count: 2, prompt_eval_count: 3 })
  })
})

function meaningOf({ response }: Recording) {
  const lines = response.body
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
  const last = lines.at(-1)!
  const calls = lines.flatMap((line) => line.message?.tool_calls ?? [])
  return {
    model: last.model,
    text: lines.map((line) => line.message?.content ?? line.response ?? '').join(''),
    calls: calls.map((call) => [call.function.name, call.function.arguments]),
    finish: calls.length > 0 ? 'tool_calls' : last.done_reason === 'length' ? 'length' : 'stop',
    prompt: last.prompt_eval_count ?? 0,
    completion: last.eval_count ?? 0,
  }
}

function readWhole(reply: OpenAI.ChatCompletion) {
  const choice = reply.choices[0]!
  return {
    model: reply.model,
    text: choice.message.content ?? '',
    calls: (choice.message.tool_calls ?? []).map((call) =>
      call.type === 'function' ? [call.function.name, JSON.parse(call.function.arguments)] : [],
    ),
    finish: choice.finish_reason,
    prompt: reply.usage?.prompt_tokens ?? 0,
    completion: reply.usage?.completion_tokens ?? 0,
  }
}
