import { type StoredReply, textOf } from '../../cache/stored-reply.ts'
import type { CachePolicy, EmbedderPolicy } from '../../core/cache-policy.ts'
import type { CacheUse } from '../../stores/cache/cache-stats.ts'
import type { EntriesRow } from '../../stores/cache/entries.ts'
import type { ListedEntry } from '../../stores/cache/entry-list.ts'
import type { ListedLookUp } from '../../stores/cache/look-up-list.ts'
import type { LookUpTimes } from '../../stores/cache/look-up-times.ts'
import type { LookUpRow } from './cache-quality-schemas.ts'
import type { CacheEntryDetail, CacheEntryRow, CacheRoute, CacheSummary, CacheTenant } from './cache-schemas.ts'

type Figures = Omit<CacheTenant, 'tenant'>

/** The sum of several uses. Quantiles cannot be added, so they come along. */
export function figuresOf(uses: readonly CacheUse[], times: LookUpTimes = { p50_ms: null, p99_ms: null }): Figures {
  const sum = (pick: (use: CacheUse) => number) => uses.reduce((total, use) => total + pick(use), 0)
  const counts = {
    requests: sum(({ requests }) => requests),
    exact: sum(({ exact }) => exact),
    semantic: sum(({ semantic }) => semantic),
    stale: sum(({ stale }) => stale),
    misses: sum(({ misses }) => misses),
    bypassed: sum(({ bypassed }) => bypassed),
  }
  const hits = counts.exact + counts.semantic + counts.stale
  const asked = hits + counts.misses
  return {
    ...counts,
    hit_rate: asked === 0 ? null : hits / asked,
    saved_usd: sum(({ saved_nano }) => saved_nano) / 1e9,
    saved_ms: sum(({ saved_ms }) => saved_ms),
    lookup_p50_ms: times.p50_ms,
    lookup_p99_ms: times.p99_ms,
  }
}

/** A use that has its own quantiles. */
export function tenantOf(use: CacheUse): CacheTenant {
  return { tenant: use.tenant, ...figuresOf([use], { p50_ms: use.lookup_p50_ms, p99_ms: use.lookup_p99_ms }) }
}

export function modeOf(cache: CachePolicy | null | undefined): CacheRoute['mode'] {
  if (!cache) return null
  return cache.mode === 'none' ? 'stale' : cache.mode
}

export function embedderOf(embedder: EmbedderPolicy): CacheSummary['embedder'] {
  switch (embedder.kind) {
    case 'builtin-lexical':
      return { kind: embedder.kind, name: embedder.kind }
    case 'provider':
      return { kind: embedder.kind, name: `${embedder.provider}/${embedder.model}` }
    case 'onnx':
      return { kind: embedder.kind, name: embedder.folder }
  }
}

const moment = (epoch: number) => new Date(Math.min(epoch, LAST_MOMENT)).toISOString()
/** The last that a `Date` knows: an entry may be kept for ever. */
const LAST_MOMENT = 8.64e15

export function toEntryRow(row: ListedEntry): CacheEntryRow {
  const { key, tenant, route, partition, namespace, question, request_id, provider, model } = row
  const { output_tokens, cost_nano, duration_ms, hits } = row
  return {
    ...{ key, tenant, route, partition, namespace, question, request_id, provider, model, output_tokens },
    cost_usd: cost_nano === null ? null : cost_nano / 1e9,
    duration_ms,
    created_at: moment(row.created_at),
    fresh_until: moment(row.fresh_until),
    revalidate_until: moment(row.revalidate_until),
    kept_until: moment(row.kept_until),
    bytes: row.bytes + row.vector_bytes,
    hits,
    last_hit_at: row.last_hit_at === null ? null : moment(row.last_hit_at),
    saved_usd: cost_nano === null ? null : (hits * cost_nano) / 1e9,
    saved_ms: hits * duration_ms,
  }
}

export function toEntryDetail(row: EntriesRow): CacheEntryDetail {
  const { events } = JSON.parse(row.reply) as StoredReply
  return { ...toEntryRow(row), reply: textOf(events), events }
}

export function toLookUpRow(row: ListedLookUp): LookUpRow {
  const { scope: _, cached_reply: reply, ...same } = row
  return {
    ...same,
    at: moment(row.at),
    threshold: row.threshold > 1 ? null : row.threshold,
    cached_answer: reply === null ? null : textOf((JSON.parse(reply) as StoredReply).events),
    checked_at: row.checked_at === null ? null : moment(row.checked_at),
    reviewed_at: row.reviewed_at === null ? null : moment(row.reviewed_at),
  }
}
