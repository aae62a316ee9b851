/** What the address says besides the page: the request that is open and the filter, so that both can be shared. */
import { useCallback } from 'react'
import { useSearchParams } from 'wouter'

/** The id of the request whose detail is open, and a function to open another one or, with null, none. */
export function useOpenRequest(): [string | null, (id: string | null) => void] {
  const [parameters, setParameters] = useSearchParams()
  const open = parameters.get('request')
  const setOpen = useCallback(
    (id: string | null) => {
      if (id === open) return
      setParameters((previous) => withValue(previous, 'request', id), { replace: open !== null && id !== null })
    },
    [setParameters, open],
  )
  return [open, setOpen]
}

/** The text of the page's filter. */
export function useFilterText(): [string, (text: string) => void] {
  const [parameters, setParameters] = useSearchParams()
  const setText = useCallback(
    (text: string) => setParameters((previous) => withValue(previous, 'filter', text || null), { replace: true }),
    [setParameters],
  )
  return [parameters.get('filter') ?? '', setText]
}

function withValue(parameters: URLSearchParams, name: string, value: string | null): URLSearchParams {
  const next = new URLSearchParams(parameters)
  if (value === null) next.delete(name)
  else next.set(name, value)
  return next
}
