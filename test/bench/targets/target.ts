import type { Cores } from '../cores.ts'

/** Where a target is started. */
export interface Site {
  cores: Cores
  /** Of the fake upstream, without a path. */
  upstream: string
}

/** Something that takes requests. */
export interface Target {
  name: string
  /** Without a path. */
  origin: string
  /** What callers name as the model. */
  model: string
  headers: Record<string, string>
  /** Its first process; `null` where there is none beside the upstream. */
  pid: number | null
  /** Requests it answered so far; the load generator counts them. */
  answered: number
  /** Waits until it has nothing left to do, also of what it put off. */
  settle(): Promise<void>
  stop(): Promise<void>
}

export interface TargetKind {
  name: string
  /** Throws Missing where it cannot be had. */
  start(site: Site): Promise<Target>
}

/** A target that this machine does not have; the benchmark goes on without it. */
export class Missing extends Error {}

/** Waits until `isReady` is true. Throws what `describe` says when that takes too long. */
export async function waitUntil(
  isReady: () => boolean | Promise<boolean>,
  limitMs: number,
  describe: () => string,
): Promise<void> {
  const until = performance.now() + limitMs
  while (!(await isReady())) {
    if (performance.now() > until) throw new Error(describe())
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
