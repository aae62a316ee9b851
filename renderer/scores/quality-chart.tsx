import { useMemo } from 'react'
import { unknown } from '../format.ts'
import { Chart } from '../parts/chart.tsx'
import type { Quality } from './quality.ts'
import { tokensOf } from './tokens.ts'

/** More lines than these cannot be told apart. */
const MOST_LINES = 6

/** One evaluator’s scores over time, a line for each target. */
export function QualityChart({ quality, times }: { quality: Quality; times: readonly number[] }) {
  const { route, evaluator, targets } = quality
  const series = useMemo(() => {
    const drawn = targets.slice(0, MOST_LINES)
    const tokens = tokensOf(drawn.map(({ provider }) => provider))
    return drawn.map(({ provider, model, mean, means }, index) => ({
      name: `${provider}/${model}`,
      token: tokens[index]!,
      values: means,
      summary: scoreWords(mean),
    }))
  }, [targets])
  return (
    <Chart
      title={`${evaluator} on ${route}`}
      times={times}
      series={series}
      kind="lines"
      format={scoreWords}
      tick={tickWords}
    />
  )
}

function scoreWords(score: number | null): string {
  return score === null ? unknown : score.toFixed(3)
}

function tickWords(score: number | null): string {
  return score === null ? unknown : String(Number(score.toFixed(2)))
}
