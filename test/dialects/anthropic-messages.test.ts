import assert from 'node:assert/strict'
import { test } from 'node:test'
import { GatewayError } from '../../server/core/errors.ts'
import type { Part } from '../../server/core/request.ts'
import { anthropicMessages } from '../../server/dialects/anthropic-messages/index.ts'
import { type Json, plain, readAnthropic } from './claude-support.ts'

const { foreignMark, readHead, readRequest } = anthropicMessages
const ISSUER = 'anthropic-messages'
const ask = (members: Json = {}): Json => ({
  model: 'claude-opus-4-8',
  max_tokens: 100,
  messages: [{ role: 'user', content: 'Hi' }],
  ...members,
})
const read = (members: Json) => readAnthropic(ask(members))
const parts = (role: string, content: unknown): Part[] =>
  read({ messages: [{ role, content }] }).messages.flatMap((message) => message.parts)

test('the head says what routing needs', () => {
  const head = readHead(ask({ stream: true, metadata: { user_id: 'u1' }, temperature: null }), {})
  const expected = { model: 'claude-opus-4-8', stream: true, streamUsage: true, user: 'u1', metadata: null }
  assert.deepEqual(head, expected)
  assert.equal(readHead(ask({ max_tokens: 0 }), {}).stream, false)
})

test('a request of wrong shape is refused by the name of the member', () => {
  const { model: _, ...nameless } = ask()
  const { max_tokens: __, ...endless } = ask()
  const call = { type: 'tool_use', id: 1, name: 'f', input: {} }
  const wrong: [Json, string][] = [
    [nameless, 'model'],
    [endless, 'max_tokens'],
    [ask({ max_tokens: -1 }), 'max_tokens'],
    [ask({ max_tokens: 1.5 }), 'max_tokens'],
    [ask({ messages: [] }), 'messages'],
    [ask({ messages: 'Hi' }), 'messages'],
    [ask({ messages: [null] }), 'messages.0'],
    [ask({ messages: [{ role: 'tool', content: 'x' }] }), 'messages.0.role'],
    [ask({ messages: [{ role: 'user', content: [{ text: 'no type' }] }] }), 'messages.0.content.0'],
    [ask({ messages: [{ role: 'user', content: 7 }] }), 'messages.0.content'],
    [ask({ messages: [{ role: 'user', content: [{ type: 'text' }] }] }), 'messages.0.content.0.text'],
    [ask({ messages: [{ role: 'assistant', content: [call] }] }), 'messages.0.content.0.id'],
    [ask({ messages: [{ role: 'user', content: [{ type: 'tool_result' }] }] }), 'messages.0.content.0.tool_use_id'],
    [ask({ messages: [{ role: 'user', content: [{ type: 'image' }] }] }), 'messages.0.content.0.source'],
    [ask({ stream: 'yes' }), 'stream'],
    [ask({ system: 7 }), 'system'],
    [ask({ tools: [{ input_schema: {} }] }), 'tools.0.name'],
    [ask({ tools: ['f'] }), 'tools.0'],
    [ask({ tool_choice: { type: 'tool' } }), 'tool_choice.name'],
    [ask({ tool_choice: { type: 'maybe' } }), 'tool_choice.type'],
    [ask({ thinking: { type: 'enabled' } }), 'thinking.budget_tokens'],
    [ask({ stop_sequences: 'END' }), 'stop_sequences'],
    [ask({ metadata: { user_id: 5 } }), 'metadata.user_id'],
  ]
  for (const [json, param] of wrong)
    assert.throws(
      () => readRequest(json, readHead(json, {})),
      (error) => error instanceof GatewayError && error.code === 'invalid_request' && error.param === param,
      `${param}: ${JSON.stringify(json)}`,
    )
})

