import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import Anthropic from '@anthropic-ai/sdk'
import { GoogleGenAI } from '@google/genai'
import { Ollama } from 'ollama'
import OpenAI from 'openai'
import { SIGNATURE, THINKING_AND_TOOLS } from '../support/anthropic-frames.ts'
import { type FakeUpstream, startFakeUpstream } from '../support/fake-upstream.ts'
import { SSE } from '../support/frames.ts'
import { routesConfig, startGateway, type TestGateway } from '../support/gateway.ts'

const parameters = { type: 'object' as const, properties: { word: { type: 'string' as const } }, required: ['word'] }
const QUESTION = 'Was heißt grün, was blau?'
/** What every client must get from the one upstream reply. */
const TEXT = 'Ich schaue nach. 🎉'
const THOUGHT = 'Two words to look up.'
const CALLS = [{ word: 'grün' }, { word: 'blau' }]

describe('one route over Anthropic, streaming, for every client', () => {
  let upstream: FakeUpstream
  let gateway: TestGateway
  before(async () => {
    upstream = await startFakeUpstream(() => ({ headers: SSE, chunks: THINKING_AND_TOOLS }))
    const providers = { claude: { kind: 'anthropic', base_url: upstream.url, api_key: '${env:KEY}' } }
    gateway = await startGateway(routesConfig(providers, { words: ['claude/claude-sonnet-4-5'] }), {
      environment: { KEY: 'test-credential' },
    })
  })
  after(async () => {
    await gateway.stop()
    await upstream.close()
  })

  it('serves openai, chat completions', async () => {
    const client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: 'none', maxRetries: 0 })
    const stream = client.chat.completions.stream({
      model: 'words',
      messages: [{ role: 'user', content: QUESTION }],
      tools: [{ type: 'function', function: { name: 'look_up', parameters } }],
      stream_options: { include_usage: true },
    })
    let thought = ''
    stream.on('chunk', ({ choices }) => {
      thought += (choices[0]?.delta as { reasoning_content?: string } | undefined)?.reasoning_content ?? ''
    })
    const reply = await stream.finalChatCompletion()
    const { message, finish_reason: finish } = reply.choices[0]!
    assert.equal(message.content, TEXT)
    assert.equal(thought, THOUGHT)
    assert.deepEqual(
      message.tool_calls?.map((call) => call.type === 'function' && JSON.parse(call.function.arguments)),
      CALLS,
    )
    assert.deepEqual(
      message.tool_calls?.map(({ id }) => id),
      ['toolu_01', 'toolu_02'],
    )
    assert.equal(finish, 'tool_calls')
    const { prompt_tokens: prompt, completion_tokens: completion, prompt_tokens_details: details } = reply.usage!
    assert.deepEqual([prompt, completion, details?.cached_tokens], [80, 77, 30])
  })

  it('serves openai, responses', async () => {
    const client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: 'none', maxRetries: 0 })
    const stream = client.responses.stream({
      model: 'words',
      input: QUESTION,
      tools: [{ type: 'function', name: 'look_up', parameters, strict: false }],
    })
    const numbers: number[] = []
    stream.on('event', (event) => numbers.push(event.sequence_number))
    const reply = await stream.finalResponse()
    assert.equal(reply.output_text, TEXT)
    assert.deepEqual(
      reply.output.map((item) => item.type),
      ['reasoning', 'message', 'function_call', 'function_call'],
    )
    assert.deepEqual(
      reply.output.flatMap((item) => (item.type === 'function_call' ? [JSON.parse(item.arguments)] : [])),
      CALLS,
    )
    assert.deepEqual(numbers, [...numbers.keys()])
    assert.deepEqual([reply.usage?.input_tokens, reply.usage?.output_tokens, reply.status], [80, 77, 'completed'])
  })

  it('serves @anthropic-ai/sdk, byte for byte', async () => {
    const client = new Anthropic({ baseURL: gateway.url, apiKey: 'none', maxRetries: 0 })
    const message = await client.messages
      .stream({
        model: 'words',
        max_tokens: 100,
        messages: [{ role: 'user', content: QUESTION }],
        tools: [{ name: 'look_up', input_schema: parameters }],
      })
      .finalMessage()
    assert.deepEqual(message.content[0], { type: 'thinking', thinking: THOUGHT, signature: SIGNATURE })
    assert.equal((message.content[1] as { text: string }).text, TEXT)
    assert.deepEqual(
      message.content.slice(2).map((item) => item.type === 'tool_use' && item.input),
      CALLS,
    )
    assert.equal(message.stop_reason, 'tool_use')
    const raw = await fetch(`${gateway.url}/v1/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'words', max_tokens: 9, stream: true, messages: [{ role: 'user', content: 'x' }] }),
    })
    assert.equal(await raw.text(), THINKING_AND_TOOLS.join(''))
  })

  it('serves ollama', async () => {
    const client = new Ollama({ host: gateway.url })
    const stream = await client.chat({
      model: 'words',
      stream: true,
      messages: [{ role: 'user', content: QUESTION }],
      tools: [
        {
          type: 'function',
          function: {
            name: 'look_up',
            description: '',
            parameters: { ...parameters, properties: { word: { type: 'string', description: '' } } },
          },
        },
      ],
    })
    let text = ''
    let thought = ''
    const calls: unknown[] = []
    let last: {
      done: boolean
      done_reason: string
      prompt_eval_count: number
      eval_count: number
      total_duration: number
    } | null = null
    for await (const chunk of stream) {
      text += chunk.message.content
      thought += chunk.message.thinking ?? ''
      calls.push(...(chunk.message.tool_calls ?? []).map((call) => call.function.arguments))
      last = chunk
    }
    assert.deepEqual([text, thought, calls], [TEXT, THOUGHT, CALLS])
    assert.deepEqual([last?.done, last?.done_reason, last?.prompt_eval_count, last?.eval_count], [true, 'stop', 80, 77])
    assert.ok(Number.isInteger(last?.total_duration) && last!.total_duration > 0)
  })

  it('serves @google/genai', async () => {
    const client = new GoogleGenAI({ apiKey: 'none', httpOptions: { baseUrl: gateway.url } })
    const stream = await client.models.generateContentStream({
      model: 'words',
      contents: QUESTION,
      config: { tools: [{ functionDeclarations: [{ name: 'look_up', parametersJsonSchema: parameters }] }] },
    })
    let text = ''
    let thought = ''
    const calls: unknown[] = []
    let last: { finish?: string | undefined; prompt?: number | undefined } = {}
    for await (const chunk of stream) {
      for (const part of chunk.candidates?.[0]?.content?.parts ?? [])
        if (part.thought) thought += part.text ?? ''
        else text += part.text ?? ''
      calls.push(...(chunk.functionCalls ?? []).map((call) => call.args))
      last = { finish: chunk.candidates?.[0]?.finishReason, prompt: chunk.usageMetadata?.promptTokenCount }
    }
    assert.deepEqual([text, thought, calls], [TEXT, THOUGHT, CALLS])
    assert.deepEqual(last, { finish: 'STOP', prompt: 80 })
  })

  it('sent Anthropic the version and the credential, and the client’s own headers where it speaks the dialect', async () => {
    const client = new Anthropic({ baseURL: gateway.url, apiKey: 'none', maxRetries: 0 })
    const body = {
      model: 'words',
      max_tokens: 9,
      messages: [{ role: 'user' as const, content: 'x' }],
      betas: ['b-2026'],
      unknown_member: { kept: [1.0] },
    }
    await client.beta.messages.create({ ...body, stream: true })
    const { headers, json } = upstream.seen.at(-1)!
    assert.equal(headers['x-api-key'], 'test-credential')
    assert.equal(headers['anthropic-beta'], 'b-2026')
    // The SDK's own, not the one that the gateway sends for clients of other dialects.
    assert.notEqual(headers['anthropic-version'], upstream.seen[0]!.headers['anthropic-version'])
    assert.equal(upstream.seen[0]!.headers['anthropic-version'], '2023-06-01')
    assert.deepEqual(json.unknown_member, { kept: [1] })
    assert.equal(json.model, 'claude-sonnet-4-5')
  })
})
