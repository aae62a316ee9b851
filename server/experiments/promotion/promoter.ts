import { editRoute, type RouteEdit } from '../../config/edit-route.ts'
import type { ConfigStore } from '../../config/watch.ts'
import { GatewayError } from '../../core/errors.ts'
import type { Exchange } from '../../core/exchange.ts'
import type { CohortVerdict } from '../../core/metric-verdict.ts'
import { splitTarget, type Target, targetName } from '../../core/policy.ts'
import {
  type NewPromotion,
  PROMOTION_SHARES,
  type Promotion,
  type PromotionState,
  type PromotionStep,
} from '../../core/promotion.ts'
import { metricsOf } from '../../statistics/experiment-verdict.ts'
import { LiveMonitor } from '../../statistics/live-monitor.ts'
import type { DeskAsker } from '../../stores/desk-asker.ts'
import { liveReplyOf } from './live-measures.ts'

export interface PromoterDeps {
  config: ConfigStore
  desk: DeskAsker
  onProblem(message: string): void
}

/** A promotion under way, with what watches it. */
interface Watched {
  promotion: Promotion
  candidate: Target
  metrics: ReturnType<typeof metricsOf>
  monitor: LiveMonitor
  replies: { baseline: number; candidate: number }
  /** A change of it is being made. */
  busy: boolean
}

/** What live traffic says of a promotion's step. */
export interface LiveVerdict {
  replies: { baseline: number; candidate: number }
  verdict: CohortVerdict
}

/** Who did it when nobody did. */
const ITSELF = 'gatehouse'

/**
 * Moves a route's traffic to a candidate in steps, by changing the config file, and takes it back as soon as live traffic
 * shows that the candidate is worse. A step begins a new verdict; so does a restart of the gateway.
 */
export class Promoter {
  readonly #deps: PromoterDeps
  readonly #watched = new Map<string, Watched>()

  constructor(deps: PromoterDeps) {
    this.#deps = deps
    deps.config.onChange(({ rejected }) => {
      if (!rejected) this.#followConfig()
    })
  }

  /** Takes up what was under way before a restart. */
  restore(promotions: readonly Promotion[]): void {
    for (const promotion of promotions) this.#watch(promotion)
    this.#followConfig()
  }

  /** The config's text now and with a change of the route. Throws `invalid_request` where it cannot be edited. */
  preview(route: string, edit: RouteEdit): { before: string; after: string } {
    const before = this.#deps.config.sourceOnDisk()
    try {
      const after = editRoute(before, route, edit)
      this.#deps.config.compile(after)
      return { before, after }
    } catch (error) {
      throw new GatewayError('invalid_request', `The config cannot be changed here: ${(error as Error).message}.`, {
        hint: 'Edit the file by hand: `rollout: { target, share }` on the route.',
      })
    }
  }

  /** Sends the first share of the traffic there. Throws `conflict` where the route has another one under way. */
  async begin(asked: Omit<NewPromotion, 'state' | 'share' | 'startedAt' | 'steps'>, why: string): Promise<Promotion> {
    const share = PROMOTION_SHARES[0]
    const at = Date.now()
    const { before, after } = this.preview(asked.route, rolloutOf(asked.candidate, share))
    const step = { at, share, actor: asked.actor, why, revision: this.#deps.config.current().revision }
    const promotion: NewPromotion = {
      ...asked,
      state: 'running',
      share,
      startedAt: at,
      steps: [step],
      settings: { ...asked.settings, source: before },
    }
    const id = await this.#deps.desk.experiment({ type: 'begin-promotion', promotion })
    if (id === null)
      throw new GatewayError('conflict', `${asked.route} has another promotion under way.`, {
        hint: 'Take that one back, or complete it, first.',
      })
    const begun = { ...promotion, id, endedAt: null }
    const watched = this.#watch(begun)
    watched.busy = true
    try {
      this.#deps.config.save(after)
      watched.busy = false
    } catch (error) {
      await this.#change(watched, 'ended', 0, { actor: ITSELF, why: 'the config file could not be written' })
      throw error
    }
    return begun
  }

  /** Takes the next step, or the share that is asked for. */
  async advance(id: number, share: number | null, actor: string): Promise<Promotion> {
    const watched = this.#find(id)
    const next = share ?? PROMOTION_SHARES.find((each) => each > watched.promotion.share)
    if (next === undefined)
      throw new GatewayError('invalid_request', 'All of the traffic goes there already.', {
        hint: 'Complete the promotion, or take it back.',
      })
    await this.#step(watched, next, { actor, why: 'next step' })
    return watched.promotion
  }

  /** Sends all traffic back to where it went before. */
  async rollBack(id: number, actor: string, why: string): Promise<Promotion> {
    const watched = this.#find(id)
    const { promotion } = watched
    const text = this.#isUntouched(promotion)
      ? promotion.settings.source
      : this.preview(promotion.route, { rollout: undefined }).after
    await this.#apply(watched, text, 'rolled-back', 0, { actor, why })
    return watched.promotion
  }

  /** Makes the candidate the route's first target. */
  async complete(id: number, actor: string): Promise<Promotion> {
    const watched = this.#find(id)
    const { promotion, candidate } = watched
    if (promotion.share < 1)
      throw new GatewayError('invalid_request', 'Not all of the traffic goes to the candidate yet.', {
        hint: 'Take the steps that are left first.',
      })
    const edit = this.completion(promotion.route, candidate)
    await this.#apply(watched, this.preview(promotion.route, edit).after, 'complete', 1, { actor, why: 'completed' })
    return watched.promotion
  }

  /** What makes a target the first one of a route, without its rollout and its mirror. */
  completion(route: string, candidate: Target): RouteEdit {
    const { targets } = this.#deps.config.current().routes.get(route)!
    const others = targets.filter((target) => targetName(target) !== targetName(candidate))
    const entries = [candidate, ...others].map(({ provider, model, weight }) =>
      weight === 1 ? { provider, model } : { provider, model, weight },
    )
    return { targets: entries, rollout: undefined, mirror: undefined }
  }

  /** What live traffic says; `null` where none is under way. */
  live(id: number): LiveVerdict | null {
    const watched = [...this.#watched.values()].find(({ promotion }) => promotion.id === id)
    return watched ? { replies: { ...watched.replies }, verdict: watched.monitor.verdict() } : null
  }

  /** A request is over. */
  requestEnd(exchange: Exchange): void {
    const watched = exchange.plan && this.#watched.get(exchange.plan.route)
    if (!watched || watched.busy || watched.promotion.share >= 1) return
    const reply = liveReplyOf(exchange, watched.candidate)
    if (reply === null) return
    watched.replies[reply.arm] += 1
    watched.monitor.push(
      reply.arm,
      watched.metrics.map(({ measure }) => reply.measures[measure] ?? null),
    )
    const { answer } = watched.monitor
    if (answer === 'worse') this.#byItself(watched, (why) => this.rollBack(watched.promotion.id, ITSELF, why))
    else if (answer === 'non-inferior' && watched.promotion.settings.automatic)
      this.#byItself(watched, (why) => this.#next(watched, why))
  }

  async #next(watched: Watched, why: string): Promise<void> {
    const share = PROMOTION_SHARES.find((each) => each > watched.promotion.share)
    if (share !== undefined) await this.#step(watched, share, { actor: ITSELF, why })
  }

  #byItself(watched: Watched, work: (why: string) => Promise<unknown>): void {
    watched.busy = true
    const { why } = watched.monitor.verdict()
    work(why)
      .catch((error) =>
        this.#deps.onProblem(`promotion of ${watched.promotion.candidate}: ${(error as Error).message}`),
      )
      .finally(() => {
        watched.busy = false
      })
  }

