import type { ConfigStore } from '../../config/watch.ts'
import { GatewayError } from '../../core/errors.ts'
import type { Policy } from '../../core/policy.ts'
import type { Run, RunChange, RunState } from '../../core/run.ts'
import type { RunConfigs } from '../../stores/experiments/runs.ts'
import type { RunContext } from './arm-call.ts'
import { compileContext } from './context.ts'
import { RunSession, type SessionDeps } from './run-session.ts'

export interface RunnerDeps extends SessionDeps {
  config: Pick<ConfigStore, 'current' | 'compile'>
  /** Secrets of configs that are tried go in here, so that they are redacted. */
  triedSecrets: Set<string>
  onProblem(message: string): void
}

/** How a run goes just now. */
export interface RunPace {
  perMinute: number | null
  waitsForIdle: boolean
  /** Why nothing goes on just now, though it will. */
  note: string | null
}

const STILL: RunPace = { perMinute: null, waitsForIdle: false, note: null }

/** Runs what is to be run. What was running when the gateway stopped, or was killed, goes on at the next start. */
export class Runner {
  readonly #deps: RunnerDeps
  /** By run; `over`: nothing of it is under way any more. */
  readonly #sessions = new Map<string, { session: RunSession; over: Promise<void> }>()
  #stopping: NodeJS.Timeout | null = null

  constructor(deps: RunnerDeps) {
    this.#deps = deps
  }

  /** Takes up what an earlier process left. */
  async start(): Promise<void> {
    const { store, onProblem } = this.#deps
    const failed = (error: unknown) => onProblem(`runs do not go on: ${(error as Error).message}`)
    const ids = await store.ask({ type: 'recover-runs', at: Date.now() }).catch(failed)
    for (const id of ids ?? []) await this.go(id).catch(failed)
  }

  /** Begins with a run that waits, or goes on with it. Resolves as soon as that is under way. */
  async go(id: string): Promise<void> {
    const { reader } = this.#deps
    const run = await reader.ask<Run | null>('run', id)
    const configs = await reader.ask<RunConfigs | null>('runConfigs', id)
    if (run === null || this.#stopping !== null) return
    let context: RunContext
    try {
      context = this.#compile(run, configs)
    } catch (error) {
      await this.#change(id, 'fail', (error as Error).message)
      return
    }
    const session = new RunSession(run, context, this.#deps)
    const earlier = this.#sessions.get(id)?.over
    this.#sessions.set(id, { session, over: this.#follow(id, session, earlier) })
  }

  pause(id: string, actor: string): Promise<RunState> {
    return this.#stop(id, 'pause', actor)
  }

  /** What is under way still comes to its end. */
  cancel(id: string, actor: string): Promise<RunState> {
    return this.#stop(id, 'cancel', actor)
  }

  /** `budgetNano`: in the place of the one it was made with. Throws `not_found`, or `conflict` where it is over. */
  async resume(id: string, actor: string, budgetNano?: number): Promise<RunState> {
    const state = await this.#ask(id, 'resume', actor, budgetNano)
    await this.go(id)
    return state
  }

  /** Has what was lost done once more; returns how many requests. Throws `not_found`. */
  async retryLost(id: string, actor: string): Promise<number> {
    const count = await this.#deps.store.ask({ type: 'retry-lost-items', id, actor, at: Date.now() })
    if (count === null) throw noRun(id)
    const run = await this.#deps.reader.ask<Run>('run', id)
    const goesOn = run.state === 'running' || run.state === 'waiting'
    if (count > 0 && goesOn) {
      this.#sessions.get(id)?.session.halt()
      await this.go(id)
    }
    return count
  }

  paceOf(id: string): RunPace {
    const session = this.#sessions.get(id)?.session
    if (!session) return STILL
    const { rate, waitsForIdle, note } = session
    return { perMinute: rate.perMinute(performance.now()), waitsForIdle, note }
  }

  /** Begins nothing more. What is under way has so many milliseconds to come to its end, and is lost after that. */
  close(drainMs: number): void {
    for (const { session } of this.#sessions.values()) session.halt()
    this.#stopping = setTimeout(() => {
      for (const { session } of this.#sessions.values()) session.abort()
    }, drainMs).unref()
  }

  /** Never more under way than the run allows: an earlier session of it, which was halted, comes to its end first. */
  async #follow(id: string, session: RunSession, earlier: Promise<void> | undefined): Promise<void> {
    await earlier
    const halt = await session.work()
    if (this.#sessions.get(id)?.session === session) this.#sessions.delete(id)
    if (this.#stopping !== null) return
    if (halt?.problem) await this.#change(id, 'pause', halt.problem)
    await this.#change(id, 'end', null)
  }

  #compile({ plan }: Run, configs: RunConfigs | null): RunContext {
    const { config, triedSecrets } = this.#deps
    const current = config.current()
    if (configs === null && current.revision !== plan.revision)
      throw new Error(`The config that it was made with (${plan.revision}) is not in the store.`)
    const running: Policy = current.revision === plan.revision ? current : config.compile(configs!.running)
    const { evaluators } = plan
    const source = { running, proposed: configs?.proposed ?? null, evaluators }
    const context = compileContext(source, (text) => config.compile(text))
    for (const policy of [context.running, context.proposed])
      for (const secret of policy?.secrets ?? []) triedSecrets.add(secret)
    return context
  }

  async #stop(id: string, change: 'pause' | 'cancel', actor: string): Promise<RunState> {
    const state = await this.#ask(id, change, actor)
    this.#sessions.get(id)?.session.halt()
    return state
  }

  /** Throws `not_found`, or `conflict` where the run is in no state for that. */
  async #ask(id: string, change: RunChange, actor: string, budgetNano?: number): Promise<RunState> {
    const answer = await this.#deps.store.ask({
      ...{ type: 'change-run', id, change, problem: null, actor, at: Date.now() },
      ...(budgetNano === undefined ? {} : { budgetNano }),
    })
    if (answer === null) throw noRun(id)
    if (!answer.changed)
      throw new GatewayError('conflict', `The run ${id} is ${answer.state}.`, {
        hint: `A run that is ${answer.state} cannot be ${PAST[change]}.`,
      })
    return answer.state
  }

  /** Of the runner's own accord. */
  async #change(id: string, change: RunChange, problem: string | null): Promise<void> {
    try {
      await this.#deps.store.ask({ type: 'change-run', id, change, problem, actor: null, at: Date.now() })
    } catch (error) {
      this.#deps.onProblem(`the run ${id} cannot be written to the store: ${(error as Error).message}`)
    }
  }
}

const PAST: Readonly<Record<RunChange, string>> = {
  pause: 'paused',
  resume: 'resumed',
  cancel: 'cancelled',
  end: 'ended',
  fail: 'failed',
}

export function noRun(id: string): GatewayError {
  return new GatewayError('not_found', `There is no run ${id}.`, { hint: 'GET /admin/api/runs lists them.' })
}
