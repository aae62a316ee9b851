/** Which view of the cache is open and of what, as the address says it. */
import { useCallback } from 'react'
import { useSearchParams } from 'wouter'

export const cacheTabs = ['overview', 'tune', 'review', 'browse', 'audit'] as const
export type CacheTab = (typeof cacheTabs)[number]

export interface CacheAddress {
  tab: CacheTab
  route: string | null
  tenant: string | null
  /** Key of the entry that is shown. */
  entry: string | null
  /** Changes some of it; `null` takes a value away. */
  change: (changes: Partial<Record<'tab' | 'route' | 'tenant' | 'entry', string | null>>) => void
}

export function useCacheAddress(): CacheAddress {
  const [parameters, setParameters] = useSearchParams()
  const change = useCallback<CacheAddress['change']>(
    (changes) =>
      setParameters(
        (previous) => {
          const next = new URLSearchParams(previous)
          for (const [name, value] of Object.entries(changes))
            if (value === null || value === undefined) next.delete(name)
            else next.set(name, value)
          return next
        },
        { replace: true },
      ),
    [setParameters],
  )
  const named = parameters.get('tab')
  return {
    tab: cacheTabs.find((tab) => tab === named) ?? 'overview',
    route: parameters.get('route'),
    tenant: parameters.get('tenant'),
    entry: parameters.get('entry'),
    change,
  }
}
