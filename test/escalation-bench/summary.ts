import { byOracle, type Expected, knownOf } from './expected.ts'
import { type Clustered, type Interval, intervalOf, meanOf, medianOf } from './interval.ts'
import { type Round, TUNED } from './round.ts'
import { ALWAYS_CHEAP, ALWAYS_FRONTIER, ESCALATING, WATCHED } from './routes.ts'

export const ORACLE = 'oracle'
/** In the order of the table. */
export const ROWS = [ALWAYS_CHEAP, ALWAYS_FRONTIER, ESCALATING, TUNED, WATCHED, ORACLE] as const
type RowName = (typeof ROWS)[number]

/** One line of the comparison, over all rounds. */
export interface Summary {
  name: RowName
  requests: number
  /** Share of grounded replies, 0..1. */
  quality: number
  qualityBounds: Interval
  /** Of the quality, to always-frontier turn by turn. */
  difference: number
  differenceBounds: Interval
  /** Nano-dollars a request. */
  costNano: number
  /** 1: as much as always-frontier. */
  relativeCost: number
  escalated: number
  /** Median over the rounds of each one's median; `null` where nothing was sent. */
  overheadMs: number | null
}

interface Turned extends Expected {
  context: string
  overheadMs: number | null
}

/** Every row of every round; requests of one context are one cluster, whatever the round. */
export function summarise(rounds: readonly Round[]): Summary[] {
  const turns = new Map(ROWS.map((name) => [name, rounds.map((round) => turnsOf(round, name))]))
  const frontier = turns.get(ALWAYS_FRONTIER)!.flat()
  return ROWS.map((name): Summary => {
    const byRound = turns.get(name)!
    const all = byRound.flat()
    const quality = all.map(({ context, grounded }): Clustered => ({ cluster: context, value: Number(grounded) }))
    const differences = quality.map(({ cluster, value }, index) => ({
      cluster,
      value: value - Number(frontier[index]!.grounded),
    }))
    const costNano = meanOf(all.map((turn) => turn.costNano))
    return {
      name,
      requests: all.length,
      quality: meanOf(quality.map(({ value }) => value)),
      qualityBounds: intervalOf(quality),
      difference: meanOf(differences.map(({ value }) => value)),
      differenceBounds: intervalOf(differences),
      costNano,
      relativeCost: costNano / meanOf(frontier.map((turn) => turn.costNano)),
      escalated: meanOf(all.map(({ escalated }) => Number(escalated))),
      overheadMs:
        name === ORACLE ? null : medianOf(byRound.map((some) => medianOf(some.map((turn) => turn.overheadMs!)))),
    }
  })
}

function turnsOf({ outcomes }: Round, name: RowName): Turned[] {
  if (name === ORACLE)
    return knownOf(outcomes).map((known) => {
      return { ...byOracle(known), context: known.both.turn.context, overheadMs: null }
    })
  return outcomes.get(name)!.map(({ grounded, costNano, escalated, turn, row }) => {
    return { grounded, costNano, escalated, context: turn.context, overheadMs: row.overhead_ms }
  })
}

/** What a coin toss between the two models would cost for a quality between theirs, relative to always-frontier. */
export function blindMixCost(quality: number, cheap: Summary, frontier: Summary): number {
  const share = (quality - cheap.quality) / (frontier.quality - cheap.quality)
  return cheap.relativeCost + Math.min(1, Math.max(0, share)) * (1 - cheap.relativeCost)
}
