import type { KeyObject } from 'node:crypto'
import type { Exchange } from '../../core/exchange.ts'
import { type GuardPolicy, type GuardRule, mayChange } from '../../core/guard-policy.ts'
import type { GuardContext, GuardServices, GuardStage, GuardText } from '../../core/guardrail.ts'
import { newSpanId } from '../../core/ids.ts'
import { nothingFound } from '../../guardrails/inspection.ts'
import { Blocked } from './blocked.ts'
import type { ExcerptOf } from './excerpt.ts'
import type { InspectionError, Inspector } from './inspector.ts'
import { Placeholders } from './placeholders.ts'
import { Restorer } from './restorer.ts'
import { type Finding, findingOf, Tally } from './verdict.ts'

/** What guarding is done with; the app wires it once. */
export interface GuardDeps {
  inspector: Inspector
  /** The ways out for one request's guardrails. */
  servicesFor(exchange: Pick<Exchange, 'traceId' | 'spanId' | 'caller'>): GuardServices
  /** Under which values are hashed. */
  hashKey: KeyObject
  excerptOf: ExcerptOf
}

/** What is known of a request beside its texts. */
export interface GuardSubject {
  systemPrompt: string
  tools: GuardContext['tools']
  /** All of the request. */
  texts: readonly string[]
}

/** The guardrails of one request: which of them look, what they said, and what stands for what was taken out. */
export class GuardSession {
  readonly policy: GuardPolicy
  readonly exchange: Exchange
  readonly placeholders: Placeholders
  readonly #deps: GuardDeps
  readonly #subject: GuardSubject
  readonly #sampled: readonly GuardRule[]
  readonly #tallies = new Map<GuardRule, Tally>()
  readonly #services: GuardServices
  readonly #abort = new AbortController()
  readonly #later: Promise<void>[] = []

  /** `isOwn`: a request of the gateway's own, which leaves out guardrails that would ask somebody again. */
  constructor(deps: GuardDeps, exchange: Exchange, policy: GuardPolicy, subject: GuardSubject, isOwn: boolean) {
    this.#deps = deps
    this.exchange = exchange
    this.policy = policy
    this.#subject = subject
    this.#sampled = policy.rules.filter(
      ({ sample, kind }) => (sample === 1 || Math.random() < sample) && !(isOwn && kind.cost === 'call'),
    )
    this.#services = deps.servicesFor(exchange)
    this.placeholders = new Placeholders(deps.hashKey, exchange.caller?.tenant ?? '', subject.texts)
  }

  /** Those that look at this request, in the order of the file. */
  rulesAt(...stages: readonly GuardStage[]): GuardRule[] {
    return this.#sampled.filter(({ stage }) => stages.includes(stage))
  }

  /** What the rule makes of a text, on the record. Throws Blocked where it cannot tell and that is to block. */
  look(rule: GuardRule, text: GuardText): Finding | Promise<Finding> {
    const startedAt = performance.now()
    const tally = this.tallyOf(rule)
    const end = (finding: Finding) => {
      tally.record.duration_ms += performance.now() - startedAt
      return finding
    }
    const fail = (error: unknown) => {
      tally.fail((error as InspectionError).message)
      if (rule.onError === 'block' && mayChange(rule)) throw new Blocked(tally.record)
      return end(findingOf(rule, nothingFound))
    }
    try {
      const inspection = this.#deps.inspector.inspect(rule, text, this.contextOf(rule.stage))
      if (!(inspection instanceof Promise)) return end(findingOf(rule, inspection))
      return inspection.then((made) => end(findingOf(rule, made)), fail)
    } catch (error) {
      return fail(error)
    }
  }

  tallyOf(rule: GuardRule): Tally {
    let tally = this.#tallies.get(rule)
    if (!tally) {
      tally = new Tally(rule, newSpanId(), performance.now() - this.exchange.startedAt, this.#deps.excerptOf)
      this.#tallies.set(rule, tally)
      this.exchange.verdicts.push(tally.record)
    }
    return tally
  }

  /** What puts back into the reply what was taken out of the request; `null` where there is nothing. */
  restorer(): Restorer | null {
    const { originals } = this.placeholders
    return originals.size === 0 ? null : new Restorer(originals)
  }

  /** Work that nobody waits for until the request is recorded: a verdict that changes nothing. */
  inBackground(work: Promise<unknown>): void {
    this.#later.push(
      work.then(
        () => {},
        () => {},
      ),
    )
  }

  /** Resolves when all verdicts are there; `gone`: nobody waits for them any more. */
  async settle(gone: boolean): Promise<void> {
    if (gone) this.#abort.abort()
    await Promise.all(this.#later)
    this.#abort.abort()
  }

  /** What inspections at a stage may use. */
  contextOf(stage: GuardStage): GuardContext {
    const { exchange } = this
    return {
      stage,
      tenant: exchange.caller?.tenant ?? '',
      route: exchange.plan?.route ?? '',
      systemPrompt: this.#subject.systemPrompt,
      tools: this.#subject.tools,
      signal: this.#abort.signal,
      services: this.#services,
    }
  }
}
