import { MovingAverage } from './moving-average.ts'
import type { SlotResult } from './slot.ts'

const START = 8
const MOST = 512
/** Calls after which the limit is set anew: as many as it allows, at least these. */
const SHORTEST_ROUND = 5
/** How much slower than usual calls may be before the limit shrinks. */
const TOLERANCE = 1.25
const STEEPEST = 0.5
const SMOOTHING = 0.2
/** What is left of the limit when the provider says that it has too much. */
const BACK_OFF = 0.8
/** Calls that a usual latency is the average of. */
const USUAL_SPAN = 20
/** How far the usual latency follows a round that was faster. */
const EASE = 0.3
/** After so many calls under full load in a row, the limit is halved until there are CALM_CALLS in calm. */
const LOADED_CALLS = 250
const CALM_CALLS = 8

/** A call that has ended. */
export interface EndedCall {
  startedAt: number
  endedAt: number
  /** Calls under way when it began, itself included. */
  running: number
  /** Calls under way on an average while it was. */
  meanRunning: number
}

/** Of one sort of calls, whose latencies do not compare with others'. */
class Sort {
  readonly usual = new MovingAverage(USUAL_SPAN)
  sum = 0
  count = 0
}

/**
 * How many calls at a time a provider bears, found out by their latency, after Gradient2 of Netflix's
 * concurrency-limits (https://github.com/Netflix/concurrency-limits): once per round of calls
 *
 *     limit ← 0.8 limit + 0.2 (limit × gradient + √limit),  gradient = 1.25 × usual / latency, within 0.5 .. 1
 *
 * and 0.8 × limit, at most once per generation of calls, when the provider says that it has too much. It grows only
 * while calls use it up. Latencies are milliseconds per token of unary replies, whole durations where tokens are not
 * known, and times to first token of streams, each compared with its own sort.
 *
 * Gradient2's long average takes in every call, so that under lasting load the latency of an overloaded provider becomes
 * the usual one and the limit creeps up. Here the usual latency is that of calls beside which no more than half of the
 * limit ran. Where load never leaves such calm, the limit is halved for a moment after every 250 calls, as BBR does to
 * see the round-trip time without a queue (Cardwell et al., ACM Queue 14(5), 2016).
 */
export class GradientLimit {
  #most: number
  #limit: number
  #unary = new Sort()
  #wholeUnary = new Sort()
  #streamed = new Sort()
  /** The most calls under way at once in this round. */
  #peak = 0
  #loadedCalls = 0
  /** Calm calls still wanted while the limit is halved. */
  #wanted = 0
  #backedOffAt = Number.NEGATIVE_INFINITY

  constructor(most: number | null) {
    this.#most = most ?? MOST
    this.#limit = Math.min(START, this.#most)
  }

  /** Calls at a time, a whole number. */
  get limit(): number {
    return this.#wanted > 0 ? this.#calm : Math.floor(this.#limit)
  }

  /** The limit never passes `most`; `null`: 512. */
  bound(most: number | null): void {
    this.#most = most ?? MOST
    this.#limit = Math.min(this.#limit, this.#most)
  }

  ended(result: SlotResult, call: EndedCall): void {
    if (result.overloaded) {
      this.#backOff(call)
      return
    }
    const latency = result.ok ? latencyOf(result) : null
    if (latency === null) return
    this.#add(this.#sortOf(result), latency, call)
    const calls = this.#unary.count + this.#wholeUnary.count + this.#streamed.count
    if (calls >= Math.max(SHORTEST_ROUND, this.#limit)) this.#endRound()
  }

  get #calm(): number {
    return Math.max(1, Math.floor(this.#limit / 2))
  }

  #sortOf({ stream, outputTokens }: SlotResult): Sort {
    if (stream) return this.#streamed
    return outputTokens ? this.#unary : this.#wholeUnary
  }

  #add(sort: Sort, latency: number, { running, meanRunning }: EndedCall): void {
    const calm = Math.round(meanRunning) <= this.#calm
    if (calm || sort.usual.value === null) sort.usual.add(latency)
    if (calm && this.#wanted > 0) {
      this.#wanted -= 1
      if (this.#wanted === 0) this.#loadedCalls = 0
      return
    }
    this.#loadedCalls = calm ? 0 : this.#loadedCalls + 1
    if (this.#loadedCalls >= LOADED_CALLS && this.#wanted === 0) this.#wanted = CALM_CALLS
    sort.sum += latency
    sort.count += 1
    this.#peak = Math.max(this.#peak, running)
  }

  #endRound(): void {
    const slowness = this.#slowness()
    const gradient = Math.max(STEEPEST, Math.min(1, TOLERANCE / slowness))
    const aim = this.#limit * gradient + Math.sqrt(this.#limit)
    const usedUp = this.#peak >= Math.floor(this.#limit)
    if (usedUp || aim < this.#limit)
      this.#limit = Math.max(1, Math.min(this.#most, this.#limit * (1 - SMOOTHING) + aim * SMOOTHING))
    this.#peak = 0
  }

  /** The round's latencies relative to the usual ones, which follow downwards; empties the round. */
  #slowness(): number {
    let sum = 0
    let count = 0
    for (const sort of [this.#unary, this.#wholeUnary, this.#streamed]) {
      if (sort.count === 0) continue
      const usual = Math.max(sort.usual.value!, Number.MIN_VALUE)
      sum += sort.sum / usual
      count += sort.count
      const mean = sort.sum / sort.count
      if (mean < usual) sort.usual.scale(1 + EASE * (mean / usual - 1))
      sort.sum = 0
      sort.count = 0
    }
    return sum / count
  }

  /** Calls of the generation that made it back off once say nothing new. */
  #backOff({ startedAt, endedAt }: EndedCall): void {
    if (startedAt < this.#backedOffAt) return
    this.#backedOffAt = endedAt
    this.#limit = Math.max(1, this.#limit * BACK_OFF)
  }
}

function latencyOf({ stream, firstTokenMs, durationMs, outputTokens }: SlotResult): number | null {
  if (stream) return firstTokenMs
  return outputTokens ? durationMs / outputTokens : durationMs
}
