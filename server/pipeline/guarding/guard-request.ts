import type { AttemptContext } from '../../attempts/context.ts'
import type { Inbound, Plan } from '../../core/exchange.ts'
import { type GuardRule, mayChange } from '../../core/guard-policy.ts'
import type { GuardText } from '../../core/guardrail.ts'
import { Blocked } from './blocked.ts'
import type { Replacement } from './placeholders.ts'
import { joined, type Readable, readableOf } from './readable.ts'
import { type GuardDeps, GuardSession } from './session.ts'
import { isGivenTo, type Slot } from './slots.ts'
import { type Finding, replacementsOf } from './verdict.ts'

/** A request that the guardrails let pass, as it goes on. */
export interface GuardedRequest {
  inbound: Inbound
  plan: Plan
}

export interface Opening {
  /** A request of the gateway's own: guardrails that would ask somebody again are left out. */
  isOwn: boolean
  /** Told of the session before anything is looked at. */
  opened(session: GuardSession): void
}

type Asked = Pick<AttemptContext, 'exchange' | 'inbound' | 'plan'>

/** A text that a rule is given; `slot` is where it can be changed, `null` for one that is joined of several. */
interface Look {
  text: GuardText
  slot: number | null
}

/**
 * Passes a request through the guardrails of its route: those inside this process first, one after the other, so that
 * none is asked when an earlier one blocks; then, with what was taken out replaced, those that ask others, at the same
 * time. Throws Blocked.
 */
export async function guardRequest(deps: GuardDeps, asked: Asked, { isOwn, opened }: Opening): Promise<GuardedRequest> {
  const { exchange, inbound, plan } = asked
  const policy = plan.settings.guarding
  if (policy === null) return { inbound, plan }
  let readable = readableOf(inbound)
  const session = new GuardSession(deps, exchange, policy, readable.subject, isOwn)
  opened(session)
  const rules = session.rulesAt('pre', 'context')
  const own = rules.filter(({ kind }) => kind.cost === 'process')
  const calls = rules.filter(({ kind }) => kind.cost === 'call')
  const escalations: GuardRule[] = []
  const replacements = new Map<number, Replacement[]>()
  const run = async (rule: GuardRule) => {
    if (await runRule(session, rule, looksOf(rule, rules, readable), replacements)) escalations.push(rule)
  }
  let guarded = inbound
  const rewrite = () => {
    if (replacements.size === 0) return
    guarded = readable.rewritten(textsOf(session, readable, replacements))
    replacements.clear()
    readable = readableOf(guarded)
  }
  for (const rule of own) await run(rule)
  rewrite()
  for (const rule of calls.filter((each) => !mayChange(each))) session.inBackground(run(rule))
  await Promise.all(calls.filter(mayChange).map(run))
  rewrite()
  const first = rules.find((rule) => escalations.includes(rule))
  return { inbound: guarded, plan: first ? escalated(plan, first) : plan }
}

/** The plan with the target that a rule wants instead. */
export function escalated(plan: Plan, { name, escalateTo }: GuardRule): Plan {
  const why = `guardrail ${name}`
  return { ...plan, targets: [{ target: escalateTo!, why }], reason: `${why} · ${plan.reason}` }
}

/** Looks at all the texts of a rule. True when it wants another target. Throws Blocked. */
async function runRule(
  session: GuardSession,
  rule: GuardRule,
  looks: readonly Look[],
  replacements: Map<number, Replacement[]>,
): Promise<boolean> {
  const tally = session.tallyOf(rule)
  let escalates = false
  for (const { text, slot } of looks) {
    const looked = session.look(rule, text)
    const finding: Finding = looked instanceof Promise ? await looked : looked
    tally.add(finding, text)
    if (!finding.hit || !mayChange(rule)) continue
    if (rule.action === 'escalate') escalates = true
    else if (rule.action === 'redact' && slot !== null)
      replacements.set(slot, [...(replacements.get(slot) ?? []), ...replacementsOf(finding, text.text)])
    else {
      tally.become('block')
      throw new Blocked(tally.record)
    }
  }
  return escalates
}

/** What a rule is to look at. */
function looksOf(rule: GuardRule, rules: readonly GuardRule[], { slots }: Readable): Look[] {
  const { guardrail } = rule
  const takes = (slot: Slot) =>
    isOfStage(slot, rule, rules) && !guardrail.ignores?.has(slot.origin) && isGivenTo(guardrail, slot)
  const indexed = slots.flatMap((slot, index) => (takes(slot) ? [{ slot, index }] : []))
  if (guardrail.takes === 'each')
    return indexed.map(({ slot, index }) => ({ text: slot, slot: slot.call === 'whole' ? null : index }))
  const meant = indexed.map(({ slot }) => slot)
  const chosen = guardrail.takes === 'latest' && rule.stage === 'pre' ? latest(meant) : meant
  const text = joined(chosen)
  if (text === '') return []
  const { origin, place } = chosen.at(-1)!
  return [{ text: { text, origin, place }, slot: null }]
}

/** Third-party text is left to the rules of the same kind that are there for it. */
function isOfStage({ origin }: Slot, { stage, kind }: GuardRule, rules: readonly GuardRule[]): boolean {
  const isThirdParty = origin === 'third-party'
  if (stage === 'context') return isThirdParty
  return !isThirdParty || !rules.some((other) => other.stage === 'context' && other.kind === kind)
}

/** The user's latest message. */
function latest(slots: readonly Slot[]): Slot[] {
  const said = slots.filter(({ origin }) => origin === 'user')
  const last = said.at(-1)?.message
  return said.filter(({ message }) => message === last)
}

function textsOf(
  { placeholders }: GuardSession,
  { slots }: Readable,
  replacements: ReadonlyMap<number, Replacement[]>,
): Map<number, string> {
  const texts = new Map<number, string>()
  // In the order of the texts, which is the order in which placeholders are numbered.
  for (const index of [...replacements.keys()].sort((one, other) => one - other))
    texts.set(index, placeholders.replace(slots[index]!.text, replacements.get(index)!, 'request'))
  return texts
}
