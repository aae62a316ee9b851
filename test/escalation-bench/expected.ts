import { meanOf } from './interval.ts'
import type { Outcome } from './outcomes.ts'
import { ALWAYS_CHEAP, ALWAYS_FRONTIER, BOTH } from './routes.ts'

/** What a turn comes to under a rule, without asking anybody again. */
export interface Expected {
  grounded: boolean
  /** Nano-dollars. */
  costNano: number
  escalated: boolean
}

/** One turn with all that rules are worked out from: each model alone, and both replies judged. */
export interface Known {
  cheap: Outcome
  frontier: Outcome
  both: Outcome
}

/** In the order of the turns. */
export function knownOf(outcomes: ReadonlyMap<string, readonly Outcome[]>): Known[] {
  const [cheap, frontier] = [outcomes.get(ALWAYS_CHEAP)!, outcomes.get(ALWAYS_FRONTIER)!]
  return outcomes.get(BOTH)!.map((both, index) => ({ both, cheap: cheap[index]!, frontier: frontier[index]! }))
}

/**
 * What the gateway does at a threshold, by the scores that it gave: a reply that reaches it is the caller's; else the
 * frontier model is asked, and its reply is the caller's, as `escalate_to` has the last word. What cannot be judged passes.
 */
export function atThreshold({ cheap, frontier, both }: Known, threshold: number): Expected {
  const first = both.row.scores.find(({ attempt }) => attempt === 0)?.score ?? 1
  if (first >= threshold) return { grounded: cheap.grounded, costNano: cheap.costNano, escalated: false }
  return { grounded: frontier.grounded, costNano: both.costNano, escalated: true }
}

/** Escalates exactly the replies that people called ungrounded: more than any evaluator can do. */
export function byOracle({ cheap, frontier, both }: Known): Expected {
  if (cheap.grounded) return { grounded: true, costNano: cheap.costNano, escalated: false }
  return { grounded: frontier.grounded, costNano: both.costNano, escalated: true }
}

/** Loss of quality that still counts as equal, of all requests. */
export const MARGIN = 0.02

/**
 * The threshold that costs least, of those whose quality is within the margin of the frontier model's; `null` where
 * none is, or none costs less than it.
 */
export function chooseThreshold(known: readonly Known[], thresholds: readonly number[]): number | null {
  const summary = (turns: readonly Pick<Expected, 'grounded' | 'costNano'>[]) => ({
    quality: meanOf(turns.map(({ grounded }) => Number(grounded))),
    cost: meanOf(turns.map(({ costNano }) => costNano)),
  })
  const frontier = summary(known.map((turn) => turn.frontier))
  const [cheapest] = thresholds
    .map((threshold) => ({ threshold, ...summary(known.map((turn) => atThreshold(turn, threshold))) }))
    .filter(({ quality, cost }) => quality >= frontier.quality - MARGIN && cost < frontier.cost)
    .sort((one, other) => one.cost - other.cost)
  return cheapest?.threshold ?? null
}
