import { isObject, type Json, objectsOf } from '../members.ts'

/** Gemini's `logprobsResult` in OpenAI's shape, which the canonical model uses; `undefined` when there are none. */
export function readLogprobs(value: unknown): Json | undefined {
  if (!isObject(value)) return undefined
  const chosen = objectsOf(value.chosenCandidates)
  const top = objectsOf(value.topCandidates)
  if (chosen.length === 0) return undefined
  const entry = ({ token, logProbability }: Json) => ({
    token: String(token ?? ''),
    logprob: typeof logProbability === 'number' ? logProbability : 0,
    bytes: null,
  })
  return {
    content: chosen.map((candidate, index) => ({
      ...entry(candidate),
      top_logprobs: objectsOf(top[index]?.candidates).map(entry),
    })),
  }
}

/** Gemini's `logprobsResult` out of canonical log-probabilities. */
export function writeLogprobs(list: readonly unknown[]): Json {
  const content = list.flatMap((entry) => (isObject(entry) ? objectsOf(entry.content) : []))
  const candidate = ({ token, logprob }: Json) => ({ token, logProbability: logprob })
  return {
    chosenCandidates: content.map(candidate),
    topCandidates: content.map(({ top_logprobs: top }) => ({ candidates: objectsOf(top).map(candidate) })),
  }
}
