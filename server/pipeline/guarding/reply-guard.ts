import { type ChatEvent, isContent, type PartDelta, type PartStart, partKey } from '../../core/events.ts'
import { type GuardRule, mayChange } from '../../core/guard-policy.ts'
import type { GuardText } from '../../core/guardrail.ts'
import type { VerdictRecord } from '../../core/verdict.ts'
import { Blocked, refusalPart } from './blocked.ts'
import { cleanTexts } from './clean-texts.ts'
import { contentLeavesOf } from './leaves.ts'
import { type Look, type Looked, PartGuard, type Passed } from './part-guard.ts'
import type { Replacement } from './placeholders.ts'
import type { GuardSession } from './session.ts'
import { slotsOfCall } from './slots.ts'
import { type Finding, replacementsOf } from './verdict.ts'

/** A part on its way. */
type Open = { start: PartStart; sent: boolean } & ({ guard: PartGuard } | { deltas: PartDelta[] } | { opaque: true })

/**
 * Passes the events of a reply through the guardrails that can tell as the text comes. Text is held only as far as a
 * match could still come of it; tool calls until they are complete. A reply that is blocked after something of it has
 * gone out ends with a refusal; before, the iteration throws Blocked.
 */
export class ReplyGuard {
  readonly #session: GuardSession
  readonly #rules: readonly GuardRule[]
  readonly #lookBehind: number
  readonly #isWhole: boolean
  readonly #open = new Map<string, Open>()
  /** Number of the next part, by choice that has not finished. */
  readonly #choices = new Map<number, number>()
  #hasContent = false
  /** Something was replaced. */
  changed = false

  /** `rules`: that can tell as the text comes. `isWhole`: nobody waits for the beginning of the reply. */
  constructor(session: GuardSession, rules: readonly GuardRule[], isWhole: boolean) {
    this.#isWhole = isWhole
    this.#session = session
    this.#rules = rules
    this.#lookBehind = Math.max(0, ...rules.map(({ guardrail }) => guardrail.incremental!.lookBehind))
  }

  /** `onBlock` is told of a reply that ends here with a refusal; what it throws ends it without one. */
  async *pass(events: AsyncIterable<ChatEvent>, onBlock: (blocked: Blocked) => void): AsyncGenerator<ChatEvent> {
    for await (const event of events) {
      const passed: ChatEvent[] = []
      try {
        await this.#pass(event, passed)
      } catch (thrown) {
        if (!(thrown instanceof Blocked)) throw thrown
        if (!this.#hasContent && !passed.some(isContent)) throw thrown
        onBlock(thrown)
        yield* passed
        yield* this.#refusal('choice' in event ? event.choice : 0)
        return
      }
      for (const each of passed) {
        if (isContent(each)) this.#hasContent = true
        yield each
      }
    }
  }

  /** Adds to `out` what may go on; of a reply that is blocked here, what stands before it. Throws Blocked. */
  async #pass(event: ChatEvent, out: ChatEvent[]): Promise<void> {
    switch (event.type) {
      case 'part-start':
        this.#choices.set(event.choice, event.part + 1)
        return this.#start(event, out)
      case 'part-delta':
        return this.#delta(event, out)
      case 'part-end':
        return this.#end(event, out)
      case 'finish':
        this.#choices.delete(event.choice)
    }
    out.push(event)
  }

