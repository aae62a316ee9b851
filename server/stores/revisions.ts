import type { Db } from './database.ts'

/** Keeps the text of an accepted config; the same text again keeps its first date. */
export function writeRevision(db: Db, revision: string, source: string, acceptedAt: string): void {
  db.prepare('INSERT OR IGNORE INTO revisions (revision, accepted_at, source) VALUES (?, ?, ?)').run(
    revision,
    acceptedAt,
    source,
  )
}
