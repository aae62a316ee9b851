import type { Agreement, CacheEntry, CacheHash, LookUp, SpaceVector } from '../../core/cache.ts'
import type { EmbedderPolicy } from '../../core/cache-policy.ts'
import type { SemanticAnswer, SemanticQuestion } from '../../core/semantic.ts'

/** What the cache asks of the store. Nothing here waits. */
export interface ReplyStore {
  /** A point look-up on this thread, in some ten microseconds. */
  find(key: CacheHash): CacheEntry | null
  put(entry: CacheEntry, vector: SpaceVector | null): void
  noteHit(key: CacheHash, at: number): void
  noteLookUp(lookUp: LookUp): void
  noteCheck(requestId: string, freshAnswer: string, agreement: Agreement, at: number): void
}

/** What the cache asks of the thread that compares questions. */
export interface QuestionSearch {
  lookUp(question: SemanticQuestion): Promise<SemanticAnswer>
  agreement(cached: string, fresh: string): Promise<Agreement>
  /** Vectors by an embedder of the thread's own; rejects for a provider's. */
  embed(embedder: EmbedderPolicy, texts: readonly string[]): Promise<SpaceVector[]>
}
