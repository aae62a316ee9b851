import type { ReactNode } from 'react'
import type { CacheDetail, RequestRow } from '../../server/http/admin/schemas.ts'
import { formatCost, formatDuration } from '../format.ts'
import { useOpenRequest } from '../location.ts'
import { Swatch } from '../parts/attempt-chain.tsx'

const outcomes: Readonly<Record<string, string>> = {
  'hit-exact': 'Answered with the kept reply to the same request',
  'hit-semantic': 'Answered with the kept reply to a question of the same meaning',
  stale: 'Answered with a kept reply past its lifetime',
  miss: 'Nothing kept fitted',
  bypass: 'Passed by',
}

const tones: Readonly<Record<string, string>> = {
  'hit-exact': 'text-ok',
  'hit-semantic': 'text-running',
  stale: 'text-fallback',
}

const founds: Record<NonNullable<CacheDetail['found']>, string> = {
  bytes: 'the same bytes',
  canonical: 'the same meaning in other bytes, or kept in the store',
  'in-flight': 'the same request was under way, and both got its reply',
}

/** How the cache took part in the request; nothing where its route has none. */
export function CacheSection({ result }: { result: RequestRow | null }) {
  if (!result?.cache || !result.cache_detail) return null
  const { cache, cache_detail: detail } = result
  const { why, found, similarity, age_ms, source, provider, model, saved_usd, saved_ms, lookups } = detail
  return (
    <section aria-label="Cache" className="border-b border-line py-4">
      <h3 className="px-5 pb-1.5 text-base font-semibold">Cache</h3>
      <dl className="grid grid-cols-[104px_minmax(0,1fr)] gap-x-4 gap-y-1 px-5 text-sm">
        <Fact name="Outcome">
          <span className={`font-medium ${tones[cache] ?? ''}`}>{outcomes[cache] ?? cache}</span>
        </Fact>
        {why !== null && <Fact name="Why">{why}</Fact>}
        {found !== null && <Fact name="Found by">{founds[found]}</Fact>}
        {similarity !== null && <Fact name="Similarity">{similarity.toFixed(3)}</Fact>}
        {age_ms !== null && <Fact name="Age">{formatDuration(age_ms)}</Fact>}
        {source !== null && (
          <Fact name="First answered">
            <Source id={source} />
          </Fact>
        )}
        {provider !== null && (
          <Fact name="Made by">
            <span className="flex items-center gap-1.5">
              <Swatch provider={provider} /> {provider} {model}
            </span>
          </Fact>
        )}
        {saved_ms !== null && (
          <Fact name="Saved">
            {saved_usd !== null && `${formatCost(saved_usd)} and `}
            {formatDuration(saved_ms)}
          </Fact>
        )}
        {lookups.length > 0 && (
          <Fact name="Look-ups">
            {lookups
              .map(({ kind, duration_ms, result: end }) => `${kind} ${end}, ${formatDuration(duration_ms)}`)
              .join(' · ')}
          </Fact>
        )}
      </dl>
    </section>
  )
}

function Source({ id }: { id: string }) {
  const [, open] = useOpenRequest()
  return (
    <button type="button" className="font-mono text-xs underline hover:text-ink" onClick={() => open(id)}>
      {id}
    </button>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0 break-words">{children}</dd>
    </>
  )
}
