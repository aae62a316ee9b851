/** Which route is open and at which tab, as the address says it. */
import { useCallback } from 'react'
import { useSearchParams } from 'wouter'

export const tabs = ['form', 'yaml', 'explain'] as const
export type Tab = (typeof tabs)[number]

export interface OpenRoute {
  route: string | null
  tab: Tab
  /** Opens a route at the tab that is shown; `null` closes. */
  openRoute: (route: string | null) => void
  openTab: (tab: Tab) => void
}

export function useOpenRoute(): OpenRoute {
  const [parameters, setParameters] = useSearchParams()
  const change = useCallback(
    (changes: Record<string, string | null>) =>
      setParameters(
        (previous) => {
          const next = new URLSearchParams(previous)
          for (const [name, value] of Object.entries(changes))
            if (value === null) next.delete(name)
            else next.set(name, value)
          return next
        },
        { replace: true },
      ),
    [setParameters],
  )
  const openRoute = useCallback(
    (route: string | null) => change(route === null ? { route, tab: null } : { route }),
    [change],
  )
  const openTab = useCallback((tab: Tab) => change({ tab }), [change])
  const named = parameters.get('tab')
  return {
    route: parameters.get('route'),
    tab: tabs.find((tab) => tab === named) ?? 'form',
    openRoute,
    openTab,
  }
}
