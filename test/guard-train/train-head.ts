import { SPANS } from '../../server/guardrails/injection/windows.ts'
import type { Random } from '../cache-eval/random.ts'
import type { Corpus, Window } from './corpus.ts'
import { type Example, Regression } from './regression.ts'

/** A text of the corpus as one head is to see it. */
export interface Sample {
  text: number
  label: 0 | 1
  source: string
  weight: number
  span?: [start: number, end: number]
}

/** Sources with more samples than this weigh no more. */
const SOURCE_CAP = 900
const POSITIVE_SHARE = 0.4
const ROUNDS = [2, 2, 3]

/**
 * Trains a head on windows. Which window of an attack makes it one is not known: in each round it is the one of every
 * length that the head of the round before finds worst; and so for texts that are none, which are thus mined for what is
 * hard (multiple-instance learning: Andrews, Tsochantaridis, Hofmann 2002).
 */
export function trainHead(corpus: Corpus, samples: readonly Sample[], random: Random): Regression {
  const head = new Regression()
  const weights = balanced(samples)
  const mined = new Map<Window, Example>()
  ROUNDS.forEach((passes, round) => {
    const score = (window: Window) => (round === 0 ? random.next() : head.score(corpus, window))
    samples.forEach((sample, index) => {
      for (const example of hardest(corpus, sample, score)) {
        const weight = example.weight * weights[index]!
        if (weight > 0) mined.set(example.window, { ...example, weight })
      }
    })
    const examples = [...mined.values()]
    for (let pass = 0; pass < passes; pass++) head.pass(corpus, examples, random)
    // Attacks are known better each round; what was hard once stays in.
    if (round + 1 < ROUNDS.length) for (const [window, example] of mined) if (example.label === 1) mined.delete(window)
  })
  return head
}

/** The worst window of each length, and outside of an attack the worst of the context. */
function hardest(corpus: Corpus, { text, label, span }: Sample, score: (window: Window) => number): Example[] {
  const found = new Map<string, Example>()
  const windows = corpus.windows(text)
  SPANS.forEach((_, position) => {
    const best = { attack: null as Window | null, context: null as Window | null }
    const scores = { attack: -Infinity, context: -Infinity }
    for (const window of windows) {
      if (window.span !== position) continue
      const side = label === 1 && span !== undefined ? sideOf(window, span) : 'attack'
      if (side === null) continue
      const value = score(window)
      if (value <= scores[side]) continue
      scores[side] = value
      best[side] = window
    }
    if (best.attack) found.set(`${best.attack.from} ${best.attack.to}`, { window: best.attack, label, weight: 1 })
    if (best.context && position < 3)
      found.set(`${best.context.from} ${best.context.to}`, { window: best.context, label: 0, weight: 0.3 })
  })
  return [...found.values()]
}

/** Is the window mostly attack, or nothing of it? `null`: some of it. */
function sideOf(window: Window, [start, end]: [number, number]): 'attack' | 'context' | null {
  const shared = Math.min(window.end, end) - Math.max(window.start, start)
  if (shared <= 0) return 'context'
  if (shared >= 0.6 * (window.end - window.start)) return 'attack'
  return null
}

/** Of each sample, so that no source outweighs the others and attacks have their share. */
function balanced(samples: readonly Sample[]): number[] {
  const keyOf = ({ source, label }: Sample) => `${source} ${label}`
  const counts = new Map<string, number>()
  for (const sample of samples) counts.set(keyOf(sample), (counts.get(keyOf(sample)) ?? 0) + 1)
  const weights = samples.map((sample) => sample.weight * Math.min(1, SOURCE_CAP / counts.get(keyOf(sample))!))
  const totals = [0, 0]
  samples.forEach(({ label }, index) => {
    totals[label]! += weights[index]!
  })
  const shares = [1 - POSITIVE_SHARE, POSITIVE_SHARE]
  return samples.map(
    ({ label }, index) => (2 * weights[index]! * shares[label]! * (totals[0]! + totals[1]!)) / (2 * totals[label]!),
  )
}
