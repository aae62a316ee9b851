import { DEFAULT_THRESHOLD, LEXICAL_THRESHOLD } from '../../server/cache/embedders/builtin-lexical.ts'
import type { GuardMode } from '../../server/cache/guards/index.ts'
import type { MeasuredQuality } from '../../server/http/admin/cache-quality-schemas.ts'
import { type Guard, type Judged, tally } from './measure.ts'
import { percent, table } from './tables.ts'

/** A set whose pairs were embedded and compared. */
export interface JudgedSet {
  name: string
  edits: Judged[]
  variants: Judged[]
}

/** What an embedder is used with where the config says nothing. */
export interface Defaults {
  threshold: number
  guard: GuardMode
}

/** Of the built-in embedder, as `server/cache/serving.ts` has them. */
export const LEXICAL_DEFAULTS: Defaults = { threshold: LEXICAL_THRESHOLD, guard: 'strict' }
/** Of any other one. */
export const OTHER_DEFAULTS: Defaults = { threshold: DEFAULT_THRESHOLD, guard: 'loose' }

const GRID = [0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 0.99]
const GUARDS: readonly Guard[] = ['none', 'loose', 'strict']
/** Enough that one pair of some thousands shows. */
const DECIMALS = 6

/** Wrong hits and recall over all sets together, by guard and threshold. */
export function summarize(
  embedder: string,
  { threshold, guard }: Defaults,
  sets: readonly JudgedSet[],
): MeasuredQuality {
  const edits = sets.flatMap((set) => set.edits)
  const variants = sets.flatMap((set) => set.variants)
  const thresholds = [...new Set([...GRID, threshold])].sort((one, other) => one - other)
  return {
    embedder,
    threshold,
    guard,
    sets: sets.map((set) => ({ name: set.name, edits: set.edits.length, variants: set.variants.length })),
    rows: GUARDS.flatMap((each) =>
      thresholds.map((at) => ({
        guard: each,
        threshold: at,
        wrong: shareOf(tally(edits, each, at).wrong),
        recall: shareOf(tally(variants, each, at).recall),
      })),
    ),
  }
}

/** One line a threshold in Markdown; what the embedder ships with is set in bold. */
export function summaryTable({ threshold: shipped, guard: shippedGuard, rows }: MeasuredQuality): string {
  const thresholds = [...new Set(rows.map(({ threshold }) => threshold))]
  const bold = (text: string, isBold: boolean) => (isBold ? `**${text}**` : text)
  const lines = thresholds.map((threshold) => {
    const cell = (guard: Guard, measure: 'wrong' | 'recall') => {
      const row = rows.find((each) => each.guard === guard && each.threshold === threshold)!
      return bold(percent(100 * row[measure]), threshold === shipped && guard === shippedGuard)
    }
    return [
      threshold === shipped ? `**${threshold.toFixed(2)}**, shipped` : threshold.toFixed(2),
      ...GUARDS.map((guard) => cell(guard, 'wrong')),
      ...GUARDS.map((guard) => cell(guard, 'recall')),
    ]
  })
  const named = (measure: string) => ['no guard', 'loose', 'strict'].map((guard) => `${measure}, ${guard}`)
  return table(['threshold', ...named('wrong hits'), ...named('recall')], lines)
}

/** As JSON, one row a line, so that a change shows where it is. Ends with a line feed. */
export function summaryText({ sets, rows, ...rest }: MeasuredQuality): string {
  const inline = (value: object) =>
    `{ ${Object.entries(value)
      .map(([name, each]) => `${JSON.stringify(name)}: ${JSON.stringify(each)}`)
      .join(', ')} }`
  const list = (values: readonly object[]) => `[\n${values.map((value) => `    ${inline(value)}`).join(',\n')}\n  ]`
  const heads = Object.entries(rest).map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)},\n`)
  return `{\n${heads.join('')}  "sets": ${list(sets)},\n  "rows": ${list(rows)}\n}\n`
}

function shareOf(percentage: number | null): number {
  return Number(((percentage ?? 0) / 100).toFixed(DECIMALS))
}
