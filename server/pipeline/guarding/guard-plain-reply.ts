import { GatewayError } from '../../core/errors.ts'
import { type GuardRule, mayChange } from '../../core/guard-policy.ts'
import type { Reply } from '../../core/reply.ts'
import { cleanTexts } from './clean-texts.ts'
import { contentLeavesOf } from './leaves.ts'
import type { GuardSession } from './session.ts'

/** What has no text that a guardrail could read. */
const MEDIA = /^(?:audio|image|video)\/|^application\/octet-stream/

const REPLY = { origin: 'reply', place: 'reply', call: null } as const

/**
 * Passes a reply that is no chat through the guardrails that look at single texts: every text of its JSON, e.g. a
 * transcript. Sound and images pass. Throws Blocked, also for anything else where a guardrail may change replies.
 */
export async function guardPlainReply(reply: Reply, session: GuardSession, all: readonly GuardRule[]): Promise<Reply> {
  const rules = all.filter(({ guardrail }) => guardrail.takes === 'each')
  if (rules.length === 0 || reply.kind === 'events') return reply
  if (reply.kind === 'bytes') return passBytes(reply, rules)
  const json: unknown = JSON.parse(reply.body.toString())
  const texts = contentLeavesOf(json).map((leaf) => ({ ...leaf, ...REPLY }))
  const isChanged = await cleanTexts(session, rules, texts)
  return isChanged ? { ...reply, body: Buffer.from(JSON.stringify(json)) } : reply
}

function passBytes(reply: Reply & { kind: 'bytes' }, rules: readonly GuardRule[]): Reply {
  if (MEDIA.test(reply.contentType) || !rules.some(mayChange)) return reply
  throw new GatewayError('guardrail_blocked', `A reply of type ${reply.contentType} cannot be read by guardrails.`, {
    hint: 'Ask for JSON, or use a route without post-guardrails.',
  })
}
