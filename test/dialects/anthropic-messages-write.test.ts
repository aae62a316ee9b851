import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ChatRequest, Message, Part } from '../../server/core/request.ts'
import { anthropicMessages } from '../../server/dialects/anthropic-messages/index.ts'
import { foreign, type Json, say, written } from './claude-support.ts'

const MODEL = 'claude-opus-4-6'
const write = (members: Partial<ChatRequest>, model = MODEL) => written(anthropicMessages, foreign(members), model)
const messages = (...given: Message[]) => write({ messages: given })
const parts = (role: Message['role'], ...given: Part[]) => {
  const before = role === 'assistant' ? [say('user', 'Hi')] : []
  const { body, lost } = messages(...before, { role, parts: given })
  return { content: (body.messages as Json[]).at(-1)!.content, lost }
}
const result = (id: string): Message => ({
  role: 'tool',
  parts: [{ type: 'tool-result', id, parts: [{ type: 'text', text: id }] }],
})
const call = (id: string): Part => ({ type: 'tool-call', id, name: 'f', arguments: '{}' })

test('what every request has', () => {
  const { body, lost } = write({ stream: true, user: 'u', sampling: { stop: ['E', '\n'] } })
  assert.deepEqual(body, {
    model: MODEL,
    max_tokens: 32000,
    messages: [{ role: 'user', content: 'Hi' }],
    stream: true,
    stop_sequences: ['E'],
    metadata: { user_id: 'u' },
  })
  assert.deepEqual(lost, ['stop'])
  assert.equal(write({}, 'claude-3-haiku-20240307').body.max_tokens, 4096)
  assert.equal(write({}, 'MiniMax-M2').body.max_tokens, 8192)
  assert.equal(write({ sampling: { maxTokens: 5 } }).body.max_tokens, 5)
})

test('turns alternate, results of tools come first and together', () => {
  const { body } = messages(
    say('user', 'a'),
    say('user', 'b'),
    { role: 'assistant', parts: [call('1'), call('2')] },
    result('1'),
    say('user', 'between'),
    result('2'),
    say('assistant', 'c'),
    say('assistant', 'd'),
    say('user', ''),
  )
  const text = (value: string) => ({ type: 'text', text: value })
  const use = (id: string) => ({ type: 'tool_use', id, name: 'f', input: {} })
  const done = (id: string) => ({ type: 'tool_result', tool_use_id: id, content: id })
  assert.deepEqual(body.messages, [
    { role: 'user', content: [text('a'), text('b')] },
    { role: 'assistant', content: [use('1'), use('2')] },
    { role: 'user', content: [done('1'), done('2'), text('between')] },
    { role: 'assistant', content: [text('c'), text('d')] },
  ])
  assert.deepEqual(body.tools, [{ name: 'f', input_schema: { type: 'object' } }], 'called tools have to be defined')
  assert.deepEqual(body.tool_choice, { type: 'none' })
})

test('a conversation that the assistant begins or ends', () => {
  const begun = messages(say('assistant', 'Hello'), say('user', 'Hi'))
  assert.deepEqual((begun.body.messages as Json[])[0], { role: 'user', content: '.' })
  assert.deepEqual(begun.lost, ['messages.0.role'])
  const ended = messages(say('user', 'Hi'), say('assistant', 'So: \n'))
  assert.deepEqual((ended.body.messages as Json[])[1], { role: 'assistant', content: 'So:' })
})

test('blank texts are left out, blanks between texts are not', () => {
  const blank: Part = { type: 'text', text: ' ' }
  assert.deepEqual(messages(say('user', 'a'), { role: 'assistant', parts: [blank] }, say('user', 'b')).body.messages, [
    {
      role: 'user',
      content: [
        { type: 'text', text: 'a' },
        { type: 'text', text: 'b' },
      ],
    },
  ])
  const { content } = parts('user', blank, { type: 'text', text: 'x' }, { type: 'text', text: '' })
  assert.deepEqual(content, [
    { type: 'text', text: ' ' },
    { type: 'text', text: 'x' },
  ])
})

