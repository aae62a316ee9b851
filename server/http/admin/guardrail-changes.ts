import type { GuardRule } from '../../core/guard-policy.ts'
import type { Policy } from '../../core/policy.ts'

/** What became of one rule of a route from one config to the next. */
export interface GuardChange {
  route: string
  guardrail: string
  change: 'added' | 'removed' | 'changed'
  /** By setting: before and after. */
  settings?: Record<string, [before: unknown, after: unknown]>
}

const COMPARED = {
  stage: ({ stage }: GuardRule) => stage,
  action: ({ action }: GuardRule) => action,
  mode: ({ mode }: GuardRule) => mode,
  threshold: ({ threshold }: GuardRule) => threshold,
  on_error: ({ onError }: GuardRule) => onError,
  sample: ({ sample }: GuardRule) => sample,
}

/** How two policies differ in what guards each route, for the audit trail; options are not told. */
export function guardChanges(before: Policy, after: Policy): GuardChange[] {
  const names = [...new Set([...before.routes.keys(), ...after.routes.keys()])]
  return names.flatMap((route) => {
    const [old, now] = [rulesOf(before, route), rulesOf(after, route)]
    return [...new Set([...old.keys(), ...now.keys()])].flatMap((guardrail): GuardChange[] => {
      const [one, other] = [old.get(guardrail), now.get(guardrail)]
      if (!one) return [{ route, guardrail, change: 'added' }]
      if (!other) return [{ route, guardrail, change: 'removed' }]
      const settings = differences(one, other)
      return Object.keys(settings).length === 0 ? [] : [{ route, guardrail, change: 'changed', settings }]
    })
  })
}

function rulesOf({ routes }: Policy, route: string): Map<string, GuardRule> {
  return new Map((routes.get(route)?.settings.guarding?.rules ?? []).map((rule) => [rule.name, rule]))
}

function differences(one: GuardRule, other: GuardRule): Record<string, [unknown, unknown]> {
  return Object.fromEntries(
    Object.entries(COMPARED).flatMap(([name, read]) =>
      read(one) === read(other) ? [] : [[name, [read(one), read(other)]]],
    ),
  )
}
