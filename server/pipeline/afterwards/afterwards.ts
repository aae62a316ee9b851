import type { AttemptContext } from '../../attempts/context.ts'
import { meanOf, scoresOf, subjectOf } from '../../attempts/evaluation.ts'
import { chatRequestOf } from '../../core/chat-request.ts'
import type { EvaluatorRule, ScoreRecord } from '../../core/evaluation.ts'
import type { ChatEvent } from '../../core/events.ts'
import { type Attempt, type Exchange, type Inbound, mainAttempt, type Plan } from '../../core/exchange.ts'
import type { Facts } from '../../core/facts.ts'
import { evaluate } from '../../evaluators/evaluate.ts'
import { readReplyView } from '../../evaluators/reply-view.ts'
import { draw } from '../../strategies/draw.ts'
import type { Arrival } from '../receive.ts'
import type { ReplyWatcher } from '../reply.ts'
import type { CleanContent } from './clean-content.ts'
import { ReplyTaker } from './reply-taker.ts'

/** What is done once a reply is out, wired by the app. */
export interface AfterwardsDeps {
  clean: CleanContent
  mirror: MirrorPort
  annotation: AnnotationPort
}

/** Copies requests to candidates. */
export interface MirrorPort {
  /** True when this request is to be copied; the same answer for the same request. */
  draws(exchange: Exchange, plan: Plan, facts: Facts): boolean
  /** Must not throw and must not wait. */
  offer(copied: Copied): void
}

/** Puts requests in front of people. */
export interface AnnotationPort {
  /** True when this request may be one for people, once its reply is known. */
  wants(exchange: Exchange, plan: Plan): boolean
  /** Must not throw and must not wait. */
  offer(copied: Copied): void
}

/** A request that is over, for a copy of it. */
export interface Copied {
  arrival: Arrival
  inbound: Inbound
  exchange: Exchange
  /** `null`: there was none, or it could not be read. */
  events: readonly ChatEvent[] | null
}

/** What of a request somebody wants when it is over. */
interface Wanted {
  watch: readonly EvaluatorRule[]
  /** The request was drawn for a copy. */
  copy: boolean
  /** It may be one for people. */
  annotate: boolean
  /** How long its texts are kept, in milliseconds; 0: not at all. */
  keepMs: number
}

/** What happens to a chat request after its reply: it is scored, its texts are kept, it is copied. */
export class Afterwards {
  readonly #deps: AfterwardsDeps
  readonly #context: AttemptContext
  readonly #arrival: Arrival
  readonly #wanted: Wanted
  readonly #taker: ReplyTaker

  private constructor(
    deps: AfterwardsDeps,
    context: AttemptContext,
    arrival: Arrival,
    wanted: Wanted,
    taker: ReplyTaker,
  ) {
    this.#deps = deps
    this.#context = context
    this.#arrival = arrival
    this.#wanted = wanted
    this.#taker = taker
  }

  /** `null` where nothing of the kind is wanted. `context` is that of the guarded request. */
  static open(deps: AfterwardsDeps, context: AttemptContext, arrival: Arrival, facts: Facts): Afterwards | null {
    const { dialect } = context.inbound
    if ('operation' in dialect) return null
    const wanted = wantedOf(deps, context, arrival, facts)
    if (wanted === null) return null
    return new Afterwards(deps, context, arrival, wanted, new ReplyTaker(dialect, context.policy.server.maxReply))
  }

  get watcher(): ReplyWatcher {
    return this.#taker
  }

  get events(): readonly ChatEvent[] | null {
    return this.#context.exchange.error === null ? this.#taker.events : null
  }

