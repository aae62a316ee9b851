/** What the pages read from the admin API, with how long each answer stays good. */
import { infiniteQueryOptions, QueryCache, QueryClient, queryOptions } from '@tanstack/react-query'
import { ApiError, api, type EntryFilter, type GuardScope, type LookUpFilter, type VerdictFilter } from './api.ts'

const signedOut = (error: unknown) => error instanceof ApiError && error.status === 401

/** One client for the whole page. A 401 anywhere asks anew who is signed in, which leads to the sign-in screen. */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error) => {
      if (signedOut(error)) void askWhoIsSignedIn()
    },
  }),
  defaultOptions: {
    queries: {
      retry: (failures, error) => !(error instanceof ApiError && error.status >= 400) && failures < 1,
      refetchOnWindowFocus: false,
      // The gateway is on the machine or the network next door: a browser that believes itself offline is wrong.
      networkMode: 'always',
    },
  },
})

/** Reads the session again; every screen follows what it says. */
export function askWhoIsSignedIn(): Promise<void> {
  return queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey })
}

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => api.session(signal),
  staleTime: Number.POSITIVE_INFINITY,
})

export const configQuery = queryOptions({
  queryKey: ['config'],
  queryFn: ({ signal }) => api.config(signal),
  refetchInterval: 60_000,
})

export const providersQuery = queryOptions({
  queryKey: ['providers'],
  queryFn: ({ signal }) => api.providers(signal),
  refetchInterval: 5000,
})

/** Routes with their targets as they stand now. */
export const routesQuery = queryOptions({
  queryKey: ['routes'],
  queryFn: ({ signal }) => api.routes(signal),
  refetchInterval: 2000,
})

/** What may stand in the config file; the same for as long as the gateway runs. */
export const configSchemaQuery = queryOptions({
  queryKey: ['config-schema'],
  queryFn: ({ signal }) => api.configSchema(signal),
  staleTime: Number.POSITIVE_INFINITY,
})

/** What a text would be as the config. */
export const configCheckQuery = (source: string) =>
  queryOptions({
    queryKey: ['config-check', source],
    queryFn: ({ signal }) => api.checkConfig(source, signal),
    staleTime: 10_000,
    gcTime: 30_000,
  })

/** What can be added; the same for as long as the gateway runs. */
export const providerKindsQuery = queryOptions({
  queryKey: ['provider-kinds'],
  queryFn: ({ signal }) => api.providerKinds(signal),
  staleTime: Number.POSITIVE_INFINITY,
})

/** A provider's models. Asking costs a call to the provider, so that it is done on demand only, and kept. */
export const modelsQuery = (provider: string) =>
  queryOptions({
    queryKey: ['models', provider],
    queryFn: ({ signal }) => api.models(provider, signal),
    enabled: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
    retry: false,
  })

/** Figures for a window up to now, in steps for the charts. */
export const statsQuery = (window_ms: number, steps: number, refetchInterval: number) =>
  queryOptions({
    queryKey: ['stats', window_ms],
    queryFn: ({ signal }) => api.stats(window_ms, steps, signal),
    refetchInterval,
  })

/** How the cache did over a window up to now, and what it holds. */
export const cacheSummaryQuery = (window_ms: number, refetchInterval: number) =>
  queryOptions({
    queryKey: ['cache', 'summary', window_ms],
    queryFn: ({ signal }) => api.cacheSummary(window_ms, signal),
    refetchInterval,
  })

/** Where the thresholds of all routes stand, or of one with look-ups to tune it with. */
export const cacheQualityQuery = (route: string | null, tenant: string | null) =>
  queryOptions({
    queryKey: ['cache', 'quality', route, tenant],
    queryFn: ({ signal }) => api.cacheQuality({ route, tenant }, signal),
    refetchInterval: 30_000,
  })

/** Look-ups to be judged. They are not read again by themselves: the list would move under the reader. */
export const lookUpsQuery = (filter: LookUpFilter) =>
  infiniteQueryOptions({
    queryKey: ['cache', 'lookups', filter],
    queryFn: ({ signal, pageParam }) => api.lookUps(filter, pageParam, signal),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next_cursor }) => next_cursor,
    staleTime: 0,
    gcTime: 0,
  })

