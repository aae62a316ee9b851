import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { DatabaseZap } from 'lucide-react'
import { useState } from 'react'
import { AuditList } from '../cache/audit-list.tsx'
import { Browse } from '../cache/browse.tsx'
import { CacheFigureBand } from '../cache/figures.tsx'
import { NoCache } from '../cache/no-cache.tsx'
import { type CacheTab, cacheTabs, useCacheAddress } from '../cache/page-address.ts'
import { ReviewList } from '../cache/review-list.tsx'
import { ScopeTable } from '../cache/scope-table.tsx'
import { Storage } from '../cache/storage.tsx'
import { Tuner } from '../cache/tuner.tsx'
import { Failure } from '../parts/failure.tsx'
import { TabbedPage } from '../parts/tabbed-page.tsx'
import { type TimeWindow, TimeWindowChoice, timeWindows } from '../parts/time-window.tsx'
import { cacheQualityQuery, cacheSummaryQuery } from '../queries.ts'
import { useIsViewer } from '../role.ts'
import type { Page } from './page.ts'

export const cachePage: Page = { path: '/cache', name: 'Cache', icon: DatabaseZap, key: 'c', component: Cache }

const titles: Record<CacheTab, string> = {
  overview: 'Overview',
  tune: 'Tune',
  review: 'Review',
  browse: 'Browse',
  audit: 'Audit',
}

/** The others show what was asked and answered. */
const viewerTabs: readonly CacheTab[] = ['overview', 'audit']

/** What the cache saves, how far it can be trusted, and what it holds. */
function Cache() {
  const [timeWindow, setTimeWindow] = useState<TimeWindow>(timeWindows[2]!)
  const { tab: named, change } = useCacheAddress()
  const tabs = useIsViewer() ? viewerTabs : cacheTabs
  const tab = tabs.find((each) => each === named) ?? 'overview'
  return (
    <TabbedPage
      title="Cache"
      label="Views of the cache"
      tabs={tabs}
      titles={titles}
      open={tab}
      change={(next) => change({ tab: next })}
      view={(each) => <View tab={each} timeWindow={timeWindow} />}
    >
      {tab === 'overview' && <TimeWindowChoice chosen={timeWindow} choose={setTimeWindow} />}
    </TabbedPage>
  )
}

function View({ tab, timeWindow }: { tab: CacheTab; timeWindow: TimeWindow }) {
  switch (tab) {
    case 'overview':
      return <Overview timeWindow={timeWindow} />
    case 'tune':
      return <Tuner />
    case 'review':
      return <ReviewList />
    case 'browse':
      return <Browse />
    case 'audit':
      return <AuditList />
  }
}

function Overview({ timeWindow }: { timeWindow: TimeWindow }) {
  const { change } = useCacheAddress()
  const summary = useQuery({
    ...cacheSummaryQuery(timeWindow.milliseconds, timeWindow.refresh),
    placeholderData: keepPreviousData,
  })
  const quality = useQuery(cacheQualityQuery(null, null))
  const { data } = summary
  if (summary.error && !data)
    return <Failure what="The cache" error={summary.error} retry={() => void summary.refetch()} />
  if (!data) return <p className="px-5 py-6 text-sm text-ink-3">Loading…</p>
  if (data.routes.length === 0 && data.store.entries === 0) return <NoCache kind="exact" />
  const scopes = quality.data?.data ?? []
  return (
    <div className="pb-8">
      <CacheFigureBand summary={data} scopes={scopes} />
      <Storage summary={data} />
      <ScopeTable
        routes={data.routes}
        scopes={scopes}
        tune={(route, tenant) => change({ tab: 'tune', route, tenant })}
      />
      {data.total.requests === 0 && <p className="px-5 text-sm text-ink-3">No request in this window.</p>}
    </div>
  )
}
