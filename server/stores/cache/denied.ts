import { createHash } from 'node:crypto'
import type { CacheHash } from '../../core/cache.ts'
import type { Db } from '../database.ts'

/**
 * Pairs of questions that a person called different. They outlive the entry and a purge, as hashes, and hold both
 * ways and in every context of their scope.
 */

export function pairDenier(db: Db): (scope: CacheHash, asked: string, cached: string, at: number) => void {
  const insert = db.prepare('INSERT OR REPLACE INTO cache_denied (scope, one, other, at) VALUES (?, ?, ?, ?)')
  return (scope, asked, cached, at) => void insert.run(scope, ...pairOf(asked, cached), Math.floor(at))
}

/** Takes back what `pairDenier` did. */
export function pairAllower(db: Db): (scope: CacheHash, asked: string, cached: string) => void {
  const remove = db.prepare('DELETE FROM cache_denied WHERE scope = ? AND one = ? AND other = ?')
  return (scope, asked, cached) => void remove.run(scope, ...pairOf(asked, cached))
}

export function pairIsDenied(db: Db): (scope: CacheHash, asked: string, cached: string) => boolean {
  const find = db.prepare('SELECT 1 FROM cache_denied WHERE scope = ? AND one = ? AND other = ?')
  return (scope, asked, cached) => find.get(scope, ...pairOf(asked, cached)) !== undefined
}

function pairOf(asked: string, cached: string): [string, string] {
  const [one, other] = [asked, cached].map((text) => createHash('sha256').update(text).digest('base64url'))
  return one! < other! ? [one!, other!] : [other!, one!]
}
