/** Which view of the cache is open and of what, as the address says it. */
import { type SearchChange, useSearchChange } from '../search-change.ts'

export const cacheTabs = ['overview', 'tune', 'review', 'browse', 'audit'] as const
export type CacheTab = (typeof cacheTabs)[number]

type Name = 'tab' | 'route' | 'tenant' | 'entry'

export interface CacheAddress {
  tab: CacheTab
  route: string | null
  tenant: string | null
  /** Key of the entry that is shown. */
  entry: string | null
  /** Changes some of it; `null` takes a value away. */
  change: SearchChange<Name>
}

export function useCacheAddress(): CacheAddress {
  const [parameters, change] = useSearchChange<Name>()
  const named = parameters.get('tab')
  return {
    tab: cacheTabs.find((tab) => tab === named) ?? 'overview',
    route: parameters.get('route'),
    tenant: parameters.get('tenant'),
    entry: parameters.get('entry'),
    change,
  }
}
