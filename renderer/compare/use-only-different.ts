import { useCompareAddress } from './page-address.ts'
import { differentKinds } from './words.ts'

/** Whether just the pairs are listed that differ in substance, and how to change that. */
export function useOnlyDifferent(): { on: boolean; toggle: () => void } {
  const { changes, change } = useCompareAddress()
  const on = changes.join() === differentKinds.join()
  return { on, toggle: () => change({ change: on ? null : differentKinds.join() }) }
}