  /** What has to be on the record. Rejects only where something is at fault. */
  async beforeRecord(): Promise<void> {
    const { exchange } = this.#context
    const attempt = this.#answering
    if (attempt) {
      const rules = this.#wanted.watch.filter(({ evaluator }) => evaluator.cost === 'process')
      const scores = await this.#score(attempt, rules)
      exchange.scores.push(...scores)
      this.#tell(attempt, scores)
    }
    if (this.#wanted.keepMs > 0) await this.#keep()
  }

  /** What may take longer. */
  afterRecord(): void {
    const { exchange, inbound, deps } = this.#context
    const attempt = this.#answering
    const rules = this.#wanted.watch.filter(({ evaluator }) => evaluator.cost === 'call')
    if (attempt && rules.length > 0) {
      const work = this.#score(attempt, rules).then((scores) => {
        this.#tell(attempt, scores)
        return scores
      })
      deps.evaluation.later(exchange, work)
    }
    const over = { arrival: this.#arrival, inbound, exchange, events: this.events }
    if (this.#wanted.copy) this.#deps.mirror.offer(over)
    if (this.#wanted.annotate) this.#deps.annotation.offer(over)
  }

  /** The attempt whose whole reply the client got. */
  get #answering(): Attempt | null {
    const { exchange } = this.#context
    return this.events === null || exchange.answeredBy === null ? null : (mainAttempt(exchange) ?? null)
  }

  async #score(attempt: Attempt, rules: readonly EvaluatorRule[]): Promise<ScoreRecord[]> {
    if (rules.length === 0) return []
    const { deps, exchange, inbound, plan } = this.#context
    const judging = plan.settings.judging!
    const evaluated = await evaluate(rules, subjectOf(inbound, attempt, readReplyView(this.events!)), {
      services: deps.evaluation.servicesFor(exchange),
      limitMs: LONGEST_MS,
      mayAsk: deps.evaluation.mayAsk(plan.route, judging),
    })
    for (const { rule, problem } of evaluated) if (problem !== null) attempt.warnings.push(`unjudged_${rule.name}`)
    return scoresOf(evaluated, attempt, false)
  }

  /** Of a route that requires nothing, what its watching evaluators say is the target's quality. */
  #tell({ index }: Attempt, scores: readonly ScoreRecord[]): void {
    const { deps, exchange, plan } = this.#context
    const mean = meanOf(scores)
    if (mean !== null && plan.settings.judging!.require.length === 0) deps.observer.scored(exchange, index, mean)
  }

  async #keep(): Promise<void> {
    const { exchange, inbound } = this.#context
    const keepsRequest = this.#arrival.own?.content?.request ?? true
    const reply = this.events && readReplyView(this.events)
    const content = await this.#deps.clean({ request: keepsRequest ? chatRequestOf(inbound) : null, reply })
    if (content) exchange.content = { ...content, expiresAt: Date.now() + this.#wanted.keepMs }
  }
}

/** Nobody waits for evaluators that only watch, but they do not wait forever either. */
const LONGEST_MS = 120_000

function wantedOf(
  deps: AfterwardsDeps,
  { exchange, plan }: AttemptContext,
  { own }: Arrival,
  facts: Facts,
): Wanted | null {
  const { judging, content, mirror } = plan.settings
  const isLive = exchange.purpose === 'live'
  const copy = isLive && mirror !== null && deps.mirror.draws(exchange, plan, facts)
  const isJudged = judging !== null && judging.watch.length > 0 && isDrawn(exchange, 'judge', judging.sample)
  const isKept = isLive && content !== null && isDrawn(exchange, 'content', content.sample)
  const keepMs = Math.max(copy ? mirror.keepMs : 0, isKept ? content.keepMs : 0, own?.content?.keepMs ?? 0)
  const annotate = isLive && deps.annotation.wants(exchange, plan)
  const wanted = { watch: isJudged ? judging.watch : [], copy, annotate, keepMs }
  const isWanted = wanted.watch.length > 0 || copy || annotate || keepMs > 0 || own?.onEnd !== undefined
  return isWanted ? wanted : null
}

/** One request is drawn for one thing whether or not it is for another. */
function isDrawn({ id }: Exchange, what: string, share: number): boolean {
  return draw(`${what}\0${id}`) < share
}
