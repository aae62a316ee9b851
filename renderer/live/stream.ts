/** The gateway's live events as a browser sees them. */
import type { LiveBatch } from '../../server/http/admin/schemas.ts'
import type { StreamHandlers } from './store.ts'

const longestWait = 15_000
/** Longer than the gateway takes to write a finished request down. */
const settlingTime = 500
/** Under a load that nobody could follow the gateway leaves events out; after this long without, all is read afresh. */
const calmTime = 1000

/**
 * Listens until the returned function is called. The browser reconnects by itself, with the id of the last event,
 * while the gateway merely goes away; once it gives up (a refusal, e.g. of the session) this opens a new stream,
 * which cannot know what it missed and therefore reports a gap. `onRefused` hears of every such refusal.
 */
export function openEventStream(handlers: StreamHandlers, onRefused: () => void): () => void {
  let source: EventSource | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let settling: ReturnType<typeof setTimeout> | undefined
  let calming: ReturnType<typeof setTimeout> | undefined
  let wait = 1000
  let gap = false

  const open = () => {
    source = new EventSource('/admin/api/events')
    source.addEventListener('open', () => {
      wait = 1000
      handlers.onConnection('open')
      if (gap) handlers.onGap()
      gap = false
      clearTimeout(settling)
      settling = setTimeout(handlers.onSettled, settlingTime)
    })
    source.addEventListener('batch', (message: MessageEvent<string>) => {
      const batch: LiveBatch = JSON.parse(message.data)
      handlers.onEvents(batch.events)
      if (!batch.skipped) return
      clearTimeout(calming)
      calming = setTimeout(handlers.onGap, calmTime)
    })
    source.addEventListener('error', () => {
      handlers.onConnection('lost')
      if (source?.readyState !== EventSource.CLOSED) return
      gap = true
      onRefused()
      timer = setTimeout(open, wait)
      wait = Math.min(longestWait, wait * 2)
    })
  }

  open()
  return () => {
    for (const each of [timer, settling, calming]) clearTimeout(each)
    source?.close()
  }
}

/** Runs the callback once before the next paint; a hidden page paints nothing, so there it runs after a moment. */
export function scheduleFrame(callback: () => void): void {
  if (document.hidden) setTimeout(callback, 250)
  else requestAnimationFrame(callback)
}
