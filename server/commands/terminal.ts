import { createInterface } from 'node:readline/promises'

/** Where a command that takes a while says how far it is: standard error, so that its result stands alone on standard output. */
export interface Terminal {
  /** Somebody looks at it, and can be asked. */
  readonly isInteractive: boolean
  say(line: string): void
  /** In the place of the last line that was shown so, where that can be done. */
  show(line: string): void
  /** True for a yes. */
  confirm(question: string): Promise<boolean>
  /** Calls back at Ctrl-C, in place of the end of the process; returns what takes that back. */
  onInterrupt(listener: () => void): () => void
}

const CLEAR_LINE = '\r\x1b[2K'

export function processTerminal(): Terminal {
  const { stdin, stderr } = process
  let shown = false
  const say = (line: string) => {
    stderr.write(`${shown ? CLEAR_LINE : ''}${line}\n`)
    shown = false
  }
  return {
    isInteractive: stdin.isTTY && stderr.isTTY,
    say,
    show(line) {
      if (!stderr.isTTY) return say(line)
      // A line that wraps could not be taken back.
      stderr.write(`${CLEAR_LINE}${line.slice(0, (stderr.columns || 80) - 1)}`)
      shown = true
    },
    async confirm(question) {
      const lines = createInterface({ input: stdin, output: stderr })
      try {
        return /^\s*y(es)?\s*$/i.test(await lines.question(`${question} [y/N] `))
      } finally {
        lines.close()
      }
    },
    onInterrupt(listener) {
      process.on('SIGINT', listener)
      return () => process.off('SIGINT', listener)
    },
  }
}
