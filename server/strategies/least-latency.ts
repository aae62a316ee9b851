import type { Target } from '../core/policy.ts'
import type { RoutingQuestion, Strategy } from '../core/ports.ts'
import type { LatencySignal } from '../core/signals.ts'
import { draw } from './draw.ts'

/** Answers within the last five minutes that it takes to believe a target. */
const ENOUGH_SAMPLES = 10
/** A target without an answer for so long may have changed. */
const IDLE_MS = 30_000
/** Calls under way that double the time to expect. */
const DOUBLING_CALLS = 16
/** How sharply the faster target is preferred: one that is twice as slow gets a sixteenth. */
const SHARPNESS = 4
/** Share of every target; of one that has to be looked at again; and of both kinds together at most. */
const LEAST_SHARE = 0.01
const EXPLORED_SHARE = 0.05
const MOST_EXPLORED = 0.3

interface Candidate {
  target: Target
  latency: LatencySignal
  inFlight: number
  /** Answers, as far as they count; and how many fewer they are than those of the target with the most. */
  samples: number
  missing: number
  /** Milliseconds to expect. */
  effective: number
}

/**
 * Prefers targets whose p95 of the last five minutes is low: of the time to the first token for streams, of the whole
 * time for unary replies. The first target is drawn with odds of 1 ÷ effective^4, effective = p95 × (1 + calls under
 * way ÷ 16), so that equals share the traffic and a burst spreads before any of its calls has been measured. The
 * others follow by effective latency.
 *
 * A target with fewer than ten answers counts as if the missing ones were those of the best target. Its odds grow with
 * its answers, and it has no more calls under way than answers are missing: what is new is tried out, what hangs is
 * left alone. While all targets know as little, none is held back.
 */
export const leastLatency: Strategy = {
  id: 'least-latency',
  order(question) {
    const candidates = candidatesOf(question)
    const shares = sharesOf(candidates, question.signals.now())
    const index = pick(shares, draw(question.exchange.id))
    const first = candidates[index]!
    const rest = candidates.filter((other) => other !== first).sort((one, other) => one.effective - other.effective)
    return [
      { target: first.target, why: `${describe(first, question)}, drawn with ${Math.round(shares[index]! * 100)} %` },
      ...rest.map((candidate) => ({ target: candidate.target, why: describe(candidate, question) })),
    ]
  },
}

function candidatesOf({ targets, exchange, signals }: RoutingQuestion): Candidate[] {
  const measured = targets.map((target) => {
    const latency = signals.latency(target, exchange.stream)
    return { target, latency, samples: Math.min(latency.samples, ENOUGH_SAMPLES) }
  })
  const most = Math.max(...measured.map(({ samples }) => samples))
  const best = Math.min(...measured.filter(({ samples }) => samples === most).map(({ latency }) => latency.p95Ms ?? 1))
  return measured.map(({ target, latency, samples }) => {
    const inFlight = signals.inFlight(target)
    const believed = samples / ENOUGH_SAMPLES
    const expected = (latency.p95Ms ?? best) ** believed * best ** (1 - believed)
    const effective = expected * (1 + inFlight / DOUBLING_CALLS)
    return { target, latency, inFlight, samples, missing: most - samples, effective }
  })
}

/** The chance of each candidate to be the first, all together 1. */
function sharesOf(candidates: readonly Candidate[], now: number): number[] {
  const known = sum(candidates.filter(({ missing }) => missing === 0).map(oddsOf))
  const weights = candidates.map((candidate) => weightOf(candidate, known))
  const floors = candidates.map((candidate) => (isWaiting(candidate) ? 0 : floorOf(candidate, now)))
  const [allWeights, allFloors] = [sum(weights), sum(floors)]
  const explored = Math.min(MOST_EXPLORED, allFloors)
  return weights.map(
    (weight, index) => (weight / allWeights) * (1 - explored) + (floors[index]! / allFloors) * explored,
  )
}

function oddsOf({ effective }: Candidate): number {
  return effective ** -SHARPNESS
}

/** Its part of what is not set aside; `known` is the sum of the odds of the targets that miss no answers. */
function weightOf(candidate: Candidate, known: number): number {
  const { missing, samples } = candidate
  if (missing === 0) return oddsOf(candidate)
  return isWaiting(candidate) ? 0 : Math.min(oddsOf(candidate), (known * (1 + samples)) / missing)
}

/** As many calls are under way as answers are missing: their outcome comes first. */
function isWaiting({ missing, inFlight }: Candidate): boolean {
  return missing > 0 && inFlight >= missing
}

function floorOf({ missing, inFlight, latency }: Candidate, now: number): number {
  const idle = inFlight === 0 && latency.lastAt !== null && now - latency.lastAt > IDLE_MS
  return missing > 0 || idle ? EXPLORED_SHARE : LEAST_SHARE
}

/** The index on whose share the draw falls. */
function pick(shares: readonly number[], drawn: number): number {
  let below = 0
  const index = shares.findIndex((share) => {
    below += share
    return drawn < below
  })
  // Shares may sum up to a little less than 1.
  return index < 0 ? shares.length - 1 : index
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}

function describe({ latency, inFlight }: Candidate, { exchange }: RoutingQuestion): string {
  const { p95Ms, samples } = latency
  if (p95Ms === null) return `not measured yet, ${inFlight} under way`
  const measured = `${exchange.stream ? 'first token ' : ''}p95 ${Math.round(p95Ms)} ms`
  return `${measured}${samples < ENOUGH_SAMPLES ? ` of ${samples} answers` : ''}, ${inFlight} under way`
}
