import type { CacheEntry, CacheHash, CacheSelection, Review } from '../../core/cache.ts'
import type { EmbedderPolicy } from '../../core/cache-policy.ts'
import type { DialectId } from '../../core/dialect-id.ts'
import type { PlainDialect } from '../../core/plain.ts'
import type { Policy } from '../../core/policy.ts'
import type { Embedder, Provider, Send } from '../../core/ports.ts'
import type { Removed, Reviewed } from '../../core/thread-messages.ts'
import type { CacheWriter, CacheWriterStatus } from '../../stores/cache/cache-writer.ts'
import type { Reader } from '../../stores/reader.ts'
import type { QuestionSearch } from './ports.ts'
import { providerEmbedder } from './provider-embedder.ts'
import { comparesQuestions, Reembedder } from './reembedder.ts'
import { ReplyCache } from './reply-cache.ts'

export interface CacheParts {
  policy(): Policy
  writer: CacheWriter
  find(key: CacheHash): CacheEntry | null
  /** A reader thread that nothing else is asked. */
  searcher: Reader
  /** The one that answers everything else. */
  reader: Reader
  providers: ReadonlyMap<string, Provider>
  plains: ReadonlyMap<DialectId, PlainDialect>
  send: Send
  /** Told in words when questions cannot be compared. */
  onProblem(message: string): void
}

/** The cache, wired to the store and to whoever makes its vectors. */
export interface OpenCache {
  replies: ReplyCache
  /** Forgets what is meant, everywhere; returns how much of the store. `actor` stands in the audit trail, as below. */
  purge(selection: CacheSelection, actor: string): Promise<Removed>
  /**
   * What a person says of a look-up, which thresholds learn from. An answer that was wrong is forgotten, and never
   * given to that question again. `null` where there is no such look-up.
   */
  review(lookUp: number, review: Review, actor: string): Promise<Reviewed | null>
  writerStatus(): CacheWriterStatus
  /** Unit vectors by the configured embedder, one a text, in order. */
  embed(texts: readonly string[], signal: AbortSignal): Promise<Float32Array[]>
  /** Follows a change of the config. */
  follow(): void
  close(): void
}

export function openCache(parts: CacheParts): OpenCache {
  const { policy, writer, find, searcher, reader } = parts
  const search: QuestionSearch = {
    lookUp: (question) => searcher.ask('lookUp', question),
    agreement: (cached, fresh) => searcher.ask('agreement', cached, fresh),
    embed: (embedder, texts) => searcher.ask('embed', embedder, texts),
  }
  const remote = remoteEmbedders(parts)
  let closed = false
  const say = sayOnce(parts.onProblem)
  const onFault = (error: unknown) => {
    if (!closed) say(error)
  }
  const replies = new ReplyCache({
    store: {
      find,
      put: (entry, vector) => writer.put(entry, vector),
      noteHit: (key, at) => writer.noteHit(key, at),
      noteLookUp: (lookUp) => writer.noteLookUp(lookUp),
      noteCheck: (requestId, answer, agreement, at) => writer.noteCheck(requestId, answer, agreement, at),
    },
    semantic: {
      search,
      whenStored: (context) => writer.whenStored(context),
      remote,
      embedderPolicy: () => policy().cache.embedder,
      onFault,
    },
    limits: () => policy().cache,
  })
  /** Starts the thread and loads its tables or its model, so that no request waits for that. */
  const warm = async () => {
    try {
      const problem = await searcher.ask<string | null>('vectorProblem')
      if (problem !== null) parts.onProblem(`questions cannot be compared: ${problem}`)
      if (remote() === null) await search.embed(policy().cache.embedder, ['warm'])
    } catch (error) {
      onFault(error)
    }
  }
  const reembedder = new Reembedder({ policy, writer, reader, search, remote, onProblem: parts.onProblem })
  const follow = () => {
    replies.resize()
    writer.setMaxBytes(policy().cache.storeBytes)
    reembedder.wake()
    if (comparesQuestions(policy())) void warm()
  }
  follow()
  return {
    replies,
    async purge(selection, actor) {
      replies.purge(selection)
      const removed = await writer.ask({ type: 'purge', selection, actor, at: Date.now() })
      // What was read from the store meanwhile.
      replies.purge(selection)
      return removed
    },
    async review(lookUp, review, actor) {
      const reviewed = await writer.ask({ type: 'review', lookUp, review, actor, at: Date.now() })
      if (reviewed && review === 'wrong') replies.purge({ key: reviewed.key })
      return reviewed
    },
    writerStatus: () => writer.status,
    async embed(texts, signal) {
      const provider = remote()
      if (provider !== null) return provider.embed(texts, signal)
      return (await search.embed(policy().cache.embedder, texts)).map(({ vector }) => vector)
    },
    follow,
    close() {
      closed = true
      reembedder.stop()
    },
  }
}

/** The configured provider's embedder, made anew when the config has changed; `null` for one of our own. */
function remoteEmbedders({ policy, providers, plains, send }: CacheParts): () => Embedder | null {
  let made: { of: EmbedderPolicy; embedder: Embedder } | null = null
  return () => {
    const { cache, providers: configured } = policy()
    const { embedder: of } = cache
    if (of.kind !== 'provider') return null
    if (made?.of === of) return made.embedder
    const provider = configured.get(of.provider)!
    const embedder = providerEmbedder(of, { provider: providers.get(provider.kind)!, policy: provider, plains, send })
    made = { of, embedder }
    return embedder
  }
}

/** A trouble that lasts is told once. */
function sayOnce(say: (message: string) => void): (error: unknown) => void {
  let last = ''
  return (error) => {
    const { message } = error as Error
    if (message !== last) say(`questions cannot be compared: ${message}`)
    last = message
  }
}
