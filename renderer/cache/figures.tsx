import type { CacheScopeQuality, CacheSummary } from '../../server/http/admin/schemas.ts'
import { formatCount, formatDuration, formatPlural, formatShare, formatSum } from '../format.ts'
import { Figure } from '../parts/figure-band.tsx'
import { formatBounds, formatRate, worstOf } from './words.ts'

/** What the cache was good for in the window, and how far it can be trusted. */
export function CacheFigureBand({ summary, scopes }: { summary: CacheSummary; scopes: readonly CacheScopeQuality[] }) {
  const { total } = summary
  const asked = total.requests - total.bypassed
  const hits = total.exact + total.semantic + total.stale
  return (
    <dl className="figure-band cache-figures">
      <Figure
        name="Hit rate"
        value={formatShare(hits, asked)}
        note={`${formatShare(total.exact, asked)} exact, ${formatShare(total.semantic, asked)} semantic`}
      />
      <Figure name="Requests looked up" value={formatCount(asked)} note={`${formatCount(total.bypassed)} passed by`} />
      <Figure
        name="Saved cost"
        value={formatSum(total.saved_usd)}
        note={total.saved_usd > 0 ? formatPlural(hits, 'hit') : 'nothing priced'}
      />
      <Figure
        name="Saved time"
        value={formatDuration(hits === 0 ? null : total.saved_ms)}
        note={hits === 0 ? null : `${formatDuration(total.saved_ms / hits)} a hit`}
      />
      <Figure
        name="Look-up p99"
        value={formatDuration(total.lookup_p99_ms)}
        note={total.lookup_p99_ms === null ? 'no search by likeness' : `p50 ${formatDuration(total.lookup_p50_ms)}`}
      />
      <WrongFigure worst={worstOf(scopes)} />
    </dl>
  )
}

function WrongFigure({ worst }: { worst: CacheScopeQuality | null }) {
  if (worst === null) return <Figure name="Wrong hits, estimated" value="—" note="no hit was compared yet" />
  const { wrong, max_error, route, tenant } = worst
  return (
    <Figure
      name="Wrong hits, estimated"
      value={formatRate(wrong.estimate)}
      tone={wrong.estimate > max_error ? 'text-error' : ''}
      note={
        <span title={`The worst of all scopes: route ${route}, tenant ${tenant}`}>
          {formatBounds(wrong)}, {route}
        </span>
      }
    />
  )
}
