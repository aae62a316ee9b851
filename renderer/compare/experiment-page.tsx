import { useQuery } from '@tanstack/react-query'
import { ArrowLeft } from 'lucide-react'
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import type { ExperimentDetail } from '../../server/http/admin/schemas.ts'
import { useKeys } from '../keys.ts'
import { Failure } from '../parts/failure.tsx'
import { PageHead } from '../parts/page-head.tsx'
import { TabbedPage } from '../parts/tabbed-page.tsx'
import { useIsViewer } from '../role.ts'
import { CohortTable } from './cohort-table.tsx'
import { EndDialog } from './end-dialog.tsx'
import { type ExperimentTab, experimentTabs, useCompareAddress } from './page-address.ts'
import { PairView } from './pair-view.tsx'
import { experimentQuery } from './queries.ts'
import { StateWord } from './state-word.tsx'
import { VerdictView } from './verdict-view.tsx'

const titles: Record<ExperimentTab, string> = { verdict: 'Verdict', cohorts: 'Cohorts', pairs: 'Pairs' }

/** Pairs show what was asked and answered. */
const viewerTabs: readonly ExperimentTab[] = ['verdict', 'cohorts']

/** One comparison: its verdict, by group of requests, and the pairs that it rests on. */
export function ExperimentPage({ id }: { id: string }) {
  const { data, error, refetch } = useQuery(experimentQuery(id))
  const [, navigate] = useLocation()
  useKeys([{ keys: ['u'], name: 'All comparisons', group: 'Compare', run: () => navigate('/compare') }])
  if (data) return <Tabs experiment={data} />
  return (
    <>
      <PageHead title="Compare">
        <Back />
      </PageHead>
      {error ? (
        <Failure what="The comparison" error={error} retry={() => void refetch()} />
      ) : (
        <p className="px-5 py-6 text-sm text-ink-3">Loading…</p>
      )}
    </>
  )
}

function Tabs({ experiment }: { experiment: ExperimentDetail }) {
  const { experimentTab: named, change } = useCompareAddress()
  const [ending, setEnding] = useState(false)
  const isViewer = useIsViewer()
  const tabs = isViewer ? viewerTabs : experimentTabs
  const tab = tabs.find((each) => each === named) ?? 'verdict'
  const { baseline, candidate, route, kind, ended_at } = experiment
  return (
    <>
      <TabbedPage
        title="Compare"
        label="Views of the comparison"
        tabs={tabs}
        titles={titles}
        open={tab}
        change={(next) => change({ tab: next })}
        view={(each) => <View tab={each} experiment={experiment} />}
      >
        <Back />
        <p className="flex min-w-0 items-baseline gap-3 text-sm">
          {route !== null && <span className="flex-none font-medium">{route}</span>}
          <span className="min-w-0 truncate" title={`${baseline} → ${candidate}`}>
            <span className="text-ink-2">{baseline}</span> <span className="text-ink-3">→</span> {candidate}
          </span>
        </p>
        <span className="ml-auto flex flex-none items-center gap-3 text-sm">
          <span className="badge">{kind}</span>
          <StateWord ended={ended_at !== null} />
          {ended_at === null && kind === 'mirror' && !isViewer && (
            <button type="button" className="button" onClick={() => setEnding(true)}>
              End…
            </button>
          )}
        </span>
      </TabbedPage>
      {ending && <EndDialog experiment={experiment} close={() => setEnding(false)} />}
    </>
  )
}

function Back() {
  return (
    <Link
      href="/compare"
      className="button button-quiet button-square -ml-1.5"
      aria-label="All comparisons"
      title="All comparisons"
    >
      <ArrowLeft size={15} />
    </Link>
  )
}

function View({ tab, experiment }: { tab: ExperimentTab; experiment: ExperimentDetail }) {
  switch (tab) {
    case 'verdict':
      return <VerdictView experiment={experiment} />
    case 'cohorts':
      return <CohortTable experiment={experiment} />
    case 'pairs':
      return <PairView experiment={experiment} />
  }
}
