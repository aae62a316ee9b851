import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ChatRequest, Message, Part, Reasoning } from '../../server/core/request.ts'
import { bedrockConverse } from '../../server/dialects/bedrock-converse/index.ts'
import { recordings, recordingsMissing } from '../support/recordings.ts'
import { foreign, type Json, readAnthropic, say, written } from './claude-support.ts'

const CLAUDE = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0'
const OPUS = 'us.anthropic.claude-opus-4-8'
const NOVA = 'us.amazon.nova-2-lite-v1:0'
const LLAMA = 'meta.llama3-2-1b-instruct-v1:0'
const write = (members: Partial<ChatRequest>, model = CLAUDE) => written(bedrockConverse, foreign(members), model)
const parts = (role: Message['role'], given: Part[], model = CLAUDE) => {
  const before = role === 'assistant' ? [say('user', 'Hi')] : []
  const { body, lost } = write({ messages: [...before, { role, parts: given }] }, model)
  return { content: (body.messages as Json[]).at(-1)?.content, lost }
}
const tools: ChatRequest['tools'] = [{ type: 'function', name: 'f', parameters: { type: 'object', properties: {} } }]
const spec = (name: string, more: Json = {}) => ({
  toolSpec: { name, inputSchema: { json: { type: 'object', properties: {} } }, ...more },
})
const toolTurns: Message[] = [
  say('user', 'Hi'),
  { role: 'assistant', parts: [{ type: 'tool-call', id: 'c.1', name: 'f', arguments: '{"a":1}' }] },
  { role: 'tool', parts: [{ type: 'tool-result', id: 'c.1', parts: [{ type: 'text', text: 'r' }], isError: true }] },
]

test('the recorded requests can be made', { skip: recordingsMissing }, () => {
  const body = (name: string) => {
    const { request } = recordings('bedrock-converse').find((recording) => recording.name.includes(name))!
    return [request.body, decodeURIComponent(request.path.split('/')[2]!)] as const
  }
  const [thinking, sonnet] = body('anthropic_tool_with_thinking')
  const [asked, answer, result] = thinking.messages as { content: Json[] }[]
  const [thought, text, call] = answer!.content as [Json, Json, Json]
  const { text: thoughts, signature } = (thought.reasoningContent as Json).reasoningText as Json
  const { toolUseId: id, name } = call.toolUse as Json
  const calling: Part[] = [
    { type: 'reasoning', text: String(thoughts), state: { issuer: 'bedrock-converse', value: { signature } } },
    { type: 'text', text: String(text.text) },
    { type: 'tool-call', id: String(id), name: String(name), arguments: '{}' },
  ]
  const results: Part[] = [{ type: 'tool-result', id: String(id), parts: [{ type: 'text', text: 'Mexico' }] }]
  const parameters = { additionalProperties: false, properties: {}, type: 'object' }
  const { body: made } = write(
    {
      messages: [
        say('user', String(asked!.content[0]!.text)),
        { role: 'assistant', parts: calling },
        { role: 'tool', parts: results },
      ],
      tools: [{ type: 'function', name: String(name), parameters }],
      reasoning: { budget: 1024 },
    },
    sonnet,
  )
  delete (result!.content[0]!.toolResult as Json).status
  assert.deepEqual(made.messages, thinking.messages)
  assert.deepEqual(made.toolConfig, thinking.toolConfig)
  assert.deepEqual(made.additionalModelRequestFields, thinking.additionalModelRequestFields)

  const [cached, model] = body('single_tool_choice_preserves_cache')
  const [systemText] = cached.system as Json[]
  const { body: again, lost } = write(
    {
      messages: [
        { role: 'system', parts: [{ type: 'text', text: String(systemText!.text), cache: {} }] },
        say('user', 'Call `catalog_lookup`, then answer with only its return value.'),
      ],
      tools: [
        { type: 'function', name: 'catalog_lookup', parameters, strict: true },
        { type: 'function', name: 'diagnostics', parameters, strict: true, cache: {} },
      ],
      toolChoice: { mode: 'tool', name: 'catalog_lookup' },
    },
    model,
  )
  assert.deepEqual([{ inferenceConfig: {}, ...again }, lost], [cached, []])
})

