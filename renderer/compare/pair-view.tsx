import { useState } from 'react'
import type { ExperimentDetail } from '../../server/http/admin/schemas.ts'
import type { PairFilter } from '../api.ts'
import { useKeys } from '../keys.ts'
import { useCompareAddress } from './page-address.ts'
import { PairBrowser } from './pair-browser.tsx'
import { PairFilterBar } from './pair-filter-bar.tsx'
import { useOnlyDifferent } from './use-only-different.ts'

/** The pairs behind a verdict, to be read and voted on. */
export function PairView({ experiment }: { experiment: ExperimentDetail }) {
  const { changes, outcome, cohort } = useCompareAddress()
  const [blind, setBlind] = useState(true)
  const { toggle } = useOnlyDifferent()
  const filter: PairFilter = { change: changes, outcome, cohort }
  useKeys([
    { keys: ['o'], name: 'Only different pairs', group: 'Compare', run: toggle },
    { keys: ['b'], name: 'Blind, or names shown', group: 'Compare', run: () => setBlind(!blind) },
  ])
  return (
    <div className="pair-view">
      <PairFilterBar experiment={experiment} blind={blind} setBlind={setBlind} />
      <PairBrowser key={JSON.stringify(filter)} experiment={experiment} filter={filter} blind={blind} />
    </div>
  )
}
