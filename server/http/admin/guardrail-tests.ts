import type { FastifyInstance } from 'fastify'
import { GatewayError } from '../../core/errors.ts'
import type { GuardRule } from '../../core/guard-policy.ts'
import type { GuardTrialResult } from '../../core/guard-trial.ts'
import type { GuardStage, TextOrigin } from '../../core/guardrail.ts'
import type { HttpDeps } from '../context.ts'
import { GuardTest, GuardTestResult, type GuardTestRow } from './guardrail-tuning-schemas.ts'

/** Of the JSON that holds a text of the longest kind. */
const LARGEST_BODY = 2 * 1024 * 1024

/** Trying a text on guardrails, apart from any request. */
export function registerGuardTests(app: FastifyInstance, deps: HttpDeps): void {
  app.post<{ Body: GuardTest }>(
    '/admin/api/guardrails/test',
    {
      bodyLimit: LARGEST_BODY,
      schema: {
        summary: 'What guardrails would say of a text',
        description: 'Nothing of it is kept. Guardrails that ask somebody do so.',
        body: GuardTest,
        response: { 200: GuardTestResult },
      },
    },
    async ({ body }): Promise<GuardTestResult> => {
      const results = await tryText(body, deps)
      return { data: results.map(toTestRow) }
    },
  )
}

/** Where texts of an origin are looked at. */
const STAGES: Readonly<Record<TextOrigin, readonly GuardStage[]>> = {
  system: ['pre'],
  user: ['pre'],
  assistant: ['pre'],
  'third-party': ['pre', 'context'],
  definition: ['pre'],
  'tool-call': ['pre', 'post'],
  reply: ['post'],
  reasoning: ['post'],
}

/**
 * Runs the rules that a body names over its text. Throws `not_found` for a route, rule or kind that is not there, and
 * `invalid_request` for a body that names nothing, both, or options that make no sense.
 */
export function tryText(body: GuardTest, deps: HttpDeps): Promise<GuardTrialResult[]> {
  const { text, route } = body
  const rules = route === undefined ? [ruleOfKind(body, deps)] : rulesOf(body, deps)
  const origin = body.origin ?? USUAL_ORIGIN[rules[0]?.stage ?? 'pre']
  const stages = body.stage === undefined ? STAGES[origin] : [body.stage]
  // A rule that is named is tried on whatever is given.
  const tried =
    body.rule === undefined && route !== undefined ? rules.filter(({ stage }) => stages.includes(stage)) : rules
  return deps.admin.inspectText({ text, origin, route: route ?? '', tenant: TENANT, rules: tried })
}

/** A rule as it stands without a route: with the options that are given, and what the kind itself does. */
function ruleOfKind({ kind: name, options = {}, stage, rule }: GuardTest, { admin }: HttpDeps): GuardRule {
  if (name === undefined || rule !== undefined)
    throw new GatewayError('invalid_request', 'It does not say what to try.', {
      hint: 'Send a `route`, a `route` and a `rule` of it, or a `kind`.',
    })
  const kind = admin.guardrails.get(name)
  if (!kind)
    throw new GatewayError('not_found', `There is no guardrail of the kind "${name}".`, {
      hint: `These are: ${[...admin.guardrails.keys()].join(', ')}.`,
    })
  try {
    return {
      ...{ name, kind, guardrail: kind.create(options), options },
      ...{ stage: stage ?? kind.stages[0]!, action: kind.actions[0]!, threshold: null },
      ...{ onError: 'block', mode: 'enforce', sample: 1, timeoutMs: TIMEOUT_MS, problem: null },
      ...{ escalateTo: null, redaction: 'placeholder', restore: false },
    }
  } catch (error) {
    throw new GatewayError('invalid_request', `The guardrail ${name} cannot be made: ${(error as Error).message}.`, {
      param: 'options',
      hint: 'Try it as a rule of a route, or give the options that it needs.',
    })
  }
}

/** As of a caller on this machine without a key. */
const TENANT = 'local'
const TIMEOUT_MS = 30_000

function rulesOf({ route: name, rule, kind, options }: GuardTest, { policy }: HttpDeps): GuardRule[] {
  if (kind !== undefined || options !== undefined)
    throw new GatewayError('invalid_request', 'A route’s rules are tried as they are.', {
      hint: 'Send either a `route`, or a `kind` with its `options`.',
    })
  const route = policy().routes.get(name!)
  if (!route) throw new GatewayError('not_found', `There is no route "${name}".`)
  const rules = route.settings.guarding?.rules ?? []
  const named = rules.filter((each) => rule === undefined || each.name === rule)
  if (named.length === 0 && rule !== undefined)
    throw new GatewayError('not_found', `The route ${name} has no guardrail "${rule}".`)
  return [...named]
}

/** Whose a text most likely is that is looked at there. */
export const USUAL_ORIGIN: Readonly<Record<GuardStage, TextOrigin>> = {
  pre: 'user',
  context: 'third-party',
  post: 'reply',
}

function toTestRow({ rule, durationMs, matches, excerpt: _, highlight: __, ...same }: GuardTrialResult): GuardTestRow {
  const { name, kind, stage, action, mode } = rule
  return {
    ...same,
    ...{ guardrail: name, kind: kind.kind, stage, action, mode },
    matches: [...matches],
    duration_ms: durationMs,
  }
}
