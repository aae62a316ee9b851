import { Tabs } from '@base-ui/react/tabs'
import { ShieldCheck } from 'lucide-react'
import { useState } from 'react'
import { LabelList } from '../guardrails/label-list.tsx'
import { Overview } from '../guardrails/overview.tsx'
import { type GuardTab, guardTabs, useGuardAddress } from '../guardrails/page-address.ts'
import { TestBench } from '../guardrails/test-bench.tsx'
import { Tuner } from '../guardrails/tuner.tsx'
import { VerdictList } from '../guardrails/verdict-list.tsx'
import { PageHead } from '../parts/page-head.tsx'
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
    <>
      <PageHead title="Guardrails">
        {tab === 'overview' && <TimeWindowChoice chosen={timeWindow} choose={setTimeWindow} />}
      </PageHead>
      <Tabs.Root
        value={tab}
        onValueChange={(value) => change({ tab: value as GuardTab })}
        className="flex min-h-0 flex-1 flex-col"
      >
        <Tabs.List className="tab-list" aria-label="Views of the guardrails">
          {guardTabs.map((each) => (
            <Tabs.Tab key={each} value={each} className="tab">
              {titles[each]}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {guardTabs.map((each) => (
          <Tabs.Panel key={each} value={each} className="min-h-0 flex-1 overflow-y-auto -outline-offset-2">
            <View tab={each} timeWindow={timeWindow} />
          </Tabs.Panel>
        ))}
      </Tabs.Root>
    </>
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
