import type { Database } from 'better-sqlite3'
import { version1 } from './migrations/version-1.ts'
import { version2 } from './migrations/version-2.ts'
import { version3 } from './migrations/version-3.ts'
import { version4 } from './migrations/version-4.ts'
import { version5 } from './migrations/version-5.ts'

/** Each entry brings the store one version up. Entries are never changed, only added. */
export const MIGRATIONS: readonly string[] = [version1, version2, version3, version4, version5]

/** Brings the tables up to date in one transaction. Throws when the file is from a newer Gatehouse. */
export function migrate(db: Database): void {
  const version = db.pragma('user_version', { simple: true }) as number
  if (version > MIGRATIONS.length)
    throw new Error(`The store is of version ${version}, newer than this Gatehouse knows (${MIGRATIONS.length}).`)
  if (version === MIGRATIONS.length) return
  db.transaction(() => {
    for (const sql of MIGRATIONS.slice(db.pragma('user_version', { simple: true }) as number)) db.exec(sql)
    db.pragma(`user_version = ${MIGRATIONS.length}`)
  }).immediate()
}
