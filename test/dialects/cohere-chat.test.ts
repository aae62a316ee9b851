import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ChatRequest, Message, Part } from '../../server/core/request.ts'
import { cohereChat } from '../../server/dialects/cohere-chat/index.ts'
import { plain, requestOf } from './dialect-support.ts'

type Json = Record<string, unknown>
const says = (role: Message['role'], ...parts: Part[]): Message => ({ role, parts })
const text = (value: string): Part => ({ type: 'text', text: value })
const FUNCTION = { type: 'function', name: 'f', parameters: { type: 'object' } } as const

function write(members: Partial<ChatRequest>): { body: Json; lost: string[] } {
  return plain(cohereChat.writeRequest(requestOf(members), 'command-a', {}))
}

describe('a request for Cohere', () => {
  it('carries a conversation', () => {
    const call: Part = { type: 'tool-call', id: '1', name: 'f', arguments: '' }
    const { body, lost } = write({
      messages: [
        says('system', text('Be'), text(' brief.')),
        says('user', text('a'), { type: 'media', media: 'image', url: 'https://a/b.png', detail: 'low' }),
        says('user', { type: 'media', media: 'image', data: 'iVBORw0KGgo=' }),
        says('assistant', { type: 'reasoning', text: 'plan' }, call, {
          ...call,
          id: '2',
          custom: true,
          arguments: 'free',
          namespace: 'ns',
        }),
        says(
          'user',
          { type: 'tool-result', id: '2', parts: [text('two')] },
          { type: 'tool-result', id: '1', parts: [text('one')] },
          text('b'),
        ),
        says('assistant', { type: 'reasoning', text: 'hm' }, text('c')),
      ],
      stream: true,
    })
    assert.deepEqual(lost, [])
    assert.deepEqual(body, {
      model: 'command-a',
      messages: [
        { role: 'system', content: 'Be brief.' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'a' },
            { type: 'image_url', image_url: { url: 'https://a/b.png', detail: 'low' } },
          ],
        },
        { role: 'user', content: [{ type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } }] },
        {
          role: 'assistant',
          tool_plan: 'plan',
          tool_calls: [
            { id: '1', type: 'function', function: { name: 'f', arguments: '{}' } },
            { id: '2', type: 'function', function: { name: 'ns__f', arguments: '{"input":"free"}' } },
          ],
        },
        { role: 'tool', tool_call_id: '2', content: 'two' },
        { role: 'tool', tool_call_id: '1', content: 'one' },
        { role: 'user', content: 'b' },
        { role: 'assistant', content: 'c' },
      ],
      stream: true,
    })
  })

  const settings: [string, Partial<ChatRequest>, Json][] = [
    [
      'sampling',
      {
        sampling: {
          temperature: 0.3,
          topP: 1,
          topK: 600,
          maxTokens: 5,
          stop: ['a'],
          seed: 6,
          frequencyPenalty: 0.1,
          presencePenalty: 1,
          logprobs: 0,
        },
      },
      {
        temperature: 0.3,
        p: 0.99,
        k: 500,
        max_tokens: 5,
        stop_sequences: ['a'],
        seed: 6,
        frequency_penalty: 0.1,
        presence_penalty: 1,
        logprobs: true,
      },
    ],
    ['JSON', { output: { type: 'json' } }, { response_format: { type: 'json_object' } }],
    [
      'a schema',
      { output: { type: 'json-schema', schema: { type: 'object' } } },
      { response_format: { type: 'json_object', json_schema: { type: 'object' } } },
    ],
    ['no thinking', { reasoning: { effort: 'none' } }, { thinking: { type: 'disabled' } }],
    [
      'a limit of thinking',
      { reasoning: { effort: 'high', budget: 9 } },
      { thinking: { type: 'enabled', token_budget: 9 } },
    ],
    ['its own thinking', { reasoning: { effort: 'adaptive' } }, {}],
    ['its own members', { extra: { documents: ['d'], safety_mode: 'OFF' } }, { documents: ['d'], safety_mode: 'OFF' }],
  ]
  for (const [what, members, expected] of settings)
    it(`carries ${what}`, () => {
      const { body, lost } = write(members)
      const { model: _, messages: __, stream: ___, ...rest } = body
      assert.deepEqual([rest, lost], [expected, []])
    })

  it('offers one tool alone where that one must be called', () => {
    const tools = [FUNCTION, { type: 'custom', name: 'c' } as const]
    const { body } = write({ tools, toolChoice: { mode: 'tool', name: 'c' } })
    assert.deepEqual(
      [(body.tools as { function: Json }[]).map((tool) => tool.function.name), body.tool_choice],
      [['c'], 'REQUIRED'],
    )
    const grouped = [FUNCTION, { ...FUNCTION, name: 'g', namespace: { name: 'ns' } }]
    const inGroup = write({ tools: grouped, toolChoice: { mode: 'tool', name: 'g' } }).body.tools as {
      function: Json
    }[]
    assert.deepEqual(
      inGroup.map((tool) => tool.function.name),
      ['ns__g'],
    )
    const modes = (['auto', 'none', 'required'] as const).map(
      (mode) => write({ tools, toolChoice: { mode } }).body.tool_choice,
    )
    assert.deepEqual(modes, [undefined, 'NONE', 'REQUIRED'])
  })

  it('is strict with all tools or with none', () => {
    const strict = { ...FUNCTION, strict: true }
    assert.deepEqual([write({ tools: [strict] }).body.strict_tools, write({ tools: [strict] }).lost], [true, []])
    assert.deepEqual(
      [write({ tools: [strict, FUNCTION] }).body.strict_tools, write({ tools: [strict, FUNCTION] }).lost],
      [undefined, ['strict']],
    )
  })

  const losses: [string, Partial<ChatRequest>][] = [
    ['n', { sampling: { choices: 2 } }],
    ['top_logprobs', { sampling: { logprobs: 2 } }],
    ['stop', { sampling: { stop: ['1', '2', '3', '4', '5', '6'] } }],
    ['frequency_penalty', { sampling: { frequencyPenalty: 1.5 } }],
    ['presence_penalty', { sampling: { presencePenalty: -1 } }],
    ['response_format', { output: { type: 'json' }, tools: [FUNCTION] }],
    ['tool_choice', { tools: [FUNCTION], toolChoice: { mode: 'tool', name: 'unknown' } }],
    ['tools.c.format', { tools: [{ type: 'custom', name: 'c', format: { type: 'grammar' } }] }],
    ['reasoning', { reasoning: { effort: 'low' } }],
    ['parallel_tool_calls', { parallelToolCalls: false }],
    ['tools.web_search', { tools: [{ type: 'hosted', name: 'web_search', dialect: 'openai-responses', value: {} }] }],
    ['cache_control', { messages: [says('user', { type: 'text', text: 'a', cache: { ttl: '1h' } })] }],
    ['image_url', { messages: [says('system', { type: 'media', media: 'image', url: 'https://a' })] }],
    ['video', { messages: [says('user', { type: 'media', media: 'video', url: 'https://a' })] }],
    ['file', { messages: [says('user', { type: 'media', media: 'file', data: 'JVBERi0=' })] }],
    ['is_error', { messages: [says('tool', { type: 'tool-result', id: '1', parts: [], isError: true })] }],
    [
      'citations',
      {
        messages: [
          says('assistant', { type: 'text', text: 'a', citations: [{ source: { dialect: 'gemini', value: {} } }] }),
        ],
      },
    ],
    [
      'executableCode',
      { messages: [says('assistant', { type: 'opaque', dialect: 'gemini', value: { executableCode: {} } })] },
    ],
    ['logit_bias', { extra: { logit_bias: {}, store: true } }],
  ]
  for (const [name, members] of losses) it(`names ${name} as lost`, () => assert.deepEqual(write(members).lost, [name]))
})
