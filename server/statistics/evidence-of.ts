import type { MetricSpec } from '../core/metric-verdict.ts'
import type { Blocks } from './blocks.ts'
import { BoundedEvidence } from './bounded.ts'
import type { Evidence } from './evidence.ts'
import { QuantileRatioEvidence } from './quantile-ratio.ts'
import { TypicalRatioEvidence } from './typical-ratio.ts'

/** What a metric is held against: -margin, or 1 + margin. One without a margin is looked at around "no difference". */
export function barOf({ shape, margin }: MetricSpec): number {
  return shape === 'bounded' ? 0 - (margin ?? 0) : 1 + (margin ?? 0)
}

/** `late`: also looks for a turn to the worse that comes late (`Capital`); the 95th percentile does not. */
export function evidenceOf(spec: MetricSpec, blocks: Blocks, late: boolean): Evidence {
  const bar = barOf(spec)
  switch (spec.shape) {
    case 'bounded':
      return new BoundedEvidence(blocks, { better: spec.better, bar, late })
    case 'ratio-p50':
      return new TypicalRatioEvidence(blocks, { bar, late })
    case 'ratio-p95':
      return new QuantileRatioEvidence(blocks, bar)
  }
}

/** Throws a RangeError for a metric that cannot be judged. */
export function checkSpec({ id, shape, better, margin }: MetricSpec): void {
  if (shape !== 'bounded' && better !== 'lower') throw new RangeError(`${id}: of ratios, lower is better`)
  if (margin === null) return
  const most = shape === 'bounded' ? 1 : Infinity
  if (!(margin >= 0 && margin < most)) throw new RangeError(`${id}: a margin is at least 0 and less than ${most}`)
}

/** Throws a RangeError for a value that the shape does not allow. */
export function checkValue({ id, shape }: MetricSpec, value: number): void {
  if (value < 0) throw new RangeError(`${id}: a value is below 0`)
  if (shape === 'bounded' && value > 1) throw new RangeError(`${id}: a value is above 1`)
}