  async #step(watched: Watched, share: number, told: Pick<PromotionStep, 'actor' | 'why'>): Promise<void> {
    const { route, candidate } = watched.promotion
    await this.#apply(watched, this.preview(route, rolloutOf(candidate, share)).after, 'running', share, told)
    this.#watch(watched.promotion)
  }

  /** The file first: what it says is what happens. */
  async #apply(
    watched: Watched,
    text: string,
    state: PromotionState,
    share: number,
    told: Pick<PromotionStep, 'actor' | 'why'>,
  ): Promise<void> {
    watched.busy = true
    const { revision } = this.#deps.config.current()
    this.#deps.config.save(text)
    await this.#change(watched, state, share, told, revision)
    watched.busy = false
  }

  async #change(
    watched: Watched,
    state: PromotionState,
    share: number,
    told: Pick<PromotionStep, 'actor' | 'why'>,
    revision = this.#deps.config.current().revision,
  ): Promise<void> {
    const at = Date.now()
    const endedAt = state === 'running' ? null : at
    const step = { at, share, revision, ...told }
    const { promotion } = watched
    watched.promotion = { ...promotion, state, share, endedAt, steps: [...promotion.steps, step] }
    if (endedAt !== null) this.#watched.delete(promotion.route)
    await this.#deps.desk.experiment({
      type: 'change-promotion',
      change: { id: promotion.id, state, share, endedAt, step },
    })
  }

  #watch(promotion: Promotion): Watched {
    const { margins, evaluators } = promotion.settings
    const metrics = metricsOf({ alpha: 0.05, margins, evaluators, cohorts: [], judge: null }).filter(({ measure }) =>
      LIVE_MEASURES.test(measure),
    )
    const watched: Watched = {
      promotion,
      candidate: { ...splitTarget(promotion.candidate)!, weight: 1 },
      metrics,
      monitor: new LiveMonitor(metrics.map(({ spec }) => spec)),
      replies: { baseline: 0, candidate: 0 },
      busy: false,
    }
    this.#watched.set(promotion.route, watched)
    return watched
  }

  /** Somebody who takes the rollout out of the file ends the promotion. */
  #followConfig(): void {
    const { routes } = this.#deps.config.current()
    for (const watched of [...this.#watched.values()]) {
      const rollout = routes.get(watched.promotion.route)?.rollout
      const isSame = rollout && targetName(rollout.target) === watched.promotion.candidate
      if (watched.busy || (isSame && rollout.share === watched.promotion.share)) continue
      const told = { actor: ITSELF, why: 'the config file was changed' }
      const work = isSame
        ? this.#change(watched, 'running', rollout.share, told).then(() => this.#watch(watched.promotion))
        : this.#change(watched, 'ended', 0, told)
      work.catch((error) => this.#deps.onProblem(`promotions: ${(error as Error).message}`))
    }
  }

  #find(id: number): Watched {
    const watched = [...this.#watched.values()].find(({ promotion }) => promotion.id === id)
    if (!watched) throw new GatewayError('not_found', `Promotion ${id} is not under way.`)
    return watched
  }

  /** Nobody else has changed the file since the first step, so that it can be as it was, to the letter. */
  #isUntouched({ route, candidate, share, settings: { source } }: Promotion): boolean {
    try {
      return this.#deps.config.sourceOnDisk() === editRoute(source, route, rolloutOf(candidate, share))
    } catch {
      return false
    }
  }
}

/** What is known of every live reply when it is recorded. */
const LIVE_MEASURES = /^(?:success|guardrail_block|ttft|latency|tokens|cost|score:.*)$/

function rolloutOf(target: string, share: number): RouteEdit {
  return { rollout: { target, share } }
}
