import { type ChildProcess, spawn } from 'node:child_process'
import { pinned } from './cores.ts'
import { removeFolders } from './temporary.ts'

export interface ChildOptions {
  core: number | null
  command: string
  args: readonly string[]
  environment?: NodeJS.ProcessEnv
  folder?: string
  /** Opens a channel for messages. */
  messages?: boolean
}

export interface Child {
  process: ChildProcess
  pid: number
  /** What it wrote to standard error and output, the last of it. */
  output(): string
  /** The next message, or what an ended or silent child has to say as an error. */
  message<T>(limitMs: number): Promise<T>
  /** Asks it to end, and makes it end after `limitMs`. */
  stop(limitMs?: number): Promise<void>
}

const STOP_MS = 5000
const KEPT_OUTPUT = 4000
const running = new Set<number>()

/** Starts a process, in a group of its own so that whatever it starts ends with it. */
export function startChild(options: ChildOptions): Child {
  const [command, args] = pinned(options.core, options.command, options.args)
  const child = spawn(command, args, {
    detached: true,
    cwd: options.folder,
    env: options.environment ?? process.env,
    stdio: options.messages ? ['ignore', 'pipe', 'pipe', 'ipc'] : ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const keep = (chunk: Buffer) => {
    output = (output + chunk).slice(-KEPT_OUTPUT)
  }
  child.stdout?.on('data', keep)
  child.stderr?.on('data', keep)
  child.on('error', (error) => keep(Buffer.from(error.message)))
  const pid = child.pid ?? 0
  if (pid > 0) running.add(pid)
  const ended = new Promise<void>((resolve) => {
    child.once('error', () => resolve())
    child.once('exit', () => {
      running.delete(pid)
      resolve()
    })
  })
  const isOver = () => child.exitCode !== null || child.signalCode !== null || pid === 0
  return {
    process: child,
    pid,
    output: () => output,
    message<T>(limitMs: number) {
      return new Promise<T>((resolve, reject) => {
        const timer = setTimeout(
          () => settle(() => reject(new Error(`no word from ${command} ${args.join(' ')}`))),
          limitMs,
        )
        const onMessage = (message: unknown) => settle(() => resolve(message as T))
        const onEnd = () => settle(() => reject(new Error(`${command} ${args.join(' ')} ended: ${output}`)))
        const settle = (finish: () => void) => {
          clearTimeout(timer)
          child.off('message', onMessage).off('exit', onEnd)
          finish()
        }
        child.on('message', onMessage).on('exit', onEnd)
        if (isOver()) onEnd()
      })
    },
    async stop(limitMs = STOP_MS) {
      if (isOver()) return
      child.kill('SIGTERM')
      const timer = setTimeout(() => killGroup(pid), limitMs)
      await ended
      clearTimeout(timer)
    },
  }
}

/** Whenever this process ends, also when a person stops it: ends the children and removes what they wrote. */
export function cleanUpAtExit(): void {
  process.on('exit', () => {
    for (const pid of running) killGroup(pid)
    removeFolders()
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => process.exit(130))
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It has ended by itself.
  }
}
