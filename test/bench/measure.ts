import type { Loader } from './loader.ts'
import { cpuMs } from './process-stats.ts'
import type { Target } from './targets/target.ts'
import type { Cell } from './workloads.ts'

/** One target in one cell of one round. CPU is `null` where there is no process or no way to ask for it. */
export interface Sample {
  requestsPerSecond: number
  p50Ms: number
  p99Ms: number
  firstContentMs: number
  /** Of the target's whole process tree, with what it had to do after the last reply, such as storing records. */
  cpuPerThousandMs: number | null
  /** The share of the wall time that the target was on its core. Well below 1, something else was the limit. */
  busy: number | null
  /** Records that were not stored yet when the last reply had come. */
  backlog: number
}

export async function measure(
  loader: Loader,
  target: Target,
  cell: Cell,
  times: { warmMs: number; measureMs: number },
): Promise<Sample> {
  const { workload, concurrency } = cell
  const before = target.pid === null ? null : cpuMs(target.pid)
  const begin = performance.now()
  const result = await loader.run(target, { workload, concurrency, ...times })
  const backlog = await target.settle()
  const wallMs = performance.now() - begin
  const after = target.pid === null ? null : cpuMs(target.pid)
  const used = before === null || after === null ? null : after - before
  return {
    requestsPerSecond: (result.measured / result.measuredMs) * 1000,
    p50Ms: result.p50Ms,
    p99Ms: result.p99Ms,
    firstContentMs: result.firstContentP50Ms,
    cpuPerThousandMs: used === null || result.answered === 0 ? null : (used / result.answered) * 1000,
    busy: used === null ? null : used / wallMs,
    backlog,
  }
}
