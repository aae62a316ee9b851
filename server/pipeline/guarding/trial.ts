import type { Caller } from '../../core/caller.ts'
import type { Exchange } from '../../core/exchange.ts'
import type { GuardRule } from '../../core/guard-policy.ts'
import type { GuardTrial, GuardTrialResult, InspectText } from '../../core/guard-trial.ts'
import type { GuardContext, GuardServices, GuardText, Inspection } from '../../core/guardrail.ts'
import { newSpanId, newTraceId } from '../../core/ids.ts'
import { InspectionError } from './inspector.ts'
import { Placeholders } from './placeholders.ts'
import type { GuardDeps } from './session.ts'
import { type Finding, findingOf, replacementsOf } from './verdict.ts'

/** What texts are tried with, as requests are guarded. */
export interface TrialDeps extends Pick<GuardDeps, 'inspector' | 'hashKey' | 'excerptOf'> {
  /** The ways out, in the name of whoever tries. */
  servicesFor(exchange: Pick<Exchange, 'traceId' | 'spanId' | 'caller'>): GuardServices
}

const PLACE = 'text'

/** Runs guardrails as on a request of one text, and does nothing about what they say. */
export function guardTrials(deps: TrialDeps): InspectText {
  return (trial) => Promise.all(trial.rules.map((rule) => tryRule(rule, trial, deps)))
}

async function tryRule(rule: GuardRule, trial: GuardTrial, deps: TrialDeps): Promise<GuardTrialResult> {
  const { origin } = trial
  const text: GuardText = { text: trial.text, origin, place: PLACE, ...(origin === 'tool-call' ? { tool: '' } : {}) }
  const looked = !rule.guardrail.ignores?.has(origin)
  const startedAt = performance.now()
  let durationMs = 0
  try {
    const inspection = looked ? deps.inspector.inspect(rule, text, contextOf(rule, trial, deps)) : NOTHING
    // What is there at once waits for the others only to be told.
    durationMs = performance.now() - startedAt
    const made = await inspection
    if (inspection instanceof Promise) durationMs = performance.now() - startedAt
    return resultOf(findingOf(rule, made), text, trial, deps, { looked, durationMs })
  } catch (error) {
    const reason = error instanceof InspectionError ? error.message : 'It failed.'
    durationMs = performance.now() - startedAt
    const result = resultOf(findingOf(rule, NOTHING), text, trial, deps, { looked, durationMs })
    return { ...result, verdict: 'error', reason }
  }
}

const NOTHING: Inspection = { score: 0, category: null, matches: [] }

function contextOf(rule: GuardRule, trial: GuardTrial, deps: TrialDeps): GuardContext {
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
  { hashKey, excerptOf }: TrialDeps,
  measured: Pick<GuardTrialResult, 'looked' | 'durationMs'>,
): GuardTrialResult {
  const { rule, inspection, matches, threshold, hit } = finding
  const worst = matches.toSorted((one, other) => other.score - one.score)[0] ?? null
  const names = new Placeholders(hashKey, tenant, [text])
  const changed = hit && rule.action === 'redact' ? names.replace(text, replacementsOf(finding, text), 'request') : text
  return {
    ...measured,
    ...excerptOf(text, worst),
    ...{ rule, threshold, matches },
    verdict: hit ? rule.action : 'pass',
    score: worst?.score ?? inspection.score,
    category: worst?.category ?? inspection.category,
    reason: inspection.reason ?? null,
    redacted: changed === text ? null : changed,
  }
}
