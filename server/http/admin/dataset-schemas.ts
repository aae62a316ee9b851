import Type, { type Static } from 'typebox'
import { MOST_ITEMS, SPLITS } from '../../core/dataset.ts'
import type { Reference, ReplyView, RequestView } from '../../core/evaluation.ts'
import { Nullable, Text } from './shape.ts'

/** What stands in `core/` as a type, and is JSON as it is. */
const asIs = <T>(description: string) => Type.Unsafe<T>({ type: 'object', additionalProperties: true, description })
const Moment = (description: string) => Type.String({ description: `${description}; ISO 8601` })
const closed = { additionalProperties: false }
const Count = (description: string) => Type.Integer({ minimum: 0, description })
const Maybe = Type.Optional

export const DatasetRow = Type.Object({
  id: Type.String(),
  name: Type.String(),
  version: Type.Integer({ minimum: 1 }),
  note: Type.String(),
  source: Type.String({ description: 'where its items came from, for people' }),
  created_at: Moment('when it was made'),
  actor: Type.String({ description: 'who made it' }),
  frozen_at: Nullable(Moment('when a run first used it: since then it does not change')),
  items: Count('all of them'),
  train: Count('of these, the ones to try things with'),
  test: Count('of these, the ones kept for the test'),
})
export type DatasetRow = Static<typeof DatasetRow>

export const DatasetList = Type.Object({ data: Type.Array(DatasetRow) })

const FactValue = Type.Object({ value: Type.String(), items: Count('that have it') })

export const DatasetDetail = Type.Object({
  ...DatasetRow.properties,
  versions: Type.Array(DatasetRow, { description: 'all of this name, the latest first' }),
  facts: Type.Record(Type.String(), Type.Array(FactValue), {
    description: 'what cohorts can be made of, by key, with the most frequent values',
  }),
})
export type DatasetDetail = Static<typeof DatasetDetail>

export const DatasetItemRow = Type.Object({
  position: Type.Integer({ minimum: 1 }),
  hash: Type.String({ description: 'of what is asked' }),
  split: Type.Enum([...SPLITS]),
  request: asIs<RequestView>('what is asked'),
  reference: Nullable(asIs<Reference>('how the reply should be')),
  recorded: Nullable(asIs<ReplyView>('what was replied when it was asked for real')),
  facts: Type.Record(Type.String(), Type.String()),
  request_id: Text,
})
export type DatasetItemRow = Static<typeof DatasetItemRow>

export const DatasetItemPage = Type.Object({
  data: Type.Array(DatasetItemRow),
  next_cursor: Nullable(Type.Integer()),
})
export type DatasetItemPage = Static<typeof DatasetItemPage>

const Route = Type.String({ minLength: 1, maxLength: 512 })
const ReferenceWord = Maybe(
  Type.Enum(['none', 'recorded'], { default: 'none', description: '`recorded`: what was replied is how it should be' }),
)
const Limit = Maybe(
  Type.Integer({ minimum: 1, maximum: MOST_ITEMS, default: 10_000, description: 'requests at most, the newest ones' }),
)

const Traces = Type.Object(
  {
    route: Route,
    days: Maybe(
      Type.Number({
        exclusiveMinimum: 0,
        maximum: 3650,
        description: 'until `to`, in place of `from`; 7 where neither is given',
      }),
    ),
    from: Maybe(Moment('received at or after')),
    to: Maybe(Moment('received before')),
    sample: Maybe(
      Type.Number({ exclusiveMinimum: 0, maximum: 1, default: 1, description: 'share of those that match' }),
    ),
    where: Maybe(
      Type.Array(Type.Union([Type.String({ maxLength: 2000 }), Type.Record(Type.String(), Type.Unknown())]), {
        maxItems: 20,
        description: 'all must hold: terms such as `status=200`, `score.relevancy<0.5`, or conditions as in `when`',
      }),
    ),
    limit: Limit,
    reference: ReferenceWord,
  },
  { ...closed, description: 'stored requests of a route whose texts are kept (`content` of the route)' },
)
const Labels = Type.Object(
  { route: Route, limit: Limit, reference: ReferenceWord },
  { ...closed, description: 'requests of a route that people have labelled' },
)

const VERSION = {
  name: Type.String({
    pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$',
    description: 'a name that is there gets a new version',
  }),
  note: Maybe(Type.String({ maxLength: 500, default: '' })),
  base: Maybe(
    Type.String({ maxLength: 100, description: 'version whose items it begins with: `latest`, or NAME@VERSION' }),
  ),
  test: Maybe(Type.Number({ minimum: 0, maximum: 1, default: 0.2, description: 'share that is kept for the test' })),
}

/** What a version is to be made of. */
export const DatasetOrder = Type.Object(
  { ...VERSION, traces: Maybe(Traces), labels: Maybe(Labels) },
  { ...closed, description: 'with neither `traces` nor `labels` it has the items of `base`, or none' },
)
export type DatasetOrder = Static<typeof DatasetOrder>

export const DatasetImportQuery = Type.Object(
  { ...VERSION, source: Maybe(Type.String({ maxLength: 200, description: 'for people, e.g. the name of the file' })) },
  closed,
)
export type DatasetImportQuery = Static<typeof DatasetImportQuery>

const Tally = {
  requests: Count('callers’ requests of the route in this time'),
  kept: Count('of these, the ones whose texts are kept'),
  matching: Count('of these, the ones that meet the conditions'),
  drawn: Count('of these, the ones that were drawn'),
}

export const DatasetMade = Type.Object({
  dataset: DatasetRow,
  added: Count('items that are new'),
  duplicates: Count('that were left out, as the same stands there already'),
  found: Nullable(Type.Object(Tally, { description: 'of stored requests' })),
})
export type DatasetMade = Static<typeof DatasetMade>

export const DatasetPreview = Type.Object({
  ...Tally,
  items: Count('that would be added'),
  duplicates: Count('that would be left out'),
  problem: Nullable(Type.String({ description: 'why nothing would come of it, and what to do' })),
})
export type DatasetPreview = Static<typeof DatasetPreview>

export const DatasetRows = Type.Object(
  {
    rows: Type.Array(Type.Record(Type.String(), Type.Unknown()), {
      minItems: 1,
      maxItems: 1000,
      description: 'as lines of a file that is imported',
    }),
    test: VERSION.test,
  },
  closed,
)
export type DatasetRows = Static<typeof DatasetRows>

export const DatasetAdded = Type.Object({ added: Count('items that are new'), duplicates: Count('that stood there') })
export type DatasetAdded = Static<typeof DatasetAdded>
