import { readFileSync } from 'node:fs'
import { BUCKETS } from './hash.ts'
import { SPANS } from './windows.ts'

/** Written by `test/guard-train`; read when the first text comes. */
const WEIGHTS = new URL('../../../resources/injection/weights.bin', import.meta.url)
const CALIBRATION = new URL('../../../resources/injection/calibration.json', import.meta.url)

export const HEADS = ['direct', 'indirect'] as const
export type HeadName = (typeof HEADS)[number]

/** How a head's windows become a score. */
export interface HeadCalibration {
  /** What one step of the 8-bit weights is worth. */
  step: number
  bias: number
  /** Of the best window of each of `SPANS`, of the best of all, and of the logarithm of how many there are. */
  coefficients: readonly number[]
  /** Such that the shipped threshold is a score of 0.5. */
  intercept: number
}

export interface Head extends HeadCalibration {
  weights: Int8Array
}

let read: Record<HeadName, Head> | undefined

/** Both heads as shipped. Throws where the files do not fit the code. */
export function shippedHeads(): Record<HeadName, Head> {
  read ??= load()
  return read
}

function load(): Record<HeadName, Head> {
  const bytes = readFileSync(WEIGHTS)
  const calibration = JSON.parse(readFileSync(CALIBRATION, 'utf8')) as Record<HeadName, HeadCalibration>
  if (bytes.length !== HEADS.length * BUCKETS)
    throw new Error(`resources/injection/weights.bin does not hold ${HEADS.length} heads of ${BUCKETS} weights`)
  const head = (index: number): Head => {
    const { step, bias, coefficients, intercept } = calibration[HEADS[index]!]
    if (coefficients.length !== SPANS.length + 2)
      throw new Error('resources/injection/calibration.json does not fit this version')
    const weights = new Int8Array(bytes.buffer, bytes.byteOffset + index * BUCKETS, BUCKETS)
    return { step, bias, coefficients, intercept, weights }
  }
  return { direct: head(0), indirect: head(1) }
}
