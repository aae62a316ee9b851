import type { Experiment } from '../../core/experiment.ts'
import { type Db, writing } from '../database.ts'

/** A row of `experiments`. */
interface ExperimentsRow {
  id: string
  kind: Experiment['kind']
  name: string
  route: string | null
  baseline: string
  candidate: string
  /** JSON. */
  settings: string
  started_at: number
  ended_at: number | null
}

/** An experiment and how far it is. */
export interface ExperimentSummary extends Experiment {
  /** Requests that were drawn. */
  drawn: number
  pairs: number
}

const COLUMNS = 'id, kind, name, route, baseline, candidate, settings, started_at, ended_at'

export class ExperimentWriter {
  /** See `ExperimentCommand`. */
  readonly open: (experiment: Experiment, fingerprint: string) => Experiment
  readonly #end
  readonly #reopen

  constructor(db: Db) {
    const known = db.prepare(
      `SELECT ${COLUMNS} FROM experiments WHERE kind = ? AND route IS ? AND fingerprint = ? AND ended_at IS NULL`,
    )
    const endOthers = db.prepare(
      'UPDATE experiments SET ended_at = ? WHERE kind = ? AND route IS ? AND fingerprint != ? AND ended_at IS NULL',
    )
    const insert = db.prepare(`INSERT INTO experiments (${COLUMNS}, fingerprint) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
    this.#end = db.prepare('UPDATE experiments SET ended_at = ? WHERE id = ? AND ended_at IS NULL')
    this.#reopen = db.prepare('UPDATE experiments SET ended_at = NULL WHERE id = ?')
    this.open = writing(db, (experiment: Experiment, fingerprint: string) => {
      const { id, kind, name, route, baseline, candidate, settings, startedAt } = experiment
      const row = known.get(kind, route, fingerprint) as ExperimentsRow | undefined
      if (row) return experimentOf(row)
      if (kind === 'mirror') endOthers.run(startedAt, kind, route, fingerprint)
      insert.run(id, kind, name, route, baseline, candidate, JSON.stringify(settings), startedAt, null, fingerprint)
      return experiment
    })
  }

  /** False where none such is open. */
  end(id: string, at: number): boolean {
    return this.#end.run(at, id).changes > 0
  }

  /** Pairs may come again. */
  reopen(id: string): void {
    this.#reopen.run(id)
  }
}

/** The newest first. */
export function listExperiments(db: Db, filter: { route?: string; kind?: string }, limit: number): ExperimentSummary[] {
  const rows = db
    .prepare(
      `SELECT ${COLUMNS}, (SELECT count(*) FROM pairs WHERE experiment = experiments.id) AS drawn,
        (SELECT count(*) FROM pairs WHERE experiment = experiments.id AND skipped IS NULL) AS pairs
      FROM experiments WHERE ($route IS NULL OR route = $route) AND ($kind IS NULL OR kind = $kind)
      ORDER BY started_at DESC, id DESC LIMIT $limit`,
    )
    .all({ route: filter.route ?? null, kind: filter.kind ?? null, limit }) as (ExperimentsRow & {
    drawn: number
    pairs: number
  })[]
  return rows.map((row) => ({ ...experimentOf(row), drawn: row.drawn, pairs: row.pairs }))
}

export function findExperiment(db: Db, id: string): Experiment | null {
  const row = db.prepare(`SELECT ${COLUMNS} FROM experiments WHERE id = ?`).get(id) as ExperimentsRow | undefined
  return row ? experimentOf(row) : null
}

function experimentOf({ id, kind, name, route, baseline, candidate, settings, ...times }: ExperimentsRow): Experiment {
  return {
    id,
    kind,
    name,
    route,
    baseline,
    candidate,
    settings: JSON.parse(settings),
    startedAt: times.started_at,
    endedAt: times.ended_at,
  }
}
