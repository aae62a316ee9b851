import { isObject, type Json, objectsOf } from '../members.ts'

/** Ollama's `logprobs`, which are OpenAI's list alone, in the shape that the canonical model uses. */
export function readLogprobs(value: unknown): Json | undefined {
  const list = objectsOf(value)
  if (list.length === 0) return undefined
  const entry = ({ token, logprob, bytes }: Json) => ({
    token: String(token ?? ''),
    logprob: typeof logprob === 'number' ? logprob : 0,
    bytes: Array.isArray(bytes) ? bytes : null,
  })
  return { content: list.map((item) => ({ ...entry(item), top_logprobs: objectsOf(item.top_logprobs).map(entry) })) }
}

/** Ollama's list out of canonical log-probabilities. */
export function writeLogprobs(list: readonly unknown[]): Json[] {
  return list.flatMap((entry) => (isObject(entry) ? objectsOf(entry.content) : []))
}
