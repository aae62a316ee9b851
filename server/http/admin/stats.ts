import type { FastifyInstance } from 'fastify'
import Type, { type Static } from 'typebox'
import type { StatsGroup } from '../../stores/stats.ts'
import type { AdminDeps } from '../context.ts'
import { Stats } from './schemas.ts'

const Query = Type.Object(
  {
    window_ms: Type.Optional(Type.Integer({ minimum: 1000, maximum: 90 * 86_400_000, default: 3_600_000 })),
    steps: Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 60 })),
  },
  { additionalProperties: false },
)

const NOTHING: StatsGroup = {
  requests: 0,
  errors: 0,
  refused: 0,
  fallbacks: 0,
  cost_nano: 0,
  cost_unknown: 0,
  input_tokens: 0,
  output_tokens: 0,
  p50_ms: null,
  p95_ms: null,
  ttft_p50_ms: null,
  ttft_p95_ms: null,
}

type Groups = Map<string | number, StatsGroup>

/** Figures over the last stretch of time, whole, by step and by route. */
export function registerStats(app: FastifyInstance, deps: AdminDeps): void {
  app.get<{ Querystring: Static<typeof Query> }>(
    '/admin/api/stats',
    { schema: { summary: 'Figures over a window ending now', querystring: Query, response: { 200: Stats } } },
    async (request): Promise<Static<typeof Stats>> => {
      const { window_ms: windowMs = 3_600_000, steps = 60 } = request.query
      const stepMs = Math.ceil(windowMs / steps)
      const to = Date.now() + 1
      const from = to - stepMs * steps
      const groups = await deps.reader.ask<{ total: Groups; series: Groups; routes: Groups }>('stats', from, to, stepMs)
      const moment = (index: number) => new Date(from + index * stepMs).toISOString()
      return {
        from: moment(0),
        to: new Date(to).toISOString(),
        step_ms: stepMs,
        total: figures(groups.total.get('total')),
        series: Array.from({ length: steps }, (_, index) => ({
          ts: moment(index),
          ...figures(groups.series.get(index)),
        })),
        routes: [...groups.routes]
          .map(([route, group]) => ({ route: String(route), ...figures(group) }))
          .sort((left, right) => right.requests - left.requests),
      }
    },
  )
}

function figures(group: StatsGroup = NOTHING) {
  const { cost_nano: cost, ...same } = group
  return { ...same, cost_usd: cost / 1e9 }
}
