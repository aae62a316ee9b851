import type { Json } from '../support/gateway.ts'
import { type FinishMeaning, finishOf, type Meaning, meaningOf, parsed } from './meaning.ts'

const INCOMPLETE = { max_output_tokens: 'length', content_filter: 'content-filter' } as const
const OWN = new Set(['message', 'reasoning', 'function_call', 'custom_tool_call'])

/** The meaning of a response object. */
export function readResponse(response: Json): Meaning {
  const { output } = response
  const contents = ofType(output, 'message').flatMap(({ content }) => content)
  const reasonings = ofType(output, 'reasoning')
  return meaningOf({
    text: contents.map((part) => part.text ?? part.refusal).join(''),
    reasoning: reasonings
      .flatMap((item) => [...(item.summary ?? []), ...(item.content ?? [])])
      .map(({ text }) => text)
      .join(''),
    toolCalls: output
      .filter(({ type }: Json) => type === 'function_call' || type === 'custom_tool_call')
      .map((item: Json) => ({ id: item.call_id, name: item.name, arguments: parsed(item.arguments ?? item.input) })),
    finish: finishOfResponse(response),
    usage: response.usage && {
      input: response.usage.input_tokens,
      cacheRead: response.usage.input_tokens_details.cached_tokens,
      output: response.usage.output_tokens,
      reasoning: response.usage.output_tokens_details.reasoning_tokens,
    },
    id: response.id,
    model: response.model,
    citations: contents
      .flatMap((part) => part.annotations ?? [])
      .map((note: Json) => note.url || note.title || note.filename),
    hosted: output.filter(({ type }: Json) => !OWN.has(type)).map(({ type }: Json) => type),
    state: reasonings.flatMap((item) => item.encrypted_content ?? []),
  })
}

/** The meaning of a stream: its last event has the whole response, and what came before must add up to it. */
export function readResponseEvents(events: readonly Json[]): Meaning {
  const meaning = readResponse(events.findLast(({ response }) => response).response)
  const said = ofType(events, 'response.output_text.delta', 'response.refusal.delta')
  const text = said.map(({ delta }) => delta).join('')
  return text === meaning.text ? meaning : { ...meaning, text: `deltas say "${text}", the end says "${meaning.text}"` }
}

function ofType(list: readonly Json[], ...types: readonly string[]): Json[] {
  return list.filter(({ type }) => types.includes(type))
}

function finishOfResponse({ status, incomplete_details: details }: Json): FinishMeaning | null {
  if (status === 'completed') return 'stop'
  return status === 'incomplete' ? finishOf(details.reason, INCOMPLETE) : null
}
