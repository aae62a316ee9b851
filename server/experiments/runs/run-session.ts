import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Run, RunItem } from '../../core/run.ts'
import type { RecordedRequest } from '../../stores/experiments/recorded.ts'
import type { Reader } from '../../stores/reader.ts'
import type { ExperimentStore } from '../store.ts'
import type { RunContext } from './arm-call.ts'
import type { ItemMaker, MadeItem } from './item-maker.ts'
import { Rate } from './rate.ts'
import { Uncalled } from './uncalled.ts'

export interface SessionDeps {
  reader: Reader
  store: ExperimentStore
  items: ItemMaker
  /** No request of a caller is under way. */
  isIdle(): boolean
  inBackground(work: Promise<void>): void
}

/** How often is looked whether the gateway is idle. */
const LOOK_MS = 100
/** Where the candidate cannot be called just now, the run rests for so long, and longer each time. */
const REST_MS = 2000
const LONGEST_REST_MS = 60_000
/** So many failures in a row are no failures of single requests. */
const MOST_FAILURES = 20
/** Requests that are read in one go: their texts are held until their turn. */
const PAGE = 16

/** A request with what is stored of when it was made for real. */
interface Queued extends RunItem {
  recorded: RecordedRequest | null
}

/** Why a session leaves requests waiting. */
export interface Halt {
  problem: string | null
}

/**
 * Goes through what waits of a run, so many requests at a time. What it begins is on the disk before anything is called,
 * and is never begun again: not by another session, nor after a kill.
 */
export class RunSession {
  readonly rate = new Rate(performance.now())
  readonly #deps: SessionDeps
  readonly #run: Run
  readonly #context: RunContext
  readonly #abort = new AbortController()
  #queue: Queued[] = []
  #after = -1
  #reading: Promise<void> | null = null
  #isOver = false
  #costNano: number
  #halt: Halt | null = null
  #waits = false
  /** Until when nothing is begun, as nothing can be called. */
  #rest: { until: number; ms: number; why: string } | null = null
  #failures = 0

  constructor(run: Run, context: RunContext, deps: SessionDeps) {
    this.#deps = deps
    this.#run = run
    this.#context = context
    this.#costNano = run.progress.costNano
  }

  /** It would go on but for the request of a caller. */
  get waitsForIdle(): boolean {
    return this.#waits && this.#halt === null
  }

  /** Why nothing goes on just now, though it will. */
  get note(): string | null {
    return this.#rest && `It rests, as nothing can be called: ${this.#rest.why}`
  }

  /** Resolves when nothing is under way any more: with why it was halted, or `null` where nothing is left. */
  async work(): Promise<Halt | null> {
    const workers = Array.from({ length: this.#run.plan.concurrency }, () => this.#worker())
    await Promise.all(workers)
    return this.#halt
  }

  /** Begins nothing more; what is under way comes to its end. */
  halt(problem: string | null = null): void {
    this.#halt ??= { problem }
  }

  /** Cuts off what is under way. */
  abort(): void {
    this.halt()
    this.#abort.abort()
  }

  async #worker(): Promise<void> {
    try {
      for (let next = await this.#take(); next !== null; next = await this.#take()) await this.#begin(next)
    } catch (error) {
      this.halt(`The store cannot be used: ${(error as Error).message}. Mend that and resume the run.`)
    }
  }

  /** The next request, when it may begin. `null`: there is none, or none may. */
  async #take(): Promise<Queued | null> {
    for (;;) {
      await this.#untilRested()
      await this.#untilIdle()
      this.#checkBudget()
      if (this.#halt) return null
      const next = this.#queue.shift()
      if (next) return next
      if (this.#isOver) return null
      this.#reading ??= this.#read().finally(() => {
        this.#reading = null
      })
      await this.#reading
    }
  }

  async #untilIdle(): Promise<void> {
    if (this.#run.plan.when === 'now') return
    for (; this.#halt === null && !this.#deps.isIdle(); await sleep(LOOK_MS)) this.#waits = true
    this.#waits = false
  }

  async #untilRested(): Promise<void> {
    while (this.#rest !== null && this.#halt === null && performance.now() < this.#rest.until) await sleep(LOOK_MS)
  }

  #checkBudget(): void {
    const { budgetNano } = this.#run.plan
    if (budgetNano === null || this.#costNano < budgetNano) return
    const [spent, budget] = [this.#costNano, budgetNano].map((nano) => `$${Number((nano / 1e9).toPrecision(4))}`)
    this.halt(`It has cost ${spent}, and its budget is ${budget}. Resume it with a larger one.`)
  }

  async #read(): Promise<void> {
    const { reader } = this.#deps
    const page = await reader.ask<RunItem[]>('waitingRunItems', this.#run.experiment.id, this.#after, PAGE)
    const ids = page.flatMap(({ item }) => (item.requestId === null ? [] : [item.requestId]))
    const recorded = await reader.ask<RecordedRequest[]>('recordedRequests', ids, Date.now())
    const byId = new Map(recorded.map((request) => [request.request_id, request]))
    this.#after = page.at(-1)?.position ?? this.#after
    this.#isOver = page.length < PAGE
    this.#queue.push(...page.map((each) => ({ ...each, recorded: byId.get(each.item.requestId ?? '') ?? null })))
  }

  /** It counts as the gateway's own work, so that an idle gateway stays idle, and a stop waits for it. */
  #begin(queued: Queued): Promise<void> {
    const work = this.#make(queued)
    this.#deps.inBackground(work.catch(() => {}))
    return work
  }

  async #make({ recorded, ...next }: Queued): Promise<void> {
    const { store, items } = this.#deps
    const { id } = this.#run.experiment
    const claim = randomBytes(8).toString('hex')
    const { position } = next
    const isOurs = await store.ask({ type: 'start-run-item', id, position, claim, at: Date.now() })
    if (!isOurs) return
    const about = { run: this.#run, context: this.#context, recorded, signal: this.#abort.signal }
    const made = await items.make(next, about)
    if (made instanceof Uncalled) {
      await store.ask({ type: 'release-run-item', id, position, claim })
      this.#putOff({ ...next, recorded }, made)
      return
    }
    this.#rest = null
    this.#costNano += made.costNano
    const { pair, state, costNano } = made
    await store.ask({ type: 'finish-run-item', pair, state, costNano, position, at: Date.now() })
    this.rate.note(performance.now())
    this.#note(made)
  }

  #putOff(queued: Queued, { message, passes }: Uncalled): void {
    this.#queue.unshift(queued)
    if (!passes) {
      this.halt(`Nothing can be called: ${message} Resume it when that is mended.`)
      return
    }
    const now = performance.now()
    if (this.#rest !== null && now < this.#rest.until) return
    const ms = Math.min(LONGEST_REST_MS, (this.#rest?.ms ?? REST_MS / 2) * 2)
    this.#rest = { until: now + ms, ms, why: message }
  }

  #note({ state, problem }: MadeItem): void {
    this.#failures = state === 'done' ? 0 : this.#failures + 1
    if (state === 'lost') this.halt(problem)
    else if (this.#failures >= MOST_FAILURES)
      this.halt(
        `The candidate failed ${this.#failures} requests in a row, the last one with ${problem}. See what its trace says, and resume the run.`,
      )
  }
}
