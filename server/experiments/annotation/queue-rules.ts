import type { AnnotationPolicy, NewAnnotation, QueuedAnnotation, RuleReason } from '../../core/annotation.ts'
import { chatRequestOf } from '../../core/chat-request.ts'
import type { ScoreRecord } from '../../core/evaluation.ts'
import type { Exchange, Plan } from '../../core/exchange.ts'
import type { KeptContent } from '../../core/experiment.ts'
import type { Policy } from '../../core/policy.ts'
import { readReplyView } from '../../evaluators/reply-view.ts'
import type { AnnotationPort, Copied } from '../../pipeline/afterwards/afterwards.ts'
import type { CleanContent } from '../../pipeline/afterwards/clean-content.ts'
import type { DisputedVerdict } from '../../stores/experiments/annotations.ts'
import type { Reader } from '../../stores/reader.ts'
import { draw } from '../../strategies/draw.ts'
import type { ExperimentStore } from '../store.ts'

export interface QueueDeps {
  policy(): Pick<Policy, 'annotation'>
  store: Pick<ExperimentStore, 'ask'>
  reader: Pick<Reader, 'ask'>
  clean: CleanContent
  /** Work that no client waits for, and that the gateway ends before it stops. */
  inBackground(work: Promise<void>): void
  onProblem(message: string): void
}

/** A request as rules see it. */
interface Subject {
  id: string
  route: string
  tenant: string | null
}

/** Puts requests in front of people, by the rules of the config. Of what fails here, nobody but the log is told. */
export class QueueRules implements AnnotationPort {
  readonly #deps: QueueDeps
  /** Scores that are still to come. */
  readonly #late = new WeakMap<Exchange, Promise<readonly ScoreRecord[]>[]>()
  #refused = 0

  constructor(deps: QueueDeps) {
    this.#deps = deps
  }

  /** What rules would have queued since the start, but for the many that wait already. */
  get refused(): number {
    return this.#refused
  }

  /** A queue that was full took nothing more. */
  noteRefused(): void {
    this.#refused += 1
  }

  wants({ id }: Exchange, { route, settings: { judging } }: Plan): boolean {
    const subject = { id, route, tenant: null }
    return this.#applies('sample', subject) || (judging !== null && this.#applies('evaluator-fail', subject, 'any'))
  }

  /** Scores of a request that come once its reply is out; what comes before `offer` counts. */
  expect(exchange: Exchange, work: Promise<readonly ScoreRecord[]>): void {
    this.#late.set(exchange, [...(this.#late.get(exchange) ?? []), work])
  }

  offer(copied: Copied): void {
    this.#later(this.#consider(copied))
  }

  /** A judge of a pair changed its mind with the order of the replies. */
  disagreed(exchange: Exchange): void {
    const subject = subjectOf(exchange)
    if (!this.#applies('judge-disagreement', subject)) return
    const detail = 'the judge changed its mind with the order of the replies'
    this.#later(this.#queue(newItem(subject, 'judge-disagreement', detail), null))
  }

  /** A person has said something of a guardrail's verdict. Never rejects. */
  async labelled(verdict: number): Promise<void> {
    if (!this.#policy.rules.some(({ when }) => when === 'guardrail-dispute')) return
    await this.#told(async () => {
      const found = await this.#deps.reader.ask<DisputedVerdict | null>('disputedVerdict', verdict)
      if (found === null || (found.label !== 'false-positive' && found.label !== 'missed')) return
      const subject = { id: found.request_id, route: found.route, tenant: found.tenant }
      if (!this.#applies('guardrail-dispute', subject)) return
      const detail = `${found.guardrail}: ${found.label === 'missed' ? 'missed something' : 'a false positive'}`
      await this.#queue({ ...newItem(subject, 'guardrail-dispute', detail), verdict }, null)
    })
  }

  /** What comes of feedback of this value, -1..1. */
  complaint(subject: Subject, value: number): QueuedAnnotation | null {
    if (value >= 0 || !this.#applies('thumbs-down', subject)) return null
    return this.#order(newItem(subject, 'thumbs-down', value === -1 ? null : `rated ${value}`), null)
  }

  get #policy(): AnnotationPolicy {
    return this.#deps.policy().annotation
  }

  /** `evaluators`: those that failed. The same request draws the same lot for the same rule. */
  #applies(when: RuleReason, { id, route }: Subject, evaluators: readonly string[] | 'any' = 'any'): boolean {
    return this.#policy.rules.some((rule) => {
      if (rule.when !== when || (rule.route !== null && rule.route !== route)) return false
      if (evaluators !== 'any' && rule.evaluator !== null && !evaluators.includes(rule.evaluator)) return false
      return draw(`annotation\0${when}\0${rule.route}\0${rule.evaluator}\0${id}`) < rule.sample
    })
  }

  async #consider(copied: Copied): Promise<void> {
    const { exchange } = copied
    const subject = subjectOf(exchange)
    const failed = (await this.#scoresOf(exchange)).filter(({ passed }) => !passed)
    if (
      failed.length > 0 &&
      this.#applies(
        'evaluator-fail',
        subject,
        failed.map(({ evaluator }) => evaluator),
      )
    ) {
      const detail = failed.map(({ evaluator, score }) => `${evaluator} ${score.toFixed(2)}`).join(', ')
      await this.#queue(newItem(subject, 'evaluator-fail', detail), await this.#textsOf(copied))
    } else if (this.#applies('sample', subject))
      await this.#queue(newItem(subject, 'sample', null), await this.#textsOf(copied))
  }

  /** Of the reply that went out. */
  async #scoresOf(exchange: Exchange): Promise<ScoreRecord[]> {
    const late = await Promise.allSettled(this.#late.get(exchange) ?? [])
    const scores = [...exchange.scores, ...late.flatMap((each) => (each.status === 'fulfilled' ? each.value : []))]
    return scores.filter(({ attempt }) => attempt === exchange.answeredBy)
  }

  /** `null`: they are too large to be kept. */
  async #textsOf({ exchange, inbound, events }: Copied): Promise<KeptContent | null> {
    const expiresAt = Math.max(exchange.content?.expiresAt ?? 0, Date.now() + this.#policy.keepMs)
    if (exchange.content?.request) return { ...exchange.content, expiresAt }
    const texts = await this.#deps.clean({ request: chatRequestOf(inbound), reply: events && readReplyView(events) })
    return texts && { ...texts, expiresAt }
  }

  async #queue(item: NewAnnotation, content: KeptContent | null): Promise<void> {
    const command = { type: 'queue-annotation', by: null, ...this.#order(item, content) } as const
    const { outcome } = await this.#deps.store.ask(command)
    if (outcome === 'full') this.noteRefused()
  }

  #order(item: NewAnnotation, content: KeptContent | null): QueuedAnnotation {
    const { maxOpen, keepMs } = this.#policy
    return { item, content, keptUntil: item.at + keepMs, maxOpen }
  }

  #later(work: Promise<void>): void {
    this.#deps.inBackground(this.#told(() => work))
  }

  async #told(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      this.#deps.onProblem(`a request for the annotation queue is lost: ${(error as Error).message}`)
    }
  }
}

function subjectOf({ id, plan, caller }: Exchange): Subject {
  return { id, route: plan!.route, tenant: caller?.tenant ?? null }
}

function newItem({ id, route, tenant }: Subject, reason: RuleReason, detail: string | null): NewAnnotation {
  return { requestId: id, route, tenant, reason, detail, verdict: null, at: Date.now() }
}
