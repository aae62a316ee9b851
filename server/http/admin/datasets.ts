import type { FastifyInstance } from 'fastify'
import Type, { type Static } from 'typebox'
import { type Dataset, type PlacedItem, SPLITS } from '../../core/dataset.ts'
import { GatewayError } from '../../core/errors.ts'
import { Datasets } from '../../experiments/datasets/datasets.ts'
import { USUAL_TEST_SHARE } from '../../experiments/datasets/item.ts'
import type { FactCount } from '../../stores/experiments/datasets.ts'
import type { HttpDeps } from '../context.ts'
import { actorOf } from './audit.ts'
import { registerDatasetFiles } from './dataset-files.ts'
import { sourceOf, sourceText, toDatasetRow, toItemRow, versionOf } from './dataset-rows.ts'
import {
  DatasetAdded,
  DatasetDetail,
  DatasetItemPage,
  DatasetList,
  DatasetMade,
  DatasetOrder,
  DatasetPreview,
  DatasetRows,
} from './dataset-schemas.ts'
import { Name, Paging } from './paging.ts'

/** Of each fact of a dataset, the values that are told. */
const MOST_VALUES = 50
const LARGEST_BODY = 16 * 1024 * 1024

const ListQuery = Type.Object({ name: Name }, { additionalProperties: false })
const ItemQuery = Type.Object(
  { ...Paging(50, 500), split: Type.Optional(Type.Enum([...SPLITS])) },
  { additionalProperties: false },
)
const OF_ITEM = Type.Object({ id: Type.String(), position: Type.Integer({ minimum: 1 }) })
type OfDataset = { Params: { id: string } }

/** Datasets: made of stored traffic, of what people labelled, or of files. `:id` is an id, NAME or NAME@VERSION. */
export function registerDatasets(app: FastifyInstance, deps: HttpDeps): void {
  const { reader, desk, experiments } = deps.admin
  const datasets = new Datasets({
    reader,
    desk,
    clean: experiments.afterwards.clean,
    routes: () => [...deps.policy().routes.keys()],
  })
  registerDatasetFiles(app, deps, datasets)
  app.get<{ Querystring: Static<typeof ListQuery> }>(
    '/admin/api/datasets',
    {
      schema: {
        summary: 'Datasets, each version of each name',
        querystring: ListQuery,
        response: { 200: DatasetList },
      },
    },
    async ({ query }) => ({
      data: (await reader.ask<Dataset[]>('datasets', query.name ?? null)).map(toDatasetRow),
    }),
  )
  app.get<OfDataset>(
    '/admin/api/datasets/:id',
    {
      schema: {
        summary: 'One version of a dataset, and what cohorts can be made of it',
        description: 'It is named by its id, NAME@VERSION, or NAME for the latest version.',
        response: { 200: DatasetDetail },
      },
    },
    async ({ params }): Promise<DatasetDetail> => {
      const dataset = await datasets.find(params.id)
      const [versions, facts] = await Promise.all([
        reader.ask<Dataset[]>('datasets', dataset.name),
        reader.ask<FactCount[]>('datasetFacts', dataset.id, MOST_VALUES),
      ])
      return { ...toDatasetRow(dataset), versions: versions.map(toDatasetRow), facts: byKey(facts) }
    },
  )
  app.get<OfDataset & { Querystring: Static<typeof ItemQuery> }>(
    '/admin/api/datasets/:id/items',
    {
      schema: {
        summary: 'The items of a version with their texts',
        querystring: ItemQuery,
        response: { 200: DatasetItemPage },
      },
    },
    async ({ params, query: { limit = 50, cursor = 0, split = null } }): Promise<DatasetItemPage> => {
      const { id } = await datasets.find(params.id)
      const items = await reader.ask<PlacedItem[]>('datasetItems', id, { split, after: cursor, limit })
      return { data: items.map(toItemRow), next_cursor: items.length < limit ? null : items.at(-1)!.position }
    },
  )
  app.post<{ Body: DatasetOrder }>(
    '/admin/api/datasets',
    {
      schema: {
        summary: 'Make a dataset, or a new version of one',
        description: 'The same content stands in a version once. It stands in the audit trail.',
        body: DatasetOrder,
        response: { 200: DatasetMade },
      },
    },
    async (request): Promise<DatasetMade> => {
      const { body } = request
      const source = await datasets.cleanText(sourceText(body))
      const version = versionOf(body, source, actorOf(request, deps))
      const { dataset, added, duplicates, tally } = await datasets.create(version, sourceOf(body, Date.now()))
      return { dataset: toDatasetRow(dataset), added, duplicates, found: tally }
    },
  )
  app.post<{ Body: DatasetOrder }>(
    '/admin/api/datasets/preview',
    {
      schema: {
        summary: 'How many items a dataset would have, without making it',
        body: DatasetOrder,
        response: { 200: DatasetPreview },
      },
    },
    async (request): Promise<DatasetPreview> => {
      const { body } = request
      const source = sourceOf(body, Date.now())
      if (source === null)
        throw new GatewayError('invalid_request', 'Only of `traces` or `labels` there is something to be counted.')
      const { problem, ...counts } = await datasets.preview(versionOf(body, '', actorOf(request, deps)), source)
      return { ...counts, problem: problem?.advice ?? null }
    },
  )
  app.post<OfDataset & { Body: DatasetRows }>(
    '/admin/api/datasets/:id/items',
    {
      bodyLimit: LARGEST_BODY,
      schema: {
        summary: 'Add items to a version that no run has used',
        body: DatasetRows,
        response: { 200: DatasetAdded },
      },
    },
    async (request): Promise<DatasetAdded> => {
      const { rows, test = USUAL_TEST_SHARE } = request.body
      return datasets.addRows(request.params.id, rows, test, actorOf(request, deps))
    },
  )
  app.delete<{ Params: Static<typeof OF_ITEM> }>(
    '/admin/api/datasets/:id/items/:position',
    {
      schema: {
        summary: 'Remove an item from a version that no run has used',
        params: OF_ITEM,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const { id, position } = request.params
      await datasets.removeItem(id, position, actorOf(request, deps))
      return reply.code(204).send()
    },
  )
  app.delete<OfDataset>(
    '/admin/api/datasets/:id',
    { schema: { summary: 'Delete a version that no run has used', response: { 204: Type.Null() } } },
    async (request, reply) => {
      await datasets.delete(request.params.id, actorOf(request, deps))
      return reply.code(204).send()
    },
  )
}

function byKey(facts: readonly FactCount[]): DatasetDetail['facts'] {
  const keys: DatasetDetail['facts'] = {}
  for (const { key, value, items } of facts) {
    keys[key] ??= []
    keys[key].push({ value, items })
  }
  return keys
}
