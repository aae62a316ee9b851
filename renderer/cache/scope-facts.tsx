import type { CacheScopeQuality } from '../../server/http/admin/schemas.ts'
import { formatCount, formatShare } from '../format.ts'
import { Fact } from '../parts/fact.tsx'
import { formatBounds, formatRate, formatSimilarity } from './words.ts'

interface ScopeChoiceProps {
  scopes: readonly CacheScopeQuality[]
  chosen: CacheScopeQuality
  choose: (scope: CacheScopeQuality) => void
}

/** Whose look-ups are tried: errors are counted by route and tenant. */
export function ScopeChoice({ scopes, chosen, choose }: ScopeChoiceProps) {
  return (
    <div className="flex flex-wrap items-center gap-3 border-b border-line px-5 py-2.5 text-sm">
      <label htmlFor="tuner-scope" className="text-ink-2">
        Route and tenant
      </label>
      <select
        id="tuner-scope"
        className="field max-w-full"
        value={scopes.indexOf(chosen)}
        onChange={(event) => choose(scopes[Number(event.target.value)]!)}
      >
        {scopes.map((scope, index) => (
          <option key={`${scope.route} ${scope.tenant}`} value={index}>
            {scope.route}
            {scope.tenant === null ? '' : ` · ${scope.tenant}`} · {formatCount(scope.look_ups)} look-ups
          </option>
        ))}
      </select>
      <span className="text-ink-3">The threshold is the route’s; what is learnt of errors is each tenant’s own.</span>
    </div>
  )
}

/** Where the threshold stands now, and why. */
export function ScopeFacts({ scope }: { scope: CacheScopeQuality }) {
  const { threshold, base_threshold, configured_threshold, wrong, samples, max_error, check_share, guard } = scope
  const raised = threshold !== null && threshold > base_threshold
  return (
    <dl className="cache-storage border-b border-line py-3.5">
      <Fact name="Threshold">
        {formatSimilarity(base_threshold)}{' '}
        <span className="text-ink-3">{configured_threshold === null ? 'fits the embedder' : 'the route’s own'}</span>
      </Fact>
      <Fact name="In force">
        {threshold === null ? (
          <span className="text-error" title="Nothing is served until right answers have come">
            suspended
          </span>
        ) : (
          <span className={raised ? 'text-fallback' : ''}>{formatSimilarity(threshold)}</span>
        )}{' '}
        <span className="text-ink-3">{threshold === null ? 'by errors' : raised ? 'raised by errors' : ''}</span>
      </Fact>
      <Fact name="Wrong hits, estimated">
        {samples === 0 ? (
          <span className="text-ink-3">nothing was compared yet</span>
        ) : (
          <>
            <span className={wrong.estimate > max_error ? 'text-error' : ''}>{formatRate(wrong.estimate)}</span>{' '}
            <span className="text-ink-3">({formatBounds(wrong)})</span>
          </>
        )}
      </Fact>
      <Fact name="Bearable">
        {formatRate(max_error)} <span className="text-ink-3">max_error</span>
      </Fact>
      <Fact name="Compared or judged">
        {formatCount(samples)} <span className="text-ink-3">then {formatShare(check_share, 1)} of hits</span>
      </Fact>
      <Fact name="Guard">{guard}</Fact>
    </dl>
  )
}
