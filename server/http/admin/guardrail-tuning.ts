import type { FastifyInstance } from 'fastify'
import Type, { type Static } from 'typebox'
import { GatewayError } from '../../core/errors.ts'
import { isHarmful } from '../../core/guard-label.ts'
import { type GuardRule, thresholdOf } from '../../core/guard-policy.ts'
import type { TuningData, TuningQuestion } from '../../stores/verdicts-tuning.ts'
import type { HttpDeps } from '../context.ts'
import type { Role } from './access.ts'
import { areaOf, rocOf, splitAt } from './guardrail-roc.ts'
import { moment, toVerdictRow } from './guardrail-rows.ts'
import { GuardTuning } from './guardrail-tuning-schemas.ts'
import { Score } from './guardrail-words.ts'
import { roleOf } from './viewer.ts'

const DAY_MS = 86_400_000
const COLUMNS = 50
const EXAMPLES = 20

const Params = Type.Object({ route: Type.String(), guardrail: Type.String() })
const Query = Type.Object(
  {
    days: Type.Optional(Type.Integer({ minimum: 1, maximum: 90, default: 7 })),
    threshold: Type.Optional(Score('to try; the present one where not said')),
  },
  { additionalProperties: false },
)

/** What is known of one rule's scores, and what another threshold would have meant. */
export function registerGuardTuning(app: FastifyInstance, deps: HttpDeps): void {
  app.get<{ Params: Static<typeof Params>; Querystring: Static<typeof Query> }>(
    '/admin/api/guardrails/tuning/:route/:guardrail',
    {
      schema: {
        summary: 'What a threshold of one rule would mean, by labels and by what was recorded',
        params: Params,
        querystring: Query,
        response: { 200: GuardTuning },
      },
    },
    async (request): Promise<GuardTuning> => {
      const { route, guardrail } = request.params
      const { days = 7, threshold = null } = request.query
      const rule = deps
        .policy()
        .routes.get(route)
        ?.settings.guarding?.rules.find(({ name }) => name === guardrail)
      if (!rule)
        throw new GatewayError('not_found', `There is no guardrail "${guardrail}" on a route "${route}".`, {
          hint: 'GET /admin/api/guardrails lists them.',
        })
      const to = Date.now() + 1
      const question: TuningQuestion = {
        ...{ route, guardrail, to, columns: COLUMNS, examples: EXAMPLES, proposed: threshold },
        kind: rule.kind.kind,
        stage: rule.stage,
        withKind: Object.keys(rule.options).length === 0,
        from: to - days * DAY_MS,
      }
      const data = await deps.admin.reader.ask<TuningData>('tuning', question)
      return describe(rule, question, data, roleOf(request, deps))
    },
  )
}

function describe(rule: GuardRule, question: TuningQuestion, data: TuningData, role: Role): GuardTuning {
  const { route, guardrail, from, to, proposed } = question
  const labelled = data.labels.map(({ label, score }) => ({ score, harmful: isHarmful(label) }))
  const harmful = labelled.filter((each) => each.harmful).length
  const now = thresholdOf(rule)
  const counts = new Map(data.scores.map(({ column, ...same }) => [column, same]))
  return {
    ...{ route, guardrail, kind: rule.kind.kind, stage: rule.stage, action: rule.action, mode: rule.mode },
    threshold: now,
    is_own: rule.threshold !== null,
    from: moment(Math.max(from, data.oldest ?? from)),
    to: moment(to),
    labels: { harmful, harmless: labelled.length - harmful },
    auc: areaOf(labelled),
    roc: rocOf(labelled),
    now: splitAt(labelled, now),
    proposed: splitAt(labelled, proposed ?? now),
    inspections: data.inspections,
    scores: Array.from({ length: COLUMNS }, (_, column) => ({
      from: column / COLUMNS,
      to: (column + 1) / COLUMNS,
      ...(counts.get(column) ?? { acted: 0, passed: 0, harmful: 0, harmless: 0 }),
    })),
    would: {
      requests: data.inspections,
      requests_now: data.found_now,
      requests_proposed: data.found_proposed,
      gained: data.gained,
      lost: data.lost,
      changed: data.changed.map((row) => toVerdictRow(row, role)),
      found: data.found.map((row) => toVerdictRow(row, role)),
    },
  }
}
