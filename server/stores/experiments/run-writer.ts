import { DEFAULT_KEEP_MS } from '../../core/experiment-policy.ts'
import {
  cohortOfFacts,
  type RunAnswers,
  type RunChange,
  type RunCommand,
  type RunState,
  runPairId,
} from '../../core/run.ts'
import { AuditWriter } from '../audit.ts'
import { type Db, writing } from '../database.ts'
import type { ExperimentWriter } from './experiments.ts'
import type { PairWriter } from './pairs.ts'
import { runStatements } from './run-statements.ts'

type Of<T extends RunCommand['type']> = RunCommand & { type: T }
/** A run that is `filling` is seen by nobody. */
type StoredState = RunState | 'filling'

/** From which states a change leads where. */
const CHANGES: Readonly<Record<RunChange, { from: readonly StoredState[]; to: RunState }>> = {
  pause: { from: ['waiting', 'running'], to: 'paused' },
  resume: { from: ['paused', 'failed'], to: 'running' },
  cancel: { from: ['waiting', 'running', 'paused', 'failed'], to: 'cancelled' },
  end: { from: ['waiting', 'running', 'paused'], to: 'done' },
  fail: { from: ['waiting', 'running', 'paused'], to: 'failed' },
}
const OVER: ReadonlySet<string> = new Set<RunState>(['done', 'cancelled', 'failed'])

interface ClearedRow {
  experiment: string
  cleared: number
}

/** In the place of a position. */
const ALL_CLEARED = Number.MAX_SAFE_INTEGER

interface RunsRow {
  state: StoredState
  actor: string
  name: string
  started_at: number | null
}

/** Writes runs. What people did stands in the audit trail, in the same transaction. */
export class RunWriter {
  readonly #db: Db
  readonly #experiments: ExperimentWriter
  readonly #pairs: PairWriter
  readonly #audit: AuditWriter
  readonly #statements

  constructor(db: Db, experiments: ExperimentWriter, pairs: PairWriter) {
    this.#db = db
    this.#experiments = experiments
    this.#pairs = pairs
    this.#audit = new AuditWriter(db)
    this.#statements = runStatements(db)
  }

  /** Returns what `RunAnswers` says of the command. */
  do(command: RunCommand): unknown {
    if (command.type === 'start-run-item') return this.#onDisk(() => writing(this.#db, () => this.#start(command))())
    return writing(this.#db, () => this.#do(command))()
  }

  /** Takes away so many texts of stored traffic that are past their time; facts stay, for summaries. Returns how many. */
  sweep(now: number, limit: number): number {
    return writing(this.#db, () => {
      const { expired, lastToClear, clear, setCleared } = this.#statements
      const run = expired.get(Math.floor(now - DEFAULT_KEEP_MS), ALL_CLEARED) as ClearedRow | undefined
      if (run === undefined) return 0
      const last = lastToClear.get(run.experiment, run.cleared, limit) as number | null
      setCleared.run(last ?? ALL_CLEARED, run.experiment)
      // A last step without any is counted as well, so that the next run has its turn.
      return last === null ? 1 : clear.run(run.experiment, run.cleared, last).changes
    })()
  }

