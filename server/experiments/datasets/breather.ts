import { setImmediate as nextTurn } from 'node:timers/promises'

/** Milliseconds for which nobody else need be served. */
const LONGEST_MS = 5

/** To be called between pieces of long work: once in a while it lets others have their turn. */
export function breather(): () => Promise<void> {
  let since = performance.now()
  return async () => {
    if (performance.now() - since < LONGEST_MS) return
    await nextTurn()
    since = performance.now()
  }
}
