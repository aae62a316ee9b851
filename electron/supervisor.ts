import type { GatewayAccess, GatewayProcess } from './gateway-process.ts'

/** What the gateway is doing, as tray, window and dialogs see it. */
export type GatewayState =
  | { kind: 'starting' }
  | ({ kind: 'running' } & GatewayAccess)
  | { kind: 'restarting'; reason: string }
  | { kind: 'failed'; reason: string }
  | { kind: 'stopping' }
  | { kind: 'stopped' }

export interface SupervisorOptions {
  start: () => GatewayProcess
  onState: (state: GatewayState) => void
  now?: () => number
  /** Calls back after the delay; returns what cancels it. */
  schedule?: (callback: () => void, milliseconds: number) => () => void
}

export interface Supervisor {
  state(): GatewayState
  /** Starts a stopped or failed gateway, with a clean count of restarts. Does nothing in any other state. */
  start(): void
  /** Stops the gateway and any planned restart. Resolves when no process is left. */
  stop(): Promise<void>
}

const RESTART_WINDOW = 5 * 60_000
const RESTARTS_IN_WINDOW = 3
const FIRST_DELAY = 1_000

/**
 * Keeps one gateway running. A gateway that was ready and exits by itself is started again after 1, 2 and 4 seconds, at
 * most three times in five minutes; then, or when a start never becomes ready, the state is `failed` and the next move
 * is the user's. A start that fails is not repeated: a broken config does not mend itself.
 */
export function superviseGateway(options: SupervisorOptions): Supervisor {
  const now = options.now ?? Date.now
  const schedule = options.schedule ?? scheduleTimer
  let state: GatewayState = { kind: 'stopped' }
  let current: GatewayProcess | undefined
  let restarts: number[] = []
  let cancelRestart = () => {}

  function become(next: GatewayState): void {
    state = next
    options.onState(next)
  }

  async function run(): Promise<void> {
    become({ kind: 'starting' })
    try {
      current = options.start()
      const access = await current.ready
      if (state.kind === 'starting') become({ kind: 'running', ...access })
    } catch (error) {
      if (state.kind === 'starting') become({ kind: 'failed', reason: (error as Error).message })
      await current?.stop()
      return
    }
    const code = await current.exited
    if (state.kind === 'running') comeBack(`the gateway exited unexpectedly with code ${code}`)
  }

  function comeBack(reason: string): void {
    restarts = restarts.filter((at) => now() - at < RESTART_WINDOW)
    if (restarts.length >= RESTARTS_IN_WINDOW) {
      become({ kind: 'failed', reason: `${reason}, ${restarts.length + 1} times in five minutes` })
      return
    }
    become({ kind: 'restarting', reason })
    cancelRestart = schedule(run, FIRST_DELAY * 2 ** restarts.length)
    restarts.push(now())
  }

  return {
    state: () => state,
    start() {
      if (state.kind !== 'stopped' && state.kind !== 'failed') return
      restarts = []
      run()
    },
    async stop() {
      cancelRestart()
      if (state.kind !== 'stopped') become({ kind: 'stopping' })
      await current?.stop()
      become({ kind: 'stopped' })
    },
  }
}

function scheduleTimer(callback: () => void, milliseconds: number): () => void {
  const timer = setTimeout(callback, milliseconds)
  return () => clearTimeout(timer)
}
