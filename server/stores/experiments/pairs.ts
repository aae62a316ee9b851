import type { PairRecord, Vote } from '../../core/experiment.ts'
import type { Db } from '../database.ts'

/** A row of `pairs`; what is not flat is JSON. */
interface PairsRow {
  id: string
  experiment: string
  at: number
  request_id: string | null
  baseline: string | null
  candidate: string | null
  self: string | null
  skipped: PairRecord['skipped']
  change: string | null
  self_change: string | null
  cohort: string
}

/** A pair with what people voted. */
export interface VotedPair extends PairRecord {
  votes: Readonly<Record<Vote, number>>
  /** Of the person who asks. */
  ownVote: Vote | null
}

const COLUMNS = 'id, experiment, at, request_id, baseline, candidate, self, skipped, change, self_change, cohort'
const VOTES = ['baseline', 'candidate', 'tie'].map(
  (vote) =>
    `(SELECT count(*) FROM votes WHERE experiment = pairs.experiment AND pair = pairs.id AND vote = '${vote}') AS ${vote}_votes`,
)

export class PairWriter {
  readonly #insert
  readonly #vote
  readonly #unvote

  constructor(db: Db) {
    this.#insert = db.prepare(`INSERT OR IGNORE INTO pairs (${COLUMNS}) VALUES (${COLUMNS.split(',').map(() => '?')})`)
    this.#vote = db.prepare(
      `INSERT INTO votes (experiment, pair, actor, at, vote) SELECT experiment, id, ?, ?, ? FROM pairs
      WHERE experiment = ? AND id = ? ON CONFLICT DO UPDATE SET at = excluded.at, vote = excluded.vote`,
    )
    this.#unvote = db.prepare('DELETE FROM votes WHERE experiment = ? AND pair = ? AND actor = ?')
  }

  add(pair: PairRecord): void {
    const { id, experiment, at, requestId, baseline, candidate, self, skipped, change, selfChange, cohort } = pair
    const text = (value: object | null) => (value === null ? null : JSON.stringify(value))
    this.#insert.run(
      id,
      experiment,
      Math.floor(at),
      requestId,
      text(baseline),
      text(candidate),
      text(self),
      skipped,
      text(change),
      text(selfChange),
      JSON.stringify(cohort),
    )
  }

  /** False where there is no such pair. */
  vote(experiment: string, pair: string, vote: Vote | null, actor: string, at: number): boolean {
    if (vote === null) return this.#unvote.run(experiment, pair, actor).changes > 0
    return this.#vote.run(actor, at, vote, experiment, pair).changes > 0
  }
}

/** Which pairs are listed; all must hold. */
export interface PairFilter {
  experiment: string
  /** Kinds of change. */
  change?: readonly string[]
  outcome?: 'paired' | 'skipped' | 'error'
  /** Value of a cohort key. */
  cohort?: { key: string; value: string }
}

/** The newest first, from below `cursor` (a pair's id) where one is given. */
export function listPairs(
  db: Db,
  { experiment, change, outcome, cohort }: PairFilter,
  actor: string,
  cursor: string | null,
  limit: number,
): VotedPair[] {
  const rows = db
    .prepare(
      `SELECT ${COLUMNS}, ${VOTES.join(', ')},
        (SELECT vote FROM votes WHERE experiment = pairs.experiment AND pair = pairs.id AND actor = $actor) AS own_vote
      FROM pairs WHERE experiment = $experiment AND ($cursor IS NULL OR id < $cursor)
        AND ($change IS NULL OR change ->> 'kind' IN (SELECT value FROM json_each($change)))
        AND ($outcome IS NULL OR $outcome = CASE WHEN skipped IS NOT NULL THEN 'skipped'
          WHEN candidate ->> 'outcome' = 'ok' THEN 'paired' ELSE 'error' END)
        AND ($key IS NULL OR cohort ->> $key = $value)
      ORDER BY id DESC LIMIT $limit`,
    )
    .all({
      experiment,
      actor,
      cursor,
      limit,
      change: change ? JSON.stringify(change) : null,
      outcome: outcome ?? null,
      key: cohort ? `$."${cohort.key}"` : null,
      value: cohort?.value ?? null,
    }) as (PairsRow & Record<`${Vote}_votes`, number> & { own_vote: Vote | null })[]
  return rows.map((row) => ({
    ...pairOf(row),
    votes: { baseline: row.baseline_votes, candidate: row.candidate_votes, tie: row.tie_votes },
    ownVote: row.own_vote,
  }))
}

/** Another one as soon as a pair or a vote has been added or changed. */
export function pairsState(db: Db, experiment: string): string {
  const row = db
    .prepare(
      `SELECT (SELECT count(*) || ' ' || coalesce(sum(at), 0) FROM pairs WHERE experiment = $id) || ' ' ||
        (SELECT count(*) || ' ' || coalesce(sum(at), 0) FROM votes WHERE experiment = $id) AS state`,
    )
    .get({ id: experiment }) as { state: string }
  return row.state
}

/** All pairs of an experiment in the order in which they came, with the mean of the votes for the candidate, 0..1. */
export function pairsInOrder(db: Db, experiment: string): (PairRecord & { vote: number | null })[] {
  const rows = db
    .prepare(
      `SELECT ${COLUMNS}, (SELECT avg(CASE vote WHEN 'candidate' THEN 1.0 WHEN 'tie' THEN 0.5 ELSE 0.0 END) FROM votes
        WHERE experiment = pairs.experiment AND pair = pairs.id) AS vote
      FROM pairs WHERE experiment = ? ORDER BY id`,
    )
    .all(experiment) as (PairsRow & { vote: number | null })[]
  return rows.map((row) => ({ ...pairOf(row), vote: row.vote }))
}

export function findPair(db: Db, experiment: string, id: string): PairRecord | null {
  const row = db.prepare(`SELECT ${COLUMNS} FROM pairs WHERE experiment = ? AND id = ?`).get(experiment, id)
  return row ? pairOf(row as PairsRow) : null
}

function pairOf(row: PairsRow): PairRecord {
  const json = <T>(text: string | null) => (text === null ? null : (JSON.parse(text) as T))
  return {
    id: row.id,
    experiment: row.experiment,
    at: row.at,
    requestId: row.request_id,
    baseline: json(row.baseline),
    candidate: json(row.candidate),
    self: json(row.self),
    skipped: row.skipped,
    change: json(row.change),
    selfChange: json(row.self_change),
    cohort: JSON.parse(row.cohort),
  }
}
