import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { openaiChat } from '../../server/dialects/openai-chat/index.ts'
import { openaiResponses } from '../../server/dialects/openai-responses/index.ts'
import { recordings, recordingsMissing } from '../support/recordings.ts'
import { type Json, read, translate } from './openai-support.ts'
import { assistant, call, output, say, user } from './responses-support.ts'

const ask = (more: Json = {}): Json => ({ model: 'm', input: [user('Hi')], ...more })
const back = (json: Json) => translate(openaiResponses, openaiResponses, json)

describe('requests come back as they went in', () => {
  const sealed = {
    type: 'reasoning',
    id: 'rs_1',
    summary: [{ type: 'summary_text', text: 'Hm' }],
    encrypted_content: 'E',
  }
  const REQUESTS: Readonly<Record<string, Json>> = {
    'instructions, sampling, output': ask({
      instructions: 'Be brief.',
      temperature: 0.5,
      top_p: 0.9,
      max_output_tokens: 20,
      top_logprobs: 2,
      include: ['file_search_call.results', 'message.output_text.logprobs'],
      text: {
        format: { type: 'json_schema', name: 'n', schema: {}, strict: true, description: 'd' },
        verbosity: 'low',
      },
      parallel_tool_calls: false,
      user: 'u',
      stream: true,
    }),
    'members of its own': ask({
      store: true,
      metadata: { a: 'b' },
      service_tier: 'flex',
      truncation: 'auto',
      max_tool_calls: 3,
      prompt_cache_key: 'k',
      client_metadata: { x: 1 },
      reasoning: { effort: 'high', summary: 'auto', context: 'all_turns' },
      include: ['reasoning.encrypted_content'],
      some_day: 1,
    }),
    tools: ask({
      tools: [
        { type: 'function', name: 'f', description: 'd', parameters: {}, strict: false, defer_loading: true },
        { type: 'function', name: 'g', parameters: {} },
        { type: 'custom', name: 'c', format: { type: 'grammar', syntax: 'lark', definition: 'x' } },
        {
          type: 'namespace',
          name: 'n',
          description: 'N',
          tools: [
            { type: 'function', name: 'f' },
            { type: 'function', name: 'g', output_schema: {} },
          ],
        },
        { type: 'web_search', filters: {} },
        { type: 'mcp', server_label: 's' },
      ],
      tool_choice: { type: 'custom', name: 'c' },
    }),
    'a choice among some tools': ask({
      tools: [{ type: 'function', name: 'f' }],
      tool_choice: { type: 'allowed_tools', mode: 'auto', tools: [{ type: 'function', name: 'f' }] },
    }),
    'parts of a user': say({
      type: 'message',
      role: 'user',
      id: 'msg_u',
      content: [
        { type: 'input_text', text: 'a', prompt_cache_breakpoint: { mode: 'explicit', ttl: '30m' } },
        { type: 'input_image', image_url: 'https://a/b.png', detail: 'low' },
        { type: 'input_image', image_url: 'data:image/png;base64,AAAA' },
        { type: 'input_image', file_id: 'file-1', detail: 'auto' },
        { type: 'input_file', filename: 'a.pdf', file_data: 'data:application/pdf;base64,AAAA' },
        { type: 'input_file', file_url: 'https://a/b.pdf' },
        { type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } },
      ],
    }),
    'a conversation': say(
      { type: 'message', role: 'developer', content: [{ type: 'input_text', text: 'x' }], id: 'msg_d' },
      user('Hi'),
      sealed,
      assistant('On it.', { id: 'msg_1', phase: 'commentary', status: 'completed' }),
      call('c1', { id: 'fc_1', namespace: 'n', status: 'completed' }),
      { type: 'custom_tool_call', call_id: 'c2', name: 'patch', input: '*** x', id: 'ctc_1' },
      output('c1', 'one', { id: 'fco_1', status: 'completed' }),
      {
        type: 'custom_tool_call_output',
        call_id: 'c2',
        output: [
          { type: 'input_text', text: 'a' },
          { type: 'input_image', image_url: 'https://a' },
        ],
      },
      assistant('A', { phase: 'commentary' }),
      assistant('B', { phase: 'final_answer' }),
      assistant('C'),
      { type: 'message', role: 'system', content: [{ type: 'input_text', text: 'y' }] },
      user('Go on'),
    ),
    'items of hosted tools': say(
      user('Hi'),
      { type: 'web_search_call', id: 'ws_1', status: 'completed', action: { type: 'search', query: 'q' } },
      assistant('x'),
      {
        type: 'local_shell_call',
        id: 'ls_1',
        call_id: 'c',
        status: 'completed',
        action: { type: 'exec', command: ['ls'], env: {} },
      },
      { type: 'local_shell_call_output', id: 'c', output: 'y' },
      { type: 'tool_search_call', call_id: 't', execution: 'client', arguments: {} },
      { type: 'tool_search_output', call_id: 't', tools: [] },
      { type: 'compaction', encrypted_content: 'E' },
      { type: 'mcp_approval_request', id: 'mcpr', name: 'f', server_label: 's', arguments: '{}' },
      { type: 'mcp_approval_response', approval_request_id: 'mcpr', approve: true },
      { type: 'some_day', x: 1 },
      { type: 'compaction_trigger' },
    ),
  }
  for (const [name, json] of Object.entries(REQUESTS))
    it(name, () => assert.deepEqual(back(json), { body: json, lost: [] }))

  it('every recorded request', { skip: recordingsMissing }, () => {
    for (const { name, request } of recordings('openai-responses')) {
      const { conversation: _, previous_response_id: __, ...json } = request.body
      const once = back(json)
      assert.deepEqual(once.lost, [], name)
      assert.deepEqual(back(once.body).body, once.body, name)
      if (Array.isArray(json.input)) assert.equal((once.body.input as []).length, json.input.length, name)
    }
  })
})

