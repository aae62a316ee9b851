import type { Caller } from '../../core/caller.ts'
import type { GuardRule } from '../../core/guard-policy.ts'
import type { GuardTrial, GuardTrialResult, InspectText } from '../../core/guard-trial.ts'
import type { GuardContext, GuardText } from '../../core/guardrail.ts'
import { newSpanId, newTraceId } from '../../core/ids.ts'
import { nothingFound } from '../../guardrails/inspection.ts'
import { InspectionError } from './inspector.ts'
import { Placeholders } from './placeholders.ts'
import type { GuardDeps } from './session.ts'
import { type Finding, findingOf, replacementsOf, surest } from './verdict.ts'

const PLACE = 'text'

/** Runs guardrails as on a request of one text, and does nothing about what they say. */
export function guardTrials(deps: GuardDeps): InspectText {
  return (trial) => Promise.all(trial.rules.map((rule) => tryRule(rule, trial, deps)))
}

async function tryRule(rule: GuardRule, trial: GuardTrial, deps: GuardDeps): Promise<GuardTrialResult> {
  const { origin } = trial
  const text: GuardText = { text: trial.text, origin, place: PLACE, ...(origin === 'tool-call' ? { tool: '' } : {}) }
  const looked = !rule.guardrail.ignores?.has(origin)
  const startedAt = performance.now()
  let durationMs = 0
  try {
    const inspection = looked ? deps.inspector.inspect(rule, text, contextOf(rule, trial, deps)) : nothingFound
    // What is there at once waits for the others only to be told.
    durationMs = performance.now() - startedAt
    const made = await inspection
    if (inspection instanceof Promise) durationMs = performance.now() - startedAt
    return resultOf(findingOf(rule, made), text, trial, deps, { looked, durationMs })
  } catch (error) {
    const reason = error instanceof InspectionError ? error.message : 'It failed.'
    durationMs = performance.now() - startedAt
    const result = resultOf(findingOf(rule, nothingFound), text, trial, deps, { looked, durationMs })
    return { ...result, verdict: 'error', reason }
  }
}

function contextOf(rule: GuardRule, trial: GuardTrial, deps: GuardDeps): GuardContext {
  return {
    stage: rule.stage,
    tenant: trial.tenant,
    route: trial.route,
    systemPrompt: '',
    tools: [],
    signal: AbortSignal.timeout(rule.timeoutMs),
    services: deps.servicesFor({ traceId: newTraceId(Date.now()), spanId: newSpanId(), caller: callerOf(trial) }),
  }
}

function callerOf({ tenant }: GuardTrial): Caller {
  return { tenant, team: null, key: null, routes: null, session: null, user: null, metadata: {} }
}

function resultOf(
  finding: Finding,
  { text }: GuardText,
  { tenant }: GuardTrial,
  { hashKey, excerptOf }: GuardDeps,
  measured: Pick<GuardTrialResult, 'looked' | 'durationMs'>,
): GuardTrialResult {
  const { rule, inspection, matches, threshold, hit } = finding
  const worst = surest(matches)
  const names = new Placeholders(hashKey, tenant, [text])
  const changed = hit && rule.action === 'redact' ? names.replace(text, replacementsOf(finding, text), 'request') : text
  return {
    ...measured,
    ...excerptOf(text, worst),
    rule,
    threshold,
    matches,
    verdict: hit ? rule.action : 'pass',
    score: worst?.score ?? inspection.score,
    category: worst?.category ?? inspection.category,
    reason: inspection.reason ?? null,
    redacted: changed === text ? null : changed,
  }
}
