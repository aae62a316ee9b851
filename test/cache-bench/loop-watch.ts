import { writeFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { isMainThread } from 'node:worker_threads'

/**
 * Preloaded into the gateway's process: writes down how long its main thread was held up at the most, each time that
 * SIGUSR2 asks for it, and begins anew. The histogram's resolution is taken off.
 */
const RESOLUTION_MS = 1
const FILE = process.env.LOOP_WATCH_FILE

if (isMainThread && FILE) {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  delays.enable()
  process.on('SIGUSR2', () => {
    const read = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS)
    writeFileSync(FILE, JSON.stringify({ p99: read(delays.percentile(99)), max: read(delays.max) }))
    delays.reset()
  })
}