export const cacheEntriesQuery = (filter: EntryFilter) =>
  infiniteQueryOptions({
    queryKey: ['cache', 'entries', filter],
    queryFn: ({ signal, pageParam }) => api.cacheEntries(filter, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next_cursor }) => next_cursor,
  })

/** A kept reply with what it says. */
export const cacheEntryQuery = (key: string) =>
  queryOptions({
    queryKey: ['cache', 'entry', key],
    queryFn: ({ signal }) => api.cacheEntry(key, signal),
    retry: false,
  })

/** Kinds of guardrails, and the rules of each route. */
export const guardrailsQuery = queryOptions({
  queryKey: ['guardrails'],
  queryFn: ({ signal }) => api.guardrails(signal),
  refetchInterval: 30_000,
})

/** What guardrails did over a window up to now. */
export const guardrailStatsQuery = (window_ms: number, steps: number, scope: GuardScope, refetchInterval: number) =>
  queryOptions({
    queryKey: ['guardrails', 'stats', window_ms, scope],
    queryFn: ({ signal }) => api.guardrailStats(window_ms, steps, scope, signal),
    refetchInterval,
  })

/** Verdicts, newest first. They are not read again by themselves: the list would move under the reader. */
export const verdictsQuery = (filter: VerdictFilter) =>
  infiniteQueryOptions({
    queryKey: ['guardrails', 'verdicts', filter],
    queryFn: ({ signal, pageParam }) => api.verdicts(filter, pageParam, signal),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next_cursor }) => next_cursor,
    staleTime: 0,
    gcTime: 0,
  })

/** All verdicts of a finished request, which are stored a moment after its end: `least` are awaited. */
export const requestVerdictsQuery = (id: string, least: number) =>
  queryOptions({
    queryKey: ['guardrails', 'request', id],
    queryFn: ({ signal }) => api.verdictsOf(id, signal),
    staleTime: 60_000,
    refetchInterval: ({ state }) => (state.dataUpdateCount < 8 && (state.data?.data.length ?? 0) < least ? 250 : false),
  })

/** What a threshold of one rule would mean; `null`: the present one. */
export const guardTuningQuery = (route: string, guardrail: string, threshold: number | null) =>
  queryOptions({
    queryKey: ['guardrails', 'tuning', route, guardrail, threshold],
    queryFn: ({ signal }) => api.guardTuning(route, guardrail, threshold, signal),
    refetchInterval: 60_000,
  })

/** What people said of verdicts and texts. */
export const guardLabelsQuery = (route: string | null, guardrail: string | null) =>
  infiniteQueryOptions({
    queryKey: ['guardrails', 'labels', route, guardrail],
    queryFn: ({ signal, pageParam }) => api.guardLabels({ route, guardrail }, pageParam, signal),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next_cursor }) => next_cursor,
  })

/** Reads again what the pages show of labels, after one was given or taken back. */
export const readLabelsAgain = () => readAgain('guardrails', ['tuning', 'labels', 'request'])

export const auditQuery = infiniteQueryOptions({
  queryKey: ['audit'],
  queryFn: ({ signal, pageParam }) => api.audit(pageParam, signal),
  initialPageParam: null as number | null,
  getNextPageParam: ({ next_cursor }) => next_cursor,
})

/** Reads again what the pages show of the cache, after something was done to it. */
export const readCacheAgain = () => readAgain('cache', ['summary', 'quality', 'entries'])

/** What was done stands in the audit trail, too. */
function readAgain(room: string, names: readonly string[]): void {
  for (const name of names) void queryClient.invalidateQueries({ queryKey: [room, name] })
  void queryClient.invalidateQueries({ queryKey: auditQuery.queryKey })
}

/** A recorded request that the live store does not hold. */
export const requestQuery = (id: string) =>
  queryOptions({
    queryKey: ['request', id],
    queryFn: ({ signal }) => api.request(id, signal),
    staleTime: Number.POSITIVE_INFINITY,
    retry: retryWhileUnwritten,
    retryDelay: 250,
  })

/** The spans of a finished request. They are stored a moment after its end, hence the patience. */
export const traceQuery = (id: string) =>
  queryOptions({
    queryKey: ['trace', id],
    queryFn: ({ signal }) => api.trace(id, signal),
    staleTime: 60_000,
    retry: retryWhileUnwritten,
    retryDelay: 250,
  })

function retryWhileUnwritten(failures: number, error: Error): boolean {
  return error instanceof ApiError && error.status === 404 && failures < 6
}
