import type { Target } from '../../server/core/policy.ts'
import type { RoutingQuestion } from '../../server/core/ports.ts'
import { leastLatency } from '../../server/strategies/least-latency.ts'
import { TargetBook } from '../../server/telemetry/target-book.ts'
import { seeded } from '../core/random.ts'
import { type FakeClock, fakeClock } from '../support/fake-clock.ts'
import { endedAttempt } from '../telemetry/ended-attempt.ts'
import { targetsOf } from './question.ts'

/** A simulated target. */
export interface Machine {
  /** Milliseconds of an answer when it has nothing else to do. */
  base: number
  /** Calls at once that double its time. */
  capacity: number
  /** It takes calls and never answers. */
  hangs?: true
}

/** Targets that answer the more slowly the more they have to do, and clients that follow the strategy's first choice. */
export class LatencyLab {
  readonly clock: FakeClock = fakeClock()
  readonly machines: Machine[]
  readonly targets: readonly Target[]
  readonly #book = new TargetBook(this.clock, {
    price: () => null,
    gpuUsdPerHour: () => null,
    selfHosted: () => true,
  })
  readonly #random = seeded(11)
  #requests = 0
  /** Indexes of the targets that were chosen, since `forget`. */
  chosen: number[] = []

  constructor(...machines: Machine[]) {
    this.machines = machines
    this.targets = targetsOf(...machines.map(() => 1))
  }

  forget(): void {
    this.chosen = []
  }

  /** Share of each target among what was chosen, in per cent. */
  shares(): number[] {
    return this.targets.map((_, index) => {
      return (100 * this.chosen.filter((chosen) => chosen === index).length) / this.chosen.length
    })
  }

  /** So many clients, each of which sends its next request when it has the answer to the last, for so long. */
  closedLoop(clients: number, ms: number): void {
    const until = this.clock.now() + ms
    const next = () => {
      if (this.clock.now() < until) this.send(next)
    }
    for (let client = 0; client < clients; client += 1) next()
    this.clock.advance(ms)
  }

  /** Requests at even intervals, whatever becomes of them. */
  openLoop(perSecond: number, ms: number): void {
    for (let count = 0; count < (perSecond * ms) / 1000; count += 1) {
      this.send(() => {})
      this.clock.advance(1000 / perSecond)
    }
  }

  send(done: () => void): void {
    this.#requests += 1
    const target = leastLatency.order(this.question(`req_${this.#requests}`))[0]!.target
    const index = this.targets.indexOf(target)
    this.chosen.push(index)
    this.#book.attemptStart(target)
    const { base, capacity, hangs } = this.machines[index]!
    if (hangs) return
    const startedAt = this.clock.now()
    const jitter = 0.8 + this.#random.below(400) / 1000
    this.clock.after(base * jitter * (1 + (this.#book.inFlight(target) - 1) / capacity), () => {
      this.#book.attemptEnd(endedAttempt(target, startedAt, this.clock.now()), false)
      done()
    })
  }

  question(id: string): RoutingQuestion {
    return {
      route: { name: 'support', sticky: 'session', quality: { bar: 0, minSamples: 0, explore: 0 } },
      targets: this.targets,
      exchange: { id, caller: null, stream: false },
      promptTokens: 100,
      signals: this.#book,
    }
  }
}
