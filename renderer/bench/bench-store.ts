/**
 * The bench: its form and what came of the last run. It lives outside of the page, so that a run goes on, and what it said
 * is still there, when one comes back from another.
 */
import type { BenchBody, BenchEvent } from '../../server/http/admin/schemas.ts'
import { type BenchForm, chosenTargets, emptyForm } from './form.ts'
import { type BenchRun, cutShort, newRun, withEvent } from './run.ts'

export interface BenchState {
  form: BenchForm
  /** `null` before the first. */
  run: BenchRun | null
}

export interface BenchSource {
  open: (order: BenchBody, signal: AbortSignal) => Promise<AsyncIterable<BenchEvent>>
  /** Runs the callback before the next paint, or soon when nothing is painted. */
  schedule: (callback: () => void) => void
  now: () => number
}

export interface BenchStore {
  get: () => BenchState
  subscribe: (listener: () => void) => () => void
  change: (changes: Partial<BenchForm>) => void
  setTarget: (place: number, target: string) => void
  /** An empty place for one more. */
  addTarget: () => void
  removeTarget: (place: number) => void
  /** Has the targets answer; resolves when that is over. */
  start: (order: BenchBody) => Promise<void>
  stop: () => void
}

/** Events are entered once per frame, so that four models talking at once cost one render. */
export function createBenchStore({ open, schedule, now }: BenchSource): BenchStore {
  const listeners = new Set<() => void>()
  let state: BenchState = { form: emptyForm, run: null }
  let stopping = new AbortController()
  let queue: BenchEvent[] = []

  const set = (change: Partial<BenchState>) => {
    state = { ...state, ...change }
    for (const listener of listeners) listener()
  }
  const change = (changes: Partial<BenchForm>) => set({ form: { ...state.form, ...changes } })
  const enter = () => {
    const events = queue
    queue = []
    if (state.run && events.length > 0)
      set({ run: events.reduce((run, event) => withEvent(run, event, now()), state.run) })
  }
  const isRunning = () => state.run?.state === 'running'
  const end = (failure: Error | null) => {
    enter()
    if (state.run && isRunning()) set({ run: cutShort(state.run, failure) })
  }

  return {
    get: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    change,
    setTarget: (place, target) =>
      change({ targets: state.form.targets.map((each, index) => (index === place ? target : each)) }),
    addTarget() {
      const { form, run } = state
      set({
        form: { ...form, targets: [...form.targets, ''] },
        run: run && { ...run, columns: [...run.columns, null] },
      })
    },
    removeTarget(place) {
      const { form, run } = state
      const without = <Item>(items: readonly Item[]) => items.filter((_, index) => index !== place)
      set({
        form: { ...form, targets: without(form.targets) },
        run: run && { ...run, columns: without(run.columns) },
      })
    },
    async start(order) {
      if (isRunning()) return
      stopping = new AbortController()
      const { signal } = stopping
      set({ form: { ...state.form, targets: chosenTargets(state.form) }, run: newRun(order.targets) })
      try {
        for await (const event of await open(order, signal)) {
          if (queue.length === 0) schedule(enter)
          queue.push(event)
        }
        end(new Error('The gateway ended it early. Nothing was kept.'))
      } catch (error) {
        end(signal.aborted ? null : (error as Error))
      }
    },
    stop: () => stopping.abort(),
  }
}
