import type { DatasetItem } from '../../core/dataset.ts'
import type { PairRecord } from '../../core/experiment.ts'
import type { Run, RunItem, RunProgress } from '../../core/run.ts'
import type { Db } from '../database.ts'
import { findExperiment } from './experiments.ts'
import { pairsInOrder } from './pairs.ts'

/** A row of `runs`, without the text of a proposed config. */
interface RunsRow {
  experiment: string
  /** JSON. */
  plan: string
  state: Run['state']
  created_at: number
  started_at: number | null
  ended_at: number | null
  actor: string
  problem: string | null
}

const SELECT = 'SELECT experiment, plan, state, created_at, started_at, ended_at, actor, problem FROM runs'

/** The newest first, from below `cursor` (an id) where one is given. */
export function listRuns(db: Db, cursor: string | null, limit: number): Run[] {
  const rows = db
    .prepare(
      `${SELECT} WHERE state != 'filling' AND ($cursor IS NULL OR experiment < $cursor)
      ORDER BY experiment DESC LIMIT $limit`,
    )
    .all({ cursor, limit }) as RunsRow[]
  return rows.map((row) => runOf(db, row))
}

export function findRun(db: Db, id: string): Run | null {
  const row = db.prepare(`${SELECT} WHERE experiment = ? AND state != 'filling'`).get(id) as RunsRow | undefined
  return row ? runOf(db, row) : null
}

/** The texts of the configs that a run goes by. */
export interface RunConfigs {
  /** That ran when the run was made. */
  running: string
  proposed: string | null
}

export function runConfigs(db: Db, id: string): RunConfigs | null {
  const row = db
    .prepare(
      `SELECT source AS running, proposed FROM runs JOIN revisions ON revision = plan ->> 'revision' WHERE experiment = ?`,
    )
    .get(id)
  return (row as RunConfigs | undefined) ?? null
}

/** Requests of a run that wait, in order, from behind a position on. */
export function waitingItems(db: Db, id: string, after: number, limit: number): RunItem[] {
  const rows = db
    .prepare(
      `SELECT run_items.position, item, ${DATASET_ITEM} FROM run_items JOIN runs USING (experiment) ${WITH_DATASET}
      WHERE experiment = ? AND run_items.state = 'waiting' AND run_items.position > ?
      ORDER BY run_items.position LIMIT ?`,
    )
    .all(id, after, limit) as { position: number; item: string | null; dataset_item: string | null }[]
  return rows.map(({ position, item, dataset_item }) => ({
    position,
    item: JSON.parse(item ?? dataset_item!) as DatasetItem,
  }))
}

/** What was measured of one request, with the value of a fact. */
export interface RunOutcome extends Pick<PairRecord, 'baseline' | 'candidate'> {
  /** `null` where no fact was asked for, or the request has none. */
  fact: string | null
}

/** Every request of a run that came to its end, in order. */
export function runOutcomes(db: Db, id: string, fact: string | null): RunOutcome[] {
  const facts = new Map(fact === null ? [] : factsOf(db, id, fact))
  return pairsInOrder(db, id)
    .filter(({ candidate }) => candidate !== null)
    .map(({ id: pair, baseline, candidate }) => ({
      baseline,
      candidate,
      fact: facts.get(Number(pair.slice(id.length + 1))) ?? null,
    }))
}

const WITH_DATASET =
  'LEFT JOIN dataset_items ON dataset_items.dataset = runs.dataset AND dataset_items.position = run_items.position'
const DATASET_ITEM = `CASE WHEN item IS NULL THEN json_object('hash', hash, 'split', split, 'request', json(request),
  'reference', json(reference), 'reply', json(reply), 'facts', json(facts), 'requestId', request_id) END AS dataset_item`

function factsOf(db: Db, id: string, fact: string): [position: number, value: string | null][] {
  const rows = db
    .prepare(
      `SELECT run_items.position, coalesce(item ->> 'facts', facts) AS facts
      FROM run_items JOIN runs USING (experiment) ${WITH_DATASET} WHERE experiment = ?`,
    )
    .all(id) as { position: number; facts: string }[]
  return rows.map(({ position, facts }) => {
    const values = JSON.parse(facts) as Record<string, string>
    return [position, Object.hasOwn(values, fact) ? values[fact]! : null]
  })
}

function runOf(db: Db, row: RunsRow): Run {
  return {
    experiment: findExperiment(db, row.experiment)!,
    plan: JSON.parse(row.plan) as Run['plan'],
    state: row.state,
    createdAt: row.created_at,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    actor: row.actor,
    problem: row.problem,
    progress: progressOf(db, row.experiment),
  }
}

export function progressOf(db: Db, id: string): RunProgress {
  const rows = db
    .prepare('SELECT state, count(*) AS items, total(cost_nano) AS cost FROM run_items WHERE experiment = ? GROUP BY 1')
    .all(id) as { state: string; items: number; cost: number }[]
  const of = (state: string) => rows.find((row) => row.state === state)?.items ?? 0
  return {
    total: rows.reduce((sum, { items }) => sum + items, 0),
    done: of('done') + of('failed'),
    failed: of('failed'),
    lost: of('lost'),
    started: of('started'),
    costNano: rows.reduce((sum, { cost }) => sum + cost, 0),
  }
}
