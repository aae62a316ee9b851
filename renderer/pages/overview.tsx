import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Gauge } from 'lucide-react'
import { useState } from 'react'
import { useLive } from '../live/client.ts'
import { EmptyState } from '../parts/empty-state.tsx'
import { Failure } from '../parts/failure.tsx'
import { FigureBand } from '../parts/figure-band.tsx'
import { LatestRequests } from '../parts/latest-requests.tsx'
import { OverviewCharts } from '../parts/overview-charts.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { ProviderHealth } from '../parts/provider-health.tsx'
import { RouteTable } from '../parts/route-table.tsx'
import { type TimeWindow, TimeWindowChoice, timeWindows } from '../parts/time-window.tsx'
import { statsQuery } from '../queries.ts'
import { QualityPanel } from '../scores/quality-panel.tsx'
import type { Page } from './page.ts'

export const overviewPage: Page = { path: '/', name: 'Overview', icon: Gauge, key: 'o', component: Overview }

/** How the gateway is doing over a window of time. */
function Overview() {
  const [timeWindow, setTimeWindow] = useState<TimeWindow>(timeWindows[1]!)
  const stats = useQuery({
    ...statsQuery(timeWindow.milliseconds, timeWindow.steps, timeWindow.refresh),
    placeholderData: keepPreviousData,
  })
  const loaded = useLive((state) => state.loaded)
  const none = useLive((state) => state.rows.length === 0)
  if (loaded && none) {
    return (
      <>
        <PageHead title="Overview" />
        <EmptyState />
      </>
    )
  }
  return (
    <>
      <PageHead title="Overview">
        <TimeWindowChoice chosen={timeWindow} choose={setTimeWindow} />
      </PageHead>
      <div className="min-h-0 flex-1 overflow-y-auto pb-8">
        {stats.error && <Failure what="The figures" error={stats.error} retry={() => void stats.refetch()} />}
        {stats.data && (
          <>
            <FigureBand total={stats.data.total} />
            <OverviewCharts stats={stats.data} />
          </>
        )}
        <div className="grid grid-cols-[minmax(0,3fr)_minmax(0,2fr)] border-b border-line max-[1150px]:grid-cols-1">
          <RouteTable rows={stats.data?.routes ?? null} />
          <ProviderHealth />
        </div>
        <QualityPanel timeWindow={timeWindow} />
        <LatestRequests />
      </div>
    </>
  )
}
