import { GatewayError } from '../../core/errors.ts'
import { type GuardRule, mayChange } from '../../core/guard-policy.ts'
import type { Reply } from '../../core/reply.ts'
import { Blocked } from './blocked.ts'
import { contentLeavesOf } from './leaves.ts'
import type { Replacement } from './placeholders.ts'
import type { GuardSession } from './session.ts'
import { replacementsOf } from './verdict.ts'

/** What has no text that a guardrail could read. */
const MEDIA = /^(?:audio|image|video)\/|^application\/octet-stream/

/**
 * Passes a reply that is no chat through the guardrails that look at single texts: every text of its JSON, e.g. a
 * transcript. Sound and images pass. Throws Blocked, also for anything else where a guardrail may change replies.
 */
export async function guardPlainReply(reply: Reply, session: GuardSession, all: readonly GuardRule[]): Promise<Reply> {
  const rules = all.filter(({ guardrail }) => guardrail.takes === 'each')
  if (rules.length === 0 || reply.kind === 'events') return reply
  if (reply.kind === 'bytes') return passBytes(reply, rules)
  const json: unknown = JSON.parse(reply.body.toString())
  let isChanged = false
  for (const leaf of contentLeavesOf(json)) {
    const replacements: Replacement[] = []
    for (const rule of rules) {
      const text = { text: leaf.text, origin: 'reply', place: 'reply' } as const
      const finding = await session.look(rule, text)
      const tally = session.tallyOf(rule)
      tally.add(finding, text)
      if (!finding.hit || !mayChange(rule)) continue
      if (rule.action === 'redact') replacements.push(...replacementsOf(finding, leaf.text))
      else {
        tally.become('block')
        throw new Blocked(tally.record)
      }
    }
    if (replacements.length === 0) continue
    leaf.write(session.placeholders.replace(leaf.text, replacements, 'reply'))
    isChanged = true
  }
  return isChanged ? { ...reply, body: Buffer.from(JSON.stringify(json)) } : reply
}

function passBytes(reply: Reply & { kind: 'bytes' }, rules: readonly GuardRule[]): Reply {
  if (MEDIA.test(reply.contentType) || !rules.some(mayChange)) return reply
  throw new GatewayError('guardrail_blocked', `A reply of type ${reply.contentType} cannot be read by guardrails.`, {
    hint: 'Ask for JSON, or use a route without post-guardrails.',
  })
}
