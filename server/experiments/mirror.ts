import type { Exchange, Plan } from '../core/exchange.ts'
import { isFromCache, mainAttempt } from '../core/exchange.ts'
import type { SkipReason } from '../core/experiment.ts'
import type { MirrorPolicy } from '../core/experiment-policy.ts'
import type { Facts } from '../core/facts.ts'
import { type Policy, targetName } from '../core/policy.ts'
import { sameTarget, type Target } from '../core/target.ts'
import type { Copied, MirrorPort } from '../pipeline/afterwards/afterwards.ts'
import { draw } from '../strategies/draw.ts'
import type { SpendBook } from '../telemetry/spend-book.ts'
import type { QueueRules } from './annotation/queue-rules.ts'
import { cohortOf } from './cohort.ts'
import { CopyQueue } from './copy-queue.ts'
import type { MadePair, PairMaker } from './pair-maker.ts'
import { fingerprintOf, settingsOf } from './settings.ts'
import type { ExperimentStore } from './store.ts'

export interface MirrorDeps {
  policy(): Policy
  store: ExperimentStore
  pairs: PairMaker
  spend: SpendBook
  annotation: Pick<QueueRules, 'disagreed'>
  /** No request of a caller is under way. */
  isIdle(): boolean
  /** Work that no client waits for, and that the gateway ends before it stops. */
  inBackground(work: Promise<void>): void
  onProblem(message: string): void
}

/** A copied request with what its route says of it. */
interface Copy extends Copied {
  plan: Plan
  mirror: MirrorPolicy
}

/**
 * Sends copies of requests to a candidate, each once its own reply is out, and writes down what came of it. The caller
 * does not wait, sees nothing of it and is not billed for it.
 */
export class Mirror implements MirrorPort {
  readonly #deps: MirrorDeps
  readonly #queue: CopyQueue

  constructor(deps: MirrorDeps) {
    this.#deps = deps
    this.#queue = new CopyQueue(() => deps.isIdle())
  }

  /** Copies that wait for their turn. */
  get waiting(): number {
    return this.#queue.length
  }

  draws({ id }: Exchange, { settings: { mirror } }: Plan, facts: Facts): boolean {
    return mirror !== null && draw(`mirror\0${id}`) < mirror.sample && (mirror.condition?.matches(facts) ?? true)
  }

  offer(copied: Copied): void {
    const plan = copied.exchange.plan!
    const copy = { ...copied, plan, mirror: plan.settings.mirror! }
    const why = reasonAgainst(copied.exchange, copy.mirror.candidate)
    if (why === 'none') return
    if (why !== null) this.#skip(copy, why)
    else
      this.#queue.add({
        bytes: copied.inbound.raw.length,
        group: plan.route,
        maxConcurrency: copy.mirror.maxConcurrency,
        needsIdle: copy.mirror.when === 'idle',
        run: () => {
          const work = this.#run(copy)
          this.#deps.inBackground(work)
          return work
        },
        skip: (reason) => this.#skip(copy, reason),
      })
  }

  close(): void {
    this.#queue.close()
  }

  async #run(copy: Copy): Promise<void> {
    const { mirror, plan } = copy
    const key = `mirror:${plan.route}`
    if (!this.#deps.spend.allows(key, mirror.perDayNano)) {
      this.#skip(copy, 'budget')
      return
    }
    await this.#write(copy, async (experiment) => {
      const withSelf = draw(`self\0${copy.exchange.id}`) < mirror.selfShare
      return this.#deps.pairs.make(copy, { experiment, mirror, judging: plan.settings.judging, withSelf })
    })
  }

  #skip(copy: Copy, skipped: SkipReason): void {
    const work = this.#write(copy, async () => ({
      baseline: null,
      candidate: null,
      self: null,
      skipped,
      change: null,
      selfChange: null,
    }))
    this.#deps.inBackground(work)
  }

  /** Nobody waits for it, so that what fails is told and leaves no pair. */
  async #write(copy: Copy, make: (experiment: string) => Promise<MadePair>): Promise<void> {
    const { exchange } = copy
    try {
      const experiment = await this.#experimentOf(copy)
      const made = await make(experiment)
      const { cohorts } = copy.mirror
      const cohort = cohortOf(cohorts, exchange)
      await this.#deps.store.addPair({
        id: exchange.id,
        experiment,
        at: Date.now(),
        requestId: exchange.id,
        cohort,
        ...made,
      })
      if (made.candidate?.measures.judge_consistent === 0) this.#deps.annotation.disagreed(exchange)
    } catch (error) {
      this.#deps.onProblem(`a pair of ${copy.plan.route} is lost: ${(error as Error).message}`)
    }
  }

  /** Opened with the first request that is drawn for it. */
  #experimentOf({ mirror, plan }: Copy): Promise<string> {
    const route = this.#deps.policy().routes.get(plan.route)
    const baseline = (route?.targets ?? plan.targets.map(({ target }) => target)).map(targetName).join(', ')
    const settings = settingsOf(mirror, plan.settings.judging)
    return this.#deps.store.open({
      kind: 'mirror',
      name: `${plan.route} → ${targetName(mirror.candidate)}`,
      route: plan.route,
      baseline,
      candidate: targetName(mirror.candidate),
      settings,
      fingerprint: fingerprintOf(baseline, mirror, settings),
    })
  }
}

/** Why a request cannot be compared; `none`: it never got as far as a model, so it says nothing of one. */
function reasonAgainst(exchange: Exchange, candidate: Target): SkipReason | 'none' | null {
  if (isFromCache(exchange)) return 'baseline_cached'
  const attempt = mainAttempt(exchange)
  // Who answers already, e.g. in a rollout, is not compared with itself.
  if (!attempt || sameTarget(attempt.target, candidate)) return 'none'
  if (exchange.error?.code === 'client_gone' || exchange.lastResort !== null) return 'baseline_failed'
  return null
}
