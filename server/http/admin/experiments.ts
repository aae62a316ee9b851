import type { FastifyInstance } from 'fastify'
import Type, { type Static } from 'typebox'
import { GatewayError } from '../../core/errors.ts'
import type { Experiment } from '../../core/experiment.ts'
import type { ExperimentVerdict } from '../../statistics/experiment-verdict.ts'
import type { ExperimentSummary } from '../../stores/experiments/experiments.ts'
import type { PairFilter } from '../../stores/experiments/pairs.ts'
import type { HttpDeps } from '../context.ts'
import { actorOf } from './audit.ts'
import { type ReadPair, toExperimentRow, toPairRow } from './experiment-rows.ts'
import {
  CHANGES,
  EXPERIMENT_KINDS,
  ExperimentDetail,
  ExperimentList,
  PairPage,
  VoteBody,
} from './experiment-schemas.ts'
import { Name } from './paging.ts'

const MOST_EXPERIMENTS = 200

const ListQuery = Type.Object(
  { route: Name, kind: Type.Optional(Type.Enum([...EXPERIMENT_KINDS])) },
  { additionalProperties: false },
)
const PairQuery = Type.Object(
  {
    change: Type.Optional(
      Type.Array(Type.Enum([...CHANGES]), { description: 'how much the replies differ; repeat it for several' }),
    ),
    outcome: Type.Optional(Type.Enum(['paired', 'error', 'skipped'])),
    cohort: Type.Optional(
      Type.String({ pattern: '^[^=]+=.*$', description: 'KEY=VALUE of a cohort, e.g. tenant=acme' }),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 20 })),
    cursor: Type.Optional(Type.String({ maxLength: 200, description: '`next_cursor` of the page before' })),
  },
  { additionalProperties: false },
)
type OfExperiment = { Params: { id: string } }
type OfPair = { Params: { id: string; pair: string } }

/** What the reader says of one experiment. */
export interface JudgedExperiment extends ExperimentVerdict {
  summary: ExperimentSummary
}

/** Comparisons of a candidate with a baseline: their verdicts and pairs. */
export function registerExperiments(app: FastifyInstance, deps: HttpDeps): void {
  const { reader, desk } = deps.admin
  app.get<{ Querystring: Static<typeof ListQuery> }>(
    '/admin/api/experiments',
    {
      schema: {
        summary: 'Comparisons of a candidate with a baseline, newest first',
        querystring: ListQuery,
        response: { 200: ExperimentList },
      },
    },
    async (request) => {
      const rows = await reader.ask<ExperimentSummary[]>('experiments', request.query, MOST_EXPERIMENTS)
      return { data: rows.map(toExperimentRow) }
    },
  )
  app.get<OfExperiment>(
    '/admin/api/experiments/:id',
    {
      schema: {
        summary: 'One comparison: its coverage and its verdict',
        description: 'The verdict may be looked at whenever and however often one likes.',
        response: { 200: ExperimentDetail },
      },
    },
    async ({ params }): Promise<ExperimentDetail> => {
      const found = await reader.ask<JudgedExperiment | null>('experiment', params.id)
      if (found === null) throw noExperiment(params.id)
      const { summary, coverage, verdict, cohorts } = found
      return {
        ...toExperimentRow(summary),
        settings: summary.settings,
        coverage: {
          paired: coverage.paired,
          candidate_error: coverage.candidateError,
          candidate_timeout: coverage.candidateTimeout,
          skipped: { ...coverage.skipped } as Record<string, number>,
          with_self: coverage.withSelf,
        },
        verdict,
        cohorts,
      }
    },
  )
  app.get<OfExperiment & { Querystring: Static<typeof PairQuery> }>(
    '/admin/api/experiments/:id/pairs',
    {
      schema: {
        summary: 'The pairs of a comparison with their texts, newest first',
        querystring: PairQuery,
        response: { 200: PairPage },
      },
    },
    async (request): Promise<PairPage> => {
      const { limit = 20, cursor = null, cohort, ...same } = request.query
      const filter: PairFilter = { ...same, experiment: request.params.id, ...(cohort && { cohort: cohortOf(cohort) }) }
      const pairs = await reader.ask<ReadPair[]>('pairs', filter, actorOf(request, deps), cursor, limit)
      return { data: pairs.map(toPairRow), next_cursor: pairs.length < limit ? null : pairs.at(-1)!.id }
    },
  )
  app.put<OfPair & { Body: VoteBody }>(
    '/admin/api/experiments/:id/pairs/:pair/vote',
    {
      schema: {
        summary: 'Say which reply of a pair is better, or take that back',
        body: VoteBody,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const { id, pair } = request.params
      const { vote } = request.body
      const actor = actorOf(request, deps)
      const isThere = await desk.experiment({ type: 'vote', experiment: id, pair, vote, actor, at: Date.now() })
      if (!isThere && vote !== null) throw new GatewayError('not_found', `There is no pair ${pair} in ${id}.`)
      return reply.code(204).send()
    },
  )
  app.post<OfExperiment>(
    '/admin/api/experiments/:id/end',
    { schema: { summary: 'End a comparison; further pairs begin another one', response: { 204: Type.Null() } } },
    async (request, reply) => {
      const { id } = request.params
      const ended = await desk.experiment({ type: 'end-experiment', id, at: Date.now() })
      if (!ended && (await reader.ask<Experiment | null>('findExperiment', id)) === null) throw noExperiment(id)
      deps.admin.experiments.store.forget()
      return reply.code(204).send()
    },
  )
}

export function noExperiment(id: string): GatewayError {
  return new GatewayError('not_found', `There is no experiment ${id}.`)
}

function cohortOf(text: string): { key: string; value: string } {
  const at = text.indexOf('=')
  return { key: text.slice(0, at), value: text.slice(at + 1) }
}
