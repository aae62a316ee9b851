import type { CacheHash, CacheScope, LookUpOutcome, Neighbour, SpaceVector } from './cache.ts'
import type { EmbedderPolicy, SemanticPolicy } from './cache-policy.ts'

/** What the thread that looks questions up is asked. */
export interface SemanticQuestion {
  scope: CacheScope
  context: CacheHash
  question: string
  /** `null` where the thread is to make it with its own embedder. */
  vector: SpaceVector | null
  embedder: EmbedderPolicy
  policy: SemanticPolicy
  /** Tokens that the request allows: longer replies are not for it. */
  maxTokens: number | null
  /** Milliseconds since the epoch. */
  now: number
}

/** What it answers. */
export interface SemanticAnswer {
  /** `none`: there is nothing in this context that is like it at all. */
  outcome: LookUpOutcome | 'none'
  neighbour: Neighbour | null
  /** What counted, with what was learnt so far; above 1 where nothing is served. */
  threshold: number
  /** Name of the guard that objected. */
  guard: string | null
  vector: SpaceVector
}
