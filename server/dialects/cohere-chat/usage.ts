import { type Usage, usageOf } from '../../core/usage.ts'
import { countOf } from '../loose-json.ts'
import { isObject, objectOf } from '../members.ts'

/**
 * Cohere's usage. `tokens` is what the model read and wrote, cached tokens included; `billed_units` leave its own
 * preamble out. `null` when there is no count.
 */
export function readUsage(value: unknown): Usage | null {
  if (!isObject(value)) return null
  const { input_tokens: input, output_tokens: output } = objectOf(value.tokens ?? value.billed_units)
  if (typeof input !== 'number' && typeof output !== 'number') return null
  const cacheRead = Math.min(countOf(value.cached_tokens), countOf(input))
  return usageOf(
    {
      input: countOf(input) - cacheRead,
      cacheRead,
      output: countOf(output),
    },
    value,
  )
}
