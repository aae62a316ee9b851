import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { now, readThreadProfile, type ThreadProfile, type Window } from './cpu-profile.ts'
import type { Loader } from './loader.ts'
import type { BenchOptions } from './options.ts'
import { type ThreadCpu, threadCpu } from './process-stats.ts'
import { startGatehouse } from './targets/gatehouse.ts'
import type { Site } from './targets/target.ts'
import { temporaryFolder } from './temporary.ts'
import { STREAM, UNARY } from './workloads.ts'

export interface GatewayProfile {
  main: ThreadProfile
  writer: ThreadProfile
  /** CPU of the two threads while there was load, where the system tells. */
  mainCpuMs: number | null
  writerCpuMs: number | null
}

const CONCURRENCY = 16
const WORKER_NAME = 'WorkerThread'

/** Profiles a Gatehouse of its own under whole replies and streams in turn. Only the time under load counts. */
export async function profileGatehouse(loader: Loader, site: Site, options: BenchOptions): Promise<GatewayProfile> {
  const folder = temporaryFolder('profile')
  const target = await startGatehouse(site, ['--cpu-prof', `--cpu-prof-dir=${folder}`])
  const load = { concurrency: CONCURRENCY, warmMs: 0 }
  for (const workload of [UNARY, STREAM])
    await loader.run(target, { ...load, workload, measureMs: options.firstWarmMs })
  await target.settle()
  const windows: Window[] = []
  const cpu = { main: 0, writer: 0 }
  for (let round = 0; round < options.profileRounds; round += 1)
    for (const workload of [UNARY, STREAM]) {
      process.stderr.write(`profile, round ${round + 1} of ${options.profileRounds}: ${workload.name}\n`)
      const from = now()
      const before = splitThreads(threadCpu(target.pid), target.pid)
      await loader.run(target, { ...load, workload, measureMs: options.measureMs })
      await target.settle()
      const after = splitThreads(threadCpu(target.pid), target.pid)
      windows.push({ from, until: now() })
      cpu.main += after.main - before.main
      cpu.writer += after.writer - before.writer
    }
  await target.stop()
  const known = cpu.main > 0 && cpu.writer > 0
  return {
    main: find(folder, 'server/main.ts', windows),
    writer: find(folder, 'server/threads/writer.ts', windows),
    mainCpuMs: known ? cpu.main : null,
    writerCpuMs: known ? cpu.writer : null,
  }
}

/**
 * The share of the two threads' CPU that is recording. The profile says what part of the main thread it is; how the
 * CPU divides between the threads comes from the system where it can, as a thread that waits for a core that both
 * share is not idle to the profiler.
 */
export function recordingShare({ main, writer, mainCpuMs, writerCpuMs }: GatewayProfile): number {
  if (mainCpuMs === null || writerCpuMs === null) return sampledShare({ main, writer })
  return (writerCpuMs + mainCpuMs * (main.recording / main.samples)) / (mainCpuMs + writerCpuMs)
}

/** The same by samples alone. */
export function sampledShare({ main, writer }: Pick<GatewayProfile, 'main' | 'writer'>): number {
  return (writer.samples + main.recording) / (main.samples + writer.samples)
}

/** The main thread has the process's id; the writer is the first worker that the gateway starts. */
function splitThreads(threads: readonly ThreadCpu[], pid: number): { main: number; writer: number } {
  const main = threads.find(({ id }) => id === pid)?.milliseconds ?? 0
  const writer = threads.find(({ name }) => name === WORKER_NAME)?.milliseconds ?? 0
  return { main, writer }
}

function find(folder: string, script: string, windows: readonly Window[]): ThreadProfile {
  for (const file of readdirSync(folder)) {
    const profile = readThreadProfile(join(folder, file), script, windows)
    if (profile) return profile
  }
  throw new Error(`Node wrote no profile of the thread that runs ${script}`)
}
