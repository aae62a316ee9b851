import type { Usage } from '../../core/usage.ts'
import { countOf } from '../loose-json.ts'
import type { Json } from '../members.ts'

/**
 * Counts of a reply's last line; `null` when it has none. The prompt's alone is missing when all of it was cached.
 * Durations stay in `raw`.
 */
export function readUsage(line: Json): Usage | null {
  if (typeof line.prompt_eval_count !== 'number' && typeof line.eval_count !== 'number') return null
  return {
    input: countOf(line.prompt_eval_count),
    cacheRead: 0,
    cacheWrite: 0,
    output: countOf(line.eval_count),
    reasoning: 0,
    audioInput: 0,
    audioOutput: 0,
    raw: Object.fromEntries(Object.entries(line).filter(([name]) => /_(duration|count)$/.test(name))),
    estimated: false,
  }
}
