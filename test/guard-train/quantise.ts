import { BUCKETS } from '../../server/guardrails/injection/hash.ts'
import { HEADS, type HeadCalibration, type HeadName } from '../../server/guardrails/injection/weights.ts'
import type { Trained } from './train.ts'

const LARGEST = 127
/** So many of a thousand weights are larger than what 8 bits hold, and cut. */
const CUT_PER_MILLE = 0.5

/** The heads as they ship. */
export function quantise({ heads, calibrations }: Pick<Trained, 'heads' | 'calibrations'>): {
  weights: Buffer
  calibration: Record<HeadName, HeadCalibration>
} {
  const weights = Buffer.alloc(HEADS.length * BUCKETS)
  const calibration = {} as Record<HeadName, HeadCalibration>
  HEADS.forEach((name, index) => {
    const head = heads[name]
    const sizes = Float32Array.from(head.weights, Math.abs).sort()
    const largest = sizes[Math.floor((1 - CUT_PER_MILLE / 1000) * (BUCKETS - 1))]! || 1
    const step = round(largest / LARGEST)
    head.weights.forEach((weight, bucket) => {
      const steps = Math.max(-LARGEST, Math.min(LARGEST, Math.round(weight / step)))
      weights.writeInt8(steps, index * BUCKETS + bucket)
    })
    const { coefficients, intercept } = calibrations[name]
    calibration[name] = {
      step,
      bias: round(head.bias),
      coefficients: coefficients.map(round),
      intercept: round(intercept),
    }
  })
  return { weights, calibration }
}

function round(value: number): number {
  return Number(value.toPrecision(6))
}
