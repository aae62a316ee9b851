import type { CacheEntry, CacheScope, LookUp } from '../../server/core/cache.ts'
import type { CacheWrite } from '../../server/core/thread-messages.ts'
import { CacheStore } from '../../server/stores/cache/cache-store.ts'
import { openForWriting } from '../../server/stores/database.ts'
import type { TestGateway } from '../support/gateway.ts'

/** Writes what traffic of days would have left into the store of a gateway that runs. Without vectors. */
export function seedCache(gateway: TestGateway, writes: readonly CacheWrite[]): void {
  const db = openForWriting(gateway.home.store)
  try {
    const { failed, problem } = new CacheStore(db, 'not loaded').apply(writes)
    if (failed > 0) throw new Error(problem!)
  } finally {
    db.close()
  }
}

export function scopeOf(tenant: string, route: string): CacheScope {
  return { hash: `${tenant}/${route}`, tenant, route, partition: null, namespace: null }
}

/** The events of a reply of some words, as the cache keeps them. */
export function replyOf(text: string): string {
  const events = [
    { type: 'reply-start', id: 'c1', model: 'm' },
    { type: 'part-start', choice: 0, part: 0, kind: 'text' },
    { type: 'part-delta', choice: 0, part: 0, text },
    { type: 'part-end', choice: 0, part: 0 },
    { type: 'finish', choice: 0, reason: 'stop' },
  ]
  return JSON.stringify({ events, streamMs: 0 })
}

export function entryOf(key: string, text: string, more: Partial<CacheEntry> = {}): CacheEntry {
  const now = Date.now()
  return {
    key,
    scope: scopeOf('acme', 'support'),
    context: null,
    question: `question ${key}`,
    requestId: `req_${key}`,
    provider: 'up',
    model: 'm',
    reply: replyOf(text),
    outputTokens: 12,
    costNano: 2_000_000,
    durationMs: 800,
    createdAt: now - 60_000,
    freshUntil: now + 3_600_000,
    revalidateUntil: now + 3_600_000,
    keptUntil: now + 3_600_000,
    ...more,
  }
}

export function lookUpOf(requestId: string, similarity: number, more: Partial<LookUp> = {}): CacheWrite {
  return {
    type: 'look-up',
    lookUp: {
      requestId,
      at: Date.now() - 60_000,
      scope: scopeOf('acme', 'support'),
      space: 'builtin-lexical-1',
      question: 'how do i reset my password',
      key: 'one',
      cachedQuestion: 'How do I reset my password?',
      similarity,
      threshold: 0.75,
      guard: null,
      outcome: 'hit',
      ...more,
    },
  }
}

export function checkOf(
  requestId: string,
  freshAnswer: string,
  agreement: 'same' | 'different' | 'unsure',
): CacheWrite {
  return { type: 'check', requestId, freshAnswer, agreement, at: Date.now() - 50_000 }
}
