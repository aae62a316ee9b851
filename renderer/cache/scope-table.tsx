import type { CacheRoute, CacheScopeQuality, CacheTenant } from '../../server/http/admin/schemas.ts'
import { formatCount, formatDuration, formatShare, formatSum } from '../format.ts'
import { SectionHead } from '../parts/section-head.tsx'
import { UseBar, UseLegend } from './use-bar.tsx'
import { formatBounds, formatRate, nobody, worstOf } from './words.ts'

interface ScopeTableProps {
  routes: readonly CacheRoute[]
  scopes: readonly CacheScopeQuality[]
  /** Shows the thresholds of a route that compares questions. */
  tune: (route: string, tenant: string | null) => void
}

const modes: Record<NonNullable<CacheRoute['mode']>, string> = {
  exact: 'exact',
  semantic: 'semantic',
  stale: 'for bad days',
}

/** Each route with its tenants beneath. */
export function ScopeTable({ routes, scopes, tune }: ScopeTableProps) {
  return (
    <section className="min-w-0 pb-2">
      <SectionHead title="Routes and tenants">
        <UseLegend />
      </SectionHead>
      <div className="overflow-x-auto">
        <table className="route-table cache-table">
          <thead>
            <tr>
              <th scope="col">Route</th>
              <th scope="col" className="words">
                Cache
              </th>
              <th scope="col">Looked up</th>
              <th scope="col">Hit rate</th>
              <th scope="col" className="words">
                Shares
              </th>
              <th scope="col">Exact</th>
              <th scope="col">Semantic</th>
              <th scope="col">Saved cost</th>
              <th scope="col">Saved time</th>
              <th scope="col">Look-up p99</th>
              <th scope="col">Wrong hits</th>
            </tr>
          </thead>
          {routes.map((route) => (
            <RouteRows key={route.route} route={route} scopes={scopes} tune={tune} />
          ))}
        </table>
      </div>
    </section>
  )
}

function RouteRows({ route, scopes, tune }: Omit<ScopeTableProps, 'routes'> & { route: CacheRoute }) {
  const own = scopes.filter((scope) => scope.route === route.route)
  const known = own.filter(({ tenant }) => tenant !== null)
  // One tenant's row would say what the route's says.
  const tenants = route.tenants.length > 1 ? route.tenants : []
  return (
    <tbody>
      <tr>
        <th scope="row">{route.route}</th>
        <td className="words text-ink-2">{route.mode === null ? 'off' : modes[route.mode]}</td>
        <Cells use={route} quality={worstOf(known)} tune={() => tune(route.route, worstOf(known)?.tenant ?? null)} />
      </tr>
      {tenants.map((tenant) => {
        const scope = known.find((each) => each.tenant === tenant.tenant) ?? null
        return (
          <tr key={tenant.tenant} className="cache-tenant">
            <th scope="row">{tenant.tenant ?? nobody}</th>
            <td />
            <Cells
              use={tenant}
              quality={scope && scope.samples > 0 ? scope : null}
              tune={() => tune(route.route, tenant.tenant)}
            />
          </tr>
        )
      })}
    </tbody>
  )
}

interface CellsProps {
  use: Omit<CacheTenant, 'tenant'>
  quality: CacheScopeQuality | null
  tune: () => void
}

function Cells({ use, quality, tune }: CellsProps) {
  const asked = use.requests - use.bypassed
  const hits = use.exact + use.semantic + use.stale
  return (
    <>
      <td>{formatCount(asked)}</td>
      <td className="font-medium">{formatShare(hits, asked)}</td>
      <td className="words">{asked > 0 && <UseBar use={use} />}</td>
      <td>{formatCount(use.exact)}</td>
      <td>{formatCount(use.semantic)}</td>
      <td>{formatSum(use.saved_usd)}</td>
      <td>{formatDuration(hits === 0 ? null : use.saved_ms)}</td>
      <td>{formatDuration(use.lookup_p99_ms)}</td>
      <td>
        {quality === null ? (
          <span className="text-ink-3">—</span>
        ) : (
          <button type="button" className="hover:underline" onClick={tune} title="Show its threshold">
            <span className={quality.wrong.estimate > quality.max_error ? 'text-error' : ''}>
              {formatRate(quality.wrong.estimate)}
            </span>{' '}
            <span className="text-ink-3">({formatBounds(quality.wrong)})</span>
          </button>
        )}
      </td>
    </>
  )
}
