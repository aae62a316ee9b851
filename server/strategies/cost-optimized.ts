import type { Target } from '../core/policy.ts'
import type { RoutingQuestion, Strategy } from '../core/ports.ts'
import type { QualitySignal } from '../core/signals.ts'
import { draw } from './draw.ts'

interface Candidate {
  target: Target
  /** Nano-dollars; infinite when the price is not known. */
  cost: number
  quality: QualitySignal
  verdict: 'meets' | 'unsure' | 'fails'
}

/**
 * The cheapest target whose replies meet the route's quality bar. A target meets the bar when enough scores are known
 * and the lower bound of their mean reaches it, and fails when the upper bound stays below it. Targets that meet come
 * by cost, then those of which too little is known by cost, then those that fail, the best first. For the share
 * `quality.explore` of requests a cheaper target of which too little is known goes first, so that it gets scores. Of
 * equal costs the file's order decides.
 */
export const costOptimized: Strategy = {
  id: 'cost-optimized',
  order(question) {
    const candidates = question.targets.map((target) => candidateOf(target, question))
    const group = (verdict: Candidate['verdict']) => candidates.filter((candidate) => candidate.verdict === verdict)
    const byCost = (one: Candidate, other: Candidate) => compare(one.cost, other.cost)
    const ordered = [
      ...group('meets').sort(byCost),
      ...group('unsure').sort(byCost),
      ...group('fails').sort((one, other) => compare(other.quality.mean ?? 0, one.quality.mean ?? 0)),
    ]
    const explored = exploredOf(ordered, question)
    const final = explored ? [explored, ...ordered.filter((other) => other !== explored)] : ordered
    return final.map((candidate) => ({
      target: candidate.target,
      why: `${candidate === explored ? 'explored: ' : ''}${describe(candidate, question)}`,
    }))
  },
}

function candidateOf(target: Target, { route, promptTokens, signals }: RoutingQuestion): Candidate {
  const quality = signals.quality(route.name, target)
  const { bar, minSamples } = route.quality
  const cost = signals.expectedCostNano(target, promptTokens) ?? Number.POSITIVE_INFINITY
  return { target, cost, quality, verdict: verdictOf(quality, bar, minSamples) }
}

function verdictOf({ samples, lower, upper }: QualitySignal, bar: number, minSamples: number): Candidate['verdict'] {
  if (bar === 0) return 'meets'
  if (samples < minSamples) return 'unsure'
  return lower >= bar ? 'meets' : upper < bar ? 'fails' : 'unsure'
}

/** The target to try out with this request: one draw decides whether and which. */
function exploredOf(ordered: readonly Candidate[], { route, exchange }: RoutingQuestion): Candidate | undefined {
  const drawn = draw(exchange.id)
  if (drawn >= route.quality.explore) return undefined
  const cheaper = ordered.filter(({ verdict, cost }) => verdict === 'unsure' && cost < ordered[0]!.cost)
  return cheaper[Math.floor((drawn / route.quality.explore) * cheaper.length)]
}

/** Infinite numbers are equal to each other. */
function compare(one: number, other: number): number {
  return one === other ? 0 : one - other
}

function describe({ cost, quality, verdict }: Candidate, { route }: RoutingQuestion): string {
  const { bar, minSamples } = route.quality
  const price = cost === Number.POSITIVE_INFINITY ? 'price unknown' : `${dollars(cost)} expected`
  if (bar === 0) return price
  if (quality.samples < minSamples) return `${price}, ${quality.samples} of ${minSamples} scores needed to judge it`
  const score = [quality.mean ?? 0, quality.lower, quality.upper].map((number) => number.toFixed(2))
  const word = { meets: 'meets', unsure: 'may or may not meet', fails: 'fails' }[verdict]
  return `${price}, score ${score[0]} (${score[1]}–${score[2]}) ${word} ${bar}`
}

/** Two digits that count, and cents at least, e.g. `$0.00042`, `$1.20`. */
function dollars(nano: number): string {
  if (nano === 0) return '$0'
  const amount = nano / 1e9
  return `$${amount.toFixed(Math.max(2, 1 - Math.floor(Math.log10(amount))))}`
}
