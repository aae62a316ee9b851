import { ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { LabelList } from '../guardrails/label-list.tsx'
import { Overview } from '../guardrails/overview.tsx'
import { type GuardTab, guardTabs, useGuardAddress } from '../guardrails/page-address.ts'
import { TestBench } from '../guardrails/test-bench.tsx'
import { Tuner } from '../guardrails/tuner.tsx'
import { VerdictList } from '../guardrails/verdict-list.tsx'
import { TabbedPage } from '../parts/tabbed-page.tsx'
import { type TimeWindow, TimeWindowChoice, timeWindows } from '../parts/time-window.tsx'
import type { Page } from './page.ts'

export const guardrailsPage: Page = {
  path: '/guardrails',
  name: 'Guardrails',
  icon: ShieldCheck,
  key: 'g',
  component: GuardrailsPage,
}

const titles: Record<GuardTab, string> = {
  overview: 'Overview',
  verdicts: 'Verdicts',
  test: 'Test',
  tune: 'Tune',
  labels: 'Labels',
}

/** What guardrails found and did, how far they can be trusted, and what another threshold would have meant. */
function GuardrailsPage() {
  const [timeWindow, setTimeWindow] = useState<TimeWindow>(timeWindows[2]!)
  const { tab, change } = useGuardAddress()
  return (
    <TabbedPage
      title="Guardrails"
      label="Views of the guardrails"
      tabs={guardTabs}
      titles={titles}
      open={tab}
      change={(next) => change({ tab: next })}
      view={(each) => <View tab={each} timeWindow={timeWindow} />}
    >
      {tab === 'overview' && <TimeWindowChoice chosen={timeWindow} choose={setTimeWindow} />}
    </TabbedPage>
  )
}

function View({ tab, timeWindow }: { tab: GuardTab; timeWindow: TimeWindow }) {
  switch (tab) {
    case 'overview':
      return <Overview timeWindow={timeWindow} />
    case 'verdicts':
      return <VerdictList />
    case 'test':
      return <TestBench />
    case 'tune':
      return <Tuner />
    case 'labels':
      return <LabelList />
  }
}
