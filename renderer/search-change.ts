import { useCallback } from 'react'
import { useSearchParams } from 'wouter'

/** Changes some members of the address's query; `null` takes one away. */
export type SearchChange<Name extends string> = (changes: Partial<Record<Name, string | null>>) => void

/** The address's query, and how to change it in place, without a step back in the browser's history. */
export function useSearchChange<Name extends string>(): [URLSearchParams, SearchChange<Name>] {
  const [parameters, setParameters] = useSearchParams()
  const change = useCallback<SearchChange<Name>>(
    (changes) =>
      setParameters(
        (previous) => {
          const next = new URLSearchParams(previous)
          for (const [name, value] of Object.entries(changes))
            if (typeof value === 'string') next.set(name, value)
            else next.delete(name)
          return next
        },
        { replace: true },
      ),
    [setParameters],
  )
  return [parameters, change]
}
