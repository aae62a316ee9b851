import { DatabaseZap } from 'lucide-react'
import type { RequestRow } from '../../server/http/admin/schemas.ts'
import { formatDuration } from '../format.ts'
import { Mark } from './outcome.tsx'

const marks: Readonly<Record<string, { tone: string; words: string; title: string }>> = {
  'hit-exact': { tone: 'ok', words: 'hit-exact', title: 'The kept reply to the same request' },
  'hit-semantic': { tone: 'running', words: 'hit-semantic', title: 'The kept reply to a question of the same meaning' },
  stale: { tone: 'fallback', words: 'stale', title: 'A kept reply past its lifetime' },
}

/** True where the reply came out of the cache. */
export function isFromCache({ cache }: RequestRow): boolean {
  return cache !== null && cache in marks
}

/** Stands where the attempts would: nobody was called, and who made the reply when it was new. */
export function CachedChip({ result }: { result: RequestRow }) {
  return (
    <span className="chip chip-cached" title={titleOf(result)}>
      <DatabaseZap size={12} className="text-ink-3" role="img" aria-label="from the cache" />
      <span className="chip-text">
        <span className="text-ink-3">{result.provider}</span> <span className="text-ink-2">{result.model}</span>
      </span>
    </span>
  )
}

/** Says that a reply was kept, and how it was found. */
export function CacheMark({ result }: { result: RequestRow }) {
  const mark = marks[result.cache ?? '']
  // The mark of a last resort says it already.
  if (!mark || result.last_resort === 'stale') return null
  return (
    <Mark tone={mark.tone} title={titleOf(result)}>
      {mark.words}
    </Mark>
  )
}

function titleOf({ cache, cache_detail: detail }: RequestRow): string {
  const facts = [
    marks[cache ?? '']?.title,
    detail?.similarity == null ? null : `similarity ${detail.similarity.toFixed(3)}`,
    detail?.age_ms == null ? null : `${formatDuration(detail.age_ms)} old`,
  ]
  return facts.filter(Boolean).join(', ')
}
