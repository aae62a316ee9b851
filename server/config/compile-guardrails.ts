import { DEFAULT_REFUSAL, type GuardPolicy, type GuardRule } from '../core/guard-policy.ts'
import type { GuardrailKind } from '../core/guardrail.ts'
import { freeName } from './free-name.ts'
import type { Path, ProblemList } from './problems.ts'
import { type RouteContext, readTarget } from './route-context.ts'
import type { ConfigDocument, RouteDocument } from './schema.ts'
import { resolveReferences } from './secrets.ts'
import { suggest } from './suggest.ts'
import { readDuration } from './units.ts'
import { validateValue } from './validate.ts'

type RuleDocument = NonNullable<ConfigDocument['guardrails']>[number]

const DEFAULT_TIMEOUT_MS = 5000
const LONGEST_TIMEOUT_MS = 120_000
/** What every kind has; anything else in a rule is an option of its kind. */
const COMMON = new Set('use name stage action threshold on_error mode sample timeout as restore escalate_to'.split(' '))

type RuleContext = Omit<RouteContext, 'sharedRules' | 'evaluators'>

/** How a route guards: the rules of all routes, then its own. `null` where there are none. */
export function compileGuarding(
  document: Pick<RouteDocument, 'guardrails' | 'on_block' | 'refusal'>,
  route: Path,
  context: RouteContext,
): GuardPolicy | null {
  const { sharedRules, problems } = context
  const own = compileRules(document.guardrails ?? [], [...route, 'guardrails'], context, sharedRules)
  const guarding = guardingOf(document, [...sharedRules, ...own])
  for (const name of ['on_block', 'refusal'] as const)
    if (guarding === null && document[name] !== undefined)
      problems.add([...route, name], `\`${name}\` is for routes with guardrails`, { at: 'key' })
  return guarding
}

export function guardingOf(
  { on_block, refusal }: Pick<RouteDocument, 'on_block' | 'refusal'>,
  rules: readonly GuardRule[],
): GuardPolicy | null {
  return rules.length === 0 ? null : { rules, onBlock: on_block ?? 'error', refusal: refusal ?? DEFAULT_REFUSAL }
}

/** The rules of one list; names are made unique, also against `others`. */
export function compileRules(
  documents: readonly RuleDocument[],
  path: Path,
  context: RuleContext,
  others: readonly GuardRule[] = [],
): GuardRule[] {
  const rules: GuardRule[] = []
  for (const [index, document] of documents.entries()) {
    const rule = compileRule(document, [...path, index], context)
    if (rule === null) continue
    const taken = new Set([...others, ...rules].map(({ name }) => name))
    if (document.name !== undefined && taken.has(document.name))
      context.problems.add([...path, index, 'name'], `another guardrail of this route is called "${document.name}"`)
    rules.push({ ...rule, name: freeName(rule.name, taken) })
  }
  return rules
}

function compileRule(document: RuleDocument, path: Path, context: RuleContext): GuardRule | null {
  const { problems } = context
  const kind = context.guardrails.get(document.use)!
  const stage = document.stage ?? kind.stages[0]!
  const action = document.action ?? kind.actions[0]!
  if (!kind.stages.includes(stage))
    problems.add([...path, 'stage'], `${kind.kind} does not stand at \`${stage}\``, {
      suggestion: `it can: ${kind.stages.join(', ')}`,
    })
  if (!kind.actions.includes(action))
    problems.add([...path, 'action'], `${kind.kind} cannot ${action}`, {
      suggestion: `it can: ${kind.actions.join(', ')}`,
    })
  checkTogether(document, action, stage, path, problems)
  const unresolved: string[] = []
  const options = readOptions(document, kind, path, context, unresolved)
  const guardrail = create(kind, options, path, problems)
  if (guardrail === null) return null
  return {
    name: document.name ?? kind.kind,
    kind,
    guardrail,
    stage,
    action,
    threshold: document.threshold ?? null,
    onError: document.on_error ?? 'block',
    mode: document.mode ?? 'enforce',
    sample: document.sample ?? 1,
    timeoutMs: readTimeout(document.timeout, [...path, 'timeout'], problems),
    escalateTo:
      document.escalate_to === undefined ? null : readTarget(document.escalate_to, [...path, 'escalate_to'], context),
    redaction: document.as ?? 'placeholder',
    restore: document.restore ?? true,
    options,
    problem: unresolved.length === 0 ? null : unresolved.join('; '),
  }
}

/** Members that make sense only with others. */
function checkTogether(document: RuleDocument, action: string, stage: string, path: Path, problems: ProblemList): void {
  const only = (name: 'as' | 'restore' | 'escalate_to', holds: boolean, what: string) => {
    if (document[name] !== undefined && !holds)
      problems.add([...path, name], `\`${name}\` is for ${what}`, { at: 'key' })
  }
  only('as', action === 'redact', '`action: redact`')
  only(
    'restore',
    action === 'redact' && stage !== 'post' && (document.as ?? 'placeholder') === 'placeholder',
    'placeholders in requests',
  )
  only('escalate_to', action === 'escalate', '`action: escalate`')
  if (action === 'escalate' && document.escalate_to === undefined)
    problems.add(path, '`action: escalate` needs `escalate_to: provider/model`', { at: 'key' })
}

function readOptions(
  document: RuleDocument,
  kind: GuardrailKind,
  path: Path,
  { problems, resolve, routes }: RuleContext,
  unresolved: string[],
): Record<string, unknown> {
  const options: Record<string, unknown> = {}
  const resolved = (text: string): string => {
    try {
      return resolveReferences(text, resolve)
    } catch (error) {
      unresolved.push((error as Error).message)
      return text
    }
  }
  for (const [name, value] of Object.entries(document)) {
    if (COMMON.has(name)) continue
    const option = kind.options[name]
    if (option === undefined) {
      const known = Object.keys(kind.options)
      const suggestion = suggest(name, known) ?? (known.length === 0 ? 'it has none' : `it has: ${known.join(', ')}`)
      problems.add([...path, name], `the guardrail ${kind.kind} has no option "${name}"`, { at: 'key', suggestion })
      continue
    }
    validateValue(option.schema, value, [...path, name], problems)
    options[name] = option.references ? resolveAll(value, resolved) : value
    if (option.route && !routes.includes(value as string))
      problems.add([...path, name], `there is no route "${String(value)}"`, {
        suggestion: suggest(String(value), routes) ?? `routes of this file: ${routes.join(', ')}`,
      })
  }
  return options
}

/** A value with every text in it resolved. */
function resolveAll(value: unknown, resolve: (text: string) => string): unknown {
  if (typeof value === 'string') return resolve(value)
  if (Array.isArray(value)) return value.map((item) => resolveAll(item, resolve))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, resolveAll(item, resolve)]))
}

function create(kind: GuardrailKind, options: Record<string, unknown>, path: Path, problems: ProblemList) {
  try {
    return kind.create(options)
  } catch (error) {
    problems.add(path, `the guardrail ${kind.kind} cannot be made: ${(error as Error).message}`)
    return null
  }
}

function readTimeout(text: string | undefined, path: Path, problems: ProblemList): number {
  if (text === undefined) return DEFAULT_TIMEOUT_MS
  const duration = readDuration(text)
  if (duration < 1) problems.add(path, `"${text}" leaves no time at all`)
  if (duration > LONGEST_TIMEOUT_MS) problems.add(path, `"${text}" is longer than two minutes`)
  return duration
}
