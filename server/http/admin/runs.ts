import type { FastifyInstance } from 'fastify'
import Type, { type Static } from 'typebox'
import { GatewayError } from '../../core/errors.ts'
import type { Run } from '../../core/run.ts'
import type { RunOrder as Order } from '../../experiments/runs/order.ts'
import { noRun } from '../../experiments/runs/runner.ts'
import type { RunSummary as Summary } from '../../statistics/run-summary.ts'
import type { HttpDeps } from '../context.ts'
import { actorOf } from './audit.ts'
import { orderOf, toEstimateRow, toRunRow, toSummary } from './run-rows.ts'
import { RunCreated, RunEstimate, RunOrder, RunPage, RunRow, RunSummary } from './run-schemas.ts'

/** A proposed config comes along. */
const LARGEST_ORDER = 8 * 1024 * 1024

const ListQuery = Type.Object(
  {
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
    cursor: Type.Optional(Type.String({ maxLength: 200, description: '`next_cursor` of the page before' })),
  },
  { additionalProperties: false },
)
const SummaryQuery = Type.Object(
  {
    by: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 200,
        description: 'fact of the requests: `tenant`, `model`, `prompt`, `metadata.NAME`, …',
      }),
    ),
  },
  { additionalProperties: false },
)
const ResumeBody = Type.Object(
  { budget_usd: Type.Optional(Type.Number({ exclusiveMinimum: 0, description: 'in the place of the run’s own' })) },
  { additionalProperties: false },
)
type OfRun = { Params: { id: string } }

/** Datasets and stored traffic, run through a candidate. Each run is also an experiment of the same id. */
export function registerRuns(app: FastifyInstance, deps: HttpDeps): void {
  const { reader } = deps.admin
  const { maker, runner } = deps.admin.experiments.runs
  const rowOf = async (id: string): Promise<RunRow> => {
    const run = await reader.ask<Run | null>('run', id)
    if (run === null) throw noRun(id)
    return toRunRow(run, runner.paceOf(id))
  }
  app.post<{ Body: RunOrder }>(
    '/admin/api/runs/estimate',
    {
      bodyLimit: LARGEST_ORDER,
      schema: { summary: 'What a run would take; nothing is called', body: RunOrder, response: { 200: RunEstimate } },
    },
    async ({ body }) => toEstimateRow(await maker.estimate(read(body))),
  )
  app.post<{ Body: RunOrder }>(
    '/admin/api/runs',
    {
      bodyLimit: LARGEST_ORDER,
      schema: {
        summary: 'Run a dataset or stored traffic through a candidate',
        description:
          'Every call is made once at the most, also over a kill of the gateway. Tools are never executed: what they gave when the request was made is part of it. The verdict and the pairs are those of the experiment of the same id.',
        body: RunOrder,
        response: { 201: RunCreated },
      },
    },
    async (request, reply) => {
      const { id, estimate } = await maker.create(read(request.body), actorOf(request, deps))
      await runner.go(id)
      return reply.code(201).send({ id, estimate: toEstimateRow(estimate) })
    },
  )
  app.get<{ Querystring: Static<typeof ListQuery> }>(
    '/admin/api/runs',
    { schema: { summary: 'Runs, newest first', querystring: ListQuery, response: { 200: RunPage } } },
    async ({ query: { limit = 50, cursor = null } }): Promise<RunPage> => {
      const runs = await reader.ask<Run[]>('runs', cursor, limit)
      return {
        data: runs.map((run) => toRunRow(run, runner.paceOf(run.experiment.id))),
        next_cursor: runs.length < limit ? null : runs.at(-1)!.experiment.id,
      }
    },
  )
  app.get<OfRun>(
    '/admin/api/runs/:id',
    { schema: { summary: 'One run and how far it is', response: { 200: RunRow } } },
    ({ params }) => rowOf(params.id),
  )
  app.get<OfRun & { Querystring: Static<typeof SummaryQuery> }>(
    '/admin/api/runs/:id/summary',
    {
      schema: {
        summary: 'How both sides did so far, over all requests and by a fact of theirs',
        querystring: SummaryQuery,
        response: { 200: RunSummary },
      },
    },
    async ({ params: { id }, query: { by = null } }) => {
      const summary = await reader.ask<Summary | null>('runSummary', id, by)
      if (summary === null) throw noRun(id)
      return toSummary(id, by, summary)
    },
  )
  app.post<OfRun>(
    '/admin/api/runs/:id/pause',
    { schema: { summary: 'Begin nothing more; what is under way comes to its end', response: { 200: RunRow } } },
    async (request) => {
      await runner.pause(request.params.id, actorOf(request, deps))
      return rowOf(request.params.id)
    },
  )
  app.post<OfRun & { Body: Static<typeof ResumeBody> | null }>(
    '/admin/api/runs/:id/resume',
    {
      schema: {
        summary: 'Go on with a run that is paused or has failed',
        body: Type.Union([ResumeBody, Type.Null()]),
        response: { 200: RunRow },
      },
    },
    async (request) => {
      const usd = request.body?.budget_usd
      const budget = usd === undefined ? undefined : Math.round(usd * 1e9)
      await runner.resume(request.params.id, actorOf(request, deps), budget)
      return rowOf(request.params.id)
    },
  )
  app.post<OfRun>(
    '/admin/api/runs/:id/cancel',
    { schema: { summary: 'End a run; what is under way comes to its end', response: { 200: RunRow } } },
    async (request) => {
      await runner.cancel(request.params.id, actorOf(request, deps))
      return rowOf(request.params.id)
    },
  )
  app.post<OfRun>(
    '/admin/api/runs/:id/retry-lost',
    {
      schema: {
        summary: 'Run again what was cut off as the gateway stopped',
        description: 'Nobody knows whether those calls were made: a provider may bill them twice.',
        response: { 200: RunRow },
      },
    },
    async (request) => {
      await runner.retryLost(request.params.id, actorOf(request, deps))
      return rowOf(request.params.id)
    },
  )
}

/** Throws `invalid_request`. */
function read(body: RunOrder): Order {
  try {
    return orderOf(body, Date.now())
  } catch (error) {
    throw new GatewayError('invalid_request', `${(error as Error).message}.`, { param: 'traces' })
  }
}
