import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const CLI = fileURLToPath(new URL('../../server/cli.ts', import.meta.url))
const START_LIMIT_MS = 20_000
const RUN_LIMIT_MS = 20_000

/** A folder for one installation; `config` is its YAML. */
export function newHome(config?: string): { folder: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-home-'))
  if (config !== undefined) writeFileSync(join(folder, 'gatehouse.yaml'), config)
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

/** The environment of a user who has set nothing of ours. */
function plainEnvironment(more: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('GATEHOUSE_') && name !== 'NODE_OPTIONS')
  return { ...Object.fromEntries(kept), ...more }
}

export interface CliResult {
  code: number | null
  stdout: string
  stderr: string
}

/** Runs one command of the command line to its end. */
export async function runCli(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<CliResult> {
  const child = spawn(process.execPath, [CLI, ...args], {
    env: plainEnvironment(environment),
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: RUN_LIMIT_MS,
  })
  const output = collect(child)
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, stdout: output.stdout, stderr: output.stderr }
}

export interface ServeProcess {
  child: ChildProcess
  url: string
  output: { stdout: string; stderr: string }
  /** The exit code, once it has ended; `null` when a signal ended it. */
  ended: Promise<number | null>
  /** For a test's clean-up: nothing happens to a process that has ended. */
  kill(): Promise<void>
}

/** Starts the gateway as a user does and waits for the line that says where it listens. */
export async function startServe(args: readonly string[], environment: NodeJS.ProcessEnv = {}): Promise<ServeProcess> {
  const child = spawn(process.execPath, [CLI, 'serve', ...args], {
    env: plainEnvironment(environment),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = collect(child)
  const ended = once(child, 'close').then(([code]) => code as number | null)
  const kill = async () => {
    if (child.exitCode === null) child.kill('SIGKILL')
    await ended
  }
  const limit = setTimeout(() => child.kill('SIGKILL'), START_LIMIT_MS)
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout!.on('data', () => {
      const match = /^listening on (http:\/\/\S+)$/m.exec(output.stdout)
      if (match) resolve(match[1]!)
    })
    void ended.then(() => reject(new Error(`serve ended at once: ${output.stderr}`)))
  })
  clearTimeout(limit)
  return { child, url, output, ended, kill }
}

function collect(child: ChildProcess): { stdout: string; stderr: string } {
  const output = { stdout: '', stderr: '' }
  child.stdout!.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text
  })
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text
  })
  return output
}