  #do(command: Exclude<RunCommand, Of<'start-run-item'>>): unknown {
    switch (command.type) {
      case 'begin-run':
        return this.#begin(command)
      case 'fill-run':
        for (const { position, item } of command.items)
          this.#statements.insertItem.run(command.id, position, item && JSON.stringify(item))
        return null
      case 'open-run':
        return this.#open(command)
      case 'drop-run':
        return this.#drop(command.id)
      case 'release-run-item':
        this.#statements.release.run(command.id, command.position, command.claim)
        return null
      case 'finish-run-item':
        return this.#finish(command)
      case 'change-run':
        return this.#change(command)
      case 'retry-lost-items':
        return this.#retry(command)
      case 'recover-runs':
        return this.#recover(command.at)
    }
  }

  /** Everything that is committed meanwhile is on the disk, not only safe from a kill, before this returns. */
  #onDisk<T>(work: () => T): T {
    this.#db.pragma('synchronous = FULL')
    try {
      return work()
    } finally {
      this.#db.pragma('synchronous = NORMAL')
    }
  }

  #begin({ id, dataset, proposed, actor, at }: Of<'begin-run'>): RunAnswers['begin-run'] {
    this.#statements.insert.run(id, dataset, proposed, Math.floor(at), actor)
    return null
  }

  #open({ experiment, plan }: Of<'open-run'>): RunAnswers['open-run'] {
    const { id, name, startedAt: at } = experiment
    // Its own id: no two runs are one experiment.
    this.#experiments.open(experiment, id)
    this.#statements.open.run(JSON.stringify(plan), id)
    this.#audit.add({ at, actor: this.#find(id)!.actor, action: 'run-create', detail: { id, name } })
    return null
  }

  #drop(id: string): RunAnswers['drop-run'] {
    if (this.#find(id)?.state !== 'filling') return null
    this.#statements.removeItems.run(id)
    this.#statements.remove.run(id)
    return null
  }

  #start({ id, position, claim, at }: Of<'start-run-item'>): RunAnswers['start-run-item'] {
    const isStarted = this.#statements.start.run({ id, position, claim, at: Math.floor(at) }).changes > 0
    if (isStarted) this.#statements.begin.run(Math.floor(at), id)
    return isStarted
  }

  #finish({ pair, position, state, costNano, at }: Of<'finish-run-item'>): RunAnswers['finish-run-item'] {
    this.#pairs.add(pair)
    this.#statements.finish.run(state, Math.round(costNano), Math.floor(at), pair.experiment, position)
    return null
  }

  #change({ id, change, problem, budgetNano, actor, at }: Of<'change-run'>): RunAnswers['change-run'] {
    const found = this.#find(id)
    if (!found || found.state === 'filling') return null
    const { from, to } = CHANGES[change]
    const isDue = change !== 'end' || this.#statements.unfinished.get(id) === undefined
    if (!from.includes(found.state) || !isDue) return { state: found.state, changed: false }
    const state = this.#setState(found, id, to, problem, at)
    if (budgetNano !== undefined) this.#statements.setBudget.run(budgetNano, id)
    if (actor !== null) this.#audit.add({ at, actor, action: `run-${change}`, detail: { id, name: found.name } })
    return { state, changed: true }
  }

  #retry({ id, actor, at }: Of<'retry-lost-items'>): RunAnswers['retry-lost-items'] {
    const found = this.#find(id)
    if (!found || found.state === 'filling') return null
    const { changes } = this.#statements.retry.run(id)
    if (changes === 0) return 0
    this.#statements.removeLostPairs.run(id)
    if (OVER.has(found.state)) this.#setState(found, id, 'running', null, at)
    this.#audit.add({ at, actor, action: 'run-retry-lost', detail: { id, name: found.name, items: changes } })
    return changes
  }

  #recover(at: number): RunAnswers['recover-runs'] {
    for (const id of this.#statements.filling.all() as string[]) this.#drop(id)
    for (const { experiment, position, cohorts, facts } of this.#statements.started.all() as StartedRow[])
      this.#pairs.add({
        id: runPairId(experiment, position),
        experiment,
        at,
        requestId: null,
        baseline: null,
        candidate: null,
        self: null,
        skipped: 'lost',
        change: null,
        selfChange: null,
        cohort: cohortOfFacts(JSON.parse(cohorts) as string[], JSON.parse(facts) as Record<string, string>),
      })
    this.#statements.lose.run(Math.floor(at))
    return this.#statements.active.all() as string[]
  }

  #setState(found: RunsRow, id: string, to: RunState, problem: string | null, at: number): RunState {
    const state = to === 'running' && found.started_at === null ? 'waiting' : to
    const isOver = OVER.has(state)
    this.#statements.setState.run({ id, state, problem, ended: isOver ? Math.floor(at) : null })
    if (isOver) this.#experiments.end(id, Math.floor(at))
    else this.#experiments.reopen(id)
    return state
  }

  #find(id: string): RunsRow | undefined {
    return this.#statements.find.get(id) as RunsRow | undefined
  }
}

interface StartedRow {
  experiment: string
  position: number
  /** JSON. */
  cohorts: string
  facts: string
}
