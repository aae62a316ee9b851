/** Words that the cache, the store and the admin API share. Times are milliseconds since the epoch, money nano-dollars. */

/** SHA-256 in base64url, 43 characters. */
export type CacheHash = string

/** Who shares replies: everyone of a tenant, or fewer. */
export const PARTITIONS = ['tenant', 'team', 'user', 'session'] as const
export type Partition = (typeof PARTITIONS)[number]

/** What came of asking the cache. */
export type CacheOutcome = 'hit-exact' | 'hit-semantic' | 'stale' | 'miss' | 'bypass'

/** Whose replies these are. Nothing of one scope is ever given to another. */
export interface CacheScope {
  hash: CacheHash
  tenant: string
  route: string
  /** For people: `team red`, `user u-17`; `null` where the whole tenant shares. */
  partition: string | null
  namespace: string | null
}

/** A reply that may be given again. */
export interface CacheEntry {
  /** Hash of the scope and of the canonical request. */
  key: CacheHash
  scope: CacheScope
  /**
   * Hash of the scope and of everything in the request but the text of its last user turn: only entries of the same
   * context are compared by likeness. `null` where there is no such text.
   */
  context: CacheHash | null
  /** The text of the last user turn; `null` where entries are not compared by likeness. */
  question: string | null
  /** The request that was answered so. */
  requestId: string
  provider: string
  model: string
  /** A `StoredReply` as JSON. */
  reply: string
  /** Tokens of the reply: a request that allows fewer is not answered with it. */
  outputTokens: number
  /** What it cost to make; `null` where that is not known. */
  costNano: number | null
  /** How long it took to make. */
  durationMs: number
  createdAt: number
  /** Until then it is given as it is; */
  freshUntil: number
  /** until then it is given while a new one is fetched; */
  revalidateUntil: number
  /** until then it is kept at all, for the day on which every target fails. */
  keptUntil: number
}

/** A vector space: what one version of one embedder makes. Vectors of two spaces are never compared. */
export interface VectorSpace {
  /** E.g. `builtin-lexical-1`. */
  id: string
  dimensions: number
}

/** A unit vector in its space. */
export interface SpaceVector {
  space: VectorSpace
  vector: Float32Array
}

/** An entry that is close to a question. */
export interface Neighbour {
  key: CacheHash
  question: string
  /** Cosine of the angle, at most 1. */
  similarity: number
  createdAt: number
  freshUntil: number
  outputTokens: number
}

/** Do two answers say the same? */
export type Agreement = 'same' | 'different' | 'unsure'

/** What came of a question that had a neighbour. */
export type LookUpOutcome =
  /** Answered from the cache. */
  | 'hit'
  /** Would have been a hit, and was sent upstream to compare the answers. */
  | 'check'
  /** Too far away. */
  | 'far'
  /** Near enough, but a guard saw a difference that matters. */
  | 'guarded'

/** A look-up by likeness as it is recorded: what thresholds are tuned with. */
export interface LookUp {
  /** The request that asked. */
  requestId: string
  at: number
  scope: CacheScope
  /** Id of the vector space. */
  space: string
  question: string
  /** The nearest entry: the one that counted, or would have. */
  key: CacheHash
  cachedQuestion: string
  similarity: number
  /** The threshold at that moment. */
  threshold: number
  /** Name of the guard that objected. */
  guard: string | null
  outcome: LookUpOutcome
}

/** What a person says of a look-up that was, or would have been, a hit. */
export type Review = 'right' | 'wrong'

/** Which entries are meant; all that is given must hold, nothing means all of them. */
export interface CacheSelection {
  key?: CacheHash
  tenant?: string
  route?: string
}

/** How the cache took part in a request, as it is recorded. Times are milliseconds after the request's start. */
export interface CacheRecord {
  outcome: CacheOutcome
  /** Why it was passed by, or why the nearest entry was not good enough; `null` where there is nothing to say. */
  why: string | null
  /** How an exact hit was found: by the request's bytes, by its meaning, or while the first one was under way. */
  found: 'bytes' | 'canonical' | 'in-flight' | null
  /** Of the nearest entry, where one was looked for. */
  similarity: number | null
  /** Age of the reply that was given. */
  age_ms: number | null
  /** The request that was answered so before. */
  source: string | null
  provider: string | null
  model: string | null
  /** What it would have cost to make again. */
  saved_nano: number | null
  saved_ms: number | null
  /** Each way of looking it up that was tried. */
  lookups: CacheLookUpSpan[]
}

export interface CacheLookUpSpan {
  kind: 'exact' | 'semantic'
  span_id: string
  started_ms: number
  duration_ms: number
  result: 'hit' | 'miss' | 'late' | 'failed'
}
