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
  /** Of the target's whole process tree, with what it put off until after the last reply, such as storing records. */
  cpuPerThousandMs: number | null
  /** The share of that CPU that came after the last reply. */
  putOff: number | null
  /** Requests per second if what was put off had been done before the last reply. */
  sustainedPerSecond: number | null
  /** The share of the time under load that the target was on its core. Well below 1, something else was the limit. */
  busy: number | null
}

export async function measure(
  loader: Loader,
  target: Target,
  cell: Cell,
  times: { warmMs: number; measureMs: number },
): Promise<Sample> {
  const { workload, concurrency } = cell
  const cpu = () => (target.pid === null ? null : cpuMs(target.pid))
  const before = cpu()
  const result = await loader.run(target, { workload, concurrency, ...times })
  const afterLoad = cpu()
  await target.settle()
  const sample = {
    requestsPerSecond: (result.measured / result.measuredMs) * 1000,
    p50Ms: result.p50Ms,
    p99Ms: result.p99Ms,
    firstContentMs: result.firstContentP50Ms,
  }
  const afterAll = cpu()
  if (before === null || afterLoad === null || afterAll === null)
    return { ...sample, cpuPerThousandMs: null, putOff: null, sustainedPerSecond: null, busy: null }
  const { answered, wallMs } = result
  const used = afterAll - before
  const later = afterAll - afterLoad
  return {
    ...sample,
    cpuPerThousandMs: (used / answered) * 1000,
    putOff: used === 0 ? 0 : later / used,
    sustainedPerSecond: (sample.requestsPerSecond * wallMs) / (wallMs + later),
    busy: (afterLoad - before) / wallMs,
  }
}
