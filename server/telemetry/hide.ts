import type { Exchange, Plan } from '../core/exchange.ts'
import { type GuardRule, mayChange, thresholdOf } from '../core/guard-policy.ts'
import type { GuardContext, GuardMatch, GuardServices, Inspection } from '../core/guardrail.ts'

type Redact = (text: string) => string

/**
 * What takes texts of one exchange for its record: beside `redact`, whatever the route's guardrails keep out of requests
 * or replies does not get into records either, be it in a user's name, in metadata or in an upstream's error.
 */
export function redactFor({ plan }: Pick<Exchange, 'plan'>, redact: Redact): Redact {
  const rules = plan?.settings.guarding?.rules.filter(keepsOut) ?? []
  if (rules.length === 0) return redact
  return (text) => rules.reduce((clean, rule) => hide(rule, clean, plan!), redact(text))
}

/** Finders of pieces of text, which tell at once. */
function keepsOut(rule: GuardRule): boolean {
  const { action, guardrail, kind, problem } = rule
  if (!mayChange(rule) || kind.cost !== 'process' || problem !== null) return false
  return (action === 'redact' || action === 'block') && guardrail.incremental !== undefined
}

function hide(rule: GuardRule, text: string, { route }: Plan): string {
  const context = contextOf(rule, route)
  const inspection = rule.guardrail.inspect({ text, origin: 'user', place: '' }, context) as Inspection
  const threshold = thresholdOf(rule, inspection)
  let out = ''
  let end = 0
  for (const match of inspection.matches.filter(({ score }) => score >= threshold)) {
    out += text.slice(end, match.start) + nameOf(match)
    end = match.end
  }
  return out + text.slice(end)
}

function nameOf({ category }: GuardMatch): string {
  return `[${category}]`
}

function contextOf({ stage }: GuardRule, route: string): GuardContext {
  const { signal } = new AbortController()
  return { stage, tenant: '', route, systemPrompt: '', tools: [], signal, services: {} as GuardServices }
}
