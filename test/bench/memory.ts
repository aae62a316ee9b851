import type { Loader } from './loader.ts'
import { residentBytes } from './process-stats.ts'
import { checkStored } from './store-check.ts'
import { formatTable, megabytes } from './table.ts'
import { startAnother } from './targets/index.ts'
import { peerOrThrow } from './targets/peers.ts'
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
    const memory = await peerOrThrow(name, () => measureOne(loader, site, name, mostRequests))
    if (memory) measured.push(memory)
  }
  return measured
}

async function measureOne(loader: Loader, site: Site, name: string, mostRequests: number): Promise<Memory> {
  const target = await startAnother(name, site)
  try {
    await new Promise((resolve) => setTimeout(resolve, IDLE_MS))
    const idle = residentBytes(target.pid!)
    const load = { workload: UNARY, concurrency: CONCURRENCY, warmMs: 0, measureMs: MOST_MS, mostRequests }
    const { answered } = await loader.run(target, load)
    await target.settle()
    const after = residentBytes(target.pid!)
    await checkStored(target)
    return { target: name, idle, after, requests: answered }
  } finally {
    await target.stop()
  }
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
