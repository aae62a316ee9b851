/** The annotation queue, as the admin API has it, with how long each answer stays good. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type {
  AnnotationAgreement,
  AnnotationChanged,
  AnnotationItem,
  AnnotationPage,
  AnnotationQueued,
} from '../../server/http/admin/schemas.ts'
import { call, post, query } from '../api.ts'
import { queryClient } from '../queries.ts'
import type { ItemState, Reason } from './shapes.ts'

/** Which items are wanted; `null` for what does not matter. */
export interface AnnotationFilter extends Record<string, string | null> {
  state: ItemState | null
  route: string | null
  reason: Reason | null
  assignee: string | null
  /** Only what this person has not labelled. */
  unlabelled_by: string | null
}

export interface GivenLabels {
  id: number
  as: string
  label: Readonly<Record<string, string>>
  comment: string | null
}

export const annotationApi = {
  label: ({ id, ...body }: GivenLabels) => post<AnnotationChanged>(`/annotation/${id}/label`, body),
  /** Says whose label an item waits for. */
  assign: ({ id, ...body }: { id: number; as: string; assignee: string | null }) =>
    post<AnnotationChanged>(`/annotation/${id}/assign`, body),
  skip: ({ id, ...body }: { id: number; as: string }) => post<AnnotationChanged>(`/annotation/${id}/skip`, body),
  /** Puts a request into the queue; one that is there already stays as it is. */
  add: (body: { as: string; request_id: string }) => post<AnnotationQueued>('/annotation', body),
}

/** Items, newest first. They are not read again by themselves: the list would move under the reader. */
export const annotationsQuery = (filter: AnnotationFilter) =>
  infiniteQueryOptions({
    queryKey: ['annotation', 'list', filter],
    queryFn: ({ signal, pageParam }) =>
      call<AnnotationPage>(`/annotation${query({ ...filter, cursor: pageParam })}`, { signal }),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next_cursor }) => next_cursor,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })

/** How many items there are by state, and what had no room. */
export const annotationCountsQuery = queryOptions({
  queryKey: ['annotation', 'counts'],
  queryFn: ({ signal }) => call<AnnotationPage>(`/annotation${query({ limit: 1 })}`, { signal }),
  refetchInterval: 5000,
})

const readItem = (id: number, as: string, init: RequestInit = {}) =>
  call<AnnotationItem>(`/annotation/${id}${query({ as })}`, init)

/** One item as this person may see it. Late scores and feedback come while it is open. */
export const annotationItemQuery = (id: number, as: string) =>
  queryOptions({
    queryKey: ['annotation', 'item', id, as],
    queryFn: ({ signal }) => readItem(id, as, { signal }),
    refetchInterval: 15_000,
  })

/** How far people agree with each other, and evaluators with them. */
export const agreementQuery = (route: string | null) =>
  queryOptions({
    queryKey: ['annotation', 'agreement', route],
    queryFn: ({ signal }) => call<AnnotationAgreement>(`/annotation/agreement${query({ route })}`, { signal }),
  })

/** Reads an item again, and what it counts for, after something was done to it. It need not be open any more. */
export async function readItemAgain(id: number, as: string): Promise<AnnotationItem> {
  void queryClient.invalidateQueries({ queryKey: ['annotation', 'agreement'] })
  void queryClient.invalidateQueries({ queryKey: annotationCountsQuery.queryKey })
  const read = await readItem(id, as)
  queryClient.setQueryData(annotationItemQuery(id, as).queryKey, read)
  return read
}
