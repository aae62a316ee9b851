/** What of the queue is open, as the address says it. */
import { type SearchChange, useSearchChange } from '../search-change.ts'
import type { Reason } from './shapes.ts'
import { reasonWords, views } from './words.ts'

export const annotateTabs = ['queue', 'agreement'] as const
export type AnnotateTab = (typeof annotateTabs)[number]

type Name = 'tab' | 'view' | 'route' | 'reason' | 'item' | 'add'

export interface AnnotateAddress {
  tab: AnnotateTab
  view: (typeof views)[number]
  route: string | null
  reason: Reason | null
  /** Id of the item that is open. */
  item: number | null
  /** A request to be put into the queue. */
  add: string | null
  /** Changes some of it; `null` takes a value away. */
  change: SearchChange<Name>
}

export function useAnnotateAddress(): AnnotateAddress {
  const [parameters, change] = useSearchChange<Name>()
  const reason = parameters.get('reason')
  const item = Number(parameters.get('item'))
  return {
    tab: annotateTabs.find((tab) => tab === parameters.get('tab')) ?? 'queue',
    view: views.find(({ id }) => id === parameters.get('view')) ?? views[0]!,
    route: parameters.get('route'),
    reason: reason !== null && Object.hasOwn(reasonWords, reason) ? (reason as Reason) : null,
    item: Number.isInteger(item) && item > 0 ? item : null,
    add: parameters.get('add'),
    change,
  }
}

/** Where a request is put into the queue and opened. */
export function addPath(request: string): string {
  return `/annotate?add=${encodeURIComponent(request)}`
}
