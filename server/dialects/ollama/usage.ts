import { type Usage, usageOf } from '../../core/usage.ts'
import { countOf } from '../loose-json.ts'
import type { Json } from '../members.ts'

/**
 * Counts of a reply's last line; `null` when it has none. The prompt's alone is missing when all of it was cached.
 * Durations stay in `raw`.
 */
export function readUsage(line: Json): Usage | null {
  if (typeof line.prompt_eval_count !== 'number' && typeof line.eval_count !== 'number') return null
  return usageOf(
    {
      input: countOf(line.prompt_eval_count),
      output: countOf(line.eval_count),
    },
    Object.fromEntries(Object.entries(line).filter(([name]) => /_(duration|count)$/.test(name))),
  )
}
