import { createHmac, type KeyObject, randomBytes } from 'node:crypto'
import type { Db } from './database.ts'

/** A key as it is listed. The key itself is shown once, when it is made, and not kept. */
export interface KeyRow {
  id: string
  tenant: string
  team: string | null
  routes: readonly string[] | null
  created_at: string
  revoked_at: string | null
}

interface StoredKey extends Omit<KeyRow, 'routes'> {
  /** JSON list, or null for all routes. */
  routes: string | null
}

const KEY_BYTES = 32
const ID_BYTES = 6

/** HMAC-SHA-256 under the installation's own secret, full length: a stolen store alone gives no key to try. */
export function hashKey(key: string, pepper: KeyObject): string {
  return createHmac('sha256', pepper).update(key).digest('hex')
}

/** Makes a key and stores its hash. */
export function createKey(
  db: Db,
  pepper: KeyObject,
  holder: { tenant: string; team: string | null; routes: readonly string[] | null },
): { id: string; key: string } {
  const id = `key_${randomBytes(ID_BYTES).toString('hex')}`
  const key = `gh-${randomBytes(KEY_BYTES).toString('base64url')}`
  const routes = holder.routes === null ? null : JSON.stringify(holder.routes)
  db.prepare('INSERT INTO keys (id, hash, tenant, team, routes, created_at) VALUES (?, ?, ?, ?, ?, ?)').run(
    id,
    hashKey(key, pepper),
    holder.tenant,
    holder.team,
    routes,
    new Date().toISOString(),
  )
  return { id, key }
}

/** All keys, oldest first. */
export function listKeys(db: Db): KeyRow[] {
  const rows = db.prepare('SELECT * FROM keys ORDER BY created_at, id').all() as StoredKey[]
  return rows.map(({ id, tenant, team, routes, created_at, revoked_at }) => ({
    id,
    tenant,
    team,
    routes: routes === null ? null : (JSON.parse(routes) as string[]),
    created_at,
    revoked_at,
  }))
}

/** False when there is no such key or it is revoked already. */
export function revokeKey(db: Db, id: string): boolean {
  const revoke = db.prepare('UPDATE keys SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL')
  return revoke.run(new Date().toISOString(), id).changes > 0
}

export interface FoundKey {
  id: string
  tenant: string
  team: string | null
  routes: ReadonlySet<string> | null
}

const MOST_KEPT = 10_000

/**
 * Looks keys up by their hash in some microseconds. Answers are kept until keys change: `PRAGMA data_version` tells
 * that any connection wrote, the keys' own version whether it was to them. A revoked key stops at once.
 */
export function keyFinder(db: Db, pepper: KeyObject): (key: string) => FoundKey | null {
  const select = db.prepare('SELECT id, tenant, team, routes FROM keys WHERE hash = ? AND revoked_at IS NULL')
  const dataVersion = db.prepare('PRAGMA data_version').pluck()
  const keysVersion = db.prepare('SELECT version FROM keys_version').pluck()
  const kept = new Map<string, FoundKey | null>()
  let seenData: unknown = null
  let seenKeys: unknown = null

  const forgetIfChanged = () => {
    const data = dataVersion.get()
    if (data === seenData) return
    seenData = data
    const keys = keysVersion.get()
    if (keys === seenKeys) return
    seenKeys = keys
    kept.clear()
  }
  return (key) => {
    forgetIfChanged()
    const hash = hashKey(key, pepper)
    const known = kept.get(hash)
    if (known !== undefined) return known
    const row = select.get(hash) as Pick<StoredKey, 'id' | 'tenant' | 'team' | 'routes'> | undefined
    const found = row
      ? { ...row, routes: row.routes === null ? null : new Set(JSON.parse(row.routes) as string[]) }
      : null
    if (kept.size >= MOST_KEPT) kept.clear()
    kept.set(hash, found)
    return found
  }
}
