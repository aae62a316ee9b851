import { meanOf, subjectOf } from '../attempts/evaluation.ts'
import { chatRequestOf } from '../core/chat-request.ts'
import type { EvaluationServices, EvaluatorRule, ReplyView, ScoreRecord, Subject } from '../core/evaluation.ts'
import type { ChatEvent } from '../core/events.ts'
import { costNano, type Exchange, type Inbound, mainAttempt } from '../core/exchange.ts'
import type { ArmResult, PairRecord } from '../core/experiment.ts'
import type { MirrorPolicy } from '../core/experiment-policy.ts'
import type { JudgingPolicy, Target } from '../core/policy.ts'
import type { Observer } from '../core/ports.ts'
import { readReplyView } from '../evaluators/reply-view.ts'
import type { Copied } from '../pipeline/afterwards/afterwards.ts'
import type { RunOwn } from '../pipeline/own-request.ts'
import { draw } from '../strategies/draw.ts'
import type { SpendBook } from '../telemetry/spend-book.ts'
import { type Arm, callResult, judgedResult } from './arm.ts'
import { changeOf } from './change.ts'
import { judgeReply, recordsOf, withRefusal } from './judge-reply.ts'
import { lateScores } from './open-evaluation.ts'
import { type JudgedPreference, preferenceOf, resultsOf } from './preference.ts'
import { schemaRule } from './schema-rule.ts'
import { rulesOf } from './settings.ts'
import type { ExperimentStore } from './store.ts'

/** A pair, but for what it is of. */
export type MadePair = Omit<PairRecord, 'id' | 'experiment' | 'at' | 'requestId' | 'cohort'>

export interface PairDeps {
  runOwn: RunOwn
  servicesFor(exchange: Exchange): EvaluationServices
  store: ExperimentStore
  spend: SpendBook
  observer: Pick<Observer, 'scored'>
}

export interface PairOrder {
  experiment: string
  mirror: MirrorPolicy
  judging: JudgingPolicy | null
  /** The baseline's target answers once more. */
  withSelf: boolean
}

/** Has the candidate answer what the baseline has answered, and compares. */
export class PairMaker {
  readonly #deps: PairDeps

  constructor(deps: PairDeps) {
    this.#deps = deps
  }

  async make(copied: Copied, order: PairOrder): Promise<MadePair> {
    const { exchange, inbound } = copied
    const { mirror, judging } = order
    const work: Work = {
      ...order,
      copied,
      rules: withRefusal(rulesOf(judging)),
      schema: schemaRule(chatRequestOf(inbound)),
    }
    const again = order.withSelf ? mainAttempt(exchange)?.target : undefined
    // Whoever comes second finds the machine warm: neither side always does.
    const selfFirst = again !== undefined && draw(`order\0${exchange.id}`) < 0.5
    const first = selfFirst ? await this.#answer(work, again) : null
    const candidate = await this.#answer(work, mirror.candidate)
    const self = first ?? (again ? await this.#answer(work, again) : null)
    const baseline = await this.#armOf(work, exchange, copied.events)
    const preference = await this.#prefer(work, baseline, candidate)
    return {
      ...resultsOf({ baseline: baseline.result, candidate: candidate.result }, preference),
      self: self?.result ?? null,
      skipped: null,
      change: changeOf(baseline.reply, candidate.reply),
      selfChange: self && changeOf(baseline.reply, self.reply),
    }
  }

  async #answer(work: Work, target: Target): Promise<MadeArm> {
    const { copied, experiment, mirror } = work
    const { exchange, arrival } = copied
    const { 'idempotency-key': _, 'x-gatehouse-timeout': __, traceparent: ___, ...headers } = arrival.headers
    const made = await this.#deps.runOwn(
      { ...arrival, headers },
      {
        caller: { ...exchange.caller!, routes: null },
        purpose: 'mirror',
        target,
        judging: null,
        experiment,
        link: { requestId: exchange.id, traceId: exchange.traceId, spanId: exchange.spanId },
        content: { keepMs: mirror.keepMs, request: false },
      },
    )
    this.#deps.spend.add(`mirror:${exchange.plan!.route}`, costNano(made.exchange) ?? 0)
    return this.#armOf(work, made.exchange, made.events)
  }

  /** What evaluators have not said of it yet is asked now, and recorded. */
  async #armOf(work: Work, exchange: Exchange, events: readonly ChatEvent[] | null): Promise<MadeArm> {
    const reply = events && readReplyView(events)
    const attempt = mainAttempt(exchange)
    const result = callResult({ exchange, reply })
    if (reply === null || !attempt) return { exchange, reply, result }
    const known = new Map(exchange.scores.map(({ evaluator, score }) => [evaluator, score]))
    const judges = { rules: work.rules, schema: work.schema, services: this.#deps.servicesFor(exchange) }
    const judged = await judgeReply(subjectOf(work.copied.inbound, attempt, reply), known, judges)
    if (judged.told.length > 0) await this.#record(exchange, recordsOf(judged, exchange))
    return { exchange, reply, result: judgedResult(result, judged.scores, judged.schemaValid) }
  }

  async #record(exchange: Exchange, scores: readonly ScoreRecord[]): Promise<void> {
    await this.#deps.store.addScores(lateScores(exchange, scores))
    if (exchange.purpose === 'live') return
    this.#deps.observer.scored(exchange, scores[0]!.attempt, meanOf(scores)!)
  }

  async #prefer({ mirror, copied }: Work, baseline: MadeArm, candidate: MadeArm): Promise<JudgedPreference | null> {
    if (!mirror.judge || baseline.reply === null || candidate.reply === null) return null
    const services = this.#deps.servicesFor(copied.exchange)
    return preferenceOf(mirror.judge, subjectsOf(copied.inbound, baseline, candidate), services)
  }
}

interface Work extends PairOrder {
  copied: Copied
  rules: readonly EvaluatorRule[]
  /** Of requests that ask for JSON. */
  schema: EvaluatorRule | null
}

interface MadeArm extends Omit<Arm, 'scores'> {
  result: ArmResult
}

function subjectsOf(
  inbound: Inbound,
  baseline: MadeArm,
  candidate: MadeArm,
): { baseline: Subject; candidate: Subject } {
  const subject = ({ exchange, reply }: MadeArm) => subjectOf(inbound, mainAttempt(exchange)!, reply as ReplyView)
  return { baseline: subject(baseline), candidate: subject(candidate) }
}
