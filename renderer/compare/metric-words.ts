/** How values of metrics are said: in the units of the config, as the verdict's own sentences do. */
import { formatCost, formatDuration, formatShort, unknown } from '../format.ts'
import type { Interval, MetricVerdict } from './shapes.ts'

type Metric = Pick<MetricVerdict, 'id' | 'shape'>
/** Which way a difference goes. */
type Direction = Pick<MetricVerdict, 'shape' | 'better'>

/** A metric's value on one side: `0.984`, `412 ms`, `$0.0021`. */
export function formatValue({ id, shape }: Metric, value: number | null): string {
  if (value === null) return unknown
  if (shape === 'bounded') return value.toFixed(3)
  if (/^(ttft|latency)/.test(id)) return formatDuration(value)
  return id === 'cost' ? formatCost(value) : formatShort(value)
}

/**
 * By how much the candidate's value is more or less than the baseline's: `−0.012`, `+8.1 %`. What the verdict holds is
 * turned so that more is better, where more refusals are not.
 */
export function formatDifference({ shape, better }: Direction, value: number | null): string {
  if (value === null) return unknown
  if (shape !== 'bounded')
    return signed(value - 1, (size) => `${Number((size * 100).toFixed(1)).toLocaleString('en-US')} %`)
  return signed(better === 'higher' ? value : -value, (size) => String(Number(size.toFixed(4))))
}

/** Both ends of an interval, the lesser first; `…` where nothing is ruled out. */
export function formatInterval(metric: Direction, { lower, upper }: Interval): string {
  const end = (value: number | null) => (value === null ? '…' : formatDifference(metric, value))
  const isTurned = metric.shape === 'bounded' && metric.better === 'lower'
  return isTurned ? `${end(upper)} to ${end(lower)}` : `${end(lower)} to ${end(upper)}`
}

/** Zero has no sign, and neither has what rounds to it. */
function signed(value: number, format: (size: number) => string): string {
  const text = format(Math.abs(value))
  if (!/[1-9]/.test(text)) return text
  return `${value < 0 ? '−' : '+'}${text}`
}
