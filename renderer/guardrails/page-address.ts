/** Which view of the guardrails is open and of what, as the address says it. */
import { type SearchChange, useSearchChange } from '../search-change.ts'

export const guardTabs = ['overview', 'verdicts', 'test', 'tune', 'labels'] as const
export type GuardTab = (typeof guardTabs)[number]

type Name = 'tab' | 'route' | 'tenant' | 'guardrail' | 'category' | 'verdict'

export interface GuardAddress {
  tab: GuardTab
  route: string | null
  tenant: string | null
  /** Name of the rule. */
  guardrail: string | null
  category: string | null
  verdict: string | null
  /** Changes some of it; `null` takes a value away. */
  change: SearchChange<Name>
}

export function useGuardAddress(): GuardAddress {
  const [parameters, change] = useSearchChange<Name>()
  const named = parameters.get('tab')
  return {
    tab: guardTabs.find((tab) => tab === named) ?? 'overview',
    route: parameters.get('route'),
    tenant: parameters.get('tenant'),
    guardrail: parameters.get('guardrail'),
    category: parameters.get('category'),
    verdict: parameters.get('verdict'),
    change,
  }
}
