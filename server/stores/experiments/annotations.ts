import type { AnnotationReason, AnnotationState, Labels } from '../../core/annotation.ts'
import type { Content } from '../../core/experiment.ts'
import type { Db } from '../database.ts'
import { findRequest, type RequestsRow } from '../requests.ts'
import type { ScoresRow } from '../scores.ts'
import { type ListedVerdict, listVerdicts } from '../verdicts-list.ts'
import { readContents } from './contents.ts'
import { type FeedbackRow, feedbackOf } from './feedback.ts'

/** A row of `annotation_items`. */
export interface AnnotationRow {
  id: number
  at: number
  request_id: string
  route: string
  tenant: string | null
  reason: AnnotationReason
  detail: string | null
  state: AnnotationState
  assignee: string | null
  verdict: number | null
}

/** An item with how many people have labelled it. */
export interface ListedAnnotation extends AnnotationRow {
  labels: number
}

/** All that is given must hold. */
export interface AnnotationFilter {
  state?: AnnotationState
  route?: string
  reason?: AnnotationReason
  assignee?: string
  /** Only what this person has not labelled. */
  unlabelledBy?: string
}

/** What one person said. */
export interface AnnotationLabel {
  actor: string
  at: number
  labels: Labels
  comment: string | null
}

/** A look-up of the cache that answered the request. */
export interface AnsweringLookUp {
  id: number
  question: string
  cached_question: string
  similarity: number
  review: 'right' | 'wrong' | null
}

/** Everything that is known of an item. */
export interface AnnotationDetail {
  item: AnnotationRow
  request: RequestsRow | null
  /** `null`: texts are not kept, or not any more. */
  content: Content | null
  scores: ScoresRow[]
  verdicts: ListedVerdict[]
  feedback: FeedbackRow[]
  lookUp: AnsweringLookUp | null
  labels: AnnotationLabel[]
}

/** Verdicts of one request that are shown. */
const MOST_VERDICTS = 200

/** The newest first, from below `cursor` (an id) where one is given. */
export function listAnnotations(
  db: Db,
  { state, route, reason, assignee, unlabelledBy }: AnnotationFilter,
  cursor: number | null,
  limit: number,
): ListedAnnotation[] {
  return db
    .prepare(
      `SELECT *, (SELECT count(*) FROM annotation_labels WHERE item = annotation_items.id) AS labels
      FROM annotation_items WHERE ($cursor IS NULL OR id < $cursor) AND ($state IS NULL OR state = $state)
        AND ($route IS NULL OR route = $route) AND ($reason IS NULL OR reason = $reason)
        AND ($assignee IS NULL OR assignee = $assignee)
        AND ($unlabelledBy IS NULL OR NOT EXISTS (
          SELECT 1 FROM annotation_labels WHERE item = annotation_items.id AND actor = $unlabelledBy))
      ORDER BY id DESC LIMIT $limit`,
    )
    .all({
      cursor,
      limit,
      state: state ?? null,
      route: route ?? null,
      reason: reason ?? null,
      assignee: assignee ?? null,
      unlabelledBy: unlabelledBy ?? null,
    }) as ListedAnnotation[]
}

/** How many items there are, by state. */
export function countAnnotations(db: Db): Record<AnnotationState, number> {
  const rows = db.prepare('SELECT state, count(*) AS count FROM annotation_items GROUP BY state').all() as {
    state: AnnotationState
    count: number
  }[]
  return { open: 0, done: 0, skipped: 0, ...Object.fromEntries(rows.map(({ state, count }) => [state, count])) }
}

export function findAnnotation(db: Db, id: number, now: number): AnnotationDetail | null {
  const item = db.prepare('SELECT * FROM annotation_items WHERE id = ?').get(id) as AnnotationRow | undefined
  if (!item) return null
  const { request_id: request } = item
  return {
    item,
    request: findRequest(db, request),
    content: readContents(db, [request], now).get(request) ?? null,
    scores: scoresOf(db, request),
    verdicts: listVerdicts(db, { request, passes: true }, null, MOST_VERDICTS).reverse(),
    feedback: feedbackOf(db, request),
    lookUp: answeringLookUp(db, request),
    labels: labelsOf(db, id),
  }
}

function labelsOf(db: Db, item: number): AnnotationLabel[] {
  const rows = db.prepare('SELECT * FROM annotation_labels WHERE item = ? ORDER BY at, actor').all(item) as LabelsRow[]
  return rows.map(({ actor, at, label, comment }) => ({ actor, at, labels: JSON.parse(label) as Labels, comment }))
}

interface LabelsRow {
  item: number
  actor: string
  at: number
  /** JSON. */
  label: string
  comment: string | null
}

/** Of the reply that went out: of several attempts the last. */
const ON_REPLY = 'attempt = (SELECT max(attempt) FROM scores AS others WHERE others.request_id = scores.request_id)'

function scoresOf(db: Db, request: string): ScoresRow[] {
  return db
    .prepare(`SELECT * FROM scores WHERE request_id = ? AND ${ON_REPLY} ORDER BY passed, evaluator`)
    .all(request) as ScoresRow[]
}

function answeringLookUp(db: Db, request: string): AnsweringLookUp | null {
  const found = db
    .prepare(
      `SELECT id, question, cached_question, similarity, review FROM cache_lookups
      WHERE request_id = ? AND outcome = 'hit' ORDER BY id DESC LIMIT 1`,
    )
    .get(request)
  return (found as AnsweringLookUp | undefined) ?? null
}

/** A labelled item with what evaluators said of the same reply. */
export interface LabelledReply {
  labels: { actor: string; labels: Labels }[]
  scores: { evaluator: string; score: number; passed: boolean }[]
}

/** The newest items that have labels, at most `limit`. */
export function labelledReplies(db: Db, route: string | null, limit: number): LabelledReply[] {
  const items = db
    .prepare(
      `SELECT id, request_id FROM annotation_items WHERE ($route IS NULL OR route = $route)
        AND id IN (SELECT item FROM annotation_labels) ORDER BY id DESC LIMIT $limit`,
    )
    .all({ route, limit }) as { id: number; request_id: string }[]
  const labels = db.prepare('SELECT actor, label FROM annotation_labels WHERE item = ?')
  const scores = db.prepare(`SELECT evaluator, score, passed FROM scores WHERE request_id = ? AND ${ON_REPLY}`)
  return items.map(({ id, request_id }) => ({
    labels: (labels.all(id) as Pick<LabelsRow, 'actor' | 'label'>[]).map(({ actor, label }) => ({
      actor,
      labels: JSON.parse(label) as Labels,
    })),
    scores: (scores.all(request_id) as Pick<ScoresRow, 'evaluator' | 'score' | 'passed'>[]).map((row) => ({
      ...row,
      passed: row.passed === 1,
    })),
  }))
}

/** A verdict as far as a dispute of it goes. */
export type DisputedVerdict = Pick<ListedVerdict, 'id' | 'request_id' | 'route' | 'tenant' | 'guardrail' | 'label'>

export function findDisputedVerdict(db: Db, id: number): DisputedVerdict | null {
  const found = db
    .prepare(
      `SELECT verdicts.id, verdicts.request_id, verdicts.route, verdicts.tenant, verdicts.guardrail, labels.label
      FROM verdicts JOIN guard_labels AS labels ON labels.verdict = verdicts.id WHERE verdicts.id = ?`,
    )
    .get(id)
  return (found as DisputedVerdict | undefined) ?? null
}
