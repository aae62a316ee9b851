import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ChatRequest, Message } from '../../server/core/request.ts'
import { openaiChat } from '../../server/dialects/openai-chat/index.ts'
import { openaiResponses } from '../../server/dialects/openai-responses/index.ts'
import { requestOf } from './dialect-support.ts'
import { type Json, plain, translate } from './openai-support.ts'
import { call, output, say, user } from './responses-support.ts'

const write = (request: ChatRequest, model = 'm') => {
  const { body, lost } = openaiResponses.writeRequest(request, model, {})
  return { body: plain(body) as Json & { input: Json[] }, lost: [...lost].sort() }
}
const foreign = (messages: Message[], more: Partial<ChatRequest> = {}) =>
  requestOf({ dialect: 'openai-chat', messages, ...more })

describe('a turn of Codex for a chat provider', () => {
  it('carries all but the search that OpenAI would run', () => {
    const json = {
      ...say(
        { type: 'message', id: 'msg_0', role: 'developer', content: [{ type: 'input_text', text: 'You are Codex.' }] },
        user('Fix it', { id: 'msg_1' }),
        { type: 'reasoning', summary: [], content: null, encrypted_content: null },
        call('c1', { name: 'close_agent', namespace: 'multi_agent_v1', id: 'fc_1' }),
        { type: 'custom_tool_call', call_id: 'c2', name: 'apply_patch', input: '*** x', status: 'completed' },
        output('c1', 'ok'),
        { type: 'custom_tool_call_output', call_id: 'c2', output: 'done' },
      ),
      tools: [
        { type: 'function', name: 'exec_command', strict: false, parameters: {} },
        {
          type: 'namespace',
          name: 'multi_agent_v1',
          description: 'd',
          tools: [{ type: 'function', name: 'close_agent', strict: false, parameters: {} }],
        },
        { type: 'custom', name: 'apply_patch', description: 'd' },
        { type: 'web_search', external_web_access: false },
      ],
      tool_choice: 'auto',
      parallel_tool_calls: true,
      reasoning: { summary: 'auto' },
      store: false,
      stream: true,
      include: ['reasoning.encrypted_content'],
      prompt_cache_key: 'k',
      client_metadata: { session_id: 's' },
    }
    const { body, lost } = translate(openaiResponses, openaiChat, json)
    assert.deepEqual(lost, ['tools.web_search'])
    assert.deepEqual(body.messages, [
      { role: 'system', content: 'You are Codex.' },
      { role: 'user', content: 'Fix it' },
      {
        role: 'assistant',
        content: null,
        tool_calls: [
          { id: 'c1', type: 'function', function: { name: 'multi_agent_v1__close_agent', arguments: '{}' } },
          { id: 'c2', type: 'function', function: { name: 'apply_patch', arguments: '{"input":"*** x"}' } },
        ],
      },
      { role: 'tool', tool_call_id: 'c1', content: 'ok' },
      { role: 'tool', tool_call_id: 'c2', content: 'done' },
    ])
    assert.equal((body.tools as []).length, 3)
    const { messages: _, tools: __, ...rest } = body
    assert.deepEqual(rest, {
      model: 'm',
      tool_choice: 'auto',
      parallel_tool_calls: true,
      stream: true,
      stream_options: { include_usage: true },
    })
  })
})

