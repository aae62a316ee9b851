import { type GuardRule, mayChange } from '../../core/guard-policy.ts'
import type { GuardText } from '../../core/guardrail.ts'
import { Blocked } from './blocked.ts'
import type { Replacement } from './placeholders.ts'
import type { GuardSession } from './session.ts'
import { isGivenTo, type Slot } from './slots.ts'
import { replacementsOf } from './verdict.ts'

/** A text of a reply that is there in full, and how to put another in its place. */
export type FullText = GuardText & Pick<Slot, 'call' | 'write'>

/**
 * Writes into texts what the rules leave of them. True where something was replaced. Throws Blocked, also where
 * something is to be replaced in a tool call's arguments as a whole, which stay JSON.
 */
export async function cleanTexts(
  session: GuardSession,
  rules: readonly GuardRule[],
  texts: readonly FullText[],
): Promise<boolean> {
  let isChanged = false
  for (const text of texts) {
    const replacements: Replacement[] = []
    for (const rule of rules)
      if (isGivenTo(rule.guardrail, text)) replacements.push(...(await takenOut(session, rule, text)))
    if (replacements.length === 0) continue
    text.write(session.placeholders.replace(text.text, replacements, 'reply'))
    isChanged = true
  }
  return isChanged
}

async function takenOut(session: GuardSession, rule: GuardRule, text: FullText): Promise<Replacement[]> {
  const finding = await session.look(rule, text)
  const tally = session.tallyOf(rule)
  tally.add(finding, text)
  if (!finding.hit || !mayChange(rule)) return []
  if (rule.action === 'redact' && text.call !== 'whole') return replacementsOf(finding, text.text)
  tally.become('block')
  throw new Blocked(tally.record)
}
