import type { EvaluatorRule } from '../../core/evaluation.ts'
import { type Policy, type Target, targetName } from '../../core/policy.ts'
import type { PriceAttempt, Provider } from '../../core/ports.ts'
import { estimateRequestTokens } from '../../core/token-estimate.ts'
import { costSource } from '../../telemetry/cost-source.ts'
import type { ArmCall } from './arm-call.ts'

/** What a run will likely take. */
export interface RunEstimate {
  items: number
  calls: number
  inputTokens: number
  outputTokens: number
  /** `null`: not known. */
  costUsd: number | null
  costWhy: string | null
  /** `null`: not known. */
  durationS: number | null
  warnings: string[]
}

/** One request that is to be run. */
export interface EstimatedItem {
  body: Buffer
  /** Names of what could not be written. */
  lost: readonly string[]
  /** Tokens of the reply that was recorded. */
  outputTokens: number | null
  /** Most tokens that the request allows. */
  maxTokens: number | null
  /** The sides that are called. */
  calls: readonly ArmCall[]
  /** Calls of each side at most. */
  turns: number
  rules: readonly EvaluatorRule[]
}

export interface EstimateParts {
  providers: ReadonlyMap<string, Provider>
  price: PriceAttempt
  /** Of a target's latest replies, in milliseconds; `null`: there are none. */
  usualDuration(target: Target): Promise<number | null>
}

/** Taken for granted where nothing was recorded, as by `telemetry/target-book.ts`. */
const USUAL_OUTPUT_TOKENS = 400
/** A judge is asked in both orders. */
const CALLS_OF_JUDGE = 2
const NANO = 1e9
const MS_PER_HOUR = 3_600_000
const MOST_NAMES = 10

/** Adds up what a run will likely take, request by request. */
export class Estimator {
  readonly #parts: EstimateParts
  readonly #totals = { items: 0, calls: 0, inputTokens: 0, outputTokens: 0, nano: 0, ms: 0 }
  readonly #durations = new Map<string, number | null>()
  readonly #unpriced = new Set<string>()
  readonly #lost = new Map<string, number>()
  readonly #several = new Set<string>()
  #recorded = { tokens: 0, items: 0 }
  #isTimed = true

  constructor(parts: EstimateParts) {
    this.#parts = parts
  }

  async add(item: EstimatedItem, judged: boolean): Promise<void> {
    const input = estimateRequestTokens(JSON.parse(item.body.toString()))
    const output = this.#outputOf(item)
    const totals = this.#totals
    totals.items += 1
    for (const name of item.lost) this.#lost.set(name, (this.#lost.get(name) ?? 0) + 1)
    for (const call of item.calls.flatMap((each) => Array(item.turns).fill(each) as ArmCall[])) {
      totals.inputTokens += input
      totals.outputTokens += output
      await this.#addCall(call, input, output)
    }
    const asking = item.rules.filter(({ evaluator }) => evaluator.cost === 'call').length
    // Evaluators look at both sides, whether or not the baseline is called.
    totals.calls += item.calls.length * item.turns + asking * 2 + (judged ? CALLS_OF_JUDGE : 0)
  }

  /** `concurrency`: requests under way at once. */
  result(concurrency: number): RunEstimate {
    const { items, calls, inputTokens, outputTokens, nano, ms } = this.#totals
    const unpriced = [...this.#unpriced]
    return {
      ...{ items, calls, inputTokens, outputTokens },
      costUsd: unpriced.length > 0 ? null : nano / NANO,
      costWhy: unpriced.length > 0 ? `no price is known for ${listed(unpriced)}` : null,
      durationS: this.#isTimed ? ms / 1000 / concurrency : null,
      warnings: this.#warnings(),
    }
  }

  #outputOf({ outputTokens, maxTokens }: EstimatedItem): number {
    if (outputTokens !== null) {
      this.#recorded.tokens += outputTokens
      this.#recorded.items += 1
      return outputTokens
    }
    const { tokens, items } = this.#recorded
    return Math.min(items === 0 ? USUAL_OUTPUT_TOKENS : Math.round(tokens / items), maxTokens ?? Infinity)
  }

  async #addCall({ policy, targets }: ArmCall, input: number, output: number): Promise<void> {
    const [target] = targets
    if (!target) return
    if (targets.length > 1) this.#several.add(targetName(target))
    const duration = await this.#durationOf(target)
    if (duration === null) this.#isTimed = false
    else this.#totals.ms += duration
    const nano = this.#costOf(target, policy, { input, output, duration })
    if (nano === null) this.#unpriced.add(targetName(target))
    else this.#totals.nano += nano
  }

  #costOf(
    target: Target,
    policy: Policy,
    { input, output, duration }: { input: number; output: number; duration: number | null },
  ): number | null {
    const costs = costSource(() => policy, this.#parts.providers, this.#parts.price)
    const perHour = costs.gpuUsdPerHour(target.provider)
    if (perHour !== null) return duration === null ? null : (duration * perHour * NANO) / MS_PER_HOUR
    return costs.selfHosted(target.provider) ? 0 : costs.price(target, input, output)
  }

  async #durationOf(target: Target): Promise<number | null> {
    const name = targetName(target)
    const known = this.#durations.get(name)
    if (known !== undefined) return known
    const duration = await this.#parts.usualDuration(target)
    this.#durations.set(name, duration)
    return duration
  }

  #warnings(): string[] {
    const { items } = this.#totals
    const lost = [...this.#lost].map(([name, count]) => `${name} (${count} of ${items} requests)`)
    return [
      ...(lost.length > 0
        ? [`Left out, as OpenAI's chat format cannot carry it or it would call something: ${listed(lost)}.`]
        : []),
      ...(this.#several.size > 0
        ? [`Cost and time are those of ${listed([...this.#several])}, though the route may call others.`]
        : []),
    ]
  }
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).join(', ')
  return names.length > MOST_NAMES ? `${shown} and ${names.length - MOST_NAMES} more` : shown
}
