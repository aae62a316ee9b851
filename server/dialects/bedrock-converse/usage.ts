import { type Usage, usageOf } from '../../core/usage.ts'
import { countOf } from '../loose-json.ts'
import { objectOf } from '../members.ts'

/**
 * Converse's usage. `inputTokens` leaves out what was read from and written to the prompt cache: `totalTokens` is the
 * sum of all four. `null` when there is no count.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_TokenUsage.html
 */
export function readUsage(value: unknown): Usage | null {
  const raw = objectOf(value)
  if (typeof raw.inputTokens !== 'number' && typeof raw.outputTokens !== 'number') return null
  return usageOf(
    {
      input: countOf(raw.inputTokens),
      cacheRead: countOf(raw.cacheReadInputTokens),
      cacheWrite: countOf(raw.cacheWriteInputTokens),
      output: countOf(raw.outputTokens),
    },
    raw,
  )
}
