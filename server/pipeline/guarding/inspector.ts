import { LRUCache } from 'lru-cache'
import type { GuardRule } from '../../core/guard-policy.ts'
import type { GuardContext, Guardrail, GuardText, Inspection } from '../../core/guardrail.ts'

/** Looks at large texts beside the main thread. Rejects when it cannot, or when the signal fires. */
export type InspectElsewhere = (rule: GuardRule, text: GuardText, context: GuardContext) => Promise<Inspection>

/** Characters from which on a text is looked at in another thread. */
const LARGE = 64 * 1024
/** Texts are kept from so many characters on: shorter ones are sooner looked at than looked up. */
const WORTH_KEEPING = 256
/** Characters of texts whose inspections are kept, of all rules: a conversation sends all of its past again with each turn. */
const MOST_KEPT = 16 * 1024 * 1024

/** Why a guardrail could not tell, in words that repeat nothing of the text. */
export class InspectionError extends Error {}

/** Runs guardrails over texts: in time, off the main thread where a text is large, and once where it was seen before. */
export class Inspector {
  readonly #elsewhere: InspectElsewhere
  readonly #kept = new LRUCache<string, Inspection>({ maxSize: MOST_KEPT, sizeCalculation: (_, key) => key.length })
  readonly #numbers = new WeakMap<Guardrail, number>()
  #nextNumber = 1

  constructor(elsewhere: InspectElsewhere) {
    this.#elsewhere = elsewhere
  }

  /** At once where it can be. Throws or rejects with an InspectionError. */
  inspect(rule: GuardRule, text: GuardText, context: GuardContext): Inspection | Promise<Inspection> {
    if (rule.problem !== null) throw new InspectionError(rule.problem)
    const key = isKept(rule, text) ? this.#keyOf(rule, text) : null
    const known = key === null ? undefined : this.#kept.get(key)
    if (known) return known
    const inspection = this.#run(rule, text, context)
    if (key === null) return inspection
    if (inspection instanceof Promise) return inspection.then((made) => this.#keep(key, made))
    return this.#keep(key, inspection)
  }

  #run(rule: GuardRule, text: GuardText, context: GuardContext): Inspection | Promise<Inspection> {
    const isLarge = rule.kind.cost === 'process' && text.text.length > LARGE
    try {
      if (isLarge) return inTime(rule, (signal) => this.#elsewhere(rule, text, { ...context, signal }), context.signal)
      if (rule.kind.cost === 'process') return rule.guardrail.inspect(text, context)
      return inTime(rule, async (signal) => rule.guardrail.inspect(text, { ...context, signal }), context.signal)
    } catch {
      throw new InspectionError('It failed.')
    }
  }

  #keep(key: string, inspection: Inspection): Inspection {
    this.#kept.set(key, inspection)
    return inspection
  }

  /** What an inspection depends on. */
  #keyOf({ guardrail, stage }: GuardRule, { origin, tool = '', text }: GuardText): string {
    let number = this.#numbers.get(guardrail)
    if (number === undefined) {
      number = this.#nextNumber++
      this.#numbers.set(guardrail, number)
    }
    return `${number} ${stage} ${origin} ${tool}\0${text}`
  }
}

/** Replies are seen once, and what asks others keeps its own answers. */
function isKept({ kind, stage }: GuardRule, { text }: GuardText): boolean {
  return kind.cost === 'process' && stage !== 'post' && text.length >= WORTH_KEEPING && text.length < MOST_KEPT
}

async function inTime(
  { timeoutMs }: GuardRule,
  inspect: (signal: AbortSignal) => Promise<Inspection>,
  signal: AbortSignal,
): Promise<Inspection> {
  const limit = AbortSignal.timeout(timeoutMs)
  const either = AbortSignal.any([signal, limit])
  try {
    return await Promise.race([inspect(either), rejection(either)])
  } catch {
    throw new InspectionError(limit.aborted ? `It took longer than ${timeoutMs} ms.` : 'It failed.')
  }
}

function rejection(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const fail = () => reject(new Error('aborted'))
    if (signal.aborted) fail()
    else signal.addEventListener('abort', fail, { once: true })
  })
}
