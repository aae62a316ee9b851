import { GatewayError } from '../../core/errors.ts'
import type { ChatEvent } from '../../core/events.ts'
import type { Exchange } from '../../core/exchange.ts'
import type { GuardRule } from '../../core/guard-policy.ts'
import type { VerdictRecord } from '../../core/verdict.ts'

/** A guardrail does not let a request or a reply pass. */
export class Blocked extends GatewayError {
  constructor({ guardrail, stage, category, place, verdict, reason }: VerdictRecord) {
    const what = stage === 'post' ? 'The reply' : 'This request'
    const where = place === null || stage === 'post' ? '' : ` (${place})`
    const why = verdict === 'error' ? `could not tell: ${reason}` : (category ?? 'as it is')
    super('guardrail_blocked', `${what} was blocked by the guardrail \`${guardrail}\`${where}: ${why}.`, {
      ...(place === null ? {} : { param: place }),
    })
  }
}

/** The reply has to be made again: by another target, or with what was wrong with it. */
export class Redo extends Error {
  readonly rule: GuardRule
  readonly advice: string | null
  /** What the reply said. */
  readonly text: string

  constructor(rule: GuardRule, advice: string | null, text: string) {
    super('the reply has to be made again')
    this.rule = rule
    this.advice = advice
    this.text = text
  }
}

/** A reply that declines, in no dialect. */
export function refusalEvents({ id, epoch, plan }: Exchange, text: string): ChatEvent[] {
  return [
    { type: 'reply-start', id, model: plan?.route ?? 'gatehouse', created: Math.floor(epoch / 1000) },
    ...refusalPart(0, 0, text),
  ]
}

/** How one choice of a reply ends that is blocked on its way. `part` is the next part's number. */
export function refusalPart(choice: number, part: number, text: string): ChatEvent[] {
  return [
    { type: 'part-start', choice, part, kind: 'refusal' },
    { type: 'part-delta', choice, part, text },
    { type: 'part-end', choice, part },
    { type: 'finish', choice, reason: 'content-filter', raw: null },
  ]
}
