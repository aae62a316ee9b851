import type { Reference, ReplyView, RequestView } from './views.ts'

export type Split = 'train' | 'test'

/** One version of a dataset. Times are ISO 8601. */
export interface Dataset {
  id: string
  name: string
  version: number
  note: string
  /** Where its items came from, for people. */
  source: string
  created_at: string
  /** Who made it. */
  actor: string
  /** When a run first used it: since then it does not change. */
  frozen_at: string | null
  items: number
  train: number
  test: number
}

export interface DatasetDetail extends Dataset {
  /** All of this name, the latest first. */
  versions: Dataset[]
  /** What cohorts can be made of, by key, with the most frequent values. */
  facts: Record<string, { value: string; items: number }[]>
}

export interface DatasetItem {
  position: number
  /** Of what is asked: the same stands in a version once. */
  hash: string
  split: Split
  request: RequestView
  reference: Reference | null
  /** What was replied when it was asked for real. */
  recorded: ReplyView | null
  facts: Record<string, string>
  request_id: string | null
}

export interface DatasetItemPage {
  data: DatasetItem[]
  next_cursor: number | null
}

/** What every way to make a version takes. */
export interface VersionOptions {
  note?: string
  /** Version whose items it begins with: `latest`, or NAME@VERSION. */
  base?: string
  /** Share that is kept for the test, 0 to 1; 0.2 where nothing is said. What has a split of its own keeps it. */
  test?: number
}

/** Stored requests of a route whose texts are kept (`content` of the route). */
export interface TraceSelection {
  route: string
  /** Until `to`, in place of `from`; 7 where neither is given. */
  days?: number
  /** ISO 8601. */
  from?: string
  to?: string
  /** Share of those that match. */
  sample?: number
  /** All must hold: terms such as `status=200`, `score.relevancy<0.5`, or conditions as in `when` of the config. */
  where?: (string | Record<string, unknown>)[]
  /** The newest ones, so many at most; 10,000 where nothing is said. */
  limit?: number
  /** `recorded`: what was replied is how it should be. */
  reference?: 'none' | 'recorded'
}

/** Requests of a route that people have labelled. */
export type LabelSelection = Pick<TraceSelection, 'route' | 'limit' | 'reference'>

export interface DatasetOrder extends VersionOptions {
  name: string
  traces?: TraceSelection
  labels?: LabelSelection
}

/** What became of stored requests: each number is part of the one before. */
export interface Found {
  requests: number
  /** Their texts are kept. */
  kept: number
  matching: number
  drawn: number
}

export interface DatasetAdded {
  added: number
  /** Stood there already, and were left out. */
  duplicates: number
}

export interface DatasetMade extends DatasetAdded {
  dataset: Dataset
  /** `null`: they are of a file. */
  found: Found | null
}

export interface DatasetPreview extends Found {
  items: number
  duplicates: number
  /** Why nothing would come of it, and what to do. */
  problem: string | null
}

/**
 * An item as files have it: an OpenAI chat request, or a question, with what it may have beside it. Other members are
 * facts, `metadata.NAME`.
 */
export interface DatasetRow {
  messages?: readonly object[]
  question?: string
  /** Beside `question`. */
  system?: string
  /** What the reply is to rest on. Beside `question` it also stands behind the system prompt. */
  context?: string
  reference?: string
  expected_tool_calls?: readonly { name: string; arguments: string | object }[]
  tools?: readonly object[]
  response_format?: object
  split?: Split
  /** As they are. */
  facts?: Readonly<Record<string, string>>
  [member: string]: unknown
}
