import { useSyncExternalStore } from 'react'
import { formatDuration } from '../format.ts'

const listeners = new Set<() => void>()
let now = Date.now()
let timer: ReturnType<typeof setInterval> | undefined

/** One clock for everything that is running; it stands still when nothing is. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    now = Date.now()
    for (const each of listeners) each()
  }, 100)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

/** Time since a moment, ticking ten times a second. */
export function Elapsed({ since }: { since: number }) {
  const current = useSyncExternalStore(subscribe, () => now)
  const elapsed = Math.max(0, current - since)
  return (
    <span className="text-running">
      {elapsed < 10_000 ? `${(elapsed / 1000).toFixed(1)} s` : formatDuration(elapsed)}
    </span>
  )
}
