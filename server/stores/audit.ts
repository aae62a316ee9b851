import type { Db } from './database.ts'

/** A row of `audit`: what a person did to what the gateway keeps. Never the content of prompts or replies. */
export interface AuditRow {
  id: number
  /** Milliseconds since the epoch. */
  at: number
  /** How whoever did it was let in: `session` or `admin token`. */
  actor: string
  /** E.g. `cache-purge`. */
  action: string
  /** JSON. */
  detail: string
}

export type AuditEntry = Omit<AuditRow, 'id' | 'detail'> & { detail: object }

/** Writes the trail. What it does belongs into the caller's transaction. */
export class AuditWriter {
  readonly #insert
  readonly #update

  constructor(db: Db) {
    this.#insert = db.prepare('INSERT INTO audit (at, actor, action, detail) VALUES (?, ?, ?, ?)')
    this.#update = db.prepare('UPDATE audit SET detail = ? WHERE id = ?')
  }

  /** Returns the row's id. */
  add({ at, actor, action, detail }: AuditEntry): number {
    return Number(this.#insert.run(Math.floor(at), actor, action, JSON.stringify(detail)).lastInsertRowid)
  }

  /** Says more of what was begun before. */
  complete(id: number, detail: object): void {
    this.#update.run(JSON.stringify(detail), id)
  }
}

/** The newest first, from below `cursor` (an id) where one is given. */
export function listAudit(db: Db, cursor: number | null, limit: number): AuditRow[] {
  return db
    .prepare('SELECT * FROM audit WHERE id < ? ORDER BY id DESC LIMIT ?')
    .all(cursor ?? Number.MAX_SAFE_INTEGER, limit) as AuditRow[]
}