test('system messages, at the front and where a model takes them', () => {
  const later = [
    say('system', 'a'),
    say('user', 'b'),
    say('system', 'c'),
    say('assistant', 'd'),
    say('system', 'e'),
    say('user', 'f'),
  ]
  const old = write({ messages: later })
  const texts = (...values: string[]) => values.map((text) => ({ type: 'text', text }))
  assert.deepEqual([old.body.system, old.lost], [texts('a', 'c', 'e'), ['system_position']])
  const young = write({ messages: later }, 'claude-opus-4-8')
  assert.deepEqual([young.body.system, young.lost], [texts('a', 'e'), ['system_position']])
  assert.deepEqual(young.body.messages, [
    { role: 'user', content: 'b' },
    { role: 'system', content: 'c' },
    { role: 'assistant', content: 'd' },
    { role: 'user', content: 'f' },
  ])
  const only = write({ messages: [say('system', 'a'), say('user', 'b')] }, 'claude-opus-4-8')
  assert.deepEqual([only.body.system, only.lost], ['a', []])
})

test('parts and what they become', () => {
  const b64 = (text: string) => Buffer.from(text).toString('base64')
  const source = (value: Json) => [{ type: 'document', source: value }]
  const image = (value: Json) => [{ type: 'image', source: value }]
  const table: [Message['role'], Part, unknown, string[]][] = [
    [
      'user',
      { type: 'text', text: 'a', cache: { ttl: '1h' } },
      [{ type: 'text', text: 'a', cache_control: { type: 'ephemeral', ttl: '1h' } }],
      [],
    ],
    ['user', { type: 'media', media: 'image', url: 'https://i' }, image({ type: 'url', url: 'https://i' }), []],
    [
      'user',
      { type: 'media', media: 'image', data: '/9j/x' },
      image({ type: 'base64', media_type: 'image/jpeg', data: '/9j/x' }),
      [],
    ],
    [
      'user',
      { type: 'media', media: 'file', data: 'JVBERi0x', name: 'a.pdf' },
      [{ ...source({ type: 'base64', media_type: 'application/pdf', data: 'JVBERi0x' })[0], title: 'a.pdf' }],
      [],
    ],
    ['user', { type: 'media', media: 'file', url: 'https://p' }, source({ type: 'url', url: 'https://p' }), []],
    [
      'user',
      { type: 'media', media: 'file', data: b64('ä,b'), mime: 'text/csv' },
      source({ type: 'text', media_type: 'text/plain', data: 'ä,b' }),
      [],
    ],
    [
      'assistant',
      { type: 'tool-call', id: 'a.b', name: 'x.y', arguments: '{"a":1}' },
      [{ type: 'tool_use', id: /./, name: 'x_x2e_y', input: { a: 1 } }],
      [],
    ],
    [
      'assistant',
      { type: 'tool-call', id: 'i', name: 'f', namespace: 'g', arguments: '' },
      [{ type: 'tool_use', id: 'i', name: 'g__f', input: {} }],
      [],
    ],
    [
      'assistant',
      { type: 'tool-call', id: 'i', name: 'p', arguments: 'diff', custom: true },
      [{ type: 'tool_use', id: 'i', name: 'p', input: { input: 'diff' } }],
      [],
    ],
    [
      'assistant',
      { type: 'tool-call', id: 'i', name: 'f', arguments: '{"a' },
      [{ type: 'tool_use', id: 'i', name: 'f', input: { INVALID_JSON: '{"a' } }],
      [],
    ],
    ['assistant', { type: 'refusal', text: 'No.' }, 'No.', []],
    [
      'user',
      { type: 'tool-result', id: 'i', parts: [], isError: true },
      [{ type: 'tool_result', tool_use_id: 'i', is_error: true }],
      [],
    ],
  ]
  for (const [role, part, expected, lost] of table) {
    const { content, lost: named } = parts(role, part)
    const blocks = JSON.parse(JSON.stringify(content))
    if (part.type === 'tool-call' && part.id === 'a.b') blocks[0].id = {}
    assert.deepEqual([blocks, named], [JSON.parse(JSON.stringify(expected)), lost])
  }
})

