/** Thresholds are told to half a hundredth. */
export const STEP = 0.005

/** The nearest threshold that can be told. */
export function toStep(threshold: number): number {
  return Math.round(Math.round(threshold / STEP) * STEP * 1000) / 1000
}