  #start(event: PartStart, out: ChatEvent[]): void {
    const open = { start: event, sent: event.kind !== 'tool-call' }
    if (event.kind === 'tool-call') this.#open.set(partKey(event), { ...open, deltas: [] })
    else if (event.kind === 'opaque') this.#open.set(partKey(event), { ...open, opaque: true })
    else this.#open.set(partKey(event), { ...open, guard: this.#guardOf(event) })
    if (open.sent) out.push(event)
  }

  async #delta(event: PartDelta, out: ChatEvent[]): Promise<void> {
    const open = this.#open.get(partKey(event))
    const clean = await this.#values(event)
    if (!open || 'opaque' in open) out.push(clean)
    else if ('deltas' in open) open.deltas.push(clean)
    else this.#take(await open.guard.push(clean), out)
  }

  async #end(event: ChatEvent & { type: 'part-end' }, out: ChatEvent[]): Promise<void> {
    const open = this.#open.get(partKey(event))
    if (open && 'guard' in open) this.#take(await open.guard.end(), out)
    else if (open && 'deltas' in open) out.push(open.start, ...(await this.#call(open.start, open.deltas)))
    this.#open.delete(partKey(event))
    out.push(event)
  }

  #take({ deltas, blocked }: Passed, out: ChatEvent[]): void {
    out.push(...deltas)
    if (blocked !== null) throw new Blocked(blocked)
  }

  #guardOf({ kind, choice }: PartStart): PartGuard {
    const text = { origin: kind === 'reasoning' ? 'reasoning' : 'reply', place: `choices[${choice}]` } as const
    const rules = this.#rules.filter(({ guardrail }) => !guardrail.ignores?.has(text.origin))
    const context = this.#session.contextOf('post')
    const look: Look = async (part, from, isEnd) => {
      const findings: [GuardRule, Finding][] = []
      let settled = part.length
      for (const rule of rules) {
        if (!isEnd) settled = Math.min(settled, rule.guardrail.incremental!.settled(part, context))
        findings.push([rule, await this.#session.look(rule, { ...text, text: part })])
      }
      return this.#decide(findings, { ...text, text: part }, from, settled)
    }
    return new PartGuard(look, this.#lookBehind, (value, match) => this.#replacement(value, match), this.#isWhole)
  }

  /** What is final of what was found, and to be done about it. */
  #decide(findings: readonly [GuardRule, Finding][], text: GuardText, from: number, settled: number): Looked {
    const replacements: Replacement[] = []
    let blockedAt: number | null = null
    let blocked: VerdictRecord | null = null
    for (const [rule, finding] of findings) {
      const matches = finding.matches.filter(({ start, end }) => start >= from && end <= settled)
      if (matches.length === 0) continue
      const tally = this.#session.tallyOf(rule)
      tally.add({ ...finding, matches }, text)
      if (!mayChange(rule)) continue
      if (rule.action === 'redact') replacements.push(...replacementsOf({ ...finding, matches }, text.text))
      else if (blockedAt === null || matches[0]!.start < blockedAt) {
        blockedAt = matches[0]!.start
        blocked = tally.record
      }
    }
    return { settled, replacements, blockedAt, blocked }
  }

  /** A complete tool call's deltas: as they came, or with the arguments rewritten as one. */
  async #call(start: PartStart, deltas: PartDelta[]): Promise<PartDelta[]> {
    const call = { name: start.name ?? '', arguments: deltas.map(({ text }) => text).join('') }
    const slots = slotsOfCall(call, `choices[${start.choice}]`)
    const isChanged = await cleanTexts(this.#session, this.#rules, slots)
    if (!isChanged) return deltas
    this.changed = true
    const { choice, part } = start
    const state = deltas.findLast((delta) => delta.state !== undefined)?.state
    return [{ type: 'part-delta', choice, part, text: call.arguments, ...(state === undefined ? {} : { state }) }]
  }

  /** What carries no text of its own but quotes some: citations, and parts of one format alone. */
  async #values(delta: PartDelta): Promise<PartDelta> {
    if (this.#rules.length === 0 || (delta.value === undefined && delta.citation === undefined)) return delta
    const copy = structuredClone({ value: delta.value, citation: delta.citation })
    const text = { origin: 'reply', place: `choices[${delta.choice}]`, call: null } as const
    const leaves = contentLeavesOf(copy).map((leaf) => ({ ...leaf, ...text }))
    const isChanged = await cleanTexts(this.#session, this.#rules, leaves)
    if (!isChanged) return delta
    this.changed = true
    return {
      ...delta,
      ...(delta.value === undefined ? {} : { value: copy.value }),
      ...(copy.citation ? { citation: copy.citation } : {}),
    }
  }

  #replacement(value: string, match: Replacement): string {
    this.changed = true
    return this.#session.placeholders.replacement(value, match, 'reply')
  }

  /** Ends every part and choice that is open, this one with a refusal. */
  *#refusal(choice: number): Generator<ChatEvent> {
    for (const { start, sent } of this.#open.values())
      if (sent) yield { type: 'part-end', choice: start.choice, part: start.part }
    const part = this.#choices.get(choice) ?? 0
    this.#choices.delete(choice)
    yield* refusalPart(choice, part, this.#session.policy.refusal)
    for (const other of this.#choices.keys())
      yield { type: 'finish', choice: other, reason: 'content-filter', raw: null }
  }
}
