import type { Loader } from './loader.ts'
import { residentBytes } from './process-stats.ts'
import { checkStored } from './store-check.ts'
import { formatTable, megabytes } from './table.ts'
import { startAnother } from './targets/index.ts'
import type { Site } from './targets/target.ts'
import { UNARY } from './workloads.ts'

/** Resident bytes of a fresh process, before and after many requests. */
export interface Memory {
  target: string
  idle: number | null
  after: number | null
  requests: number
}

const IDLE_MS = 1500
const MOST_MS = 90_000
const CONCURRENCY = 16

/** One fresh process after the other takes `mostRequests` whole replies. */
export async function measureMemory(
  loader: Loader,
  site: Site,
  names: readonly string[],
  mostRequests: number,
): Promise<Memory[]> {
  const measured: Memory[] = []
  for (const name of names) {
    process.stderr.write(`memory: ${name}\n`)
    const target = await startAnother(name, site)
    try {
      await new Promise((resolve) => setTimeout(resolve, IDLE_MS))
      const idle = residentBytes(target.pid!)
      const load = { workload: UNARY, concurrency: CONCURRENCY, warmMs: 0, measureMs: MOST_MS, mostRequests }
      const { answered } = await loader.run(target, load)
      await target.settle()
      measured.push({ target: name, idle, after: residentBytes(target.pid!), requests: answered })
      await checkStored(target)
    } finally {
      await target.stop()
    }
  }
  return measured
}

export function formatMemory(measured: readonly Memory[], names: ReadonlyMap<string, string>): string {
  const rows = measured.map(({ target, idle, after, requests }) => [
    names.get(target)!,
    megabytes(idle),
    megabytes(after),
    String(requests),
  ])
  return formatTable(['memory (RSS)', 'idle', 'after', 'requests'], rows)
}
