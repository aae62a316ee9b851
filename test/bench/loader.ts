import { fileURLToPath } from 'node:url'
import { startChild } from './children.ts'
import type { LoadOrder, LoadResult } from './load-messages.ts'
import type { Target } from './targets/target.ts'
import { requestBody, type Workload } from './workloads.ts'

/** What is asked of a target in one go. */
export interface Load {
  workload: Workload
  concurrency: number
  warmMs: number
  measureMs: number
  mostRequests?: number
  fewFrames?: boolean
  /** What goes into the body besides, with `VARIES` where requests are to differ. */
  more?: Record<string, unknown>
}

/** The load generator as this process sees it. */
export interface Loader {
  /** Runs a load to its last reply. Throws when anything but complete replies came back. */
  run(target: Target, load: Load): Promise<LoadResult>
}

const START_MS = 15_000
const GRACE_MS = 30_000

export async function startLoader(core: number | null): Promise<Loader> {
  const child = startChild({
    core,
    command: process.execPath,
    args: [fileURLToPath(new URL('load.ts', import.meta.url))],
    messages: true,
  })
  await child.message(START_MS)
  return {
    async run(target, { workload, concurrency, warmMs, measureMs, mostRequests, more, fewFrames = false }) {
      const order: LoadOrder = {
        origin: target.origin,
        headers: { 'content-type': 'application/json', ...target.headers },
        body: requestBody(workload, target.model, more),
        stream: workload.stream,
        fewFrames,
        connections: concurrency,
        warmMs,
        measureMs,
        mostRequests: mostRequests ?? Number.MAX_SAFE_INTEGER,
      }
      const answer = child.message<LoadResult>(warmMs + measureMs + GRACE_MS)
      child.process.send(order)
      const result = await answer
      target.answered += result.answered
      const [failure] = Object.entries(result.failures)
      if (failure) {
        const where = `${target.name}, ${workload.name}, c${concurrency}`
        throw new Error(`${where}: ${failure[1]} times ${failure[0]}; ${result.answered} were answered`)
      }
      return result
    },
  }
}