describe('what is read of a request', () => {
  it('one message of the assistant for all that it says in a row', () => {
    const { messages } = read(
      openaiResponses,
      say(
        user('Hi'),
        { type: 'reasoning', summary: [{ type: 'summary_text', text: 'Hm' }] },
        assistant('a'),
        call('c1'),
        call('c2'),
        output('c1', '1'),
        output('c2', '2'),
      ),
    )
    assert.deepEqual(
      messages.map(({ role, parts }) => [role, ...parts.map(({ type }) => type)]),
      [
        ['user', 'text'],
        ['assistant', 'reasoning', 'text', 'tool-call', 'tool-call'],
        ['tool', 'tool-result'],
        ['tool', 'tool-result'],
      ],
    )
  })

  it('strings and easy messages', () => {
    const { messages } = read(openaiResponses, { model: 'm', input: 'Hi', instructions: 'x' })
    assert.deepEqual(messages, [
      { role: 'system', parts: [{ type: 'text', text: 'x' }] },
      { role: 'user', parts: [{ type: 'text', text: 'Hi' }] },
    ])
    const easy = read(openaiResponses, say({ role: 'user', content: 'Hi' }, { role: 'assistant', content: 'Ho' }))
    assert.deepEqual(
      easy.messages.map(({ role, parts }) => [role, parts]),
      [
        ['user', [{ type: 'text', text: 'Hi' }]],
        ['assistant', [{ type: 'text', text: 'Ho' }]],
      ],
    )
  })

  it('foreign reasoning has no state, whether its mark is there or Codex left the id out', () => {
    const summary = [{ type: 'summary_text', text: 'Hm' }]
    const items = [
      { type: 'reasoning', id: `${openaiResponses.foreignMark}1`, summary },
      { type: 'reasoning', summary, content: null, encrypted_content: null },
    ]
    for (const item of items)
      assert.deepEqual(read(openaiResponses, say(item)).messages[0]!.parts, [{ type: 'reasoning', text: 'Hm' }])
  })

  it('tools that come in the conversation, and functions that do not say whether they are strict', () => {
    const added = {
      type: 'additional_tools',
      role: 'developer',
      tools: [
        { type: 'namespace', name: 'n', description: '', tools: [{ type: 'function', name: 'f', parameters: {} }] },
      ],
    }
    const { tools, messages } = read(openaiResponses, say(added, user('Hi')))
    assert.deepEqual(tools, [
      { type: 'function', name: 'f', parameters: {}, namespace: { name: 'n', description: '' } },
    ])
    assert.equal(messages.length, 1)
    const { body, lost } = translate(openaiResponses, openaiChat, say(added, user('Hi')))
    assert.deepEqual(body.tools, [{ type: 'function', function: { name: 'n__f', parameters: {} } }])
    assert.deepEqual(lost, [])
  })
})
