import type { Clock } from '../core/clock.ts'
import type { Attempt } from '../core/exchange.ts'
import { SlidingHistogram } from '../core/histogram.ts'
import { type Target, targetName } from '../core/policy.ts'
import type { LatencySignal, QualitySignal, Signals } from '../core/signals.ts'
import { MachineShare } from './machine-share.ts'
import { ScoreBook } from './score-book.ts'

/** Where the price of a call comes from. */
export interface CostSource {
  /** By the catalogue, in nano-dollars; `null` when it does not know the model. */
  price(target: Target, inputTokens: number, outputTokens: number): number | null
  /** Of the provider's config. */
  gpuUsdPerHour(provider: string): number | null
  selfHosted(provider: string): boolean
}

type Named = Pick<Target, 'provider' | 'model'>

/** A score out of the store. */
export interface PastScore {
  route: string
  target: Named
  score: number
  /** Milliseconds since it was given. */
  ageMs: number
}

/** A quantile is good for so long: asking again within that time costs nothing. */
const CACHE_MS = 250
const MOST_TARGETS = 1000
/** Weight of the newest value in a moving average. */
const NEWEST = 0.1
/** Taken for granted where nothing is known yet. */
const USUAL_OUTPUT_TOKENS = 400
const USUAL_GPU_MS = 2000
const NANO_PER_DOLLAR = 1e9
const MS_PER_HOUR = 3_600_000
const UNKNOWN: LatencySignal = { p50Ms: null, p95Ms: null, samples: 0, lastAt: null }

/** One of streams, one of unary replies: what they measure cannot be compared. */
interface Latency {
  window: SlidingHistogram
  lastAt: number | null
  signal: LatencySignal
  /** When `signal` has to be made anew. */
  staleAt: number
}

interface Entry {
  inFlight: number
  stream: Latency
  unary: Latency
  /** Moving averages of good replies. */
  outputTokens: number | null
  servedMs: number | null
}

/** What attempts and evaluators told of targets. Bounded: the targets that were idle for the longest time make room. */
export class TargetBook implements Signals {
  readonly #clock: Clock
  readonly #costs: CostSource
  readonly #entries = new Map<string, Entry>()
  readonly #machines: MachineShare
  readonly #scores: ScoreBook

  constructor(clock: Clock, costs: CostSource) {
    this.#clock = clock
    this.#costs = costs
    this.#machines = new MachineShare(clock)
    this.#scores = new ScoreBook(clock)
  }

  attemptStart(target: Target): void {
    this.#touch(target).inFlight += 1
    this.#machines.start(target.provider)
  }

  /** Call once for every attempt that was started, however it ended. Only what went well says how fast a target is. */
  attemptEnd(attempt: Attempt, stream: boolean): void {
    const { target, startedAt, queuedMs, firstTokenAt, usage } = attempt
    const entry = this.#touch(target)
    entry.inFlight = Math.max(0, entry.inFlight - 1)
    const begun = startedAt + queuedMs
    const servedMs = Math.max(0, (attempt.endedAt ?? begun) - begun)
    this.#machines.end(target.provider, servedMs)
    if (attempt.outcome !== 'ok') return
    entry.servedMs = moved(entry.servedMs, servedMs)
    if (usage !== null) entry.outputTokens = moved(entry.outputTokens, usage.output)
    if (!stream) this.#measure(entry.unary, servedMs)
    else if (firstTokenAt !== null) this.#measure(entry.stream, firstTokenAt - begun)
  }

  noteScore(route: string, target: Named, score: number): void {
    this.#scores.note(scoreKey(route, target), score)
  }

  /** Takes up what was known before a restart, the oldest first. */
  restore(scores: Iterable<PastScore>): void {
    for (const { route, target, score, ageMs } of scores) this.#scores.note(scoreKey(route, target), score, ageMs)
  }

  now(): number {
    return this.#clock.now()
  }

  latency(target: Target, stream: boolean): LatencySignal {
    const entry = this.#entries.get(targetName(target))
    if (!entry) return UNKNOWN
    const latency = stream ? entry.stream : entry.unary
    const now = this.#clock.now()
    if (now >= latency.staleAt) {
      const { window, lastAt } = latency
      const seen = window.read()
      latency.signal = { p50Ms: seen.quantile(0.5), p95Ms: seen.quantile(0.95), samples: seen.total, lastAt }
      latency.staleAt = now + CACHE_MS
    }
    return latency.signal
  }

  inFlight(target: Target): number {
    return this.#entries.get(targetName(target))?.inFlight ?? 0
  }

  expectedCostNano(target: Target, promptTokens: number): number | null {
    const entry = this.#entries.get(targetName(target))
    const perHour = this.#costs.gpuUsdPerHour(target.provider)
    if (perHour !== null) {
      const served = entry?.servedMs ?? null
      const gpuMs = served === null ? USUAL_GPU_MS : served * this.#machines.of(target.provider)
      return Math.round((gpuMs * perHour * NANO_PER_DOLLAR) / MS_PER_HOUR)
    }
    if (this.#costs.selfHosted(target.provider)) return 0
    return this.#costs.price(target, promptTokens, Math.round(entry?.outputTokens ?? USUAL_OUTPUT_TOKENS))
  }

  quality(route: string, target: Target): QualitySignal {
    return this.#scores.read(scoreKey(route, target))
  }

  machineShare(provider: string): number {
    return this.#machines.of(provider)
  }

  #measure(latency: Latency, ms: number): void {
    latency.window.add(ms)
    latency.lastAt = this.#clock.now()
  }

  /** The target's entry, now the last in line to be forgotten. */
  #touch(target: Target): Entry {
    const name = targetName(target)
    const entry = this.#entries.get(name) ?? this.#newEntry()
    this.#entries.delete(name)
    this.#entries.set(name, entry)
    if (this.#entries.size > MOST_TARGETS) this.#forgetOne()
    return entry
  }

  #forgetOne(): void {
    for (const [name, { inFlight }] of this.#entries) {
      if (inFlight > 0) continue
      this.#entries.delete(name)
      return
    }
  }

  #newEntry(): Entry {
    const latency = (): Latency => ({
      window: new SlidingHistogram(this.#clock),
      lastAt: null,
      signal: UNKNOWN,
      staleAt: 0,
    })
    return { inFlight: 0, stream: latency(), unary: latency(), outputTokens: null, servedMs: null }
  }
}

function moved(average: number | null, value: number): number {
  return average === null ? value : average + NEWEST * (value - average)
}

function scoreKey(route: string, target: Named): string {
  return `${route}\0${target.provider}/${target.model}`
}
