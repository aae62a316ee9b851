/** An Anthropic stream with signed thinking, text and two tool calls, made by hand: nobody recorded all in one. */

function frame(data: { type: string } & Record<string, unknown>): string {
  return `event: ${data.type}\ndata: ${JSON.stringify(data)}\n\n`
}

function block(index: number, start: Record<string, unknown>, ...deltas: Record<string, unknown>[]): string[] {
  return [
    frame({ type: 'content_block_start', index, content_block: start }),
    ...deltas.map((delta) => frame({ type: 'content_block_delta', index, delta })),
    frame({ type: 'content_block_stop', index }),
  ]
}

export const SIGNATURE = 'EqQBCgIYAhIM1gbcDa9GJwZA2b3hGgxBdjrkzLoky3dl1pkiMOYds'

/** Calls `look_up` twice, with ids `toolu_01` and `toolu_02`. */
export const THINKING_AND_TOOLS: readonly string[] = [
  frame({
    type: 'message_start',
    message: {
      id: 'msg_01',
      type: 'message',
      role: 'assistant',
      model: 'claude-sonnet-4-5-20250929',
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: { input_tokens: 50, cache_creation_input_tokens: 0, cache_read_input_tokens: 30, output_tokens: 1 },
    },
  }),
  ...block(
    0,
    { type: 'thinking', thinking: '', signature: '' },
    { type: 'thinking_delta', thinking: 'Two words ' },
    { type: 'thinking_delta', thinking: 'to look up.' },
    { type: 'signature_delta', signature: SIGNATURE },
  ),
  frame({ type: 'ping' }),
  ...block(
    1,
    { type: 'text', text: '' },
    { type: 'text_delta', text: 'Ich schaue ' },
    { type: 'text_delta', text: 'nach. 🎉' },
  ),
  ...block(
    2,
    { type: 'tool_use', id: 'toolu_01', name: 'look_up', input: {} },
    { type: 'input_json_delta', partial_json: '' },
    { type: 'input_json_delta', partial_json: '{"word": "gr' },
    { type: 'input_json_delta', partial_json: 'ün"}' },
  ),
  ...block(
    3,
    { type: 'tool_use', id: 'toolu_02', name: 'look_up', input: {} },
    { type: 'input_json_delta', partial_json: '{"word": "blau"}' },
  ),
  frame({
    type: 'message_delta',
    delta: { stop_reason: 'tool_use', stop_sequence: null },
    usage: { output_tokens: 77 },
  }),
  frame({ type: 'message_stop' }),
]

/** A good short answer. */
export const ANSWER: readonly string[] = [
  frame({
    type: 'message_start',
    message: {
      id: 'msg_02',
      type: 'message',
      role: 'assistant',
      model: 'claude-sonnet-4-5-20250929',
      content: [],
      stop_reason: null,
      stop_sequence: null,
      usage: { input_tokens: 90, output_tokens: 1 },
    },
  }),
  ...block(0, { type: 'text', text: '' }, { type: 'text_delta', text: 'green and blue' }),
  frame({
    type: 'message_delta',
    delta: { stop_reason: 'end_turn', stop_sequence: null },
    usage: { output_tokens: 5 },
  }),
  frame({ type: 'message_stop' }),
]
