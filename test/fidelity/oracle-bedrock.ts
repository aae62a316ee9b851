import type { Json } from '../support/gateway.ts'
import { finishOf, type Meaning, meaningOf, parsed } from './meaning.ts'

const FINISH = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  max_tokens: 'length',
  tool_use: 'tool-calls',
  guardrail_intervened: 'content-filter',
  content_filtered: 'content-filter',
} as const

/** The meaning of a Converse reply. Its input leaves out what came from the cache and went into it. */
export function readConverse({ output, stopReason, usage }: Json): Meaning {
  const blocks: Json[] = output.message.content
  const thoughts = blocks.flatMap(({ reasoningContent: content }) => content ?? [])
  return meaningOf({
    text: blocks.map(({ text = '' }) => text).join(''),
    reasoning: thoughts.map(({ reasoningText, text }) => reasoningText?.text ?? text ?? '').join(''),
    toolCalls: blocks.flatMap(({ toolUse: use }) =>
      use ? [{ id: use.toolUseId, name: use.name, arguments: parsed(use.input) }] : [],
    ),
    finish: finishOf(stopReason, FINISH),
    usage: {
      input: usage.inputTokens + (usage.cacheReadInputTokens ?? 0) + (usage.cacheWriteInputTokens ?? 0),
      cacheRead: usage.cacheReadInputTokens ?? 0,
      output: usage.outputTokens,
      reasoning: 0,
    },
    state: thoughts.flatMap(
      ({ reasoningText, signature, redactedContent }) => reasoningText?.signature ?? signature ?? redactedContent ?? [],
    ),
  })
}

/** The reply that the messages of a stream build up. */
export function readConverseStream(messages: readonly { type: string; json: Json }[]): Meaning {
  const blocks: Json[] = []
  const reply: Json = { output: { message: { content: blocks } } }
  for (const { type, json } of messages) {
    if (type === 'contentBlockStart') blocks[json.contentBlockIndex] = { ...json.start }
    else if (type === 'contentBlockDelta') grow(blocks, json.contentBlockIndex, json.delta)
    else if (type === 'messageStop') reply.stopReason = json.stopReason
    else if (type === 'metadata') reply.usage = json.usage
  }
  reply.output.message.content = blocks.filter(Boolean)
  return readConverse(reply)
}

function grow(blocks: Json[], index: number, { text, toolUse, reasoningContent: thought }: Json): void {
  blocks[index] ??= {}
  const block = blocks[index]
  if (text !== undefined) block.text = (block.text ?? '') + text
  if (toolUse) block.toolUse.input = (block.toolUse.input ?? '') + toolUse.input
  if (!thought) return
  block.reasoningContent ??= {}
  for (const [name, value] of Object.entries(thought))
    block.reasoningContent[name] = (block.reasoningContent[name] ?? '') + value
}
