import type { FastifyInstance } from 'fastify'
import Type, { type Static } from 'typebox'
import type { AnnotationState as State } from '../../core/annotation.ts'
import type { CriterionAgreement } from '../../statistics/label-agreement.ts'
import type { AnnotationFilter, ListedAnnotation } from '../../stores/experiments/annotations.ts'
import type { HttpDeps } from '../context.ts'
import { readAnnotation } from './annotation-labels.ts'
import { allCriteria, toAgreement, toAnnotationItem, toAnnotationRow } from './annotation-rows.ts'
import {
  AnnotationAgreement,
  AnnotationItem,
  AnnotationPage,
  AnnotationParams,
  AnnotationReason,
  AnnotationState,
  PersonName,
} from './annotation-schemas.ts'
import { cursorAfter, Name, Paging } from './paging.ts'

const closed = { additionalProperties: false }
/** So many labelled items say how far people agree; older ones do not count. */
const MOST_LABELLED = 10_000

const ListQuery = Type.Object(
  {
    state: Type.Optional(AnnotationState),
    route: Name,
    reason: Type.Optional(AnnotationReason),
    assignee: Name,
    unlabelled_by: Type.Optional({ ...PersonName, description: 'only what this person has not labelled' }),
    ...Paging(50, 500),
  },
  closed,
)
const ItemQuery = Type.Object({ as: Type.Optional(PersonName) }, closed)
const AgreementQuery = Type.Object({ route: Name, criterion: Name }, closed)
type OfItem = { Params: AnnotationParams }

/** The annotation queue to be read, and how far people agree. */
export function registerAnnotation(app: FastifyInstance, deps: HttpDeps): void {
  const { reader, experiments } = deps.admin
  const rubric = () => deps.policy().annotation.rubric
  app.get<{ Querystring: Static<typeof ListQuery> }>(
    '/admin/api/annotation',
    {
      schema: {
        summary: 'The annotation queue, newest first',
        querystring: ListQuery,
        response: { 200: AnnotationPage },
      },
    },
    async ({ query }): Promise<AnnotationPage> => {
      const { limit = 50, cursor = null, unlabelled_by: unlabelledBy, ...same } = query
      const filter: AnnotationFilter = { ...same, ...(unlabelledBy === undefined ? {} : { unlabelledBy }) }
      const { rows, counts } = await reader.ask<{ rows: ListedAnnotation[]; counts: Record<State, number> }>(
        'annotations',
        filter,
        cursor,
        limit,
      )
      return {
        data: rows.map(toAnnotationRow),
        next_cursor: cursorAfter(rows, limit),
        counts,
        refused: experiments.annotation.refused,
      }
    },
  )
  app.get<{ Querystring: Static<typeof AgreementQuery> }>(
    '/admin/api/annotation/agreement',
    {
      schema: {
        summary: 'How far people agree with each other, and evaluators with people',
        querystring: AgreementQuery,
        response: { 200: AnnotationAgreement },
      },
    },
    async ({ query: { route = null, criterion } }): Promise<AnnotationAgreement> => {
      const criteria = allCriteria(rubric()).filter(({ name }) => criterion === undefined || name === criterion)
      const said = await reader.ask<CriterionAgreement[]>('labelAgreement', criteria, route, MOST_LABELLED)
      return toAgreement(criteria, said)
    },
  )
  app.get<OfItem & { Querystring: Static<typeof ItemQuery> }>(
    '/admin/api/annotation/:id',
    {
      schema: {
        summary: 'One item with its texts, scores, verdicts and feedback',
        description: 'What others said of it is shown to those who have labelled it themselves.',
        params: AnnotationParams,
        querystring: ItemQuery,
        response: { 200: AnnotationItem },
      },
    },
    async ({ params, query }): Promise<AnnotationItem> =>
      toAnnotationItem(await readAnnotation(deps, params.id), rubric(), query.as ?? null),
  )
}