test('no JSON makes the readers fail in any other way', () => {
  const odd = [
    null,
    0,
    -1,
    Number.POSITIVE_INFINITY,
    '',
    'x',
    true,
    [],
    [null],
    [[]],
    {},
    { type: null },
    { type: 'x' },
    { content: 3 },
  ]
  const names = `model messages system max_tokens temperature top_p top_k stop_sequences stream tools tool_choice
    thinking output_config output_format metadata service_tier container`.split(/\s+/)
  const blocks = 'text image document thinking redacted_thinking tool_use tool_result server_tool_use'.split(' ')
  const members = 'text source id name input tool_use_id content signature data thinking citations cache_control'
  const requests = [
    ...names.flatMap((name) => odd.map((value) => ask({ [name]: value }))),
    ...odd.map((value) => ask({ messages: [{ role: 'user', content: value }] })),
    ...blocks.flatMap((type) =>
      members.split(' ').flatMap((name) =>
        odd.map((value) => {
          const block = { type, text: '', id: 'i', name: 'n', tool_use_id: 't', thinking: '', data: '', [name]: value }
          return ask({ messages: [{ role: 'user', content: [block] }], system: [block] })
        }),
      ),
    ),
    ...odd.map((value) => ask({ tools: [value] })),
    ...odd.map((value) => ask({ tools: [{ name: 'f', input_schema: value, type: value, cache_control: value }] })),
    ...odd.map((value) => ask({ output_config: { effort: value, format: value }, thinking: { type: value } })),
  ]
  for (const json of requests)
    try {
      anthropicMessages.writeRequest(readRequest(json, readHead(json, {})), 'claude-sonnet-4-5', {})
    } catch (error) {
      assert.ok(error instanceof GatewayError, `${JSON.stringify(json)}: ${(error as Error).stack}`)
    }
})

test('content blocks and what they become', () => {
  const table: [string, unknown, Part[]][] = [
    ['user', 'Hi', [{ type: 'text', text: 'Hi' }]],
    [
      'user',
      [{ type: 'text', text: 'Hi', cache_control: { type: 'ephemeral', ttl: '1h' } }],
      [{ type: 'text', text: 'Hi', cache: { ttl: '1h' } }],
    ],
    [
      'user',
      [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'iVBO' } }],
      [{ type: 'media', media: 'image', data: 'iVBO', mime: 'image/png' }],
    ],
    [
      'user',
      [{ type: 'image', source: { type: 'url', url: 'https://a/b.png' }, cache_control: { type: 'ephemeral' } }],
      [{ type: 'media', media: 'image', url: 'https://a/b.png', cache: {} }],
    ],
    [
      'user',
      [{ type: 'document', title: 'T', source: { type: 'base64', media_type: 'application/pdf', data: 'JVBE' } }],
      [{ type: 'media', media: 'file', data: 'JVBE', mime: 'application/pdf', name: 'T' }],
    ],
    [
      'user',
      [{ type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'ä' } }],
      [{ type: 'media', media: 'file', data: Buffer.from('ä').toString('base64'), mime: 'text/plain' }],
    ],
    [
      'assistant',
      [
        { type: 'thinking', thinking: 'hm', signature: 's' },
        { type: 'redacted_thinking', data: 'd' },
        { type: 'tool_use', id: 't', name: 'f', input: { a: [1] } },
      ],
      [
        { type: 'reasoning', text: 'hm', state: { issuer: ISSUER, value: { signature: 's' } } },
        { type: 'reasoning', text: '', state: { issuer: ISSUER, value: { redacted: 'd' } } },
        { type: 'tool-call', id: 't', name: 'f', arguments: '{"a":[1]}' },
      ],
    ],
    ['assistant', [{ type: 'thinking', thinking: 'hm', signature: '' }], [{ type: 'reasoning', text: 'hm' }]],
    ['assistant', [{ type: 'thinking', thinking: 'hm', signature: foreignMark }], [{ type: 'reasoning', text: 'hm' }]],
    [
      'user',
      [{ type: 'tool_result', tool_use_id: 't', is_error: true, content: 'no' }],
      [{ type: 'tool-result', id: 't', parts: [{ type: 'text', text: 'no' }], isError: true }],
    ],
    ['user', [{ type: 'tool_result', tool_use_id: 't' }], [{ type: 'tool-result', id: 't', parts: [] }]],
    ...[
      { type: 'search_result', source: 'x', title: 'y', content: [] },
      { type: 'server_tool_use', id: 's', name: 'web_search', input: { query: 'q' } },
      { type: 'document', source: { type: 'file', file_id: 'f1' } },
      { type: 'mcp_tool_result', tool_use_id: 'm', content: [] },
    ].map((value): [string, unknown, Part[]] => ['assistant', [value], [{ type: 'opaque', dialect: ISSUER, value }]]),
  ]
  for (const [role, content, expected] of table) assert.deepEqual(parts(role, content), expected)
})

