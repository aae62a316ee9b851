import { createHmac, type KeyObject } from 'node:crypto'
import type { Redaction } from '../../core/guard-policy.ts'
import type { GuardMatch } from '../../core/guardrail.ts'

/** A match that is replaced, and how. */
export interface Replacement extends GuardMatch {
  redaction: Redaction
  /** What it stands for goes back into the reply. */
  restore: boolean
  /** Of the rule, for what has no name of its own. */
  guardrail: string
}

const NAMED = /^[A-Z][A-Z0-9_]*$/
/** What looks like a placeholder of ours. */
const PLACEHOLDER = /<(?:REPLY_)?[A-Z][A-Z0-9_]{0,48}_\d{1,6}>/g
const HASH_DIGITS = 12

/**
 * The names that stand for what was taken out of one request: the same value has the same name, names are given in the
 * order of the texts, so that the next turn of a conversation has the same ones, and none is what the caller wrote.
 */
export class Placeholders {
  readonly #key: KeyObject
  readonly #tenant: string
  readonly #texts: readonly string[]
  /** Placeholders that the caller wrote; `null` until one of our own is made. */
  #taken: ReadonlySet<string> | null = null
  readonly #names = new Map<string, string>()
  readonly #counts = new Map<string, number>()
  /** By placeholder, what goes back into the reply. */
  readonly originals = new Map<string, string>()

  /** `texts`: all of the request, in which placeholders of the caller's own may stand. */
  constructor(key: KeyObject, tenant: string, texts: readonly string[]) {
    this.#key = key
    this.#tenant = tenant
    this.#texts = texts
  }

  /** `side`: names in replies are others than in requests, and never put back. */
  replacement(value: string, match: Replacement, side: 'request' | 'reply'): string {
    const { category, redaction, guardrail } = match
    if (redaction === 'mask') return value.replace(/[\p{L}\p{N}]/gu, '*')
    if (!NAMED.test(category)) return `[removed by ${guardrail}]`
    if (redaction === 'hash') return `<${category}:${this.#hash(category, value)}>`
    const label = side === 'reply' ? `REPLY_${category}` : category
    const known = this.#names.get(`${label}\0${value}`)
    if (known !== undefined) return known
    const name = this.#next(label)
    this.#names.set(`${label}\0${value}`, name)
    if (side === 'request' && match.restore) this.originals.set(name, value)
    return name
  }

  /** A text with its matches replaced, of overlapping ones the first and longest. */
  replace(text: string, matches: readonly Replacement[], side: 'request' | 'reply'): string {
    let out = ''
    let end = 0
    for (const match of inOrder(matches)) {
      out += text.slice(end, match.start) + this.replacement(text.slice(match.start, match.end), match, side)
      end = match.end
    }
    return out + text.slice(end)
  }

  #next(label: string): string {
    this.#taken ??= new Set(this.#texts.flatMap((text) => text.match(PLACEHOLDER) ?? []))
    for (let number = (this.#counts.get(label) ?? 0) + 1; ; number++) {
      const name = `<${label}_${number}>`
      if (this.#taken.has(name)) continue
      this.#counts.set(label, number)
      return name
    }
  }

  #hash(category: string, value: string): string {
    const mac = createHmac('sha256', this.#key).update(`${this.#tenant}\0${category}\0${value}`)
    return mac.digest('hex').slice(0, HASH_DIGITS)
  }
}

/** Matches as they are replaced: in order; of overlapping ones the first, and of those the longest, takes in the rest. */
export function inOrder<Match extends GuardMatch>(matches: readonly Match[]): Match[] {
  const sorted = matches.toSorted((one, other) => one.start - other.start || other.end - one.end)
  const kept: Match[] = []
  for (const match of sorted) {
    const last = kept.at(-1)
    if (!last || match.start >= last.end) kept.push(match)
    else if (match.end > last.end) kept[kept.length - 1] = { ...last, end: match.end }
  }
  return kept
}