test('what is said to every model', () => {
  const { body, lost } = write(
    { sampling: { maxTokens: 9, temperature: 0.5, topP: 0.9, stop: ['E'] }, stream: true, user: 'u' },
    LLAMA,
  )
  assert.deepEqual(body, {
    messages: [{ role: 'user', content: [{ text: 'Hi' }] }],
    inferenceConfig: { maxTokens: 9, temperature: 0.5, topP: 0.9, stopSequences: ['E'] },
  })
  assert.deepEqual(lost, [])
})

test('turns alternate and are never empty', () => {
  const { body, lost } = write({
    messages: [
      say('assistant', 'Hello'),
      ...toolTurns,
      say('user', 'and?'),
      { role: 'assistant', parts: [{ type: 'reasoning', text: 'unsigned' }] },
      say('system', 'late'),
      say('user', 'more'),
    ],
    tools,
  })
  assert.deepEqual(
    (body.messages as Json[]).map(({ role, content }) => [
      role,
      (content as Json[]).map((block) => Object.keys(block)[0]),
    ]),
    [
      ['user', ['text']],
      ['assistant', ['text']],
      ['user', ['text']],
      ['assistant', ['toolUse']],
      ['user', ['toolResult', 'text', 'text']],
    ],
  )
  assert.deepEqual(body.system, [{ text: 'late' }])
  assert.deepEqual(lost, ['messages.0.role', 'system_position'])
  const [, , , called, answered] = body.messages as { content: { [kind: string]: Json }[] }[]
  assert.equal(called!.content[0]!.toolUse!.toolUseId, answered!.content[0]!.toolResult!.toolUseId)
  assert.deepEqual(called!.content[0]!.toolUse!.input, { a: 1 })
  assert.equal(answered!.content[0]!.toolResult!.status, 'error')
})

test('parts and what they become', () => {
  const media = (kind: 'image' | 'video' | 'audio' | 'file', mime: string | undefined, more: Json = { data: 'QUJD' }) =>
    ({ type: 'media', media: kind, ...(mime ? { mime } : {}), ...more }) as Part
  const bytes = { bytes: 'QUJD' }
  const document = (format: string, name: string) => ({ document: { format, name, source: bytes } })
  const table: [Part, Json | null, string[]][] = [
    [media('image', 'image/png'), { image: { format: 'png', source: bytes } }, []],
    [media('image', undefined, { data: '/9j/x' }), { image: { format: 'jpeg', source: { bytes: '/9j/x' } } }, []],
    [media('image', undefined, { url: 'https://i' }), null, ['image_url']],
    [
      media('image', 'image/png', { url: 's3://b/i' }),
      { image: { format: 'png', source: { s3Location: { uri: 's3://b/i' } } } },
      [],
    ],
    [media('image', 'image/bmp'), null, ['image_url']],
    [media('video', 'video/mp4'), { video: { format: 'mp4', source: bytes } }, []],
    [media('audio', 'audio/wav'), { audio: { format: 'wav', source: bytes } }, []],
    [media('file', 'application/pdf', { data: 'QUJD', name: 'a/b: c.pdf' }), document('pdf', 'a-b- c-pdf'), []],
    [media('file', 'text/x-python'), document('txt', 'document'), []],
    [media('file', 'application/zip'), null, ['file']],
    [{ type: 'text', text: 'x', cache: { ttl: '1h' } }, { text: 'x' }, []],
    [{ type: 'opaque', dialect: 'anthropic-messages', value: { type: 'search_result' } }, null, ['search_result']],
  ]
  for (const [part, expected, lost] of table) {
    const { content, lost: named } = parts('user', [{ type: 'text', text: 'see' }, part])
    const point = 'cache' in part ? [{ cachePoint: { type: 'default', ttl: '1h' } }] : []
    assert.deepEqual([content, named], [[{ text: 'see' }, ...(expected ? [expected] : []), ...point], lost])
  }
  const two = parts('user', [media('file', 'text/csv'), media('file', 'text/csv')]).content
  assert.deepEqual(
    two,
    [document('csv', 'document'), document('csv', 'document (2)'), { text: 'document' }],
    'a text is demanded',
  )
  assert.deepEqual(parts('user', [{ type: 'text', text: 'x', cache: {} }], LLAMA), {
    content: [{ text: 'x' }],
    lost: ['cache_control'],
  })
})

