import { type GuardRule, thresholdOf } from '../../core/guard-policy.ts'
import type { GuardrailKind } from '../../core/guardrail.ts'
import type { Policy } from '../../core/policy.ts'
import type { LabelsRow } from '../../stores/verdicts-labels.ts'
import type { ListedVerdict } from '../../stores/verdicts-list.ts'
import type { Role } from './access.ts'
import type { GuardRuleRow, GuardrailKindRow, Guardrails, VerdictRow } from './guardrail-schemas.ts'
import type { GuardLabelRow } from './guardrail-tuning-schemas.ts'
import { type Quoted, quoteFor } from './viewer.ts'

export const moment = (epoch: number) => new Date(epoch).toISOString()

/** A stored verdict as a role may see it. */
export function toVerdictRow(row: ListedVerdict, role: Role): VerdictRow {
  const { span_id: _, highlight_start: __, highlight_end: ___, ...same } = row
  return { ...same, ts: moment(row.ts), ...quoteFor(role, quotedOf(row)) }
}

/** A label as a role may see it. */
export function toLabelRow(row: LabelsRow, role: Role): GuardLabelRow {
  const { highlight_start: _, highlight_end: __, ...same } = row
  return { ...same, at: moment(row.at), ...quoteFor(role, quotedOf(row)) }
}

function quotedOf({
  excerpt,
  highlight_start: start,
  highlight_end: end,
}: Pick<LabelsRow, 'excerpt' | 'highlight_start' | 'highlight_end'>): Quoted {
  return { excerpt, highlight: start === null || end === null ? null : [start, end] }
}

export function toKindRow({
  kind,
  description,
  stages,
  actions,
  threshold,
  cost,
  options,
}: GuardrailKind): GuardrailKindRow {
  return {
    ...{ kind, description, threshold, cost },
    stages: [...stages],
    actions: [...actions],
    options: Object.entries(options).map(([name, option]) => ({ name, description: option.description })),
  }
}

/** Every route with its rules; those of all routes stand first in each, as the config compiles them. */
export function toGuardedRoutes({ routes, directGuarding }: Policy): Guardrails['routes'] {
  const shared = directGuarding?.rules.length ?? 0
  return [...routes.values()].map(({ name, settings: { guarding } }) => ({
    route: name,
    on_block: guarding?.onBlock ?? null,
    rules: (guarding?.rules ?? []).map((rule, index) =>
      toRuleRow(rule, index < shared ? ['guardrails', index] : ['routes', name, 'guardrails', index - shared]),
    ),
  }))
}

function toRuleRow(rule: GuardRule, path: (string | number)[]): GuardRuleRow {
  const { name, kind, stage, action, mode, threshold, onError, sample, timeoutMs, problem } = rule
  return {
    ...{ name, stage, action, mode, threshold, sample, problem, path },
    kind: kind.kind,
    effective_threshold: thresholdOf(rule),
    on_error: onError,
    timeout_ms: timeoutMs,
    options: shownOptions(rule),
  }
}

/** What a reference stands for is a secret. */
function shownOptions({ kind, options }: GuardRule): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => [name, kind.options[name]?.references ? '[set]' : value]),
  )
}
