import type { Json } from '../support/gateway.ts'
import { finishOf, type Meaning, meaningOf, parsed } from './meaning.ts'

const FINISH = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  max_tokens: 'length',
  tool_use: 'tool-calls',
  refusal: 'content-filter',
} as const
const OWN = new Set(['text', 'thinking', 'redacted_thinking', 'tool_use'])

/** The meaning of a message. Anthropic's input leaves out what came from the cache and went into it. */
export function readMessage({ id, model, content, stop_reason: word, usage }: Json): Meaning {
  const of = (type: string): Json[] => content.filter((block: Json) => block.type === type)
  return meaningOf({
    text: of('text')
      .map(({ text }) => text)
      .join(''),
    reasoning: of('thinking')
      .map(({ thinking }) => thinking)
      .join(''),
    toolCalls: of('tool_use').map((block) => ({ id: block.id, name: block.name, arguments: parsed(block.input) })),
    finish: finishOf(word, FINISH),
    usage: {
      input: usage.input_tokens + (usage.cache_read_input_tokens ?? 0) + (usage.cache_creation_input_tokens ?? 0),
      cacheRead: usage.cache_read_input_tokens ?? 0,
      output: usage.output_tokens,
      reasoning: usage.output_tokens_details?.thinking_tokens ?? 0,
    },
    id,
    model,
    citations: of('text')
      .flatMap((block) => block.citations ?? [])
      .map((citation: Json) => citation.url || citation.source || citation.document_title || citation.title),
    hosted: content.filter(({ type }: Json) => !OWN.has(type)).map(({ type }: Json) => type),
    state: content.flatMap((block: Json) => block.signature || block.data || []),
  })
}

/** The message that a stream's events build up. */
export function readMessageEvents(events: readonly Json[]): Meaning {
  const message: Json = structuredClone(events.find(({ type }) => type === 'message_start').message)
  const inputs: string[] = []
  for (const { type, index, content_block: block, delta, usage } of events) {
    if (type === 'content_block_start') message.content[index] = structuredClone(block)
    else if (type === 'content_block_delta') grow(message.content[index], delta, index, inputs)
    else if (type === 'message_delta') {
      Object.assign(message, delta)
      Object.assign(message.usage, usage)
    }
  }
  for (const [index, text] of inputs.entries()) if (text) message.content[index].input = parsed(text)
  return readMessage(message)
}

function grow(block: Json, delta: Json, index: number, inputs: string[]): void {
  switch (delta.type) {
    case 'text_delta':
      block.text += delta.text
      break
    case 'thinking_delta':
      block.thinking += delta.thinking
      break
    case 'signature_delta':
      block.signature = delta.signature
      break
    case 'input_json_delta':
      inputs[index] = (inputs[index] ?? '') + delta.partial_json
      break
    case 'citations_delta':
      block.citations = [...(block.citations ?? []), delta.citation]
  }
}
