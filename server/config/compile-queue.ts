import { DEFAULT_QUEUE, type QueuePolicy } from '../core/policy.ts'
import type { Path, ProblemList } from './problems.ts'
import type { ProviderDocument } from './schema.ts'
import { readDuration } from './units.ts'

const LONGEST_WAIT_MS = 3_600_000
/** More often would be a load of its own. */
const SHORTEST_PROBE_MS = 1000

/** How calls to a provider wait for each other. */
export function compileQueue(document: ProviderDocument, path: Path, problems: ProblemList): QueuePolicy {
  const { max_waiting: maxWaiting, max_wait: maxWait, affinity } = document.queue ?? {}
  const maxWaitMs = maxWait === undefined ? DEFAULT_QUEUE.maxWaitMs : readDuration(maxWait)
  if (maxWaitMs > LONGEST_WAIT_MS) problems.add([...path, 'queue', 'max_wait'], `"${maxWait}" is longer than an hour`)
  const adaptive = document.adaptive_concurrency ?? false
  if (document.queue && document.max_concurrency === undefined && !adaptive)
    problems.add([...path, 'queue'], 'nothing waits without `max_concurrency` or `adaptive_concurrency`', { at: 'key' })
  return {
    maxConcurrency: document.max_concurrency ?? null,
    adaptive,
    maxWaiting: maxWaiting ?? DEFAULT_QUEUE.maxWaiting,
    maxWaitMs,
    affinity: affinity ?? DEFAULT_QUEUE.affinity,
  }
}

/** Milliseconds between two questions whether a provider is up. */
export function readProbe(text: string, path: Path, problems: ProblemList): number {
  const duration = readDuration(text)
  if (duration < SHORTEST_PROBE_MS)
    problems.add([...path, 'health_check'], `"${text}" is more often than once a second`)
  return duration
}
