import type { Reference, ReplyView } from './evaluation.ts'
import type { ChatRequest } from './request.ts'

/** A named list of requests, and how replies should be. A version that a run has used does not change any more. */
export interface Dataset {
  id: string
  name: string
  /** 1, 2, … of one name. */
  version: number
  note: string
  createdAt: number
  actor: string
  /** Where its items came from, for people, e.g. `traces of support, 7 days`. */
  source: string
  /** When a run first used it; `null`: it may still change. */
  frozenAt: number | null
  items: number
  train: number
  test: number
}

export const SPLITS = ['train', 'test'] as const
export type Split = (typeof SPLITS)[number]

export interface DatasetItem {
  /** Of the request's content: the same one stands in a version once. */
  hash: string
  split: Split
  /** Redacted. `model` is whatever it was; a run puts its own there. */
  request: ChatRequest
  reference: Reference | null
  /** What was replied when it was asked for real, redacted; stays when the request's texts are past their time. */
  reply: ReplyView | null
  /** What cohorts are made of: `tenant`, `model`, `metadata.NAME`, `prompt` … */
  facts: Readonly<Record<string, string>>
  /** The request it was taken from. */
  requestId: string | null
}

/** An item and where it stands in its version; places are in order, with gaps where items were removed. */
export interface PlacedItem {
  position: number
  item: DatasetItem
}

/** Items that one version may hold. */
export const MOST_ITEMS = 100_000

/** Why a version was not changed: there is none, or a run has used it. */
export type DatasetRefusal = 'missing' | 'frozen' | 'full'

/** What a command that changes a version answers. */
export type DatasetAnswer<Done> = { done: Done } | { refused: DatasetRefusal }

/** What came of items that were offered. */
export interface AddedItems {
  added: number
  /** Stood in the version already. */
  duplicates: number
}

/** A version that is being filled. Nobody sees it before it is finished. */
export type NewDataset = Pick<Dataset, 'id' | 'name' | 'note' | 'source' | 'actor' | 'createdAt'>

/** What is asked of the store for datasets. `at` is milliseconds since the epoch. */
export type DatasetCommand =
  | { type: 'begin-dataset'; dataset: NewDataset }
  /** Copies items of another version, so many from behind a position on; `null` once there are no more. */
  | { type: 'copy-dataset-items'; id: string; from: string; after: number; limit: number }
  /** To a version that is being filled, without a line in the audit trail. */
  | { type: 'fill-dataset'; id: string; items: readonly DatasetItem[] }
  /** Shows the version. `detail` stands in the audit trail beside its name and counts. */
  | { type: 'finish-dataset'; id: string; detail: object; at: number }
  /** Gives up a version that is being filled. */
  | { type: 'drop-dataset'; id: string }
  /** All of them or, where it is refused, none. */
  | { type: 'add-dataset-items'; id: string; items: readonly DatasetItem[]; actor: string; at: number }
  | { type: 'remove-dataset-item'; id: string; position: number; actor: string; at: number }
  | { type: 'delete-dataset'; id: string; actor: string; at: number }
  /** A run uses it; a second time changes nothing. */
  | { type: 'freeze-dataset'; id: string; at: number }

export interface DatasetAnswers {
  'begin-dataset': null
  'copy-dataset-items': DatasetAnswer<number | null>
  'fill-dataset': DatasetAnswer<AddedItems>
  'finish-dataset': DatasetAnswer<Dataset>
  'drop-dataset': null
  'add-dataset-items': DatasetAnswer<AddedItems>
  /** `false`: there is no item at this position. */
  'remove-dataset-item': DatasetAnswer<boolean>
  'delete-dataset': DatasetAnswer<null>
  'freeze-dataset': DatasetAnswer<null>
}
