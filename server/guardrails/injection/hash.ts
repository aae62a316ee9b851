/** Feature hashing (Weinberger et al. 2009): a feature is known by the bucket that its hash falls into. */

export const BUCKET_BITS = 17
export const BUCKETS = 1 << BUCKET_BITS

/** What the hash of a word begins with. */
export const WORD_SEED = 0x51ed270b

/** A hash of two, in which their order counts. The constants are MurmurHash3's (Appleby, public domain). */
export function mix(one: number, other: number): number {
  let hash = Math.imul(one ^ Math.imul(other, 0xcc9e2d51), 0x1b873593)
  hash ^= hash >>> 15
  hash = Math.imul(hash, 0x85ebca6b)
  return hash ^ (hash >>> 13)
}

export function bucketOf(hash: number): number {
  return Math.imul(hash ^ (hash >>> 16), 0xc2b2ae35) >>> (32 - BUCKET_BITS)
}

/** Of a name, for features that have one. */
export function hashOf(name: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < name.length; index++) hash = mix(hash, name.charCodeAt(index))
  return hash
}
