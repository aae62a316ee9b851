/** What of the comparisons is open, as the address says it. */
import { type SearchChange, useSearchChange } from '../search-change.ts'
import type { ChangeKind } from './shapes.ts'
import { changeKinds } from './words.ts'

/** Without an experiment. */
export const listTabs = ['comparisons', 'runs', 'datasets'] as const
export type ListTab = (typeof listTabs)[number]

/** Of one experiment. */
export const experimentTabs = ['verdict', 'cohorts', 'pairs'] as const
export type ExperimentTab = (typeof experimentTabs)[number]

export const outcomes = ['paired', 'error', 'skipped'] as const
export type PairOutcome = (typeof outcomes)[number]

type Name = 'experiment' | 'tab' | 'change' | 'outcome' | 'cohort'

export interface CompareAddress {
  experiment: string | null
  listTab: ListTab
  experimentTab: ExperimentTab
  /** Kinds of change that are shown; none: all. */
  changes: readonly ChangeKind[]
  outcome: PairOutcome | null
  /** `KEY=VALUE`. */
  cohort: string | null
  /** Changes some of it; `null` takes a value away. */
  change: SearchChange<Name>
}

export function useCompareAddress(): CompareAddress {
  const [parameters, change] = useSearchChange<Name>()
  const one = <Value extends string>(name: Name, values: readonly Value[]) =>
    values.find((value) => value === parameters.get(name)) ?? null
  const named = (parameters.get('change') ?? '').split(',')
  return {
    experiment: parameters.get('experiment'),
    listTab: one('tab', listTabs) ?? 'comparisons',
    experimentTab: one('tab', experimentTabs) ?? 'verdict',
    changes: changeKinds.filter((kind) => named.includes(kind)),
    outcome: one('outcome', outcomes),
    cohort: parameters.get('cohort'),
    change,
  }
}

/** The address of one experiment. */
export function experimentPath(id: string): string {
  return `/compare?experiment=${encodeURIComponent(id)}`
}
