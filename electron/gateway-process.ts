import { randomBytes } from 'node:crypto'
import type { ForkOptions } from 'electron'
import { eachLine, originFromLine } from './listening.ts'
import type { GatewayLog } from './log-file.ts'

/** The part of Electron's UtilityProcess that the shell uses. */
export interface GatewayChild {
  readonly stdout: NodeJS.ReadableStream | null
  readonly stderr: NodeJS.ReadableStream | null
  postMessage(message: unknown): void
  kill(): boolean
  on(event: 'exit', listener: (code: number) => void): unknown
  on(event: 'error', listener: (...details: unknown[]) => void): unknown
}

export interface GatewayOptions {
  /** `utilityProcess.fork`, or a stand-in of its shape. */
  fork: (entry: string, args: string[], options: ForkOptions) => GatewayChild
  /** The server's main file. */
  entry: string
  /** The data folder, handed over as GATEHOUSE_HOME. */
  home: string
  env: NodeJS.ProcessEnv
  log: GatewayLog
  fetch: typeof fetch
  /** How long a start may take before it counts as failed; migrations of a large store are slow. */
  startTimeout?: number
  /** How long a stop may drain before the process is killed. */
  stopTimeout?: number
}

/** Where a ready gateway answers, and the token that opens its admin API. The page never sees the token. */
export interface GatewayAccess {
  readonly origin: string
  readonly token: string
}

export interface GatewayProcess {
  /** Resolves once /readyz answers 200; rejects when the process exits first or takes too long. */
  readonly ready: Promise<GatewayAccess>
  /** Resolves with the exit code, however the process ends. */
  readonly exited: Promise<number>
  /** Asks the process to drain and exit, kills it when it does not, resolves with its exit code. */
  stop(): Promise<number>
}

/**
 * Starts one gateway process with a fresh launch token. Each call is a new process and a new token. The port is the
 * gateway's own default (or GATEHOUSE_PORT), so that apps find it at the same address every day.
 */
export function startGateway(options: GatewayOptions): GatewayProcess {
  const token = randomBytes(32).toString('base64url')
  const child = options.fork(options.entry, [], {
    env: { ...options.env, GATEHOUSE_HOME: options.home, GATEHOUSE_LAUNCH_TOKEN: token },
    stdio: 'pipe',
    serviceName: 'gatehouse-gateway',
  })
  const exited = new Promise<number>((resolve) => child.on('exit', resolve))
  child.on('error', (...details) => options.log.write(`gateway process error: ${details.map(String).join(' ')}`))
  if (child.stderr) eachLine(child.stderr, options.log.write)

  const gone = new AbortController()
  exited.then(() => gone.abort())
  const settled = new AbortController()
  const over = AbortSignal.any([gone.signal, settled.signal])
  const answering = announcedOrigin(child, options.log)
    .then((origin) => answersReady(origin, options.fetch, over))
    .then((origin) => ({ origin, token }))
  const endings = [
    exited.then((code) => Promise.reject(new Error(`the gateway exited with code ${code} before it was ready`))),
    afterTimeout(options.startTimeout ?? 60_000, over).then(() =>
      Promise.reject(new Error('the gateway did not become ready in time')),
    ),
  ]
  const ready = Promise.race<GatewayAccess>([answering, ...endings]).finally(() => settled.abort())
  // Who only stops the process need not listen for how its start went.
  ready.catch(() => {})
  return {
    ready,
    exited,
    stop() {
      if (!gone.signal.aborted) child.postMessage({ type: 'stop' })
      afterTimeout(options.stopTimeout ?? 10_000, gone.signal).then(() => child.kill())
      return exited
    },
  }
}

/** Follows stdout for the line that tells the address. Never settles when the line never comes. */
function announcedOrigin(child: GatewayChild, log: GatewayLog): Promise<string> {
  return new Promise((resolve, reject) => {
    if (!child.stdout) return reject(new Error('the gateway process has no stdout'))
    eachLine(child.stdout, (line) => {
      log.write(line)
      try {
        const origin = originFromLine(line)
        if (origin !== undefined) resolve(origin)
      } catch (error) {
        reject(error)
      }
    })
  })
}

async function answersReady(origin: string, fetcher: typeof fetch, signal: AbortSignal): Promise<string> {
  for (;;) {
    const reply = await fetcher(`${origin}/readyz`, { signal }).catch(() => undefined)
    if (reply?.ok) return origin
    await afterTimeout(100, signal)
  }
}

/** Resolves after the delay; stays pending for good when the signal comes first. */
function afterTimeout(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener('abort', () => clearTimeout(timer), { once: true })
  })
}
