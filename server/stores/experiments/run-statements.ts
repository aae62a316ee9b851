import type { Db } from '../database.ts'

/** What `RunWriter` says to the database. */
export function runStatements(db: Db) {
  return {
    insert: db.prepare(
      `INSERT INTO runs (experiment, dataset, plan, proposed, state, created_at, actor)
      VALUES (?, ?, '{}', ?, 'filling', ?, ?)`,
    ),
    open: db.prepare("UPDATE runs SET plan = ?, state = 'waiting' WHERE experiment = ?"),
    insertItem: db.prepare('INSERT INTO run_items (experiment, position, item) VALUES (?, ?, ?)'),
    removeItems: db.prepare('DELETE FROM run_items WHERE experiment = ?'),
    remove: db.prepare('DELETE FROM runs WHERE experiment = ?'),
    find: db.prepare(
      `SELECT state, actor, name, runs.started_at FROM runs LEFT JOIN experiments ON experiments.id = experiment
      WHERE experiment = ?`,
    ),
    setBudget: db.prepare("UPDATE runs SET plan = json_set(plan, '$.budgetNano', ?) WHERE experiment = ?"),
    setState: db.prepare(
      'UPDATE runs SET state = $state, problem = $problem, ended_at = $ended WHERE experiment = $id',
    ),
    /** A run whose first request begins. */
    begin: db.prepare(
      `UPDATE runs SET started_at = coalesce(started_at, ?), state = CASE state WHEN 'waiting' THEN 'running' ELSE state END
      WHERE experiment = ?`,
    ),
    start: db.prepare(
      `UPDATE run_items SET state = 'started', started_at = $at, claim = $claim
      WHERE experiment = $id AND position = $position
        AND (state = 'waiting' OR (state = 'started' AND claim = $claim))`,
    ),
    release: db.prepare(
      `UPDATE run_items SET state = 'waiting', started_at = NULL, claim = NULL
      WHERE experiment = ? AND position = ? AND state = 'started' AND claim = ?`,
    ),
    finish: db.prepare(
      `UPDATE run_items SET state = ?, cost_nano = ?, ended_at = ? WHERE experiment = ? AND position = ?
      AND state = 'started'`,
    ),
    unfinished: db.prepare("SELECT 1 FROM run_items WHERE experiment = ? AND state IN ('waiting', 'started') LIMIT 1"),
    expired: db.prepare(
      `SELECT experiment, cleared FROM runs
      WHERE dataset IS NULL AND state IN ('done', 'cancelled') AND ended_at <= ? AND cleared < ? LIMIT 1`,
    ),
    lastToClear: db
      .prepare(
        `SELECT max(position) FROM (
          SELECT position FROM run_items WHERE experiment = ? AND position > ? ORDER BY position LIMIT ?)`,
      )
      .pluck(),
    clear: db.prepare(
      `UPDATE run_items SET item = json_object('facts', item -> 'facts')
      WHERE experiment = ? AND position > ? AND position <= ?`,
    ),
    setCleared: db.prepare('UPDATE runs SET cleared = ? WHERE experiment = ?'),
    retry: db.prepare(
      `UPDATE run_items SET state = 'waiting', started_at = NULL, ended_at = NULL
      WHERE experiment = ? AND state = 'lost'
        AND (SELECT cleared FROM runs WHERE runs.experiment = run_items.experiment) < 0`,
    ),
    removeLostPairs: db.prepare("DELETE FROM pairs WHERE experiment = ? AND skipped = 'lost'"),
    filling: db.prepare("SELECT experiment FROM runs WHERE state = 'filling'").pluck(),
    started: db.prepare(
      `SELECT run_items.experiment, run_items.position, settings ->> 'cohorts' AS cohorts,
        coalesce(item ->> 'facts', facts, '{}') AS facts
      FROM run_items JOIN runs USING (experiment) JOIN experiments ON experiments.id = run_items.experiment
        LEFT JOIN dataset_items ON dataset_items.dataset = runs.dataset AND dataset_items.position = run_items.position
      WHERE run_items.state = 'started'`,
    ),
    lose: db.prepare("UPDATE run_items SET state = 'lost', ended_at = ? WHERE state = 'started'"),
    active: db.prepare("SELECT experiment FROM runs WHERE state IN ('waiting', 'running') ORDER BY experiment").pluck(),
  }
}