test('a citation keeps its place, title and words', () => {
  const web = {
    type: 'web_search_result_location',
    url: 'https://a',
    title: 'A',
    cited_text: 'q',
    encrypted_index: 'e',
  }
  const page = { type: 'page_location', document_title: 'D', cited_text: 'p', document_index: 0, start_page_number: 1 }
  const [part] = parts('assistant', [{ type: 'text', text: 'x', citations: [web, page] }])
  const expected = [
    { url: 'https://a', title: 'A', quote: 'q', source: { dialect: ISSUER, value: web } },
    { title: 'D', quote: 'p', source: { dialect: ISSUER, value: page } },
  ]
  assert.deepEqual(part?.type === 'text' && part.citations, expected)
})

test('results of tools become messages of their own, in order', () => {
  const result = (id: string) => ({ type: 'tool_result', tool_use_id: id, content: id })
  const text = { type: 'text', text: 'and?' }
  const { messages } = read({ messages: [{ role: 'user', content: [result('a'), result('b'), text] }] })
  assert.deepEqual(
    messages.map(({ role, parts: { length } }) => [role, length]),
    [
      ['tool', 2],
      ['user', 1],
    ],
  )
})

test('settings and what they become', () => {
  const table: [Json, Json][] = [
    [{ thinking: { type: 'disabled' } }, { reasoning: { effort: 'none' } }],
    [{ thinking: { type: 'adaptive' } }, { reasoning: { effort: 'adaptive', show: true } }],
    [
      { thinking: { type: 'adaptive', display: 'omitted' }, output_config: { effort: 'low' } },
      { reasoning: { effort: 'low', show: 'omitted' } },
    ],
    [{ thinking: { type: 'enabled', budget_tokens: 2048 } }, { reasoning: { budget: 2048, show: true } }],
    [{ output_config: { effort: 'max' } }, { reasoning: { effort: 'max' } }],
    [
      { tool_choice: { type: 'auto', disable_parallel_tool_use: true } },
      { toolChoice: { mode: 'auto' }, parallelToolCalls: false },
    ],
    [{ tool_choice: { type: 'any' } }, { toolChoice: { mode: 'required' } }],
    [{ tool_choice: { type: 'none' } }, { toolChoice: { mode: 'none' } }],
    [{ tool_choice: { type: 'tool', name: 'f' } }, { toolChoice: { mode: 'tool', name: 'f' } }],
    [{ metadata: { user_id: 'u' } }, { user: 'u', extra: {} }],
    [
      { output_format: { type: 'json_schema', schema: { a: 1 } } },
      { output: { type: 'json-schema', schema: { a: 1 } } },
    ],
    [{ service_tier: 'auto', mcp_servers: [], container: null }, { extra: { service_tier: 'auto', mcp_servers: [] } }],
    [{ stop_sequences: ['E'], top_k: 3, top_p: null }, { sampling: { maxTokens: 100, stop: ['E'], topK: 3 } }],
    [
      { tools: [{ name: 'f', type: 'custom', input_schema: { type: 'object' }, defer_loading: true }] },
      {
        tools: [{ type: 'function', name: 'f', parameters: { type: 'object' } }],
        extra: { 'tools.f.defer_loading': true },
      },
    ],
    [
      { tools: [{ type: 'web_search_20250305', name: 'web_search', max_uses: 2 }] },
      {
        tools: [
          {
            type: 'hosted',
            name: 'web_search',
            dialect: ISSUER,
            value: { type: 'web_search_20250305', name: 'web_search', max_uses: 2 },
          },
        ],
      },
    ],
  ]
  for (const [members, expected] of table) {
    const request = plain(read(members)) as unknown as Json
    for (const [name, value] of Object.entries(expected))
      assert.deepEqual(request[name], value, JSON.stringify(members))
  }
})
