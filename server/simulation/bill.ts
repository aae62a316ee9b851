import { type Target, targetName } from '../core/policy.ts'
import type { Signals } from '../core/signals.ts'
import type { CostSource } from '../telemetry/target-book.ts'
import { ByName } from './by-name.ts'
import type { Past } from './past.ts'
import type { CostReport } from './report.ts'
import type { Histories } from './target-history.ts'

export interface Prices extends CostSource {
  /** Its answers come from the gateway itself. */
  isSynthetic(provider: string): boolean
}

const NANO_PER_DOLLAR = 1e9
const MS_PER_HOUR = 3_600_000

/** What requests cost, and what they would have cost elsewhere. Sums are nano-dollars. */
export class Bill {
  readonly #prices: Prices
  #actual = 0
  #actualUnknown = 0
  #simulated = 0
  #simulatedUnknown = 0
  #unmeasured = 0
  /** Calls on machines that are paid by the hour, and the sum of the parts of the machine's time that they take. */
  readonly #machines = new ByName(() => ({ usdPerHour: 0, calls: 0, shares: 0 }))

  constructor(prices: Prices) {
    this.#prices = prices
  }

  /** A call that failed has cost nothing, or its cost is recorded. */
  addActual({ row, attempts }: Past): void {
    if (row.cost_nano !== null) this.#actual += row.cost_nano
    else if (attempts.some(({ outcome, synthetic }) => outcome !== 'error' && !synthetic)) this.#actualUnknown += 1
  }

  addSimulated(past: Past, target: Target, signals: Signals): void {
    if (this.#prices.isSynthetic(target.provider)) return
    const usdPerHour = this.#prices.gpuUsdPerHour(target.provider)
    if (usdPerHour === null) this.#addTokens(past, target)
    else {
      const machine = this.#machines.of(targetName(target))
      machine.usdPerHour = usdPerHour
      machine.calls += 1
      machine.shares += signals.machineShare(target.provider)
    }
  }

  /** Where its one call was to the same target, it costs what it did, with all that a cache of prompts saved. */
  #addTokens({ attempts, tokens }: Past, target: Target): void {
    const [first] = attempts
    const isSame = attempts.length === 1 && `${first!.provider}/${first!.model}` === targetName(target)
    const nano = isSame ? first!.cost_nano : null
    if (nano !== null) this.#simulated += nano
    else if (tokens === null) this.#unmeasured += 1
    else {
      const price = this.#prices.price(target, tokens.input, tokens.output)
      if (price === null) this.#simulatedUnknown += 1
      else this.#simulated += price
    }
  }

  report(histories: Histories): CostReport {
    let machines = 0
    let withoutHistory = 0
    for (const [name, { usdPerHour, calls, shares }] of this.#machines.entries()) {
      const servedMs = histories.of(name)?.meanServedMs ?? null
      if (servedMs === null) withoutHistory += calls
      else machines += ((servedMs * shares) / MS_PER_HOUR) * usdPerHour
    }
    return {
      actual_usd: this.#actual / NANO_PER_DOLLAR,
      actual_unknown: this.#actualUnknown,
      simulated_usd: this.#simulated / NANO_PER_DOLLAR + machines,
      simulated_unknown: this.#simulatedUnknown + withoutHistory,
      unmeasured: this.#unmeasured,
    }
  }
}
