import { useSyncExternalStore } from 'react'
import { api } from '../api.ts'
import { scheduleFrame } from '../live/stream.ts'
import { type BenchState, createBenchStore } from './bench-store.ts'
import { readEvents } from './read-events.ts'

/** The one bench of the page. */
export const benchStore = createBenchStore({
  open: async (order, signal) => readEvents((await api.bench(order, signal)).body!),
  schedule: scheduleFrame,
  now: Date.now,
})

export function useBench(): BenchState {
  return useSyncExternalStore(benchStore.subscribe, benchStore.get)
}