test('tools and the choice among them', () => {
  const auto = { tools: [spec('f')], toolChoice: { auto: {} } }
  const single = { tool_choice: { type: 'auto', disable_parallel_tool_use: true } }
  const table: [Partial<ChatRequest>, string, Json | undefined, Json | undefined, string[]][] = [
    [{ tools }, CLAUDE, { tools: [spec('f')] }, undefined, []],
    [{ tools, toolChoice: { mode: 'auto' } }, NOVA, auto, undefined, []],
    [
      { tools, toolChoice: { mode: 'required' } },
      CLAUDE,
      { tools: [spec('f')], toolChoice: { any: {} } },
      undefined,
      [],
    ],
    [
      { tools, toolChoice: { mode: 'tool', name: 'f' } },
      CLAUDE,
      { tools: [spec('f')], toolChoice: { tool: { name: 'f' } } },
      undefined,
      [],
    ],
    [{ tools, toolChoice: { mode: 'tool', name: 'x' } }, CLAUDE, { tools: [spec('f')] }, undefined, ['tool_choice']],
    [{ tools, toolChoice: { mode: 'none' } }, CLAUDE, undefined, undefined, []],
    [
      { tools, toolChoice: { mode: 'none' }, messages: toolTurns },
      CLAUDE,
      { tools: [spec('f')] },
      undefined,
      ['tool_choice'],
    ],
    [{ messages: toolTurns }, CLAUDE, { tools: [spec('f')] }, undefined, []],
    [{ tools, parallelToolCalls: false }, CLAUDE, { tools: [spec('f')] }, single, []],
    [
      { tools, parallelToolCalls: false, toolChoice: { mode: 'auto' } },
      CLAUDE,
      auto,
      undefined,
      ['parallel_tool_calls'],
    ],
    [{ tools, parallelToolCalls: false }, NOVA, { tools: [spec('f')] }, undefined, ['parallel_tool_calls']],
    [{ tools: [{ type: 'function', name: 'f', strict: true }] }, LLAMA, { tools: [spec('f')] }, undefined, ['strict']],
    [
      { tools: [{ type: 'function', name: 'f', strict: true, description: '' }] },
      CLAUDE,
      { tools: [spec('f', { strict: true })] },
      undefined,
      [],
    ],
    [
      { tools: [{ type: 'hosted', name: 'web', dialect: 'gemini', value: {} }] },
      CLAUDE,
      undefined,
      undefined,
      ['tools.web'],
    ],
  ]
  for (const [members, model, toolConfig, fields, lost] of table) {
    const { body, lost: named } = write(members, model)
    assert.deepEqual(
      [body.toolConfig, body.additionalModelRequestFields, named],
      [toolConfig, fields, lost],
      JSON.stringify(members),
    )
  }
})

