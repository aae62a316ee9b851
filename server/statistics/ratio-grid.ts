/** Neighbouring ratios differ by about so much: far below any margin of use. */
const FINEST = 0.002

/**
 * Ratios at equal steps, on which the bar 1 + margin and the ratio 1 both lie, so that ratios can be shifted by whole steps.
 */
export interface RatioGrid {
  /** Natural logarithm of a step; above 0. */
  readonly step: number
  /** Steps from 1 up to the bar. */
  readonly bar: number
}

export function ratioGrid(bar: number): RatioGrid {
  const whole = Math.log(bar)
  const steps = Math.round(whole / FINEST)
  return steps === 0 ? { step: FINEST, bar: 0 } : { step: whole / steps, bar: steps }
}

/** The ratio so many steps from the bar; at the bar exactly what was asked for, and never infinite. */
export function ratioAt({ step }: RatioGrid, bar: number, position: number): number {
  return position === 0 ? bar : Math.min(Number.MAX_VALUE, bar * Math.exp(position * step))
}