describe('requests of foreign clients', () => {
  const own = {
    issuer: 'openai-responses',
    value: { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'E' },
  } as const
  it('stores nothing, asks for sealed thoughts of models that think, and sends its own back', () => {
    const messages: Message[] = [
      { role: 'system', parts: [{ type: 'text', text: 'a' }] },
      { role: 'system', parts: [{ type: 'text', text: 'b' }] },
      {
        role: 'assistant',
        parts: [
          { type: 'reasoning', text: '', state: own },
          { type: 'text', text: 'x' },
          { type: 'text', text: 'y' },
          { type: 'tool-call', id: 'c', name: 'f', arguments: '{}' },
        ],
      },
      {
        role: 'tool',
        parts: [
          {
            type: 'tool-result',
            id: 'c',
            parts: [
              { type: 'text', text: '1' },
              { type: 'media', media: 'image', data: 'AAAA', mime: 'image/png' },
            ],
          },
        ],
      },
      { role: 'user', parts: [{ type: 'media', media: 'file', data: 'AAAA', mime: 'text/plain' }] },
    ]
    const tools: ChatRequest['tools'] = [
      { type: 'function', name: 'f' },
      { type: 'function', name: 'g', strict: true, parameters: {} },
    ]
    const { body, lost } = write(foreign(messages, { tools, stream: true, streamUsage: true }), 'gpt-5.6')
    assert.deepEqual(lost, [])
    assert.deepEqual(body, {
      model: 'gpt-5.6',
      instructions: 'a',
      input: [
        { type: 'message', role: 'system', content: [{ type: 'input_text', text: 'b' }] },
        own.value,
        {
          type: 'message',
          role: 'assistant',
          content: [
            { type: 'output_text', text: 'x' },
            { type: 'output_text', text: 'y' },
          ],
        },
        call('c'),
        output('c', [
          { type: 'input_text', text: '1' },
          { type: 'input_image', image_url: 'data:image/png;base64,AAAA' },
        ]),
        {
          type: 'message',
          role: 'user',
          content: [{ type: 'input_file', filename: 'file.txt', file_data: 'data:text/plain;base64,AAAA' }],
        },
      ],
      tools: [
        { type: 'function', name: 'f', parameters: { type: 'object', properties: {} }, strict: false },
        { type: 'function', name: 'g', parameters: {}, strict: true },
      ],
      stream: true,
      store: false,
      include: ['reasoning.encrypted_content'],
    })
  })

  it('asks models that do not think for no sealed thoughts', () => {
    for (const model of ['gpt-4.1', 'gpt-4o', 'gpt-5-chat-latest', 'my-deployment'])
      assert.equal(write(foreign([]), model).body.include, undefined, model)
    for (const model of ['o3', 'gpt-5-mini', 'openai/gpt-5', 'codex-mini-latest', 'gpt-oss-120b'])
      assert.ok(write(foreign([]), model).body.include, model)
    assert.ok(write(foreign([], { reasoning: { effort: 'low' } }), 'my-deployment').body.include)
  })

  it('names what has no place, and no more', () => {
    const unsealed = { issuer: 'openai-responses', value: { type: 'reasoning', id: 'rs_2', summary: [] } } as const
    const messages: Message[] = [
      {
        role: 'user',
        name: 'ann',
        parts: [
          { type: 'text', text: 'a', cache: {} },
          { type: 'media', media: 'audio', data: 'A' },
          { type: 'media', media: 'video', url: 'u' },
          { type: 'opaque', dialect: 'openai-chat', value: { type: 'message.prefix' } },
        ],
      },
      {
        role: 'assistant',
        parts: [
          { type: 'reasoning', text: 'Hm', state: unsealed },
          { type: 'reasoning', text: '' },
          { type: 'media', media: 'image', url: 'u' },
        ],
      },
    ]
    const sampling = {
      topK: 1,
      stop: ['x'],
      seed: 1,
      frequencyPenalty: 1,
      presencePenalty: 0,
      choices: 2,
      maxTokens: 1,
    }
    const tools: ChatRequest['tools'] = [{ type: 'hosted', name: 'google_search', dialect: 'gemini', value: {} }]
    const { body, lost } = write(
      foreign(messages, {
        sampling,
        tools,
        extra: { logit_bias: {}, store: true, verbosity: 'low' },
        reasoning: { budget: 500 },
      }),
    )
    assert.deepEqual(lost, [
      ...[
        'audio',
        'cache_control',
        'frequency_penalty',
        'image_url',
        'logit_bias',
        'max_tokens',
        'message.prefix',
        'n',
        'name',
      ],
      ...['reasoning', 'reasoning_budget', 'seed', 'stop', 'tools.google_search', 'top_k', 'video'],
    ])
    assert.deepEqual([body.max_output_tokens, body.text, body.reasoning], [16, { verbosity: 'low' }, { effort: 'low' }])
  })
})
