import assert from 'node:assert/strict'
import { after, afterEach, before, describe, it } from 'node:test'
import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { ANSWER, SIGNATURE, THINKING_AND_TOOLS } from '../support/anthropic-frames.ts'
import { type FakeUpstream, type SeenRequest, startFakeUpstream } from '../support/fake-upstream.ts'
import { SSE } from '../support/frames.ts'
import { type Json, routesConfig, startGateway, type TestGateway } from '../support/gateway.ts'
import { recordings, recordingsMissing, replay } from '../support/recordings.ts'

type Chat = OpenAI.Chat.Completions.ChatCompletionMessageParam
const TOOL = {
  type: 'function' as const,
  function: { name: 'look_up', parameters: { type: 'object', properties: {} } },
}

describe('opaque reasoning state across a tool turn in a foreign dialect', () => {
  let upstream: FakeUpstream
  let gateway: TestGateway
  before(async () => {
    upstream = await startFakeUpstream()
    const claude = { kind: 'anthropic', base_url: upstream.url, api_key: '${env:KEY}' }
    const providers = {
      claude,
      other: claude,
      gemini: { kind: 'gemini', base_url: upstream.url, api_key: '${env:KEY}' },
      openai: { kind: 'openai', base_url: upstream.url, api_key: '${env:KEY}', dialects: ['openai-responses'] },
    }
    const routes = {
      claude: ['claude/claude-sonnet-4-5'],
      other: ['other/claude-sonnet-4-5'],
      gemini: ['gemini/gemini-3-pro-preview'],
      openai: ['openai/gpt-5.6'],
    }
    gateway = await startGateway(routesConfig(providers, routes), { environment: { KEY: 'test-credential' } })
  })
  afterEach(() => {
    upstream.seen.length = 0
  })
  after(async () => {
    await gateway.stop()
    await upstream.close()
  })

  const openai = () => new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: 'none', maxRetries: 0 })
  /** A call, its tools' results, and another call with all of it; the second request as the upstream saw it. */
  async function twoTurns(first: string, second = first, more: object = {}): Promise<SeenRequest> {
    const messages: Chat[] = [{ role: 'user', content: 'Look it up.' }]
    const call = { tools: [TOOL], stream: true as const, ...more }
    const stream = openai().chat.completions.stream({ model: first, messages, ...call } as never)
    const { message } = (await stream.finalChatCompletion()).choices[0]!
    const { content, tool_calls: calls } = message as OpenAI.Chat.Completions.ChatCompletionMessage
    assert.ok(calls && calls.length > 0)
    messages.push({ role: 'assistant', content, tool_calls: calls })
    for (const { id } of calls) messages.push({ role: 'tool', tool_call_id: id, content: 'found' })
    const reply = openai().chat.completions.stream({ model: second, messages, ...call } as never)
    await reply.finalChatCompletion()
    return upstream.seen.at(-1)!
  }

  it('gives Anthropic its signature back, at the place where it was', async () => {
    upstream.answer = (_request, index) => ({ headers: SSE, chunks: index % 2 === 0 ? THINKING_AND_TOOLS : ANSWER })
    const { json } = await twoTurns('claude', 'claude', { reasoning_effort: 'low' })
    const [, assistant, results] = json.messages as { role: string; content: Json[] }[]
    assert.deepEqual(
      assistant!.content.map((block) => block.type),
      ['thinking', 'text', 'tool_use', 'tool_use'],
    )
    assert.deepEqual(assistant!.content[0], {
      type: 'thinking',
      thinking: 'Two words to look up.',
      signature: SIGNATURE,
    })
    assert.deepEqual(
      results!.content.map((block) => [block.type, block.tool_use_id]),
      [
        ['tool_result', 'toolu_01'],
        ['tool_result', 'toolu_02'],
      ],
    )
    assert.equal((json.thinking as Json).type, 'enabled')
  })

  it('gives it to no other provider: thinking is left out there', async () => {
    upstream.answer = (_request, index) => ({ headers: SSE, chunks: index % 2 === 0 ? THINKING_AND_TOOLS : ANSWER })
    const { raw, json } = await twoTurns('claude', 'other', { reasoning_effort: 'low' })
    assert.ok(!raw.includes(SIGNATURE))
    assert.equal(json.thinking, undefined)
  })

  it('gives Gemini its thought signature back', { skip: recordingsMissing }, async () => {
    const all = recordings('gemini')
    const [first, second] = [0, 1].map(
      (index) => all.find(({ name }) => name.endsWith(`streaming_tool_call_thought_signature-${index}`))!,
    )
    upstream.answer = (_request, index) => replay(index % 2 === 0 ? first! : second!, 50)
    const { json, path } = await twoTurns('gemini')
    assert.equal(path, '/models/gemini-3-pro-preview:streamGenerateContent?alt=sse')
    const recorded = JSON.stringify(second!.request.body)
    const signatures = JSON.stringify(json.contents).match(/"thoughtSignature":"[^"]+"/g)!
    assert.equal(signatures.length, 1)
    // What the real client sent on its second turn; it writes the same bytes in the other base64 alphabet.
    const value = signatures[0]!.slice(20, -1)
    assert.ok(recorded.includes(value) || recorded.includes(value.replaceAll('+', '-').replaceAll('/', '_')))
  })

  it('gives OpenAI its encrypted reasoning back', async () => {
    const item = { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'gAAAA-encrypted' }
    const call = {
      type: 'function_call',
      id: 'fc_1',
      call_id: 'call_9',
      name: 'look_up',
      arguments: '{}',
      status: 'completed',
    }
    const response = {
      id: 'resp_1',
      object: 'response',
      created_at: 1,
      status: 'completed',
      model: 'gpt-5.6',
      output: [item, call],
      usage: { input_tokens: 5, output_tokens: 9, total_tokens: 14 },
    }
    upstream.answer = () => ({ chunks: [JSON.stringify(response)] })
    const { json, path } = await twoTurns('openai').catch(() => upstream.seen.at(-1)!)
    assert.equal(path, '/responses')
    assert.equal(json.store, false)
    const input = json.input as Json[]
    const place = input.findIndex((entry) => entry.type === 'reasoning')
    assert.equal(input[place].encrypted_content, 'gAAAA-encrypted')
    assert.equal(input[place + 1].call_id, 'call_9')
  })

  it('does not send an Anthropic client’s made-up signature to Anthropic', { skip: recordingsMissing }, async () => {
    const thought = recordings('gemini').find(({ name }) => name.endsWith('streaming_tool_call_thought_signature-0'))!
    const client = new Anthropic({ baseURL: gateway.url, apiKey: 'none', maxRetries: 0 })
    upstream.answer = () => replay(thought)
    const tools = [{ name: 'get_country', input_schema: { type: 'object' as const } }]
    const messages: Anthropic.MessageParam[] = [{ role: 'user', content: 'Which country?' }]
    const first = await client.messages.stream({ model: 'gemini', max_tokens: 99, messages, tools }).finalMessage()
    const thinking = { type: 'thinking' as const, thinking: 'hm', signature: 'gatehouse-made-this-up-it-is-not-signed' }
    const use = first.content.find((block) => block.type === 'tool_use')!
    messages.push({ role: 'assistant', content: [thinking, ...first.content] })
    messages.push({ role: 'user', content: [{ type: 'tool_result', tool_use_id: use.id, content: 'Mexico' }] })
    upstream.answer = () => ({ headers: SSE, chunks: ANSWER })
    await client.messages.stream({ model: 'claude', max_tokens: 99, messages, tools }).finalMessage()
    const sent = upstream.seen.at(-1)!
    assert.ok(!sent.raw.includes('gatehouse-made-this-up'))
    assert.deepEqual(
      (sent.json.messages as Json[])[1].content.map((block: Json) => block.type),
      ['tool_use'],
    )
  })
})
