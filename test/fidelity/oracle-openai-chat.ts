import type { Json } from '../support/gateway.ts'
import { errorMeaning, finishOf, type Meaning, meaningOf, parsed, type UsageMeaning } from './meaning.ts'

const FINISH = {
  stop: 'stop',
  eos: 'stop',
  length: 'length',
  model_length: 'length',
  tool_calls: 'tool-calls',
  function_call: 'tool-calls',
  content_filter: 'content-filter',
} as const

/** The meaning of one `chat.completion`, or of the chunks of a stream, of OpenAI and of all that follow it. */
export function readChat(frames: readonly Json[]): Meaning {
  const failed = frames.find((frame) => frame.error)
  if (failed) return errorMeaning(failed.error.message ?? failed.error)
  const choices = frames.flatMap((frame) => frame.choices ?? []).filter((choice) => choice.index === 0)
  const deltas = choices.map((choice) => choice.delta ?? choice.message ?? {})
  const blocks = deltas.flatMap(({ content }) => (Array.isArray(content) ? content : []))
  const details = deltas.flatMap((delta) => delta.reasoning_details ?? [])
  return meaningOf({
    text: deltas.map(({ content }) => textOf(content)).join(''),
    reasoning: [
      ...deltas.map((delta) => delta.reasoning_content ?? delta.reasoning ?? ''),
      ...blocks.flatMap((block) => (block.type === 'thinking' ? block.thinking.map(({ text }: Json) => text) : [])),
    ].join(''),
    toolCalls: joinCalls(deltas),
    finish: finishOf(choices.findLast((choice) => choice.finish_reason)?.finish_reason, FINISH),
    usage: usageOf(frames),
    id: frames.find((frame) => frame.id)?.id ?? null,
    model: frames.find((frame) => frame.model)?.model ?? null,
    citations: deltas
      .flatMap((delta) => delta.annotations ?? [])
      .map(({ url_citation: cited }: Json) => cited.url || cited.title),
    state: details.flatMap((detail) => detail.signature ?? detail.data ?? []),
  })
}

function textOf(content: Json): string {
  if (!Array.isArray(content)) return content ?? ''
  return content.map((block) => (block.type === 'text' ? block.text : '')).join('')
}

/** Pieces of calls by their number. */
function joinCalls(deltas: readonly Json[]): Meaning['toolCalls'] {
  const calls: { id: string | null; name: string; text: string }[] = []
  for (const piece of deltas.flatMap((delta) => delta.tool_calls ?? [])) {
    const place = piece.index ?? calls.length
    calls[place] ??= { id: null, name: '', text: '' }
    calls[place].id ??= piece.id ?? null
    calls[place].name += piece.function?.name ?? ''
    calls[place].text += piece.function?.arguments ?? ''
  }
  return calls.map(({ id, name, text }) => ({ id, name, arguments: parsed(text) }))
}

/** The last count; Groq's older streams have theirs beside. */
function usageOf(frames: readonly Json[]): UsageMeaning | null {
  const usage = frames.findLast((frame) => frame.usage ?? frame.x_groq?.usage)
  const counts = usage?.usage ?? usage?.x_groq.usage
  if (!counts) return null
  return {
    input: counts.prompt_tokens,
    cacheRead:
      counts.prompt_tokens_details?.cached_tokens ??
      counts.prompt_cache_hit_tokens ??
      counts.num_cached_tokens ??
      counts.cached_tokens ??
      0,
    output: counts.completion_tokens,
    reasoning: counts.completion_tokens_details?.reasoning_tokens ?? 0,
  }
}

/** The meaning of a `text_completion` or of its chunks. */
export function readCompletions(frames: readonly Json[]): Meaning {
  const choices = frames.flatMap((frame) => frame.choices ?? []).filter((choice) => choice.index === 0)
  return meaningOf({
    text: choices.map((choice) => choice.text).join(''),
    finish: finishOf(choices.findLast((choice) => choice.finish_reason)?.finish_reason, FINISH),
    usage: usageOf(frames),
    id: frames.find((frame) => frame.id)?.id ?? null,
    model: frames.find((frame) => frame.model)?.model ?? null,
  })
}
