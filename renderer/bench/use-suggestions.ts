import { useQueries, useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { modelsQuery, providersQuery, routesQuery } from '../queries.ts'
import { firstTargets, type SuggestionGroup, suggestionsOf } from './suggestions.ts'

export interface Suggestions {
  groups: readonly SuggestionGroup[]
  /** Of the config; `null` while they are not known. */
  providers: readonly string[] | null
  /** To begin with; `null` while that is not known. */
  first: readonly string[] | null
  /** Providers are being asked for their models. */
  asking: boolean
  /** Asks those for their models that list them; to be called when somebody is about to choose. */
  ask: () => void
}

/** What can be chosen. Providers are asked once, and not before somebody wants to know. */
export function useSuggestions(): Suggestions {
  const [wanted, setWanted] = useState(false)
  const providers = useQuery(providersQuery).data?.data
  const routes = useQuery(routesQuery).data?.data
  const listing = useMemo(
    () => (providers ?? []).filter(({ lists_models, status }) => lists_models && status !== 'unconfigured'),
    [providers],
  )
  const answers = useQueries({
    queries: listing.map(({ id }) => ({ ...modelsQuery(id), enabled: wanted })),
    combine: (results) => ({
      asking: results.some(({ isFetching }) => isFetching),
      models: results.map(({ data }) => data?.models ?? []),
    }),
  })
  const listed = Object.fromEntries(listing.map(({ id }, index) => [id, answers.models[index] ?? []]))
  return {
    groups: suggestionsOf(providers ?? [], routes ?? [], listed),
    providers: providers?.map(({ id }) => id) ?? null,
    first: providers && routes ? firstTargets(providers, routes) : null,
    asking: answers.asking,
    ask: () => setWanted(true),
  }
}
