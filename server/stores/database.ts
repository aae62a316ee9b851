import Database from 'better-sqlite3'
import { migrate } from './migrations.ts'

export type Db = Database.Database

/** Page cache of one connection, in KiB; the library's own default of 16 MB buys nothing for rows in order of time. */
const CACHE_KIB = 4000

/** How long a connection waits for another one's write, e.g. that of the command line. */
const BUSY_MS = 5000

const PASSING = /^SQLITE_(BUSY|LOCKED|FULL|IOERR|NOMEM|CANTOPEN|READONLY)/

/** Errors that pass: the disk is full, another process holds the lock, the device stumbled. */
export function isPassing(error: unknown): boolean {
  return PASSING.test((error as { code?: string }).code ?? '')
}

/**
 * Opens the store for writing and brings its tables up to date. Write-ahead logging lets readers go on while one
 * connection writes; with `synchronous = NORMAL` a kill of the process loses nothing that was committed, and a
 * power cut at most the last commits, never the file's integrity (https://www.sqlite.org/pragma.html#pragma_synchronous).
 */
export function openForWriting(file: string): Db {
  const db = new Database(file, { timeout: BUSY_MS })
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = NORMAL')
  db.pragma(`cache_size = -${CACHE_KIB}`)
  // What is deleted is overwritten with zeros, at no cost that could be measured. The file does not shrink: its free
  // pages are used for what comes next.
  db.pragma('secure_delete = ON')
  migrate(db)
  return db
}

/**
 * A transaction that writes. It takes the lock before it reads: one that reads first and finds that another connection,
 * e.g. the command line's, has written since is refused at once, however long it would wait
 * (SQLITE_BUSY_SNAPSHOT, https://www.sqlite.org/rescode.html#busy_snapshot). Within another one it is part of that.
 */
export function writing<Args extends unknown[], Result>(
  db: Db,
  work: (...args: Args) => Result,
): (...args: Args) => Result {
  return db.transaction(work).immediate
}

/** Empties the write-ahead log, which still holds what was deleted; nothing when somebody is reading at this moment. */
export function emptyLog(db: Db): void {
  db.pragma('busy_timeout = 0')
  db.pragma('wal_checkpoint(TRUNCATE)')
  db.pragma(`busy_timeout = ${BUSY_MS}`)
}

/** Opens the store for reading; the tables are there already. */
export function openForReading(file: string): Db {
  const db = new Database(file, { readonly: true, timeout: BUSY_MS })
  db.pragma(`cache_size = -${CACHE_KIB}`)
  return db
}
