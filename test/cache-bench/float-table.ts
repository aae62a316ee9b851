import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { loadVectorLibrary } from '../../server/stores/cache/library.ts'

/** The comparison: whole vectors in sqlite-vec, in one partition. Milliseconds of each search for the nearest `limit`. */
export function searchFloats(
  vectors: Iterable<Buffer>,
  dimensions: number,
  questions: readonly Float32Array[],
  limit: number,
): number[] {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-cache-bench-'))
  const db = new Database(join(folder, 'floats.db'))
  db.pragma('journal_mode = WAL')
  loadVectorLibrary(db)
  db.exec(`CREATE VIRTUAL TABLE floats USING vec0(context INTEGER PARTITION KEY, vector float[${dimensions}])`)
  const insert = db.prepare('INSERT INTO floats (context, vector) VALUES (1, ?)')
  db.transaction(() => {
    for (const vector of vectors) insert.run(vector)
  })()
  const search = db.prepare('SELECT rowid, distance FROM floats WHERE vector MATCH ? AND context = 1 AND k = ?')
  const times = questions.map((question) => {
    const start = performance.now()
    search.all(question, limit)
    return performance.now() - start
  })
  db.close()
  rmSync(folder, { recursive: true, force: true })
  return times.slice(1)
}
