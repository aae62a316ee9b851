import { SPANS } from './windows.ts'

/** Beyond these a window is as good or as bad as it gets. */
const LOWEST = -8
const HIGHEST = 12

/** What a head has seen of a text. */
export interface Evidence {
  /** The highest logit of a window of each of `SPANS`; `-Infinity` where there is none. */
  tops: Float64Array
  windows: number
}

export function noEvidence(): Evidence {
  return { tops: new Float64Array(SPANS.length).fill(-Infinity), windows: 0 }
}

/** As many numbers as a head has coefficients: more windows are more chances for a high one, which weighs against it. */
export function summary({ tops, windows }: Evidence): number[] {
  const clipped = Array.from(tops, clip)
  return [...clipped, Math.max(...clipped), Math.log2(1 + windows)]
}

/** 0..1; 0.5 is the threshold that ships. The same as `summary` times the coefficients, in less time. */
export function calibrated({ tops, windows }: Evidence, coefficients: readonly number[], intercept: number): number {
  let logit = intercept
  let highest = LOWEST
  for (let index = 0; index < tops.length; index++) {
    const top = clip(tops[index]!)
    logit += top * coefficients[index]!
    if (top > highest) highest = top
  }
  logit += highest * coefficients[tops.length]! + Math.log2(1 + windows) * coefficients[tops.length + 1]!
  return 1 / (1 + Math.exp(-logit))
}

function clip(top: number): number {
  return Math.min(HIGHEST, Math.max(LOWEST, top))
}
