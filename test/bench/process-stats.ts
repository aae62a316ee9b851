import { readdirSync, readFileSync } from 'node:fs'

/** What Linux says of processes; everywhere else `null`, which the tables show as a dash. */

/** `USER_HZ`, which is 100 on every architecture that Node runs on. */
const TICK_MS = 10
const MOST_PROCESSES = 64

/** Milliseconds of CPU, user and system, that a process and everything it started have used, ended threads too. */
export function cpuMs(pid: number): number | null {
  try {
    return processTree(pid).reduce((total, each) => total + ticksOf(`/proc/${each}/stat`), 0) * TICK_MS
  } catch {
    return null
  }
}

/** Resident bytes of a process and everything it started. */
export function residentBytes(pid: number): number | null {
  try {
    return processTree(pid).reduce((total, each) => {
      const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${each}/status`, 'utf8'))?.[1]
      return total + Number(kilobytes ?? 0) * 1024
    }, 0)
  } catch {
    return null
  }
}

export interface ThreadCpu {
  id: number
  name: string
  milliseconds: number
}

/** CPU by thread, oldest first; to the microsecond where the kernel keeps schedstat. */
export function threadCpu(pid: number): ThreadCpu[] {
  try {
    return readdirSync(`/proc/${pid}/task`).map((id) => {
      const folder = `/proc/${pid}/task/${id}`
      return { id: Number(id), name: readFileSync(`${folder}/comm`, 'utf8').trim(), milliseconds: threadMs(folder) }
    })
  } catch {
    return []
  }
}

function threadMs(folder: string): number {
  try {
    return Number(readFileSync(`${folder}/schedstat`, 'utf8').split(' ')[0]) / 1e6
  } catch {
    return ticksOf(`${folder}/stat`) * TICK_MS
  }
}

/** utime + stime. The command's name in parentheses may hold spaces, so fields are counted behind it. */
function ticksOf(file: string): number {
  const text = readFileSync(file, 'utf8')
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return Number(fields[11]) + Number(fields[12])
}

function processTree(root: number): number[] {
  const found = [root]
  for (let index = 0; index < found.length && found.length < MOST_PROCESSES; index += 1) {
    const pid = found[index]!
    for (const thread of readdirSync(`/proc/${pid}/task`)) {
      const children = readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').trim()
      if (children !== '') found.push(...children.split(' ').map(Number))
    }
  }
  return found
}