test('what cannot be carried is lost by name', () => {
  const stay: Part = { type: 'text', text: 'x' }
  const cited: Part = {
    type: 'text',
    text: 'x',
    citations: [{ url: 'https://a', source: { dialect: 'openai-responses', value: {} } }],
  }
  const byPart: [Part, string][] = [
    [{ type: 'media', media: 'image', data: 'Qk0', mime: 'image/bmp' }, 'image_url'],
    [{ type: 'media', media: 'audio', data: 'x', mime: 'audio/wav' }, 'audio'],
    [{ type: 'media', media: 'video', url: 'https://v' }, 'video'],
    [{ type: 'media', media: 'file', data: 'UEsDB', mime: 'application/zip' }, 'file'],
    [cited, 'citations'],
    [{ type: 'opaque', dialect: 'openai-responses', value: { type: 'item_reference' } }, 'item_reference'],
    [{ type: 'opaque', dialect: 'gemini', value: 5 }, 'opaque'],
  ]
  for (const [part, name] of byPart) assert.deepEqual(parts('user', stay, part).lost, [name])
  const shown: Part = { type: 'media', media: 'image', url: 'https://i' }
  assert.deepEqual(parts('assistant', stay, shown).lost, ['image_url'], 'only the user can show something')

  const table: [Partial<ChatRequest>, string[]][] = [
    [{ sampling: { choices: 2, logprobs: 0, seed: 0 } }, ['logprobs', 'n', 'seed']],
    [{ sampling: { frequencyPenalty: 1, presencePenalty: 0 } }, ['frequency_penalty']],
    [{ sampling: { choices: 1 } }, []],
    [{ output: { type: 'json' } }, ['response_format']],
    [{ extra: { logit_bias: {}, store: true, metadata: {} } }, ['logit_bias']],
    [{ tools: [{ type: 'hosted', name: 'web_search', dialect: 'openai-responses', value: {} }] }, ['tools.web_search']],
    [{ messages: [{ ...say('user', 'Hi'), name: 'Ann' }] }, ['name']],
    [{ reasoning: { budget: 2000 } }, []],
  ]
  for (const [members, lost] of table) assert.deepEqual(write(members).lost, lost, JSON.stringify(members))
  const refused = anthropicMessages.writeRequest(foreign({ sampling: { topK: 3 } }), MODEL, { refuses: ['top_k'] })
  assert.deepEqual([refused.body.top_k, refused.lost], [undefined, ['top_k']])
})

test('tools and the choice among them', () => {
  const tools: ChatRequest['tools'] = [
    { type: 'function', name: 'f', parameters: { properties: {} }, strict: true, cache: {} },
    {
      type: 'function',
      name: 'g',
      description: 'd',
      strict: true,
      parameters: { type: 'object', properties: { a: { type: 'number', minimum: 1 } } },
    },
    { type: 'function', name: 'h', namespace: { name: 'ns' } },
    { type: 'custom', name: 'c' },
  ]
  const { body, lost } = write({ tools, toolChoice: { mode: 'tool', name: 'g' }, parallelToolCalls: false })
  assert.deepEqual(body.tools, [
    { name: 'f', input_schema: { type: 'object', properties: {} }, strict: true, cache_control: { type: 'ephemeral' } },
    {
      name: 'g',
      description: 'd',
      input_schema: { type: 'object', properties: { a: { type: 'number', minimum: 1 } } },
    },
    { name: 'ns__h', input_schema: { type: 'object', properties: {} } },
    {
      name: 'c',
      input_schema: {
        type: 'object',
        properties: { input: { type: 'string' } },
        required: ['input'],
        additionalProperties: false,
      },
    },
  ])
  assert.deepEqual(body.tool_choice, { type: 'tool', name: 'g', disable_parallel_tool_use: true })
  assert.deepEqual(lost, ['strict'])
  const choice = (members: Partial<ChatRequest>) => {
    const { body: made, lost: named } = write({ tools: tools.slice(0, 1), ...members })
    return [made.tool_choice, named]
  }
  assert.deepEqual(choice({ parallelToolCalls: false }), [{ type: 'auto', disable_parallel_tool_use: true }, []])
  assert.deepEqual(choice({ parallelToolCalls: true }), [undefined, []])
  assert.deepEqual(choice({ toolChoice: { mode: 'tool', name: 'gone' } }), [{ type: 'auto' }, ['tool_choice']])
  assert.deepEqual(choice({ tools: [], toolChoice: { mode: 'required' } }), [undefined, ['tool_choice']])
})

test('JSON by a schema', () => {
  const schema = { type: 'object', properties: { a: { type: 'string', minLength: 2 } } }
  const output = { type: 'json-schema', name: 'x', strict: true, schema } as const
  const enforced = { type: 'object', properties: { a: { type: 'string' } }, additionalProperties: false }
  const native = write({ output })
  assert.deepEqual(native.body.output_config, { format: { type: 'json_schema', schema: enforced } })
  assert.deepEqual(native.lost, ['response_format.constraints'])
  const without = write({ output }, 'claude-sonnet-4-0')
  assert.deepEqual([without.body.output_config, without.lost], [undefined, ['response_format']])
})
