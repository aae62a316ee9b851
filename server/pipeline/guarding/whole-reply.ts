import type { ChatEvent } from '../../core/events.ts'
import { type GuardRule, mayChange } from '../../core/guard-policy.ts'
import type { GuardText } from '../../core/guardrail.ts'
import { Blocked, Redo } from './blocked.ts'
import type { GuardSession } from './session.ts'
import { isGivenTo, slotsOfCall } from './slots.ts'
import { replacementsOf } from './verdict.ts'

/** A part of a reply that has come in full. */
interface WholePart {
  choice: number
  part: number
  kind: string
  name: string
  text: string
}

/**
 * Has the guardrails look at a reply that need all of it. Returns the events with texts replaced or mended; the same
 * list where nothing was. Throws Blocked, or Redo for a reply that is to be made again. `lastRound`: none is.
 */
export async function guardWhole(
  session: GuardSession,
  rules: readonly GuardRule[],
  events: readonly ChatEvent[],
  lastRound: boolean,
): Promise<readonly ChatEvent[]> {
  let current = events
  for (const rule of rules) {
    const parts = partsOf(current)
    for (const choice of new Set(parts.map((part) => part.choice))) {
      const own = parts.filter((part) => part.choice === choice)
      const texts = await runRule(session, rule, own, lastRound)
      if (texts.size > 0) current = withTexts(current, choice, texts)
    }
  }
  return current
}

/** What is given to a rule, and the part that it may change. */
interface Look {
  text: GuardText
  part: WholePart | null
}

/** New texts by the number of their part. */
async function runRule(
  session: GuardSession,
  rule: GuardRule,
  parts: readonly WholePart[],
  lastRound: boolean,
): Promise<Map<number, string>> {
  const texts = new Map<number, string>()
  const tally = session.tallyOf(rule)
  for (const { text, part } of looksOf(rule, parts)) {
    const finding = await session.look(rule, text)
    tally.add(finding, text)
    const { rewritten, advice } = finding.inspection
    if (mayChange(rule) && rewritten !== undefined) {
      rewriteText(parts, rewritten, texts)
      tally.become('redact')
    }
    if (!finding.hit || !mayChange(rule)) continue
    if (!lastRound && (rule.action === 'escalate' || advice !== undefined))
      throw new Redo(rule, advice ?? null, text.text)
    if (rule.action === 'redact' && part !== null)
      texts.set(part.part, session.placeholders.replace(text.text, replacementsOf(finding, text.text), 'reply'))
    else {
      tally.become('block')
      throw new Blocked(tally.record)
    }
  }
  return texts
}

function looksOf({ guardrail }: GuardRule, parts: readonly WholePart[]): Look[] {
  const { takes, ignores } = guardrail
  const said = parts.filter(({ kind }) => kind === 'text' || kind === 'refusal')
  const whole = { origin: 'reply', place: `choices[${parts[0]!.choice}]` } as const
  if (takes !== 'each') {
    const text = said.map((part) => part.text).join('')
    // A reply that only calls tools says nothing.
    return text === '' && parts.some(({ kind }) => kind === 'tool-call')
      ? []
      : [{ text: { ...whole, text }, part: null }]
  }
  const looks: Look[] = []
  for (const part of parts) {
    const origin = part.kind === 'reasoning' ? 'reasoning' : 'reply'
    if (part.kind === 'tool-call')
      for (const slot of slotsOfCall({ name: part.name, arguments: part.text }, whole.place)) {
        if (isGivenTo(guardrail, slot)) looks.push({ text: slot, part: null })
      }
    else if (part.kind !== 'opaque' && !ignores?.has(origin))
      looks.push({ text: { ...whole, origin, text: part.text }, part })
  }
  return looks
}

/** The text stands in the first part; what others said is in it. */
function rewriteText(parts: readonly WholePart[], text: string, texts: Map<number, string>): void {
  const said = parts.filter(({ kind }) => kind === 'text')
  for (const [index, { part }] of said.entries()) texts.set(part, index === 0 ? text : '')
}

function partsOf(events: readonly ChatEvent[]): WholePart[] {
  const parts: WholePart[] = []
  for (const event of events) {
    if (event.type === 'part-start') parts.push({ ...event, name: event.name ?? '', text: '' })
    if (event.type !== 'part-delta') continue
    const part = parts.findLast((each) => each.choice === event.choice && each.part === event.part)
    if (part) part.text += event.text
  }
  return parts
}

/** The first delta of a part brings its new text; the others are left out. */
function withTexts(events: readonly ChatEvent[], choice: number, texts: ReadonlyMap<number, string>): ChatEvent[] {
  const brought = new Set<number>()
  return events.flatMap((event) => {
    if (event.type !== 'part-delta' || event.choice !== choice || !texts.has(event.part)) return [event]
    if (brought.has(event.part)) return []
    brought.add(event.part)
    const { logprobs: _, citation: __, ...delta } = event
    return [{ ...delta, text: texts.get(event.part)! }]
  })
}
