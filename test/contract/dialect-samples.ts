import type { ChatDialectId } from '../../server/core/dialect-id.ts'
import type { ChatEvent } from '../../server/core/events.ts'
import type { ChatRequest } from '../../server/core/request.ts'

/** What every wire format should be able to carry, in the canonical model. */
export function sampleRequest(dialect: ChatDialectId): ChatRequest {
  return {
    dialect,
    model: 'm',
    messages: [
      { role: 'system', parts: [{ type: 'text', text: 'Be brief.' }] },
      { role: 'user', parts: [{ type: 'text', text: 'Wie heißt „das“? 🎉' }] },
      { role: 'assistant', parts: [{ type: 'tool-call', id: 'call_1', name: 'look_up', arguments: '{"word":"das"}' }] },
      {
        role: 'tool',
        parts: [{ type: 'tool-result', id: 'call_1', name: 'look_up', parts: [{ type: 'text', text: 'the' }] }],
      },
    ],
    tools: [
      {
        type: 'function',
        name: 'look_up',
        description: 'Looks up',
        parameters: { type: 'object', properties: { word: { type: 'string' } } },
      },
    ],
    sampling: { temperature: 0.2, topP: 0.9, maxTokens: 100, stop: ['END'], seed: 7 },
    output: { type: 'json-schema', schema: { type: 'object' } },
    stream: true,
    streamUsage: true,
    extra: {},
  }
}

export const SAMPLE_REPLY: readonly ChatEvent[] = [
  { type: 'reply-start', id: 'r1', model: 'm', created: 1_700_000_000 },
  { type: 'part-start', choice: 0, part: 0, kind: 'reasoning' },
  { type: 'part-delta', choice: 0, part: 0, text: 'Let me ' },
  { type: 'part-delta', choice: 0, part: 0, text: 'think.' },
  { type: 'part-end', choice: 0, part: 0 },
  { type: 'part-start', choice: 0, part: 1, kind: 'text' },
  { type: 'part-delta', choice: 0, part: 1, text: 'Grüße ' },
  { type: 'part-delta', choice: 0, part: 1, text: '🎉' },
  { type: 'part-end', choice: 0, part: 1 },
  { type: 'part-start', choice: 0, part: 2, kind: 'tool-call', id: 'call_9', name: 'look_up' },
  { type: 'part-delta', choice: 0, part: 2, text: '{"word":"x"}' },
  { type: 'part-end', choice: 0, part: 2 },
  { type: 'finish', choice: 0, reason: 'tool-calls', raw: 'tool_calls' },
  {
    type: 'usage',
    usage: {
      input: 5,
      cacheRead: 0,
      cacheWrite: 0,
      output: 7,
      reasoning: 0,
      audioInput: 0,
      audioOutput: 0,
      raw: null,
      estimated: false,
    },
  },
]

/** Texts joined by part, whatever the deltas were. */
export function meaning(events: readonly ChatEvent[]) {
  const parts: { kind: string; name?: string | undefined; text: string }[] = []
  const rest: unknown[] = []
  for (const event of events) {
    if (event.type === 'part-start') parts.push({ kind: event.kind, name: event.name, text: '' })
    else if (event.type === 'part-delta') parts.at(-1)!.text += event.text
    else if (event.type === 'finish') rest.push(event.reason)
    else if (event.type === 'reply-start') rest.push(event.model)
  }
  const usage = events.findLast((event) => event.type === 'usage')?.usage
  return { parts, rest: [...rest, usage?.input, usage?.output] }
}

/** Only some formats give tool calls and results ids and names of their own. */
export function withoutIds(messages: ChatRequest['messages']) {
  return messages.map((message) => ({
    role: message.role,
    parts: message.parts.map((part) => (part.type === 'tool-result' ? { type: part.type, parts: part.parts } : part)),
  }))
}
