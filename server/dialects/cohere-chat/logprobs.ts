import { type Json, objectsOf } from '../members.ts'

/** Cohere's pieces of text with their tokens' log-probabilities, in the shape that the canonical model uses. */
export function readLogprobs(value: unknown): Json | undefined {
  const items = objectsOf(Array.isArray(value) ? value : [value])
  const content = items.map(({ text, logprobs }) => ({
    token: typeof text === 'string' ? text : '',
    // A piece may be of several tokens: their probabilities multiply.
    logprob: (Array.isArray(logprobs) ? logprobs : []).reduce((sum: number, one) => sum + Number(one), 0),
    bytes: null,
    top_logprobs: [],
  }))
  return content.length === 0 ? undefined : { content }
}
