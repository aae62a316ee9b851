import { useMutation } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Drain } from '../../server/http/admin/schemas.ts'
import { api } from '../api.ts'
import { queryClient, routesQuery } from '../queries.ts'

const OFFER_MS = 10_000

/** Taking a target out of use and putting it back, with an offer to undo for a while after the former. */
export function useDrain() {
  const [offered, setOffered] = useState<Drain | null>(null)
  const { mutate, variables, isPending, error } = useMutation({
    mutationFn: api.drain,
    onSuccess: (_, drain) => setOffered(drain.drained ? drain : null),
    onSettled: () => queryClient.invalidateQueries({ queryKey: routesQuery.queryKey }),
  })
  useEffect(() => {
    if (offered === null) return
    const timer = setTimeout(() => setOffered(null), OFFER_MS)
    return () => clearTimeout(timer)
  }, [offered])
  return {
    drain: (drain: Drain) => mutate(drain),
    /** What is being changed at this moment. */
    pending: isPending ? (variables ?? null) : null,
    undo: offered && {
      name: offered.model == null ? offered.provider : `${offered.provider}/${offered.model}`,
      run: () => mutate({ ...offered, drained: false }),
    },
    failure: error,
  }
}
