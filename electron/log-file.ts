import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/** Where the gateway's output goes: a file of bounded size and a short memory for the failure dialog. */
export interface GatewayLog {
  readonly path: string
  /** Appends one line. A disk that refuses it costs the line, never the gateway. */
  write(line: string): void
  /** The newest lines, oldest first. */
  tail(): string[]
  close(): void
}

/**
 * Opens the log for appending. At `maximumBytes` it is renamed to `<path>.1`, replacing the one before, so the two
 * together never hold more than twice that. Writes are synchronous: a line must be on its way to the disk before the
 * process that explains itself with it is gone.
 */
export function openGatewayLog(path: string, maximumBytes = 5 * 1024 * 1024, remembered = 20): GatewayLog {
  mkdirSync(dirname(path), { recursive: true })
  let descriptor: number | undefined = openSync(path, 'a', 0o600)
  let size = fstatSync(descriptor).size
  const recent: string[] = []

  function rotate(): void {
    if (descriptor !== undefined) closeSync(descriptor)
    descriptor = undefined
    renameSync(path, `${path}.1`)
    descriptor = openSync(path, 'a', 0o600)
    size = 0
  }

  return {
    path,
    write(line) {
      recent.push(line)
      if (recent.length > remembered) recent.shift()
      try {
        if (size >= maximumBytes) rotate()
        if (descriptor !== undefined) size += writeSync(descriptor, `${line}\n`)
      } catch {
        // A full or vanished disk: the lines stay in `recent`, and the next one tries again.
      }
    },
    tail: () => [...recent],
    close() {
      if (descriptor !== undefined) closeSync(descriptor)
      descriptor = undefined
    },
  }
}
