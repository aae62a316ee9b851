import type { Worker } from 'node:worker_threads'
import type { Inspection } from '../../core/guardrail.ts'
import { createReader } from '../../stores/reader.ts'
import type { InspectElsewhere } from './inspector.ts'

/** Looks at texts in a thread (`threads/inspect.ts`), which is started by the first of them. */
export function inspectElsewhere(spawn: () => Worker): { inspect: InspectElsewhere; close(): Promise<void> } {
  const thread = createReader(spawn)
  return {
    async inspect({ kind, options }, { text, origin, place, tool }, { signal, services: _, ...context }) {
      // Whoever takes too long is stopped; what waits behind it fails as well.
      const stop = () => void thread.close()
      signal.addEventListener('abort', stop, { once: true })
      const given = { text, origin, place, ...(tool === undefined ? {} : { tool }) }
      try {
        return await thread.ask<Inspection>('inspect', kind.kind, options, given, context)
      } finally {
        signal.removeEventListener('abort', stop)
      }
    },
    close: () => thread.close(),
  }
}
