import type { GuardLabelWord } from '../core/guard-label.ts'
import type { GuardStage } from '../core/guardrail.ts'
import type { Db } from './database.ts'
import { keptSince } from './verdicts.ts'
import type { ListedVerdict } from './verdicts-list.ts'

/** A rule of a route, and what its scores are read for. Times are milliseconds since the epoch. */
export interface TuningQuestion {
  route: string
  guardrail: string
  kind: string
  stage: GuardStage
  /** Texts that were tried with the kind alone count, too: the rule has no options of its own. */
  withKind: boolean
  /** The threshold to try; `null`: the one that each verdict was given under. */
  proposed: number | null
  from: number
  to: number
  /** Columns of the distribution. */
  columns: number
  /** The newest that would end otherwise. */
  examples: number
}

/** What is known of a rule's scores. */
export interface TuningData {
  labels: { label: GuardLabelWord; score: number }[]
  /** Scores in columns of equal width from 0 to 1; the last has its end, too. `acted`: all but passes. */
  scores: { column: number; acted: number; passed: number; harmful: number; harmless: number }[]
  /** Of as many requests: a rule says one thing of each. */
  inspections: number
  /** At or above the threshold that counted, and the proposed one. */
  found_now: number
  found_proposed: number
  /** That would end otherwise. */
  gained: number
  lost: number
  /** At or above the proposed threshold, and not before, or the other way round. */
  changed: ListedVerdict[]
  /** At or above the proposed threshold. */
  found: ListedVerdict[]
  oldest: number | null
}

/** Inspections that failed say nothing of scores. */
const SCORED = `verdicts.route = ? AND verdicts.guardrail = ? AND verdicts.ts >= ? AND verdicts.ts < ?
  AND verdicts.verdict != 'error'`
const ACTED = "(verdicts.verdict != 'pass')"

/** Reads what a threshold is tuned with. */
export function readTuning(db: Db, question: TuningQuestion): TuningData {
  const { route, guardrail, kind, stage, withKind, proposed, from, to, columns, examples } = question
  const over = proposed === null ? ACTED : `(verdicts.score > 0 AND verdicts.score >= ${proposed})`
  const scope = [route, guardrail, Math.floor(Math.max(from, keptSince(db) ?? from)), Math.ceil(to)]
  const sums = db
    .prepare(
      `SELECT count(*) AS inspections, total(${ACTED}) AS found_now, total(${over}) AS found_proposed,
        total(${over} AND NOT ${ACTED}) AS gained, total(${ACTED} AND NOT ${over}) AS lost, min(ts) AS oldest
      FROM verdicts WHERE ${SCORED}`,
    )
    .get(...scope) as Omit<TuningData, 'labels' | 'scores' | 'changed' | 'found'>
  const newest = (test: string) =>
    db
      .prepare(
        `SELECT verdicts.*, labels.label FROM verdicts LEFT JOIN guard_labels AS labels ON labels.verdict = verdicts.id
        WHERE ${SCORED} AND ${test} ORDER BY verdicts.id DESC LIMIT ?`,
      )
      .all(...scope, examples) as ListedVerdict[]
  return {
    ...sums,
    labels: labelsOf(db, route, guardrail, withKind ? [kind, stage] : ['', '']),
    scores: scoresOf(db, scope, columns),
    changed: newest(`${over} != ${ACTED}`),
    found: newest(over),
  }
}

function labelsOf(db: Db, route: string, guardrail: string, [kind, stage]: readonly string[]): TuningData['labels'] {
  return db
    .prepare(
      `SELECT label, score FROM guard_labels
      WHERE (route = ? AND guardrail = ?) OR (route IS NULL AND kind = ? AND stage = ?) ORDER BY id`,
    )
    .all(route, guardrail, kind, stage) as TuningData['labels']
}

function scoresOf(db: Db, scope: readonly (string | number)[], columns: number): TuningData['scores'] {
  return db
    .prepare(
      `SELECT min(CAST(verdicts.score * ${columns} + 1e-9 AS INTEGER), ${columns - 1}) AS column,
        total(${ACTED}) AS acted, total(NOT ${ACTED}) AS passed,
        total(labels.label IN ('right', 'missed')) AS harmful,
        total(labels.label IN ('false-positive', 'benign')) AS harmless
      FROM verdicts LEFT JOIN guard_labels AS labels ON labels.verdict = verdicts.id
      WHERE ${SCORED} GROUP BY 1 ORDER BY 1`,
    )
    .all(...scope) as TuningData['scores']
}
