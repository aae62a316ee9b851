/** Which panel of the page is open, as the address says it, so that it survives a reload and can be shared. */
import { useCallback } from 'react'
import { useSearchParams } from 'wouter'

export type Panel = { show: 'provider'; id: string } | { show: 'add' } | { show: 'local' } | null

/** The open panel, and a function to open another one or, with null, none. */
export function usePanel(): [Panel, (panel: Panel) => void] {
  const [parameters, setParameters] = useSearchParams()
  const id = parameters.get('provider')
  const other = parameters.get('panel')
  const panel: Panel =
    id !== null ? { show: 'provider', id } : other === 'add' || other === 'local' ? { show: other } : null
  const setPanel = useCallback(
    (next: Panel) =>
      setParameters(
        (previous) => {
          const parameters = new URLSearchParams(previous)
          parameters.delete('provider')
          parameters.delete('panel')
          if (next?.show === 'provider') parameters.set('provider', next.id)
          else if (next !== null) parameters.set('panel', next.show)
          return parameters
        },
        { replace: true },
      ),
    [setParameters],
  )
  return [panel, setPanel]
}
