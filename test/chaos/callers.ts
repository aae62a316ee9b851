/** Who calls: an app that is wired to one target, the same with retries, and one that goes through the gateway. */
export type Caller = 'none' | 'naive' | 'gatehouse'
export const CALLERS: readonly Caller[] = ['none', 'naive', 'gatehouse']
export const SHOWN: Readonly<Record<Caller, string>> = {
  none: 'no gateway',
  naive: 'naive retry ×3',
  gatehouse: 'Gatehouse',
}
