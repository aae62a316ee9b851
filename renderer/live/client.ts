/** The live store of this page, and the hook that reads it. */
import { useSyncExternalStore } from 'react'
import { ApiError, api } from '../api.ts'
import { askWhoIsSignedIn } from '../queries.ts'
import { createLiveStore, type LiveState } from './store.ts'
import { openEventStream, scheduleFrame } from './stream.ts'

const pageLength = 200

export const live = createLiveStore({
  fetchPage: async (cursor) => {
    try {
      return await api.requests(cursor, pageLength)
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) void askWhoIsSignedIn()
      throw error
    }
  },
  openStream: (handlers) => openEventStream(handlers, () => void askWhoIsSignedIn()),
  schedule: scheduleFrame,
})

/** A part of the live state. `select` must return the same value for the same state, never a fresh object. */
export function useLive<T>(select: (state: LiveState) => T): T {
  return useSyncExternalStore(live.subscribe, () => select(live.get()))
}
