/** What the screen of comparisons reads from the admin API, with how long each answer stays good. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api, type PairFilter } from '../api.ts'
import { queryClient } from '../queries.ts'

const PAIRS_A_PAGE = 30
const RUNS_A_PAGE = 30
/** How often something that goes on is read again. */
const VERDICT_MS = 4000
const RUN_MS = 2000

export const experimentsQuery = queryOptions({
  queryKey: ['experiments'],
  queryFn: ({ signal }) => api.experiments(signal),
  refetchInterval: VERDICT_MS,
})

/** A comparison with its verdict, read again as long as pairs may come. */
export const experimentQuery = (id: string, refetchInterval = VERDICT_MS) =>
  queryOptions({
    queryKey: ['experiments', id],
    queryFn: ({ signal }) => api.experiment(id, signal),
    // What has ended changes by votes alone, after which it is asked for again.
    staleTime: ({ state }) => (state.data?.ended_at ? Number.POSITIVE_INFINITY : 0),
    refetchInterval: ({ state }) => (state.data?.ended_at ? false : refetchInterval),
  })

/** Pairs with their texts. They are not read again by themselves: the list would move under the reader. */
export const pairsQuery = (experiment: string, filter: PairFilter) =>
  infiniteQueryOptions({
    queryKey: ['pairs', experiment, filter],
    queryFn: ({ signal, pageParam }) => api.pairs(experiment, filter, pageParam, PAIRS_A_PAGE, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next_cursor }) => next_cursor,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })

/** Datasets and stored traffic on their way through a candidate. */
export const runsQuery = infiniteQueryOptions({
  queryKey: ['runs'],
  queryFn: ({ signal, pageParam }) => api.runs(pageParam, RUNS_A_PAGE, signal),
  initialPageParam: null as string | null,
  getNextPageParam: ({ next_cursor }) => next_cursor,
  refetchInterval: RUN_MS,
})

/** How far one of them is. */
export const runQuery = (id: string) =>
  queryOptions({
    queryKey: ['runs', id],
    queryFn: ({ signal }) => api.run(id, signal),
    refetchInterval: ({ state }) => (state.data?.ended_at ? false : RUN_MS),
  })

export const datasetsQuery = queryOptions({
  queryKey: ['datasets'],
  queryFn: ({ signal }) => api.datasets(signal),
  refetchInterval: 10_000,
})

/** Reads comparisons and runs again, after something was done to one. */
export function readExperimentsAgain(): void {
  for (const { queryKey } of [experimentsQuery, runsQuery]) void queryClient.invalidateQueries({ queryKey })
}
