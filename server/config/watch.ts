import { readFileSync, realpathSync, renameSync, rmSync, statSync, watch, writeFileSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import type { Policy } from '../core/policy.ts'
import { ConfigError, type Problem } from './problems.ts'

/** The config that runs and, when the file on disk is newer and bad, why it was refused. */
export interface ConfigStatus {
  policy: Policy
  loadedAt: Date
  rejected: { at: Date; problems: readonly Problem[] } | null
}

export interface ConfigStore {
  readonly status: ConfigStatus
  /** The running policy. */
  current(): Policy
  /** Calls back after every accepted or refused change. */
  onChange(listener: (status: ConfigStatus) => void): void
  /** Reads the file now. */
  reload(): void
  /** The file's text now, which may be newer than what runs. Throws the system's error when it cannot be read. */
  sourceOnDisk(): string
  /** What a text would be as the config. Throws a ConfigError when it is bad. */
  compile(source: string): Policy
  /**
   * Makes a text the config: checks it, writes the file in one step and runs it. Throws a ConfigError when it is bad,
   * the system's error when the file cannot be written; then nothing has changed.
   */
  save(source: string): void
  close(): void
}

/** Editors write in several steps: the file is read when it has been quiet for this long. */
const QUIET_MS = 60

/**
 * Loads `file` and follows it. Throws a ConfigError when the first version is bad; after that a bad edit leaves
 * the last good one running.
 */
export function openConfig(file: string, compile: (source: string) => Policy): ConfigStore {
  let status: ConfigStatus = { policy: compile(readFileSync(file, 'utf8')), loadedAt: new Date(), rejected: null }
  const listeners: ((status: ConfigStatus) => void)[] = []
  let quiet: NodeJS.Timeout | undefined

  const reload = () => {
    const next = read(file, compile, status)
    if (next === status) return
    status = next
    for (const listener of listeners) listener(status)
  }
  // The folder is watched, not the file: most editors save by renaming a new file over the old one.
  const watcher = watch(dirname(file), (_event, name) => {
    if (name !== null && name !== basename(file)) return
    clearTimeout(quiet)
    quiet = setTimeout(reload, QUIET_MS)
  })
  watcher.on('error', () => watcher.close())
  return {
    get status() {
      return status
    },
    current: () => status.policy,
    onChange: (listener) => void listeners.push(listener),
    reload,
    sourceOnDisk: () => readFileSync(file, 'utf8'),
    compile,
    save(source) {
      compile(source)
      replaceFile(file, source)
      reload()
    },
    close() {
      clearTimeout(quiet)
      watcher.close()
    },
  }
}

/**
 * A reader sees the old text or the new one, never half of it. A link stays a link. Where no file can be put beside
 * this one, or in its place (a file that is mounted by itself), it is written over.
 */
function replaceFile(file: string, text: string): void {
  const place = realpathSync(file)
  const draft = `${place}.${process.pid}.new`
  try {
    writeFileSync(draft, text, { mode: statSync(place).mode & 0o777 })
    renameSync(draft, place)
  } catch {
    if (statSync(draft, { throwIfNoEntry: false })?.isFile()) rmSync(draft)
    writeFileSync(place, text)
  }
}

function read(file: string, compile: (source: string) => Policy, status: ConfigStatus): ConfigStatus {
  try {
    const source = readFileSync(file, 'utf8')
    if (source === status.policy.source) return status.rejected ? { ...status, rejected: null } : status
    return { policy: compile(source), loadedAt: new Date(), rejected: null }
  } catch (error) {
    const problems = error instanceof ConfigError ? error.problems : [unreadable(error)]
    return { ...status, rejected: { at: new Date(), problems } }
  }
}

function unreadable(error: unknown): Problem {
  return {
    path: '',
    message: `the file cannot be read: ${(error as Error).message}`,
    suggestion: null,
    line: 1,
    column: 1,
  }
}
