import { type Http, piece } from './http.ts'
import type { Run, RunCreated, RunEstimate, RunOrder, RunPage, RunSummary } from './types/runs.ts'

/** How often a run is looked at while it is waited for, in milliseconds. */
const USUAL_PAUSE_MS = 1000

export interface WaitOptions {
  /** Called whenever the run was looked at. */
  onProgress?: (run: Run) => void
  /** Ends the waiting, not the run. */
  signal?: AbortSignal
  everyMs?: number
}

/** Datasets and stored traffic, run through a candidate. */
export class RunsApi {
  readonly #http: Http

  constructor(http: Http) {
    this.#http = http
  }

  /** What a run would take; nothing is called. */
  estimate(order: RunOrder): Promise<RunEstimate> {
    return this.#http.admin('POST', 'runs/estimate', { json: order })
  }

  start(order: RunOrder): Promise<RunCreated> {
    return this.#http.admin('POST', 'runs', { json: order })
  }

  /** Newest first, page by page. */
  async *list(): AsyncGenerator<Run, void> {
    for (let cursor: string | undefined; ; ) {
      const page: RunPage = await this.#http.admin('GET', 'runs', { query: { cursor } })
      yield* page.data
      if (page.next_cursor === null) return
      cursor = page.next_cursor
    }
  }

  get(id: string): Promise<Run> {
    return this.#http.admin('GET', `runs/${piece(id)}`)
  }

  /** Resolves when it is done, cancelled or has failed, or is paused: that only somebody can end. */
  async wait(id: string, { onProgress, signal, everyMs = USUAL_PAUSE_MS }: WaitOptions = {}): Promise<Run> {
    for (;;) {
      const run = await this.#http.admin<Run>('GET', `runs/${piece(id)}`, { signal })
      onProgress?.(run)
      if (run.state !== 'waiting' && run.state !== 'running') return run
      await pause(everyMs, signal)
    }
  }

  /** Begins nothing more; what is under way comes to its end. */
  pause(id: string): Promise<Run> {
    return this.#http.admin('POST', `runs/${piece(id)}/pause`)
  }

  /** `budget_usd`: in place of the run's own. */
  resume(id: string, options: { budget_usd?: number } = {}): Promise<Run> {
    return this.#http.admin('POST', `runs/${piece(id)}/resume`, { json: options })
  }

  cancel(id: string): Promise<Run> {
    return this.#http.admin('POST', `runs/${piece(id)}/cancel`)
  }

  /** Runs again what was cut off as the gateway stopped: a provider may bill it twice. */
  retryLost(id: string): Promise<Run> {
    return this.#http.admin('POST', `runs/${piece(id)}/retry-lost`)
  }

  /** How both sides did, over all requests and by a fact of theirs: `model`, `tenant`, `prompt`, `metadata.NAME`, … */
  summary(id: string, { by }: { by?: string } = {}): Promise<RunSummary> {
    return this.#http.admin('GET', `runs/${piece(id)}/summary`, { query: { by } })
  }
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop)
      resolve()
    }, milliseconds)
    signal?.addEventListener('abort', stop, { once: true })
  })
}
