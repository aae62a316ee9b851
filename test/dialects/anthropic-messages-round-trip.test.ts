import assert from 'node:assert/strict'
import { test } from 'node:test'
import { anthropicMessages } from '../../server/dialects/anthropic-messages/index.ts'
import { recordings, recordingsMissing } from '../support/recordings.ts'
import { type Json, readAnthropic, written } from './claude-support.ts'

const ask = (members: Json = {}): Json => ({
  model: 'claude-opus-4-8',
  max_tokens: 100,
  messages: [{ role: 'user', content: 'Hi' }],
  ...members,
})

test('a request of Anthropic comes back as it was', () => {
  const cache_control = { type: 'ephemeral', ttl: '5m' }
  const json = ask({
    system: [{ type: 'text', text: 'Be kind.', cache_control }],
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Hi' },
          { type: 'image', source: { type: 'url', url: 'https://i' } },
        ],
      },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: '', signature: 'sig' },
          { type: 'redacted_thinking', data: 'enc' },
          { type: 'text', text: 'So', citations: [{ type: 'char_location', cited_text: 'c', document_index: 0 }] },
          { type: 'server_tool_use', id: 'srv', name: 'web_search', input: { query: 'q' } },
          {
            type: 'tool_use',
            id: 'tu_1',
            name: 'f',
            input: { a: 1 },
            caller: { type: 'code_execution', tool_id: 'x' },
          },
          { type: 'tool_use', id: 'tu_2', name: 'click', input: {}, toolset_name: 'browser', cache_control },
        ],
      },
      {
        role: 'user',
        content: [
          {
            type: 'tool_result',
            tool_use_id: 'tu_1',
            content: [
              { type: 'text', text: 'r' },
              { type: 'tool_reference', tool_name: 'f' },
            ],
          },
          {
            type: 'tool_result',
            tool_use_id: 'tu_2',
            content: 'no',
            is_error: true,
            toolset_name: 'browser',
            cache_control,
          },
          {
            type: 'document',
            source: { type: 'text', media_type: 'text/plain', data: 'ä' },
            title: 'T',
            context: 'C',
            citations: { enabled: true },
          },
          { type: 'document', source: { type: 'content', content: [{ type: 'text', text: 'x' }] } },
        ],
      },
      { role: 'system', content: 'Now be brief.' },
    ],
    tools: [
      {
        name: 'f',
        description: 'd',
        input_schema: { type: 'object' },
        strict: true,
        input_examples: [{ a: 1 }],
        eager_input_streaming: true,
      },
      { type: 'bash_20250124', name: 'bash' },
      { type: 'mcp_toolset', mcp_server_name: 'm' },
    ],
    tool_choice: { type: 'auto', disable_parallel_tool_use: true },
    thinking: { type: 'adaptive', display: 'summarized' },
    output_config: {
      effort: 'xhigh',
      format: { type: 'json_schema', schema: { type: 'object' } },
      task_budget: { total: 9 },
    },
    stop_sequences: ['END'],
    metadata: { user_id: 'u1' },
    service_tier: 'standard_only',
    context_management: { edits: [] },
    stream: true,
  })
  const { body, lost } = written(anthropicMessages, readAnthropic(json), 'claude-opus-4-8')
  assert.deepEqual(body, json)
  assert.deepEqual(lost, [])
})

test('ways of thinking come back as they were', () => {
  const table: [string, Json][] = [
    ['claude-opus-4-8', { thinking: { type: 'adaptive' } }],
    ['claude-opus-4-8', { output_config: { effort: 'high' } }],
    ['claude-opus-4-8', { thinking: { type: 'adaptive' }, output_config: { effort: 'high' } }],
    ['claude-opus-5', { thinking: { type: 'disabled' }, output_config: { effort: 'low' } }],
    ['claude-sonnet-5-5', { thinking: { type: 'between_tools' }, output_config: { effort: 'low' } }],
    ['claude-sonnet-4-5', { thinking: { type: 'enabled', budget_tokens: 2000 }, max_tokens: 3000 }],
    ['claude-opus-4-5', { thinking: { type: 'enabled', budget_tokens: 2000 }, output_config: { effort: 'low' } }],
    ['claude-sonnet-4-6', { thinking: { type: 'enabled', budget_tokens: 2000, display: 'omitted' } }],
    ['kimi-k2', { thinking: { type: 'enabled', budget_tokens: 2000 }, temperature: 0.3, top_k: 4 }],
    ['kimi-k2', { thinking: { type: 'disabled' } }],
  ]
  for (const [model, members] of table) {
    const json = ask({ model, ...members })
    const { body, lost } = written(anthropicMessages, readAnthropic(json), model)
    assert.deepEqual([body, lost], [json, []])
  }
})

test('every recorded request is read and comes back equal in meaning', { skip: recordingsMissing }, () => {
  const chats = recordings('anthropic-messages').filter(({ request }) => !request.path.includes('count_tokens'))
  assert.equal(chats.length, 19)
  const blocks = (content: unknown) => (typeof content === 'string' ? [{ type: 'text', text: content }] : content)
  const gist = ({
    output_format: older,
    output_config: config,
    stream,
    system,
    messages,
    tools,
    ...rest
  }: Json): Json => ({
    ...rest,
    stream: stream === true,
    system: system === undefined ? [] : blocks(system),
    tools: tools ?? [],
    messages: (messages as Json[]).map(({ role, content }) => ({
      role,
      content: (blocks(content) as Json[]).map((block) =>
        'content' in block ? { ...block, content: blocks(block.content) } : block,
      ),
    })),
    output_config: config ?? (older === undefined ? undefined : { format: older }),
  })
  for (const { name, request } of chats) {
    const json = request.body as Json
    const { body, lost } = written(anthropicMessages, readAnthropic(json), String(json.model))
    // The recorded error asks an effort of a model that does not have it.
    if (name.includes('xhigh_unsupported')) assert.deepEqual(body.output_config, { effort: 'high' })
    else assert.deepEqual(gist(body), gist(json), name)
    assert.deepEqual(lost, [], name)
  }
})
