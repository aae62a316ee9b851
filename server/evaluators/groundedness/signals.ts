import type { Claim } from './claim.ts'

/** What speaks against a reply, or against one sentence of it. All are 0 where nothing does. */
export const SIGNALS = [
  'missing',
  'weakest',
  'foreign',
  'scattered',
  'small',
  'personal',
  'numbers',
  'names',
  'flips',
  'swapped',
] as const
export type Signal = (typeof SIGNALS)[number]
export type Signals = Readonly<Record<Signal, number>>

/** Of a logistic function: the weights are not below 0, so that no signal ever speaks for a reply. */
export interface Weights {
  bias: number
  signals: Signals
}

/** Words of meaning from which on a sentence counts in full as the weakest one. */
const FULL_SENTENCE = 3
/** So many of a kind count: one is enough, a second makes it surer. */
const MOST = { personal: 1, numbers: 2, names: 2, flips: 1, swapped: 1 }

/**
 * The signals of sentences taken together. Shares are means by the weight of the sentences; `weakest` is the share that
 * the sentence lacks which lacks most; the others are counted.
 */
export function signalsOf(claims: readonly Claim[]): Signals {
  const whole = claims.reduce((sum, { weight }) => sum + weight, 0)
  const mean = (share: 'missing' | 'foreign' | 'scattered' | 'small') =>
    whole === 0 ? 0 : claims.reduce((sum, claim) => sum + claim.weight * claim[share], 0) / whole
  const count = (kind: 'numbers' | 'names' | 'flips' | 'swapped') =>
    Math.min(
      MOST[kind],
      claims.reduce((sum, claim) => sum + claim[kind].length, 0),
    )
  return {
    missing: mean('missing'),
    weakest: claims.reduce((most, { missing, content }) => {
      return Math.max(most, missing * Math.min(1, content / FULL_SENTENCE))
    }, 0),
    foreign: mean('foreign'),
    scattered: mean('scattered'),
    small: mean('small'),
    personal: Math.min(
      MOST.personal,
      claims.reduce((sum, { personal }) => sum + personal, 0),
    ),
    numbers: count('numbers'),
    names: count('names'),
    flips: count('flips'),
    swapped: count('swapped'),
  }
}

/** How likely it is that what has these signals rests on its context, 0..1. */
export function supportOf(signals: Signals, { bias, signals: weights }: Weights): number {
  const against = SIGNALS.reduce((sum, signal) => sum + weights[signal] * signals[signal], 0)
  return 1 / (1 + Math.exp(against - bias))
}
