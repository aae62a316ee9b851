import { Readable } from 'node:stream'
import type { FastifyInstance } from 'fastify'
import Type from 'typebox'
import { GatewayError } from '../../core/errors.ts'
import type { Datasets } from '../../experiments/datasets/datasets.ts'
import type { FileFormat } from '../../experiments/datasets/read-file.ts'
import type { HttpDeps } from '../context.ts'
import { actorOf } from './audit.ts'
import { toDatasetRow, versionOf } from './dataset-rows.ts'
import { DatasetImportQuery, DatasetMade } from './dataset-schemas.ts'

const LARGEST_FILE = 64 * 1024 * 1024

const FORMATS: Readonly<Record<string, FileFormat>> = {
  'application/x-ndjson': 'jsonl',
  'application/jsonl': 'jsonl',
  'text/csv': 'csv',
}

/** Datasets as files: a line of JSON for each item, or CSV. */
export function registerDatasetFiles(app: FastifyInstance, deps: HttpDeps, datasets: Datasets): void {
  app.get<{ Params: { id: string } }>(
    '/admin/api/datasets/:id/export.jsonl',
    { schema: { summary: 'A version as a file, a line of JSON for each item', response: { 200: Type.String() } } },
    async ({ params }, reply) => {
      const dataset = await datasets.find(params.id)
      return reply
        .type('application/x-ndjson')
        .header('content-disposition', `attachment; filename="${dataset.name}@${dataset.version}.jsonl"`)
        .send(Readable.from(datasets.export(dataset)))
    },
  )
  void app.register(async (scope) => {
    scope.addContentTypeParser(Object.keys(FORMATS), (_request, payload, done) => done(null, payload))
    scope.post<{ Querystring: DatasetImportQuery; Body: Readable | undefined }>(
      '/admin/api/datasets/import',
      {
        schema: {
          summary: 'Make a dataset, or a new version of one, of a file: all of it or nothing',
          description:
            'The body is the file, up to 64 MiB: JSONL (`application/x-ndjson`) or CSV (`text/csv`). Personal data and secrets are taken out.',
          consumes: Object.keys(FORMATS),
          querystring: DatasetImportQuery,
          response: { 200: DatasetMade },
        },
      },
      async (request): Promise<DatasetMade> => {
        const [type = ''] = (request.headers['content-type'] ?? '').split(';')
        const format = FORMATS[type.trim().toLowerCase()]
        if (format === undefined || request.body === undefined)
          throw new GatewayError('unsupported_media_type', 'The body must be a file.', {
            hint: `Send it as ${Object.keys(FORMATS).join(', ')}.`,
          })
        const { query, body } = request
        const version = versionOf(query, query.source ?? `a ${format.toUpperCase()} file`, actorOf(request, deps))
        try {
          const { dataset, added, duplicates } = await datasets.import(version, bounded(body), format)
          return { dataset: toDatasetRow(dataset), added, duplicates, found: null }
        } catch (error) {
          await readAway(body)
          throw error
        }
      },
    )
  })
}

/** The pieces of a file, which stay with the stream when somebody stops reading them. Throws `body_too_large`. */
async function* bounded(body: Readable): AsyncGenerator<Uint8Array> {
  let size = 0
  for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
    size += chunk.length
    if (size > LARGEST_FILE)
      throw new GatewayError('body_too_large', 'The file is larger than 64 MiB.', {
        hint: 'Split it: import the first part, and each other one with `base=latest`.',
      })
    yield chunk
  }
}

/** A client that is still sending would not see the answer. What is too large is not waited for. */
async function readAway(body: Readable): Promise<void> {
  let size = 0
  try {
    for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>) {
      size += chunk.length
      if (size > LARGEST_FILE) return
    }
  } catch {
    // It has gone away.
  }
}
