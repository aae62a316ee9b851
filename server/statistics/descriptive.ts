import type { Descriptive, MetricSpec, Summary } from '../core/metric-verdict.ts'
import type { Blocks } from './blocks.ts'
import { bootstrap } from './bootstrap.ts'
import { meanOf } from './bounded.ts'
import { mcnemarPValue } from './mcnemar.ts'
import { medianOfSorted, quantileOfSorted } from './quantiles.ts'

/** How often pairs are drawn anew for the bootstrap, and by which seed; `null`: it is left out. */
export type Resampling = { seed: number; resamples: number } | null

/** `paired`: the blocks are pairs; else only the summaries are right. */
export function describe(
  { shape }: MetricSpec,
  blocks: Blocks,
  { paired, resampling }: { paired: boolean; resampling: Resampling },
): Descriptive {
  const { baseline, candidate, count } = blocks
  const resampled = paired && shape !== 'bounded' && resampling !== null && resampling.resamples > 0 && count > 0
  return {
    baseline: summaryOf(baseline),
    candidate: summaryOf(candidate),
    mcnemar: paired && shape === 'bounded' ? mcnemar(blocks) : null,
    bootstrap: resampled ? bootstrap(baseline, candidate, resampling) : null,
  }
}

function summaryOf(values: Float64Array): Summary {
  const sorted = values.toSorted()
  const mean = meanOf(values, 0, values.length)
  return {
    mean: Number.isFinite(mean) ? mean : null,
    median: medianOfSorted(sorted),
    p95: quantileOfSorted(sorted, 0.95),
  }
}

function mcnemar({ baseline, candidate, count }: Blocks): Descriptive['mcnemar'] {
  const isBinary = (value: number) => value === 0 || value === 1
  if (count === 0 || !baseline.every(isBinary) || !candidate.every(isBinary)) return null
  let [onlyBaseline, onlyCandidate] = [0, 0]
  for (let pair = 0; pair < count; pair += 1) {
    if (baseline[pair]! > candidate[pair]!) onlyBaseline += 1
    if (candidate[pair]! > baseline[pair]!) onlyCandidate += 1
  }
  return { onlyBaseline, onlyCandidate, pValue: mcnemarPValue(onlyBaseline, onlyCandidate) }
}
