import { randomBytes } from 'node:crypto'
import {
  type AddedItems,
  type Dataset,
  type DatasetAnswer,
  type DatasetItem,
  type DatasetRefusal,
  MOST_ITEMS,
  type NewDataset,
} from '../../core/dataset.ts'
import { GatewayError } from '../../core/errors.ts'
import type { DeskAsker } from '../../stores/desk-asker.ts'

/** Items that one transaction takes, so that records are not kept waiting for more than some milliseconds. */
const BATCH = 50

export interface Filled extends AddedItems {
  dataset: Dataset
}

/** What a version is made of. */
export interface Filling {
  dataset: Omit<NewDataset, 'id' | 'createdAt'>
  /** A version whose items it begins with. */
  base: Dataset | null
  items: AsyncIterable<DatasetItem>
  /** Throws where what was found is not to make a version. */
  check(added: AddedItems): void
  /** For the audit trail. */
  detail: object
}

/** Makes a version of these items, or none at all where one of them cannot be had. */
export async function fillDataset(desk: DeskAsker, { dataset, base, items, check, detail }: Filling): Promise<Filled> {
  const createdAt = Date.now()
  const id = datasetId(createdAt)
  await desk.experiment({ type: 'begin-dataset', dataset: { ...dataset, id, createdAt } })
  try {
    if (base) await copyItems(desk, id, base.id)
    const added = await addItems(desk, id, items)
    check(added)
    const answer = await desk.experiment({
      type: 'finish-dataset',
      id,
      detail: { ...detail, ...added },
      at: Date.now(),
    })
    return { dataset: doneOf(answer, dataset.name), ...added }
  } catch (error) {
    await desk.experiment({ type: 'drop-dataset', id }).catch(() => {})
    throw error
  }
}

async function copyItems(desk: DeskAsker, id: string, from: string): Promise<void> {
  for (let after: number | null = 0; after !== null; )
    after = doneOf(await desk.experiment({ type: 'copy-dataset-items', id, from, after, limit: BATCH }), id)
}

async function addItems(desk: DeskAsker, id: string, items: AsyncIterable<DatasetItem>): Promise<AddedItems> {
  const total = { added: 0, duplicates: 0 }
  const add = async (batch: readonly DatasetItem[]) => {
    const { added, duplicates } = doneOf(await desk.experiment({ type: 'fill-dataset', id, items: batch }), id)
    total.added += added
    total.duplicates += duplicates
  }
  let batch: DatasetItem[] = []
  for await (const item of items) {
    batch.push(item)
    if (batch.length < BATCH) continue
    await add(batch)
    batch = []
  }
  if (batch.length > 0) await add(batch)
  return total
}

/** What was done. Throws a GatewayError for what was refused. */
export function doneOf<Done>(answer: DatasetAnswer<Done>, dataset: string): Done {
  if ('refused' in answer) throw refusal(answer.refused, dataset)
  return answer.done
}

function refusal(refused: DatasetRefusal, dataset: string): GatewayError {
  switch (refused) {
    case 'missing':
      return noDataset(dataset)
    case 'frozen':
      return new GatewayError('conflict', `A run has used ${dataset}: this version does not change any more.`, {
        hint: 'Make a new version that begins with its items, and change that.',
      })
    case 'full':
      return new GatewayError('invalid_request', `A version holds ${MOST_ITEMS} items at most.`, {
        hint: 'Take a smaller sample, or make two datasets.',
      })
  }
}

export function noDataset(name: string): GatewayError {
  return new GatewayError('not_found', `There is no dataset ${name}.`, {
    hint: 'GET /admin/api/datasets lists them; a version is NAME@NUMBER.',
  })
}

/** `ds_`, 12 hex digits of milliseconds, 8 random ones: they are in order of time. */
function datasetId(now: number): string {
  return `ds_${Math.floor(now).toString(16).padStart(12, '0')}${randomBytes(4).toString('hex')}`
}
