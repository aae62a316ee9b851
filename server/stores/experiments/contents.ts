import type { ReplyView } from '../../core/evaluation.ts'
import type { Content, KeptContent } from '../../core/experiment.ts'
import type { ChatRequest } from '../../core/request.ts'
import type { Db } from '../database.ts'

/** A row of `contents`; texts are JSON. */
interface ContentsRow {
  request_id: string
  request: string | null
  reply: string | null
}

/** What a request's texts are kept with. */
interface Owner {
  request_id: string
  route: string
  tenant: string | null
}

/** Writes texts; the same request twice keeps the first. */
export function contentWriter(db: Db): (owner: Owner, content: KeptContent) => void {
  const insert = db.prepare(
    'INSERT OR IGNORE INTO contents (request_id, route, tenant, request, reply, expires_at) VALUES (?, ?, ?, ?, ?, ?)',
  )
  return ({ request_id, route, tenant }, { request, reply, expiresAt }) => {
    const text = (value: unknown) => (value === null ? null : JSON.stringify(value))
    insert.run(request_id, route, tenant, text(request), text(reply), Math.floor(expiresAt))
  }
}

/** The texts of some requests, by id; absent where none are kept, or no longer. */
export function readContents(db: Db, requestIds: readonly string[], now: number): Map<string, Content> {
  const rows = db
    .prepare(
      `SELECT request_id, request, reply FROM contents
      WHERE request_id IN (SELECT value FROM json_each(?)) AND expires_at > ?`,
    )
    .all(JSON.stringify(requestIds), now) as ContentsRow[]
  return new Map(rows.map((row) => [row.request_id, contentOf(row)]))
}

export function contentOf({ request, reply }: Pick<ContentsRow, 'request' | 'reply'>): Content {
  return {
    request: request === null ? null : (JSON.parse(request) as ChatRequest),
    reply: reply === null ? null : (JSON.parse(reply) as ReplyView),
  }
}

/** Takes away texts that are past their time, so many at once; returns how many. */
export function contentSweeper(db: Db): (now: number, limit: number) => number {
  const remove = db.prepare(
    'DELETE FROM contents WHERE request_id IN (SELECT request_id FROM contents WHERE expires_at <= ? LIMIT ?)',
  )
  return (now, limit) => remove.run(now, limit).changes
}
