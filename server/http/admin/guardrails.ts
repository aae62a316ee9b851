import type { FastifyInstance } from 'fastify'
import Type, { type Static } from 'typebox'
import { NO_VERDICTS, type VerdictStats } from '../../stores/verdicts-stats.ts'
import type { HttpDeps } from '../context.ts'
import { moment, toGuardedRoutes, toKindRow } from './guardrail-rows.ts'
import { GuardrailStats, Guardrails } from './guardrail-schemas.ts'
import { Name } from './paging.ts'

const DAY_MS = 86_400_000

const Query = Type.Object(
  {
    window_ms: Type.Optional(Type.Integer({ minimum: 1000, maximum: 90 * DAY_MS, default: DAY_MS })),
    steps: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 96 })),
    route: Name,
    tenant: Name,
    guardrail: Name,
  },
  { additionalProperties: false },
)

/** Which guardrails there are, and what they did. */
export function registerGuardrails(app: FastifyInstance, { policy, admin }: HttpDeps): void {
  app.get(
    '/admin/api/guardrails',
    { schema: { summary: 'Kinds of guardrails, and the rules of each route', response: { 200: Guardrails } } },
    async (): Promise<Guardrails> => ({
      kinds: [...admin.guardrails.values()].map(toKindRow),
      routes: toGuardedRoutes(policy()),
    }),
  )
  app.get<{ Querystring: Static<typeof Query> }>(
    '/admin/api/guardrails/stats',
    {
      schema: {
        summary: 'What guardrails did over a window ending now',
        querystring: Query,
        response: { 200: GuardrailStats },
      },
    },
    async ({ query }): Promise<GuardrailStats> => {
      const { window_ms: windowMs = DAY_MS, steps = 96, ...scope } = query
      const stepMs = Math.ceil(windowMs / steps)
      const to = Date.now() + 1
      const from = to - stepMs * steps
      const stats = await admin.reader.ask<VerdictStats>('verdictStats', { ...scope, from, to }, stepMs)
      const { series, oldest, ...same } = stats
      return {
        ...same,
        from: moment(from),
        to: moment(to),
        step_ms: stepMs,
        oldest: oldest === null ? null : moment(oldest),
        series: Array.from({ length: steps }, (_, index) => ({
          ts: moment(from + index * stepMs),
          ...(series.get(index) ?? NO_VERDICTS),
        })),
      }
    },
  )
}
