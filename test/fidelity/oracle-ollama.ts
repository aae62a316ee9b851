import type { Json } from '../support/gateway.ts'
import { errorMeaning, finishOf, type Meaning, meaningOf } from './meaning.ts'

const FINISH = { stop: 'stop', length: 'length' } as const

/** The meaning of the lines of `/api/chat` or `/api/generate`, of which a whole reply has one. */
export function readOllama(frames: readonly Json[]): Meaning {
  const failed = frames.find(({ error }) => error)
  if (failed) return errorMeaning(failed.error)
  const last = frames.at(-1)
  const messages = frames.map(({ message, response, thinking }) => message ?? { content: response, thinking })
  const counted = last.prompt_eval_count !== undefined || last.eval_count !== undefined
  return meaningOf({
    text: messages.map(({ content }) => content ?? '').join(''),
    reasoning: messages.map(({ thinking }) => thinking ?? '').join(''),
    toolCalls: messages
      .flatMap((message) => message.tool_calls ?? [])
      .map((call: Json) => ({ id: call.id ?? null, name: call.function.name, arguments: call.function.arguments })),
    finish: last.done ? finishOf(last.done_reason ?? 'stop', FINISH) : null,
    usage: counted
      ? { input: last.prompt_eval_count ?? 0, cacheRead: 0, output: last.eval_count ?? 0, reasoning: 0 }
      : null,
    model: last.model,
  })
}
