import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** Where processes run. `null` leaves it to the system. */
export interface Cores {
  /** Of the load generator and the upstream. */
  client: number | null
  /** Of the target. */
  target: number | null
  /** For the report. */
  note: string
}

/** Takes two of the cores that this process may use, where `taskset` can pin to them. */
export function findCores(): Cores {
  const unpinned = (why: string) => ({ client: null, target: null, note: `not pinned: ${why}` })
  if (spawnSync('taskset', ['--version'], { timeout: 5000 }).status !== 0) return unpinned('there is no taskset')
  const [client, target] = allowedCores()
  if (client === undefined || target === undefined) return unpinned('there is one core only')
  return { client, target, note: `load generator and upstream on core ${client}, the target on core ${target}` }
}

/** The command that runs `command` on a core. */
export function pinned(core: number | null, command: string, args: readonly string[]): [string, string[]] {
  return core === null ? [command, [...args]] : ['taskset', ['-c', String(core), command, ...args]]
}

function allowedCores(): number[] {
  const list = /^Cpus_allowed_list:\s*(\S+)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? ''
  return list.split(',').flatMap((range) => {
    const [first = 0, last = first] = range.split('-').map(Number)
    return Array.from({ length: last - first + 1 }, (_, index) => first + index)
  })
}
