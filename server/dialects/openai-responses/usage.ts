import { promptTokens, type Usage, usageOf } from '../../core/usage.ts'
import { countOf } from '../loose-json.ts'
import { isObject, type Json, objectOf } from '../members.ts'

/** `input_tokens` includes what was read from and written to the cache; `null` when there is no count. */
export function readUsage(value: unknown): Usage | null {
  if (!isObject(value)) return null
  if (typeof value.input_tokens !== 'number' && typeof value.output_tokens !== 'number') return null
  const input = objectOf(value.input_tokens_details)
  const cacheRead = countOf(input.cached_tokens)
  const cacheWrite = countOf(input.cache_write_tokens)
  return usageOf(
    {
      input: Math.max(0, countOf(value.input_tokens) - cacheRead - cacheWrite),
      cacheRead,
      cacheWrite,
      output: countOf(value.output_tokens),
      reasoning: countOf(objectOf(value.output_tokens_details).reasoning_tokens),
    },
    value,
  )
}

export function writeUsage(usage: Usage): Json {
  const input = promptTokens(usage)
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: usage.cacheRead, cache_write_tokens: usage.cacheWrite },
    output_tokens: usage.output,
    output_tokens_details: { reasoning_tokens: usage.reasoning },
    total_tokens: input + usage.output,
  }
}