test('thinking, by family of models', () => {
  const budget = (tokens: number) => ({ thinking: { type: 'enabled', budget_tokens: tokens } })
  const table: [string, Reasoning, Json | undefined, Json | undefined, string[]][] = [
    [CLAUDE, { effort: 'low' }, budget(4096), { maxTokens: 12288 }, []],
    [OPUS, { effort: 'high' }, { thinking: { type: 'adaptive' }, output_config: { effort: 'high' } }, undefined, []],
    [NOVA, { effort: 'high' }, { reasoningConfig: { type: 'enabled', maxReasoningEffort: 'high' } }, undefined, []],
    [NOVA, { effort: 'none' }, { reasoningConfig: { type: 'disabled' } }, undefined, []],
    ['openai.gpt-oss-120b-1:0', { effort: 'medium' }, { reasoning_effort: 'medium' }, undefined, []],
    [LLAMA, { effort: 'high' }, undefined, undefined, ['reasoning']],
    [LLAMA, { effort: 'none' }, undefined, undefined, []],
  ]
  for (const [model, reasoning, fields, config, lost] of table) {
    const { body, lost: named } = write({ reasoning }, model)
    assert.deepEqual([body.additionalModelRequestFields, body.inferenceConfig, named], [fields, config, lost], model)
  }
  const unsigned = write({ messages: toolTurns, tools, reasoning: { effort: 'low' } })
  assert.deepEqual([unsigned.body.additionalModelRequestFields, unsigned.lost], [undefined, ['reasoning']])
})

test('JSON by a schema, and what is lost', () => {
  const schema = { type: 'object', properties: { a: { type: 'integer', minimum: 1 } } }
  const output = { type: 'json-schema', name: 'x', schema } as const
  const enforced = JSON.stringify({
    type: 'object',
    properties: { a: { type: 'integer' } },
    additionalProperties: false,
  })
  const format = (text: string) => ({
    textFormat: { type: 'json_schema', structure: { jsonSchema: { schema: text, name: 'x' } } },
  })
  const claude = write({ output })
  assert.deepEqual([claude.body.outputConfig, claude.lost], [format(enforced), ['response_format.constraints']])
  const qwen = write({ output }, 'qwen.qwen3-32b-v1:0')
  assert.deepEqual([qwen.body.outputConfig, qwen.lost], [format(JSON.stringify(schema)), []])
  for (const lost of [write({ output }, NOVA).lost, write({ output: { type: 'json' } }).lost])
    assert.deepEqual(lost, ['response_format'])
  const table: [Partial<ChatRequest>, string, string[]][] = [
    [
      { sampling: { choices: 3, seed: 1, logprobs: 1, presencePenalty: 1 } },
      CLAUDE,
      ['logprobs', 'n', 'presence_penalty', 'seed'],
    ],
    [{ sampling: { topK: 3 } }, CLAUDE, []],
    [{ sampling: { topK: 3 } }, LLAMA, ['top_k']],
    [{ messages: toolTurns, tools }, LLAMA, ['is_error']],
    [{ extra: { logit_bias: {}, store: true } }, CLAUDE, ['logit_bias']],
  ]
  for (const [members, model, lost] of table) assert.deepEqual(write(members, model).lost, lost)
})

test('an Anthropic client reaches Claude on Bedrock', () => {
  const request = readAnthropic({
    model: 'route',
    max_tokens: 100,
    system: [{ type: 'text', text: 'Be kind.', cache_control: { type: 'ephemeral' } }],
    messages: [{ role: 'user', content: 'Hi' }],
    output_config: { effort: 'low' },
    top_k: 5,
    service_tier: 'auto',
  })
  const { body, lost } = written(bedrockConverse, request, 'eu.anthropic.claude-opus-4-5-20251101-v1:0')
  assert.deepEqual(body, {
    system: [{ text: 'Be kind.' }, { cachePoint: { type: 'default' } }],
    messages: [{ role: 'user', content: [{ text: 'Hi' }] }],
    inferenceConfig: { maxTokens: 100 },
    additionalModelRequestFields: { output_config: { effort: 'low' }, top_k: 5 },
  })
  assert.deepEqual(lost, [])
})
