import type { CacheHash, Neighbour, SpaceVector } from '../../core/cache.ts'
import type { Db } from '../database.ts'
import { bitsTable, signBits } from './bits.ts'

/** Bits narrow a search down to so many times as many vectors as are wanted, */
const OVERSAMPLING = 10
/**
 * but in a large context to fewer: sqlite-vec picks the nearest one after the other, so that its time grows with
 * candidates × vectors. Among 100,000 vectors 32 candidates take half as long as 80.
 */
const MOST_PICKED = 200_000
/** Even where bits tell little, the nearest of all is among so many in 98 of 100 searches (`npm run bench:cache`). */
const FEWEST_CANDIDATES = 32

interface FoundContext {
  id: number
  space: number
  bits_to: number
  vectors: number
}

type EntryOfVector = {
  context: CacheHash
  key: CacheHash
  question: string
  created_at: number
  fresh_until: number
  output_tokens: number
}

/** Finds the fresh entries of a context that are most like a vector, the nearest first, at most `limit` of them. */
export type FindNearest = (context: CacheHash, like: SpaceVector, limit: number, now: number) => Neighbour[]

/**
 * Searches one connection. `problem` says why sqlite-vec is not there: then nothing is found. A search is exact among
 * the vectors that have no bits yet, and among the others as good as their bits.
 */
export function nearestFinder(db: Db, problem: string | null): FindNearest {
  if (problem !== null) return () => []
  const findContext = db.prepare(
    `SELECT contexts.id, contexts.space, contexts.bits_to, contexts.vectors FROM cache_spaces AS spaces
    JOIN cache_contexts AS contexts ON contexts.space = spaces.id AND contexts.context = ?
    WHERE spaces.name = ? AND spaces.dimensions = ?`,
  )
  const searchTail = db
    .prepare('SELECT id, vec_distance_L2(vector, ?) FROM cache_vectors WHERE context = ? AND id > ? ORDER BY 2 LIMIT ?')
    .raw()
  const entryOf = db.prepare(
    `SELECT entries.context, key, question, created_at, fresh_until, output_tokens FROM cache_vectors AS vectors
    JOIN cache_entries AS entries ON entries.id = vectors.entry WHERE vectors.id = ?`,
  )
  const bitSearches = new Map<number, ReturnType<Db['prepare']>>()
  const bitSearchOf = (space: number) => {
    const known = bitSearches.get(space)
    if (known) return known
    const search = db
      .prepare(
        `SELECT vectors.id, vec_distance_L2(vectors.vector, ?) FROM
          (SELECT rowid AS id FROM ${bitsTable(space)} WHERE bits MATCH vec_bit(?) AND context = ? AND k = ?) AS near
        JOIN cache_vectors AS vectors ON vectors.id = near.id`,
      )
      .raw()
    bitSearches.set(space, search)
    return search
  }

  /** Id and distance of the vectors to look at, the nearest first. */
  const candidatesOf = (context: FoundContext, vector: Float32Array, limit: number) => {
    const count = candidateCount(limit, context.vectors)
    const candidates = searchTail.all(vector, context.id, context.bits_to, count) as [id: number, distance: number][]
    if (context.bits_to > 0) {
      const near = bitSearchOf(context.space).all(vector, signBits(vector), BigInt(context.id), count)
      candidates.push(...(near as typeof candidates))
    }
    return candidates.sort(([, one], [, other]) => one - other)
  }
  const search: FindNearest = (context, { space, vector }, limit, now) => {
    const found = findContext.get(context, space.id, space.dimensions) as FoundContext | undefined
    if (!found) return []
    const neighbours: Neighbour[] = []
    for (const [id, distance] of candidatesOf(found, vector, limit)) {
      const entry = entryOf.get(id) as EntryOfVector | undefined
      // The partition holds vectors of one context only; that is made sure of with the context's own name.
      if (!entry || entry.context !== context || entry.fresh_until <= now) continue
      neighbours.push(neighbourOf(entry, cosineOf(distance)))
      if (neighbours.length === limit) break
    }
    return neighbours
  }
  return db.transaction(search)
}

function candidateCount(limit: number, vectors: number): number {
  return Math.max(FEWEST_CANDIDATES, Math.min(limit * OVERSAMPLING, Math.floor(MOST_PICKED / vectors)))
}

function neighbourOf(entry: EntryOfVector, similarity: number): Neighbour {
  return {
    key: entry.key,
    question: entry.question,
    similarity,
    createdAt: entry.created_at,
    freshUntil: entry.fresh_until,
    outputTokens: entry.output_tokens,
  }
}

/** The cosine of the angle between unit vectors so far apart: |a − b|² = 2 − 2 a·b. */
function cosineOf(distance: number): number {
  return 1 - distance ** 2 / 2
}
