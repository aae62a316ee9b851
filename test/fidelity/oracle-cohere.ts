import type { Json } from '../support/gateway.ts'
import { finishOf, type Meaning, meaningOf, parsed } from './meaning.ts'

const FINISH = { COMPLETE: 'stop', STOP_SEQUENCE: 'stop', MAX_TOKENS: 'length', TOOL_CALL: 'tool-calls' } as const

/** The meaning of a reply of Cohere's second API. What it plans before it calls tools is reasoning. */
export function readCohere({ id, message, finish_reason: word, usage }: Json): Meaning {
  const blocks: Json[] = message.content ?? []
  return meaningOf({
    text: blocks.map(({ text = '' }) => text).join(''),
    reasoning: [message.tool_plan ?? '', ...blocks.map(({ thinking = '' }) => thinking)].join(''),
    toolCalls: (message.tool_calls ?? []).map((call: Json) => ({
      id: call.id,
      name: call.function.name,
      arguments: parsed(call.function.arguments),
    })),
    finish: finishOf(word, FINISH),
    usage: {
      input: usage.tokens.input_tokens,
      cacheRead: usage.cached_tokens ?? 0,
      output: usage.tokens.output_tokens,
      reasoning: 0,
    },
    id,
  })
}

/** The reply that a stream's events build up; none of the recorded streams calls a tool. */
export function readCohereEvents(events: readonly Json[]): Meaning {
  const deltas = events.filter(({ type }) => type === 'content-delta').map(({ delta }) => delta.message.content)
  const end = events.find(({ type }) => type === 'message-end').delta
  return readCohere({
    id: events.find(({ type }) => type === 'message-start').id,
    message: { content: deltas },
    ...end,
  })
}
