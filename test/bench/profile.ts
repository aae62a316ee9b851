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

/** What the gateway's two busy threads did in some time. */
export interface Work {
  main: ThreadProfile
  writer: ThreadProfile
  /** CPU of the threads, where the system tells. */
  cpu: ThreadTimes | null
}

export interface GatewayProfile {
  /** While requests came in. */
  underLoad: Work
  /** Until all was stored. */
  whole: Work
}

interface ThreadTimes {
  main: number
  writer: number
}

const CONCURRENCY = 16
const WORKER_NAME = 'WorkerThread'

/** Profiles a Gatehouse of its own under whole replies and streams in turn. */
export async function profileGatehouse(loader: Loader, site: Site, options: BenchOptions): Promise<GatewayProfile> {
  const folder = temporaryFolder('profile')
  const target = await startGatehouse(site, ['--cpu-prof', `--cpu-prof-dir=${folder}`])
  const load = { concurrency: CONCURRENCY, warmMs: 0 }
  for (const workload of [UNARY, STREAM])
    await loader.run(target, { ...load, workload, measureMs: options.firstWarmMs })
  await target.settle()
  const underLoad = new Stretch(target.pid)
  const whole = new Stretch(target.pid)
  for (let round = 0; round < options.profileRounds; round += 1)
    for (const workload of [UNARY, STREAM]) {
      process.stderr.write(`profile, round ${round + 1} of ${options.profileRounds}: ${workload.name}\n`)
      underLoad.begin()
      whole.begin()
      await loader.run(target, { ...load, workload, measureMs: options.measureMs })
      underLoad.end()
      await target.settle()
      whole.end()
    }
  await target.stop()
  return { underLoad: underLoad.work(folder), whole: whole.work(folder) }
}

/**
 * The share of the two threads' CPU that is recording. The profile says what part of the main thread it is; how the
 * CPU divides between the threads comes from the system where it can, as a thread that waits for a core that both
 * share is not idle to the profiler.
 */
export function recordingShare({ main, writer, cpu }: Work): number {
  const times = cpu ?? { main: main.samples, writer: writer.samples }
  return (times.writer + times.main * (main.recording / main.samples)) / (times.main + times.writer)
}

/** Times that count, and the CPU of the threads in them. */
class Stretch {
  readonly #pid: number
  readonly #windows: Window[] = []
  readonly #total: ThreadTimes = { main: 0, writer: 0 }
  #from = 0
  #before: ThreadTimes = { main: 0, writer: 0 }

  constructor(pid: number) {
    this.#pid = pid
  }

  begin(): void {
    this.#from = now()
    this.#before = splitThreads(threadCpu(this.#pid), this.#pid)
  }

  end(): void {
    const { main, writer } = splitThreads(threadCpu(this.#pid), this.#pid)
    this.#total.main += main - this.#before.main
    this.#total.writer += writer - this.#before.writer
    this.#windows.push({ from: this.#from, until: now() })
  }

  work(folder: string): Work {
    return {
      main: find(folder, 'server/main.ts', this.#windows),
      writer: find(folder, 'server/threads/writer.ts', this.#windows),
      cpu: this.#total.main > 0 && this.#total.writer > 0 ? this.#total : null,
    }
  }
}

/** The main thread has the process's id; the writer is the first worker that the gateway starts. */
function splitThreads(threads: readonly ThreadCpu[], pid: number): ThreadTimes {
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
