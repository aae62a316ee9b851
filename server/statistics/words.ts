import type { Interval, MetricSpec } from '../core/metric-verdict.ts'

/** What is said of one metric's answer, for people. */
export interface Told {
  spec: MetricSpec
  interval: Interval | null
  nonInferior: boolean
  worse: boolean
  morePairs: number | null
  pairs: number
}

/** One or two sentences: where the difference lies, against what is allowed, and what is still needed. */
export function whyOf(told: Told): string {
  const { spec, interval, nonInferior, worse, morePairs, pairs } = told
  if (pairs === 0 || interval === null) return 'No pair has this metric on both sides yet.'
  const place = spec.shape === 'bounded' ? boundedPlace(told, interval) : ratioPlace(told, interval)
  if (worse && nonInferior) return `${place} Earlier pairs had shown the opposite: the difference has changed.`
  if (worse || nonInferior || spec.margin === null) return place
  return `${place} ${needOf(morePairs)}`
}

export function needOf(morePairs: number | null): string {
  return morePairs === null
    ? 'How many more pairs it takes cannot be told: there are few, or the difference lies too near to what is allowed.'
    : `An answer takes about ${count(morePairs)} more pairs.`
}

function boundedPlace({ spec, nonInferior, worse }: Told, { lower, upper }: Interval): string {
  const [bad, good] = spec.better === 'higher' ? ['below', 'above'] : ['above', 'below']
  const allowed = amount(spec.margin ?? 0)
  const side = (value: number) => `${amount(Math.abs(value))} ${value < 0 ? bad : good}`
  if (worse) return `At least ${amount(-(upper ?? 0))} ${bad} the baseline; only ${allowed} is allowed.`
  if (nonInferior && (lower ?? 0) > 0) return `At least ${amount(lower ?? 0)} ${good} the baseline.`
  if (nonInferior) return `At worst ${amount(-(lower ?? 0))} ${bad} the baseline; ${allowed} is allowed.`
  return `Between ${side(lower ?? -1)} and ${side(upper ?? 1)} the baseline so far.`
}

function ratioPlace({ spec, nonInferior, worse }: Told, { lower, upper }: Interval): string {
  const what = spec.shape === 'ratio-p50' ? 'Typically' : 'At the 95th percentile'
  const allowed = percent(spec.margin ?? 0)
  const side = (ratio: number) => `${percent(Math.abs(ratio - 1))} ${ratio < 1 ? 'less' : 'more'}`
  if (worse) return `${what} at least ${side(lower ?? 1)} than the baseline; only ${allowed} is allowed.`
  if (nonInferior && (upper ?? 1) < 1) return `${what} at least ${side(upper ?? 1)} than the baseline.`
  if (nonInferior) return `${what} at most ${side(upper ?? 1)} than the baseline; ${allowed} is allowed.`
  if (lower === null && upper === null) return `${what} nothing can be ruled out yet.`
  if (lower === null) return `${what} at most ${side(upper ?? 1)} than the baseline so far.`
  if (upper === null) return `${what} at least ${side(lower)} than the baseline so far.`
  return `${what} between ${side(lower)} and ${side(upper)} than the baseline so far.`
}

/** To four decimals: the resolution of the intervals. */
function amount(value: number): string {
  return String(Number(value.toFixed(4)))
}

function percent(share: number): string {
  return `${count(Number((share * 100).toFixed(1)))} %`
}

export function count(value: number): string {
  return value.toLocaleString('en-US')
}
