import type { FastifyInstance } from 'fastify'
import Type, { type Static } from 'typebox'
import { GatewayError } from '../../core/errors.ts'
import { splitTarget } from '../../core/policy.ts'
import { PROMOTION_SHARES, type Promotion } from '../../core/promotion.ts'
import { rulesOf } from '../../experiments/settings.ts'
import type { HttpDeps } from '../context.ts'
import { actorOf } from './audit.ts'
import { type JudgedExperiment, noExperiment } from './experiments.ts'
import { Name } from './paging.ts'
import { PromotionBody, PromotionList, PromotionPlan, PromotionRow, StepBody } from './promotion-schemas.ts'

const MOST_PROMOTIONS = 100

const ListQuery = Type.Object({ route: Name, open: Type.Optional(Type.Boolean()) }, { additionalProperties: false })
const Params = Type.Object({ id: Type.Integer({ minimum: 1 }) })
type OfPromotion = { Params: Static<typeof Params> }

/** Moving a route's traffic to a candidate, step by step, and back. */
export function registerPromotions(app: FastifyInstance, deps: HttpDeps): void {
  const { reader } = deps.admin
  const { promoter } = deps.admin.experiments
  app.get<{ Querystring: Static<typeof ListQuery> }>(
    '/admin/api/promotions',
    { schema: { summary: 'Promotions, newest first', querystring: ListQuery, response: { 200: PromotionList } } },
    async (request) => {
      const rows = await reader.ask<Promotion[]>('promotions', request.query, MOST_PROMOTIONS)
      return { data: rows.map((row) => toRow(row, deps)) }
    },
  )
  app.get<{ Params: { id: string } }>(
    '/admin/api/experiments/:id/promotion',
    {
      schema: {
        summary: 'What promoting an experiment’s candidate would change',
        response: { 200: PromotionPlan },
      },
    },
    async ({ params }): Promise<PromotionPlan> => {
      const { route, candidate, answer, why } = await standingOf(params.id, deps)
      const rollout = { target: candidate, share: PROMOTION_SHARES[0] }
      const { before, after } = promoter.preview(route, { rollout })
      const target = { ...splitTarget(candidate)!, weight: 1 }
      const { after: complete } = promoter.preview(route, promoter.completion(route, target))
      return { allowed: answer === 'non-inferior', answer, why, route, candidate, before, first: after, complete }
    },
  )
  app.post<{ Body: PromotionBody }>(
    '/admin/api/promotions',
    {
      schema: {
        summary: 'Send the first share of a route’s traffic to a candidate',
        description:
          'Only where the experiment says that it is non-inferior, or with an override, which stands in the audit trail.',
        body: PromotionBody,
        response: { 201: PromotionRow },
      },
    },
    async (request, reply) => {
      const { experiment, automatic = false, override } = request.body
      const standing = await standingOf(experiment, deps)
      checkAllowed(standing, override)
      const { route, candidate, baseline, margins, why } = standing
      const { judging } = deps.admin.config.current().routes.get(route)!.settings
      const rules = rulesOf(judging).filter(({ evaluator }) => evaluator.cost === 'process')
      const settings = { margins, evaluators: rules.map(({ name }) => name), automatic, source: '' }
      const actor = actorOf(request, deps)
      const reason = override?.reason ?? null
      const begun = await promoter.begin({ experiment, route, baseline, candidate, actor, reason, settings }, why)
      return reply.code(201).send(toRow(begun, deps))
    },
  )
  app.post<OfPromotion & { Body: StepBody | null }>(
    '/admin/api/promotions/:id/step',
    {
      schema: {
        summary: 'Take the next step',
        params: Params,
        body: Type.Union([StepBody, Type.Null()]),
        response: { 200: PromotionRow },
      },
    },
    async (request) => {
      const { id } = request.params
      return toRow(await promoter.advance(id, request.body?.share ?? null, actorOf(request, deps)), deps)
    },
  )
  app.post<OfPromotion>(
    '/admin/api/promotions/:id/rollback',
    {
      schema: {
        summary: 'Send all traffic back to where it went before',
        params: Params,
        response: { 200: PromotionRow },
      },
    },
    async (request) => toRow(await promoter.rollBack(request.params.id, actorOf(request, deps), 'by hand'), deps),
  )
  app.post<OfPromotion>(
    '/admin/api/promotions/:id/complete',
    {
      schema: {
        summary: 'Make the candidate the route’s first target',
        params: Params,
        response: { 200: PromotionRow },
      },
    },
    async (request) => toRow(await promoter.complete(request.params.id, actorOf(request, deps)), deps),
  )
}

interface Standing extends Pick<PromotionPlan, 'answer' | 'why' | 'route' | 'candidate'> {
  baseline: string
  margins: Readonly<Record<string, number>>
}

/** What an experiment says of its candidate. Throws where there is nothing that could be promoted. */
async function standingOf(id: string, { admin }: HttpDeps): Promise<Standing> {
  const found = await admin.reader.ask<JudgedExperiment | null>('experiment', id)
  if (found === null) throw noExperiment(id)
  const { route, candidate, baseline, settings } = found.summary
  if (route === null || !admin.config.current().routes.has(route))
    throw new GatewayError('invalid_request', 'This experiment is of no route that the config has.', {
      hint: 'Promote a candidate that was compared with a route’s own target.',
    })
  const target = splitTarget(candidate)
  if (!target || !admin.config.current().providers.has(target.provider))
    throw new GatewayError('invalid_request', `${candidate} is no target that the config can call.`, {
      hint: 'A proposed config is promoted by saving it on the Routes page.',
    })
  const { answer, why } = found.verdict.all
  return { route, candidate, baseline, answer, why, margins: settings.margins }
}

function checkAllowed({ answer, candidate, why }: Standing, override: PromotionBody['override']): void {
  if (answer === 'non-inferior') return
  if (!override)
    throw new GatewayError('conflict', `The verdict is “${answer}”. ${why}`, {
      hint: 'Wait for more pairs, or send `override` with the candidate typed out and a reason.',
    })
  if (override.candidate !== candidate)
    throw new GatewayError('invalid_request', `The override names ${override.candidate}, not ${candidate}.`, {
      hint: 'Type the candidate out as it is.',
    })
}

function toRow(promotion: Promotion, { admin }: HttpDeps): PromotionRow {
  const { id, experiment, route, baseline, candidate, state, share, startedAt, endedAt, actor, reason } = promotion
  return {
    ...{ id, experiment, route, baseline, candidate, state, share, actor, reason },
    started_at: new Date(startedAt).toISOString(),
    ended_at: endedAt === null ? null : new Date(endedAt).toISOString(),
    automatic: promotion.settings.automatic,
    steps: promotion.steps.map((step) => ({ ...step, at: new Date(step.at).toISOString() })),
    live: admin.experiments.promoter.live(id),
  }
}
