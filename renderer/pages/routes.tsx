import { useQuery } from '@tanstack/react-query'
import { Waypoints } from 'lucide-react'
import { lazy, Suspense, useEffect } from 'react'
import { formatPlural } from '../format.ts'
import { Failure } from '../parts/failure.tsx'
import { Mark } from '../parts/outcome.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { configQuery, routesQuery } from '../queries.ts'
import { useIsViewer } from '../role.ts'
import { drafts, useDraft, useHasEdits } from '../routes/draft-store.ts'
import { useOpenRoute } from '../routes/page-address.ts'
import { RouteExplainer } from '../routes/route-explainer.tsx'
import { RouteTable } from '../routes/route-table.tsx'
import type { Page } from './page.ts'

export const routesPage: Page = { path: '/routes', name: 'Routes', icon: Waypoints, key: 'r', component: Routes }

/** The editor brings CodeMirror along, which the other pages have no use for. */
const RouteEditor = lazy(async () => ({ default: (await import('../routes/route-editor.tsx')).RouteEditor }))
const AddRouteButton = lazy(async () => ({ default: (await import('../routes/add-route-button.tsx')).AddRouteButton }))

/** Every route as its chain of targets, as they are doing at this moment; and its policy, to be changed and tried. */
function Routes() {
  const routes = useQuery(routesQuery)
  const config = useQuery(configQuery)
  const { route, tab, openRoute, openTab } = useOpenRoute()
  const draft = useDraft()
  const edited = useHasEdits()
  const isViewer = useIsViewer()
  useEffect(() => {
    if (config.data) drafts.follow(config.data)
  }, [config.data])
  const rows = routes.data?.data ?? []
  return (
    <>
      <PageHead title="Routes">
        {routes.data && <span className="text-sm text-ink-3">{formatPlural(rows.length, 'route')}</span>}
        {edited && (
          <Mark tone="fallback" title="Text that does not run yet; it is kept while this window is open">
            edited
          </Mark>
        )}
        <span className="ml-auto">
          {!isViewer && (
            <Suspense>
              <AddRouteButton taken={rows.map(({ name }) => name)} open={openRoute} />
            </Suspense>
          )}
        </span>
      </PageHead>
      <div className="routes-page" data-editing={route !== null}>
        <div className="chains">
          {routes.error && <Failure what="The routes" error={routes.error} retry={() => void routes.refetch()} />}
          {routes.isPending && <p className="px-5 py-6 text-sm text-ink-3">Loading…</p>}
          {routes.data && <RouteTable rows={rows} selected={route} open={openRoute} />}
        </div>
        {route !== null && config.data && isViewer && (
          <RouteExplainer name={route} revision={config.data.revision} close={() => openRoute(null)} />
        )}
        {route !== null && config.data && draft && !isViewer && (
          <Suspense fallback={<p className="border-l border-line px-5 py-6 text-sm text-ink-3">Loading…</p>}>
            <RouteEditor
              name={route}
              config={config.data}
              draft={draft}
              tab={tab}
              openTab={openTab}
              close={() => openRoute(null)}
            />
          </Suspense>
        )}
      </div>
    </>
  )
}
