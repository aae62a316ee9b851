/**
 * The one store of live state. Events wait in a queue and are entered once per frame, so a burst of hundreds
 * costs one render; pausing freezes what is shown while the book goes on being kept.
 */
import type { LiveEvent, RequestPage } from '../../server/http/admin/schemas.ts'
import { createBook } from './book.ts'
import type { LiveRequest } from './request.ts'

export type Connection = 'connecting' | 'open' | 'lost'
type ConfigChange = Extract<LiveEvent, { type: 'config-change' }>

export interface LiveState {
  connection: Connection
  /** What to show, newest first. */
  rows: readonly LiveRequest[]
  paused: boolean
  /** Requests begun since the pause. */
  waiting: number
  /** `false` until the first page of recorded requests is in. */
  loaded: boolean
  /** Why the latest page could not be loaded. */
  failure: Error | null
  /** Where older requests continue; `null` when there are none or the book is full. */
  cursor: string | null
  loadingOlder: boolean
  configChange: ConfigChange | null
}

interface LiveSource {
  fetchPage: (cursor: string | null) => Promise<RequestPage>
  openStream: (handlers: StreamHandlers) => () => void
  /** Runs the callback before the next paint, or soon when nothing is painted. */
  schedule: (callback: () => void) => void
}

export interface StreamHandlers {
  onEvents: (events: readonly LiveEvent[]) => void
  onConnection: (connection: Connection) => void
  /** Events were missed. */
  onGap: () => void
  /** The stream has been open for so long that whatever ended before it opened is recorded by now. */
  onSettled: () => void
}

interface LiveStore {
  get: () => LiveState
  /** One request as it stands now, even while what is shown is frozen. */
  find: (id: string) => LiveRequest | null
  subscribe: (listener: () => void) => () => void
  /** Opens the stream and loads the first page; returns the function that ends both. */
  start: () => () => void
  setPaused: (paused: boolean) => void
  /** Loads the first page again, after a failure. */
  reload: () => Promise<void>
  loadOlder: () => Promise<void>
}

const initial: LiveState = {
  connection: 'connecting',
  rows: [],
  paused: false,
  waiting: 0,
  loaded: false,
  failure: null,
  cursor: null,
  loadingOlder: false,
  configChange: null,
}

/** A stopped, empty store that keeps at most `limit` requests. */
export function createLiveStore(source: LiveSource, limit = 5000): LiveStore {
  const book = createBook(limit)
  const listeners = new Set<() => void>()
  let state = initial
  let queue: LiveEvent[] = []
  let scheduled = false

  const set = (change: Partial<LiveState>) => {
    state = { ...state, ...change }
    for (const listener of listeners) listener()
  }
  const newestFirst = () => book.rows().toReversed()
  const shown = () => (state.paused ? state.rows : newestFirst())

  const load = async (cursor: string | null) => {
    try {
      const page = await source.fetchPage(cursor)
      book.merge(page.data)
      const full = book.rows().length >= limit
      const known = cursor === null && state.loaded
      const next = known ? state.cursor : page.next_cursor
      set({ rows: shown(), loaded: true, failure: null, cursor: full ? null : next })
    } catch (error) {
      set({ failure: error instanceof Error ? error : new Error(String(error)) })
    }
  }

  /** What was missed cannot be told, so nothing kept may stand: a row could wait for its end for ever. */
  const startOver = () => {
    book.clear()
    set({ loaded: false })
    void load(null)
  }

  const flush = () => {
    scheduled = false
    const events = queue
    queue = []
    const reset = events.findLastIndex((event) => event.type === 'reset')
    if (reset >= 0) startOver()
    const added = book.apply(events.slice(reset + 1))
    set({
      rows: shown(),
      waiting: state.paused ? state.waiting + added : 0,
      cursor: book.rows().length >= limit ? null : state.cursor,
      configChange: events.findLast((event) => event.type === 'config-change') ?? state.configChange,
    })
  }

  const start = () => {
    const close = source.openStream({
      onEvents: (events) => {
        queue.push(...events)
        if (scheduled) return
        scheduled = true
        source.schedule(flush)
      },
      onConnection: (connection) => set({ connection }),
      onGap: startOver,
      onSettled: () => void load(null),
    })
    startOver()
    return close
  }

  const setPaused = (paused: boolean) => {
    if (paused !== state.paused) set({ paused, waiting: 0, rows: paused ? state.rows : newestFirst() })
  }

  const loadOlder = async () => {
    if (state.loadingOlder || state.cursor === null) return
    set({ loadingOlder: true })
    await load(state.cursor)
    set({ loadingOlder: false })
  }

  return {
    get: () => state,
    find: book.find,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    start,
    setPaused,
    reload: () => load(null),
    loadOlder,
  }
}
