import { type Json, objectsOf } from '../members.ts'
import { chatLogprobs } from '../openai-chat/write-reply.ts'

/**
 * Log-probabilities of chat tokens in the legacy shape, side by side; `null` when there are none. `offset` is where
 * the first token begins in the text.
 */
export function writeLogprobs(list: readonly unknown[], offset: number): Json | null {
  const tokens = list.flatMap((entry) => objectsOf(chatLogprobs(entry)?.content))
  if (tokens.length === 0) return null
  let position = offset
  const text_offset = tokens.map(({ token }) => {
    const start = position
    position += String(token ?? '').length
    return start
  })
  return {
    tokens: tokens.map(({ token }) => token),
    token_logprobs: tokens.map(({ logprob }) => logprob),
    top_logprobs: tokens.map(({ top_logprobs }) =>
      Object.fromEntries(objectsOf(top_logprobs).map(({ token, logprob }) => [String(token), logprob])),
    ),
    text_offset,
  }
}
