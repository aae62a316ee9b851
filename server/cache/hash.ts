import { createHash } from 'node:crypto'
import type { CacheHash } from '../core/cache.ts'

/** SHA-256 of pieces of which none can be taken for the end of another. */
export function hashOf(...pieces: readonly (string | Buffer)[]): CacheHash {
  const hash = createHash('sha256')
  for (const piece of pieces) hash.update(`${Buffer.byteLength(piece)}:`).update(piece)
  return hash.digest('base64url')
}
