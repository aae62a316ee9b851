import type { ReplyView } from '../../server/core/evaluation.ts'

/** A reply that ended well, but for what is told otherwise. */
export function replyOf(text: string, more: Partial<ReplyView> = {}): ReplyView {
  return { text, refusal: '', toolCalls: [], finishReason: 'stop', ...more }
}
