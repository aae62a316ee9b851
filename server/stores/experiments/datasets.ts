import type { Dataset, DatasetItem, PlacedItem, Split } from '../../core/dataset.ts'
import type { Db } from '../database.ts'

/** A row of `datasets`, with its counts. */
interface DatasetsRow {
  id: string
  name: string
  version: number
  note: string
  created_at: number
  actor: string
  source: string
  frozen_at: number | null
  train: number
  test: number
}

/** A row of `dataset_items`; what is not flat is JSON. */
interface ItemsRow {
  position: number
  hash: string
  split: Split
  request: string
  reference: string | null
  reply: string | null
  facts: string
  request_id: string | null
}

const COUNTS = (['train', 'test'] as const).map(
  (split) => `(SELECT count(*) FROM dataset_items WHERE dataset = datasets.id AND split = '${split}') AS ${split}`,
)
const SELECT = `SELECT id, name, version, note, created_at, actor, source, frozen_at, ${COUNTS.join(', ')} FROM datasets`
const NAME_AT_VERSION = /^(.+)@(\d{1,9})$/

/** By id, `NAME@VERSION`, or `NAME` for its latest version. */
export function findDataset(db: Db, idOrName: string): Dataset | null {
  const [, name = idOrName, version = null] = NAME_AT_VERSION.exec(idOrName) ?? []
  const row = db
    .prepare(
      `${SELECT} WHERE state = 'ready' AND (id = $id OR (name = $name AND ($version IS NULL OR version = $version)))
      ORDER BY id = $id DESC, version DESC LIMIT 1`,
    )
    .get({ id: idOrName, name, version: version === null ? null : Number(version) })
  return row ? datasetOf(row as DatasetsRow) : null
}

/** By name, each one's latest version first. */
export function listDatasets(db: Db, name: string | null = null): Dataset[] {
  const rows = db
    .prepare(`${SELECT} WHERE state = 'ready' AND ($name IS NULL OR name = $name) ORDER BY name, version DESC`)
    .all({ name }) as DatasetsRow[]
  return rows.map(datasetOf)
}

/** Items of a version, by its id, in order, from behind a position on. */
export function datasetItems(
  db: Db,
  dataset: string,
  { split = null, after = 0, limit }: { split?: Split | null; after?: number; limit: number },
): PlacedItem[] {
  const rows = db
    .prepare(
      `SELECT position, hash, split, request, reference, reply, facts, request_id FROM dataset_items
      WHERE dataset = $dataset AND position > $after AND ($split IS NULL OR split = $split)
      ORDER BY position LIMIT $limit`,
    )
    .all({ dataset, after, split, limit }) as ItemsRow[]
  return rows.map((row) => ({ position: row.position, item: itemOf(row) }))
}

/** Items of a version, by its id. */
export function countItems(db: Db, dataset: string, split: Split | null = null): number {
  return db
    .prepare('SELECT count(*) FROM dataset_items WHERE dataset = $dataset AND ($split IS NULL OR split = $split)')
    .pluck()
    .get({ dataset, split }) as number
}

/** Which of some hashes stand in a version. */
export function knownHashes(db: Db, dataset: string, hashes: readonly string[]): string[] {
  return db
    .prepare('SELECT hash FROM dataset_items WHERE dataset = ? AND hash IN (SELECT value FROM json_each(?))')
    .pluck()
    .all(dataset, JSON.stringify(hashes)) as string[]
}

/** A value that facts of items have, and how many of them. */
export interface FactCount {
  key: string
  value: string
  items: number
}

/** The most frequent values of each fact, so many each. */
export function factCounts(db: Db, dataset: string, perKey: number): FactCount[] {
  return db
    .prepare(
      `SELECT key, value, items FROM (
        SELECT fact.key, fact.value, count(*) AS items,
          row_number() OVER (PARTITION BY fact.key ORDER BY count(*) DESC, fact.value) AS place
        FROM dataset_items, json_each(facts) AS fact WHERE dataset = ? GROUP BY 1, 2
      ) WHERE place <= ? ORDER BY key, items DESC, value`,
    )
    .all(dataset, perKey) as FactCount[]
}

function datasetOf({ created_at, frozen_at, train, test, ...same }: DatasetsRow): Dataset {
  return { ...same, createdAt: created_at, frozenAt: frozen_at, items: train + test, train, test }
}

function itemOf({ hash, split, request, reference, reply, facts, request_id }: ItemsRow): DatasetItem {
  const json = <T>(text: string | null) => (text === null ? null : (JSON.parse(text) as T))
  return {
    hash,
    split,
    request: JSON.parse(request) as DatasetItem['request'],
    reference: json(reference),
    reply: json(reply),
    facts: JSON.parse(facts) as Record<string, string>,
    requestId: request_id,
  }
}
