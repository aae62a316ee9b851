import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Quirks } from '../../server/core/dialect.ts'
import { openaiChat } from '../../server/dialects/openai-chat/index.ts'
import { recordings, recordingsMissing } from '../support/recordings.ts'
import { type Json, read, translate } from './openai-support.ts'

const USER = { role: 'user', content: 'Hi' }
const ask = (more: Json = {}): Json => ({ model: 'm', messages: [USER], ...more })
const say = (...messages: Json[]): Json => ({ model: 'm', messages })
const back = (json: Json, quirks: Quirks = {}) => translate(openaiChat, openaiChat, json, quirks)
const f = { type: 'function', function: { name: 'f', parameters: { type: 'object' } } }
const called = (...tool_calls: Json[]) => ({ role: 'assistant', content: null, tool_calls })
const callOf = (id: string, name = 'f', text = '{}') => ({ id, type: 'function', function: { name, arguments: text } })

describe('requests come back as they went in', () => {
  const image = { type: 'image_url', image_url: { url: 'https://a/b.png', detail: 'low' } }
  const grammar = { type: 'grammar', grammar: { syntax: 'lark', definition: 'x' } }
  const REQUESTS: Readonly<Record<string, Json>> = {
    'sampling and output': ask({
      temperature: 0.5,
      top_p: 0.9,
      max_completion_tokens: 5,
      stop: ['a', 'b'],
      seed: 1,
      frequency_penalty: 0.1,
      presence_penalty: 0.2,
      n: 2,
      logprobs: true,
      top_logprobs: 3,
      reasoning_effort: 'xhigh',
      user: 'u',
      response_format: { type: 'json_schema', json_schema: { name: 'n', description: 'd', schema: {}, strict: true } },
    }),
    'members of OpenAI’s own': ask({
      verbosity: 'low',
      modalities: ['text', 'audio'],
      audio: { voice: 'ash', format: 'wav' },
      prediction: { type: 'content', content: 'x' },
      web_search_options: {},
      store: true,
      metadata: { a: 'b' },
      service_tier: 'flex',
      logit_bias: { 5: 1 },
      some_day: 1,
    }),
    'a stream with usage': ask({ stream: true, stream_options: { include_usage: true } }),
    tools: ask({
      tools: [
        f,
        { type: 'custom', custom: { name: 'c', description: 'd', format: grammar } },
        { type: 'web_search', deep: true },
      ],
      tool_choice: { type: 'custom', custom: { name: 'c' } },
      parallel_tool_calls: false,
    }),
    'a choice among some tools': ask({
      tools: [f],
      tool_choice: {
        type: 'allowed_tools',
        allowed_tools: { mode: 'required', tools: [{ type: 'function', function: { name: 'f' } }] },
      },
    }),
    'parts of a user': say({
      role: 'user',
      name: 'ann',
      content: [
        { type: 'text', text: 'a' },
        image,
        { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
        { type: 'input_audio', input_audio: { data: 'AAAA', format: 'mp3' } },
        { type: 'file', file: { file_data: 'data:application/pdf;base64,AAAA', filename: 'a.pdf' } },
        { type: 'file', file: { file_id: 'file-1' } },
        { type: 'video_url', video_url: { url: 'https://a/v.mp4' } },
        { type: 'some_day', x: 1 },
        { type: 'text', text: 'b', prompt_cache_breakpoint: { mode: 'explicit', ttl: '30m' } },
      ],
    }),
    'a conversation with calls': say(
      { role: 'system', content: 'Be brief.' },
      USER,
      called(callOf('a', 'f', '{"x": 1}'), { id: 'b', type: 'custom', custom: { name: 'c', input: 'x y' } }),
      { role: 'tool', tool_call_id: 'a', content: 'one' },
      { role: 'tool', tool_call_id: 'b', content: [{ type: 'text', text: 'two' }, image] },
      {
        role: 'system',
        content: [
          { type: 'text', text: 'a' },
          { type: 'text', text: 'b' },
        ],
      },
      { role: 'assistant', content: 'Done.', refusal: 'No.', audio: { id: 'au' }, prefix: true },
    ),
    'state of vendors': say(USER, {
      role: 'assistant',
      content: 'Hi',
      reasoning_details: [{ type: 'reasoning.encrypted', data: 'E' }],
      tool_calls: [{ ...callOf('a'), extra_content: { google: { thought_signature: 'S' } } }],
    }),
    'thinking of Mistral': say(USER, {
      role: 'assistant',
      content: [
        { type: 'thinking', thinking: [{ type: 'text', text: 'Hm' }], closed: true },
        { type: 'text', text: 'Hi' },
      ],
    }),
    'reasoning of OpenRouter': ask({ reasoning: { effort: 'high', exclude: true } }),
  }
  for (const [name, json] of Object.entries(REQUESTS))
    it(name, () => assert.deepEqual(back(json), { body: json, lost: [] }))

  it('every recorded request', { skip: recordingsMissing }, () => {
    const all = recordings('openai-chat', 'groq', 'mistral', 'openrouter', 'vllm', 'huggingface-tgi', 'deepseek')
    for (const { name, request } of all) {
      const once = back(request.body, { reasoning: 'reasoning_content', cacheControl: true })
      assert.deepEqual(once.lost, [], name)
      const twice = back(once.body, { reasoning: 'reasoning_content', cacheControl: true })
      assert.deepEqual(twice.body, once.body, name)
      assert.equal(once.body.messages && (once.body.messages as []).length, (request.body.messages as []).length, name)
    }
  })
})

describe('other spellings of the same', () => {
  it('reads `functions` and `function_call` of old clients', () => {
    const json = {
      ...say(
        USER,
        { role: 'assistant', content: null, function_call: { name: 'f', arguments: '{}' } },
        { role: 'function', name: 'f', content: '1' },
      ),
      functions: [{ name: 'f', parameters: {} }],
      function_call: { name: 'f' },
    }
    const { messages, tools, toolChoice } = read(openaiChat, json)
    const [, assistant, tool] = messages
    assert.ok(assistant?.parts[0]?.type === 'tool-call' && tool?.parts[0]?.type === 'tool-result')
    assert.equal(assistant.parts[0].id, tool.parts[0].id)
    assert.deepEqual([tools.length, toolChoice], [1, { mode: 'tool', name: 'f' }])
  })

  it('reads developer as system, max_tokens, one stop, Mistral’s `any`, null as absent', () => {
    const json = {
      ...say({ role: 'developer', content: 'x' }, { ...USER, name: null }),
      max_tokens: 7,
      stop: 'a',
      tools: [f],
      tool_choice: 'any',
      seed: null,
      response_format: null,
      logit_bias: null,
    }
    const { body, lost } = back(json, { maxTokens: 'max_tokens' })
    assert.deepEqual(lost, [])
    assert.deepEqual(body, {
      ...say({ role: 'system', content: 'x' }, USER),
      tools: [f],
      tool_choice: 'required',
      max_tokens: 7,
      stop: ['a'],
    })
  })

  it('reads cache marks in parts, beside the content, and of tools', () => {
    const cache_control = { type: 'ephemeral', ttl: '1h' }
    const json = {
      ...say(
        { role: 'system', content: 'x', cache_control },
        { role: 'user', content: [{ type: 'text', text: 'y', cache_control }] },
      ),
      tools: [{ ...f, cache_control }],
    }
    assert.deepEqual(read(openaiChat, json).messages[0]!.parts, [{ type: 'text', text: 'x', cache: { ttl: '1h' } }])
    const kept = back(json, { cacheControl: true })
    assert.deepEqual(kept.lost, [])
    assert.deepEqual((kept.body.messages as Json[])[0]!.content, [{ type: 'text', text: 'x', cache_control }])
    assert.deepEqual((kept.body.tools as Json[])[0], { ...f, cache_control })
    const plainly = back(json)
    assert.deepEqual(plainly.lost, ['cache_control'])
    assert.ok(!JSON.stringify(plainly.body).includes('cache_control'))
  })
})
