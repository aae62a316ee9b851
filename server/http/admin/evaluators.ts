import type { FastifyInstance } from 'fastify'
import Type, { type Static } from 'typebox'
import { evaluators } from '../../evaluators/index.ts'
import type { ScoreStats } from '../../stores/scores-stats.ts'
import type { AdminDeps } from '../context.ts'
import { EvaluatorKindList, ScoreSeries } from './evaluator-schemas.ts'
import { Name } from './paging.ts'

const Query = Type.Object(
  {
    window_ms: Type.Optional(Type.Integer({ minimum: 1000, maximum: 90 * 86_400_000, default: 86_400_000 })),
    steps: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 24 })),
    route: Name,
  },
  { additionalProperties: false },
)

/** What replies can be judged by, and what was said of them. */
export function registerEvaluators(app: FastifyInstance, deps: AdminDeps): void {
  app.get(
    '/admin/api/evaluators',
    { schema: { summary: 'Every kind of evaluator with its options', response: { 200: EvaluatorKindList } } },
    async () => ({
      data: [...evaluators.values()].map(({ id, description, options }) => ({
        id,
        description,
        options: { ...options },
      })),
    }),
  )
  app.get<{ Querystring: Static<typeof Query> }>(
    '/admin/api/scores',
    {
      schema: {
        summary:
          'What evaluators said of live replies, by route, target and evaluator, in steps of a window ending now',
        querystring: Query,
        response: { 200: ScoreSeries },
      },
    },
    async ({ query }): Promise<ScoreSeries> => {
      const { window_ms: windowMs = 86_400_000, steps = 24, route } = query
      const stepMs = Math.ceil(windowMs / steps)
      const to = Date.now() + 1
      const asked = { from: to - stepMs * steps, to, stepMs, ...(route && { route }) }
      const rows = await deps.reader.ask<ScoreStats[]>('scoreStats', asked)
      return {
        from: new Date(asked.from).toISOString(),
        step_ms: stepMs,
        data: rows.map((row) => ({ ...row, at: new Date(row.at).toISOString() })),
      }
    },
  )
}
