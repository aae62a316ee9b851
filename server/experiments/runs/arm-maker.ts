import { setTimeout as sleep } from 'node:timers/promises'
import { measuredOf } from '../../attempts/evaluation.ts'
import type { DatasetItem } from '../../core/dataset.ts'
import type { EvaluationServices, Measured, ReplyView, RequestView, Subject } from '../../core/evaluation.ts'
import { costNano, type Exchange, mainAttempt } from '../../core/exchange.ts'
import type { ArmResult, SkipReason } from '../../core/experiment.ts'
import { DEFAULT_KEEP_MS } from '../../core/experiment-policy.ts'
import type { Target } from '../../core/policy.ts'
import type { ChatRequest } from '../../core/request.ts'
import type { Run, RunArm, RunItem } from '../../core/run.ts'
import { readReplyView } from '../../evaluators/reply-view.ts'
import { readRequestView } from '../../evaluators/request-view.ts'
import type { Account } from '../../pipeline/guarding/services.ts'
import { nobody, type OwnResult, type RunOwn } from '../../pipeline/own-request.ts'
import type { RecordedRequest } from '../../stores/experiments/recorded.ts'
import { judgedResult } from '../arm.ts'
import { type Judges, judgeReply, recordsOf, withRefusal } from '../judge-reply.ts'
import { lateScores } from '../open-evaluation.ts'
import { schemaRule } from '../schema-rule.ts'
import type { ExperimentStore } from '../store.ts'
import { callOf, type RunContext } from './arm-call.ts'
import { rulesFor } from './context.ts'
import { converse, wholeResult, withoutMeasures } from './converse.ts'
import { arrivalOf, callerOf, writeItem } from './item-request.ts'
import { recordedArm } from './recorded-arm.ts'
import { ToolTape } from './tool-tape.ts'
import { uncalledOf } from './uncalled.ts'

export interface ArmDeps {
  runOwn: RunOwn
  /** The ways out for evaluators of one call, on an account. */
  servicesFor(exchange: Exchange, account: Account): EvaluationServices
  store: ExperimentStore
}

/** One request of a run as it is worked on. */
export interface ItemWork extends RunItem {
  run: Pick<Run, 'experiment' | 'plan'>
  context: RunContext
  recorded: RecordedRequest | null
  signal: AbortSignal
  account: Account
  /** Nano-dollars so far. */
  spent: number
  /** Something has been called for it. */
  called: boolean
}

interface Sent {
  request: ChatRequest
  /** The texts of the request are kept. */
  isCandidate: boolean
}

/** A side of a pair. */
export interface MadeArm {
  result: ArmResult
  /** What it is judged as; `null`: there is no whole reply, or its text is not there any more. */
  subject: Subject | null
}

export interface CalledArm extends MadeArm {
  exchange: Exchange
}

/** How often, and after how long, the second side of a pair is tried where it cannot be called just now. */
const TRIES = 12
const PAUSE_MS = 5000

/** Makes the sides of pairs: has them answer, or takes what was replied for real, and judges both alike. */
export class ArmMaker {
  readonly #deps: ArmDeps

  constructor(deps: ArmDeps) {
    this.#deps = deps
  }

  /** Has one side answer. `isCandidate`: the texts of the request are kept with it. Throws Uncalled. */
  async called(work: ItemWork, arm: RunArm, isCandidate: boolean): Promise<CalledArm> {
    const tape = work.run.plan.replaysTools ? ToolTape.of(work.item.request) : null
    const send = (request: ChatRequest) => this.#call(work, arm, { request, isCandidate })
    const { turns, request, diverged } = await converse(work.item.request, tape, send)
    const { exchange, events } = turns.at(-1)!
    const reply = events && readReplyView(events)
    const result = wholeResult({ turns, diverged })
    const attempt = mainAttempt(exchange)
    if (reply === null || !attempt) return { result, subject: null, exchange }
    const subject = subjectOf(request, work.item, { reply, measured: measuredOf(attempt), target: attempt.target })
    const judged = await judgeReply(subject, new Map(), this.#judgesOf(work, exchange))
    if (judged.told.length > 0) await this.#deps.store.addScores(lateScores(exchange, recordsOf(judged, exchange)))
    return { result: judgedResult(result, judged.scores, judged.schemaValid), subject, exchange }
  }

  /** What was replied for real, or why there is nothing of it. `exchange`: in whose name evaluators ask. */
  async recorded(work: ItemWork, exchange: Exchange): Promise<MadeArm | SkipReason> {
    const recorded = recordedArm(work.item, work.recorded)
    if (typeof recorded === 'string') return recorded
    const { reply, scores } = recorded
    // What was measured then is of one call of several.
    const isPart = work.run.plan.replaysTools && ToolTape.of(work.item.request) !== null
    const result = isPart ? withoutMeasures(recorded.result) : recorded.result
    // What was said of it then counts where it cannot be asked for again, and only if it is the same that is asked for.
    if (reply === null)
      return { result: judgedResult(result, work.context.rules === null ? scores : new Map(), null), subject: null }
    const subject = subjectOf(work.item.request, work.item, { ...recorded, reply })
    const judged = await judgeReply(subject, new Map(), this.#judgesOf(work, exchange))
    return { result: judgedResult(result, judged.scores, judged.schemaValid), subject }
  }

  /**
   * Calls once. Where nothing can be called just now the request may wait for its turn again, unless its other side has
   * been called already: then this one is tried for a while.
   */
  async #call(work: ItemWork, arm: RunArm, sent: Sent): Promise<OwnResult> {
    for (let tries = 1; ; tries += 1) {
      work.signal.throwIfAborted()
      const made = await this.#send(work, arm, sent)
      const uncalled = uncalledOf(made.exchange)
      if (uncalled === null || (work.called && (!uncalled.passes || tries === TRIES))) {
        work.called = true
        work.spent += costNano(made.exchange) ?? 0
        return made
      }
      if (!work.called) throw uncalled
      await sleep(PAUSE_MS, undefined, { signal: work.signal })
    }
  }

  #send(
    { run, item, context, recorded, signal }: ItemWork,
    arm: RunArm,
    { request, isCandidate }: Sent,
  ): Promise<OwnResult> {
    const { policy, model, target, judging } = callOf(arm, item, context)
    const link = recorded?.span_id
      ? { requestId: recorded.request_id, traceId: recorded.trace_id, spanId: recorded.span_id }
      : null
    return this.#deps.runOwn(
      arrivalOf(writeItem(request, model).body),
      {
        caller: callerOf(item),
        purpose: 'replay',
        policy,
        ...(target ? { target } : {}),
        judging,
        experiment: run.experiment.id,
        ...(link ? { link } : {}),
        content: { keepMs: DEFAULT_KEEP_MS, request: isCandidate },
      },
      nobody(signal),
    )
  }

  #judgesOf({ item, context, account }: ItemWork, exchange: Exchange): Judges {
    return {
      rules: withRefusal(rulesFor(item, context)),
      schema: schemaRule(item.request),
      services: this.#deps.servicesFor(exchange, account),
    }
  }
}

function subjectOf(
  request: ChatRequest,
  { reference }: DatasetItem,
  { reply, measured, target }: { reply: ReplyView; measured: Measured; target: Target },
): Subject {
  return {
    reply,
    get request() {
      return viewOf(request)
    },
    measured,
    reference,
    target,
  }
}

const views = new WeakMap<ChatRequest, RequestView>()

/** Read when an evaluator asks for it, once. */
function viewOf(request: ChatRequest): RequestView {
  const view = views.get(request) ?? readRequestView(request)
  views.set(request, view)
  return view
}
