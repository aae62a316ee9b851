import { requestIdFloor } from '../../core/ids.ts'
import type { Db } from '../database.ts'
import type { RequestsRow } from '../requests.ts'

const COLUMNS = [
  'request_id',
  'route',
  'tenant',
  'team',
  'key_id',
  'user',
  'session',
  'surface',
  'stream',
  'status',
  'provider',
  'model',
  'attempts',
  'fallback',
  'cache',
  'guardrail',
  'finish_reason',
  'input_tokens',
  'output_tokens',
  'cost_nano',
  'duration_ms',
  'ttft_ms',
  'revision',
  'error',
  'facts',
] as const satisfies (keyof RequestsRow)[]

/** A stored request whose texts are kept, with all that conditions may ask of it. */
export interface TraceCandidate extends Pick<RequestsRow, (typeof COLUMNS)[number]> {
  /** JSON: the mean score by evaluator. */
  scores: string
  /** Mean of what apps told of the reply, -1 to 1. */
  feedback: number | null
}

/** Which requests are looked at; times are milliseconds since the epoch, `to` is excluded. */
export interface TraceWindow {
  route: string
  from: number
  to: number
}

/** A piece of a window, the newest requests first. */
export interface TracePage {
  /** Callers' requests of the route, whether or not their texts are kept. */
  requests: number
  candidates: TraceCandidate[]
  /** Where the next page begins; `null` at the window's end. */
  next: string | null
}

const CANDIDATE = `${COLUMNS.map((name) => `asked.${name}`).join(', ')},
  (SELECT json_group_object(evaluator, score) FROM
    (SELECT evaluator, avg(score) AS score FROM scores WHERE request_id = asked.request_id GROUP BY evaluator)
  ) AS scores,
  (SELECT avg(value) FROM feedback WHERE request_id = asked.request_id) AS feedback`
const IS_KEPT = `EXISTS (SELECT 1 FROM contents
  WHERE request_id = asked.request_id AND request IS NOT NULL AND expires_at > $now)`

/**
 * Looks at so many stored requests of any route from below `before` (a request id) on, so that one page takes some
 * milliseconds however rare the route is.
 */
export function traceCandidates(
  db: Db,
  { route, from, to }: TraceWindow,
  before: string | null,
  scanned: number,
  now: number,
): TracePage {
  const window = { from: requestIdFloor(from), before: before ?? requestIdFloor(to), scanned }
  const range = 'request_id >= $from AND request_id < $before ORDER BY request_id DESC'
  const last = db
    .prepare(`SELECT request_id FROM requests WHERE ${range} LIMIT 1 OFFSET $scanned - 1`)
    .pluck()
    .get(window) as string | undefined
  const bounds = { route, from: last ?? window.from, before: window.before }
  const where = "route = $route AND purpose = 'live' AND request_id >= $from AND request_id < $before"
  const requests = db.prepare(`SELECT count(*) FROM requests WHERE ${where}`).pluck().get(bounds) as number
  const candidates = db
    .prepare(`SELECT ${CANDIDATE} FROM requests AS asked WHERE ${where} AND ${IS_KEPT} ORDER BY request_id DESC`)
    .all({ ...bounds, now }) as TraceCandidate[]
  return { requests, candidates, next: last ?? null }
}

/** A request that people have labelled. */
export interface LabelledTrace extends TraceCandidate {
  /** Of the annotation item. */
  item: number
  /** JSON: what each person said, by criterion, the oldest first. */
  labels: string
}

/** Labelled requests of a route whose texts are kept, from behind an annotation item on, in the order of those. */
export function labelledTraces(db: Db, route: string, after: number, limit: number, now: number): LabelledTrace[] {
  return db
    .prepare(
      `SELECT ${CANDIDATE}, annotation_items.id AS item, (
        SELECT json_group_array(json(label)) FROM
          (SELECT label FROM annotation_labels WHERE item = annotation_items.id ORDER BY at, actor)
      ) AS labels
      FROM annotation_items JOIN requests AS asked USING (request_id)
      WHERE annotation_items.route = $route AND annotation_items.id > $after AND annotation_items.state != 'skipped' AND ${IS_KEPT}
        AND EXISTS (SELECT 1 FROM annotation_labels WHERE item = annotation_items.id)
      ORDER BY annotation_items.id LIMIT $limit`,
    )
    .all({ route, after, limit, now }) as LabelledTrace[]
}
