import { type Guard, isHit, type Judged, type Row, rocAuc, tally } from './measure.ts'

/** One table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map((_, column) => (column === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n')
}

/** Hits at each threshold under each guard. */
export function thresholdTable(judged: readonly Judged[], thresholds: readonly number[]): string {
  const rows = (['none', 'loose', 'strict'] satisfies Guard[]).flatMap((guard) =>
    thresholds.map((threshold) => {
      const { hits, wrongHits, recall } = tally(judged, guard, threshold)
      return [guard, threshold.toFixed(2), hits, percent(wrongHits), percent(recall)]
    }),
  )
  return table(['guard', 'threshold', 'hits', 'labelled wrong', 'recall'], rows)
}

/** Each kind of pair under both guards, at one threshold. */
export function kindTable(judged: readonly Judged[], threshold: number, measure: 'wrong' | 'recall'): string {
  const kinds = [...new Set(judged.map(({ kind }) => kind))].sort()
  const rows = [...kinds, null].map((kind) => {
    const pairs = judged.filter((pair) => kind === null || pair.kind === kind)
    const of = (guard: Guard): string => percent(tally(pairs, guard, threshold)[measure])
    return [kind ?? '**all**', pairs.length, of('none'), of('loose'), of('strict')]
  })
  return table([measure === 'wrong' ? 'edit' : 'variant', 'pairs', 'no guard', 'loose', 'strict'], rows)
}

export function percent(value: number | null): string {
  return value === null ? '–' : `${value.toFixed(2)} %`
}

/** What a table says, for programs. */
export interface SetResult {
  set: string
  embedder: string
  auc: number | null
  rows: (Row & { guard: Guard; threshold: number; kind: string | null })[]
}

export function resultOf(
  set: string,
  embedder: string,
  judged: readonly Judged[],
  thresholds: readonly number[],
): SetResult {
  const both = judged.some(({ same }) => same) && judged.some(({ same }) => !same)
  const kinds = [null, ...new Set(judged.map(({ kind }) => kind))]
  const rows = (['none', 'loose', 'strict'] satisfies Guard[]).flatMap((guard) =>
    thresholds.flatMap((threshold) =>
      kinds.map((kind) => {
        const pairs = judged.filter((pair) => kind === null || pair.kind === kind)
        return { guard, threshold, kind, ...tally(pairs, guard, threshold) }
      }),
    ),
  )
  return { set, embedder, auc: both ? rocAuc(judged) : null, rows }
}

/** A few pairs that came out wrong, to look at. */
export function samples(judged: readonly Judged[], threshold: number, count: number): string[] {
  return judged
    .filter((pair) => isHit(pair, 'strict', threshold) !== pair.same)
    .slice(0, count)
    .map(({ kind, asked, cached }) => `- ${kind}: “${cached}” → “${asked}”`)
}
