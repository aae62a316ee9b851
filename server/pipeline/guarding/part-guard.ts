import type { PartDelta } from '../../core/events.ts'
import type { GuardMatch } from '../../core/guardrail.ts'
import type { VerdictRecord } from '../../core/verdict.ts'
import { inOrder, type Replacement } from './placeholders.ts'

/** What the guardrails say of the text of a part so far. */
export interface Looked {
  /** What lies before it is final. */
  settled: number
  replacements: readonly Replacement[]
  /** Where the first match begins that nothing may follow; `null` where there is none. */
  blockedAt: number | null
  /** What it was found by. */
  blocked: VerdictRecord | null
}

/** What may go on of a part, and by whose word it ends here. */
export interface Passed {
  deltas: PartDelta[]
  blocked: VerdictRecord | null
}

/** Looks at `text`. Matches count from `from` on: what lies before has gone. */
export type Look = (text: string, from: number, isEnd: boolean) => Looked | Promise<Looked>

/** So much older text is forgotten at once: all that is remembered is looked at again with each delta. */
const FORGET = 64

/** A delta that waits, and where its text ends in the buffer. */
interface Waiting {
  delta: PartDelta
  start: number
  end: number
}

/**
 * One text part on its way through the guardrails: what is final goes on, the rest is held. The deltas stay as they came
 * where nothing in them is changed.
 */
export class PartGuard {
  readonly #look: Look
  readonly #lookBehind: number
  readonly #replace: (value: string, match: Replacement) => string
  readonly #isWhole: boolean
  #text = ''
  /** How far the text has gone out. */
  #released = 0
  #waiting: Waiting[] = []

  /**
   * `lookBehind`: characters before what is held that still have a say. `isWhole`: nobody waits for the beginning, so
   * that the text is looked at once, at its end.
   */
  constructor(
    look: Look,
    lookBehind: number,
    replace: (value: string, match: Replacement) => string,
    isWhole: boolean,
  ) {
    this.#look = look
    this.#lookBehind = lookBehind
    this.#replace = replace
    this.#isWhole = isWhole
  }

  async push(delta: PartDelta): Promise<Passed> {
    const start = this.#text.length
    this.#text += delta.text
    this.#waiting.push({ delta, start, end: this.#text.length })
    return this.#isWhole ? { deltas: [], blocked: null } : this.#go(false)
  }

  async end(): Promise<Passed> {
    return this.#go(true)
  }

  async #go(isEnd: boolean): Promise<Passed> {
    const looked = this.#look(this.#text, this.#released, isEnd)
    const { settled, replacements, blockedAt, blocked } = looked instanceof Promise ? await looked : looked
    const matches = inOrder(replacements).filter(({ end }) => end <= settled)
    const stop = blockedAt === null ? settled : startOfOverlap(matches, blockedAt)
    const deltas = this.#release(Math.max(stop, this.#released), matches, blockedAt === null)
    this.#forget()
    return { deltas, blocked }
  }

  /** Hands out the text up to `to`. `goesOn`: what carries no text may go once the text before it has. */
  #release(to: number, matches: readonly Replacement[], goesOn: boolean): PartDelta[] {
    const deltas: PartDelta[] = []
    while (this.#waiting.length > 0) {
      const next = this.#waiting[0]!
      const isDone = next.end <= to && (goesOn || next.end < to || next.end > next.start)
      const until = Math.min(next.end, to)
      const text = this.#written(this.#released, until, matches)
      this.#released = Math.max(this.#released, until)
      if (isDone) {
        deltas.push(text === next.delta.text ? next.delta : withText(next.delta, text))
        this.#waiting.shift()
      } else {
        if (text !== '') deltas.push({ type: 'part-delta', choice: next.delta.choice, part: next.delta.part, text })
        break
      }
    }
    return deltas.filter((delta) => delta.text !== '' || Object.keys(delta).length > 4)
  }

  /** `[from, to)` with its matches replaced: a replacement stands where its match begins. */
  #written(from: number, to: number, matches: readonly Replacement[]): string {
    let out = ''
    let at = from
    for (const match of matches) {
      if (match.end <= at || match.start >= to) continue
      if (match.start >= at) {
        out += this.#text.slice(at, match.start)
        out += this.#replace(this.#text.slice(match.start, match.end), match)
      }
      at = Math.min(match.end, to)
    }
    return out + this.#text.slice(at, to)
  }

  #forget(): void {
    const old = this.#released - this.#lookBehind
    if (old < FORGET) return
    // Never between the halves of a surrogate pair.
    const cut = isLowSurrogate(this.#text.charCodeAt(old)) ? old - 1 : old
    this.#text = this.#text.slice(cut)
    this.#released -= cut
    for (const waiting of this.#waiting) {
      waiting.start -= cut
      waiting.end -= cut
    }
  }
}

/** What is to be replaced and reaches into what is blocked does not go out either. */
function startOfOverlap(matches: readonly GuardMatch[], at: number): number {
  return matches.find(({ start, end }) => start < at && end > at)?.start ?? at
}

/** Probabilities would tell what was taken out. */
function withText({ logprobs: _, ...delta }: PartDelta, text: string): PartDelta {
  return { ...delta, text }
}

function isLowSurrogate(code: number): boolean {
  return code >= 0xdc00 && code <= 0xdfff
}
