import { Scale } from 'lucide-react'
import { Datasets } from '../compare/dataset-table.tsx'
import { ExperimentPage } from '../compare/experiment-page.tsx'
import { ExperimentTable } from '../compare/experiment-table.tsx'
import { type ListTab, listTabs, useCompareAddress } from '../compare/page-address.ts'
import { RunList } from '../compare/run-list.tsx'
import { TabbedPage } from '../parts/tabbed-page.tsx'
import type { Page } from './page.ts'

export const comparePage: Page = { path: '/compare', name: 'Compare', icon: Scale, key: 'm', component: Compare }

const titles: Record<ListTab, string> = { comparisons: 'Comparisons', runs: 'Runs', datasets: 'Datasets' }

/** Candidates against what answers today: from pairs of replies to a verdict that can be signed. */
function Compare() {
  const { experiment, listTab, change } = useCompareAddress()
  if (experiment !== null) return <ExperimentPage key={experiment} id={experiment} />
  return (
    <TabbedPage
      title="Compare"
      label="What there is to compare"
      tabs={listTabs}
      titles={titles}
      open={listTab}
      change={(tab) => change({ tab })}
      view={(tab) => <View tab={tab} />}
    />
  )
}

function View({ tab }: { tab: ListTab }) {
  switch (tab) {
    case 'comparisons':
      return <ExperimentTable />
    case 'runs':
      return <RunList />
    case 'datasets':
      return <Datasets />
  }
}
