/** What is known of a bench while it runs and after it. */
import type { BenchEvent, BenchResult } from '../../server/http/admin/schemas.ts'

/** What one target has said so far. */
export interface Column {
  target: string
  /** `stopped`: it was cut short. */
  phase: 'waiting' | 'running' | 'ended' | 'stopped'
  text: string
  /** Milliseconds since the epoch. */
  startedAt: number | null
  result: BenchResult | null
  /** In which its pair with the first one is kept. */
  experiment: string | null
}

export interface BenchRun {
  /** `saved`: it came to its end, and the pairs are kept. */
  state: 'running' | 'saved' | 'stopped' | 'failed'
  /** `null` where the target was added since. */
  columns: readonly (Column | null)[]
  /** Of what kept it from its end. */
  failure: Error | null
}

export function newRun(targets: readonly string[]): BenchRun {
  const column = { phase: 'waiting', text: '', startedAt: null, result: null, experiment: null } as const
  return { state: 'running', columns: targets.map((target) => ({ target, ...column })), failure: null }
}

export function withEvent(run: BenchRun, event: BenchEvent, now: number): BenchRun {
  if (event.type === 'saved') {
    const columns = run.columns.map((column, index) => {
      const experiment = event.experiments[index - 1] ?? null
      return column && { ...column, experiment }
    })
    return { ...run, state: 'saved', columns }
  }
  const change = (column: Column): Column => {
    switch (event.type) {
      case 'start':
        return { ...column, phase: 'running', startedAt: now }
      case 'delta':
        return { ...column, text: column.text + event.text }
      case 'end':
        return { ...column, phase: 'ended', result: event.result }
    }
  }
  const columns = run.columns.map((column, index) => (column && index === event.target ? change(column) : column))
  return { ...run, columns }
}

/** A run that is over before its end: somebody stopped it, or with a failure, something broke. */
export function cutShort(run: BenchRun, failure: Error | null): BenchRun {
  const columns = run.columns.map(
    (column): Column | null => column && (column.phase === 'ended' ? column : { ...column, phase: 'stopped' }),
  )
  return { ...run, state: failure === null ? 'stopped' : 'failed', columns, failure }
}

/** What a figure is the best by. */
export interface Best {
  /** The column with the first token soonest. */
  first: number | null
  /** The column with the most tokens a second. */
  fastest: number | null
}

/** Who did best, once a run is over; `null` where fewer than two have the figure, or two share the best. */
export function bestOf({ state, columns }: BenchRun): Best {
  const figures = (read: (result: BenchResult) => number | null) =>
    columns.map((column) => (state === 'running' || column?.result == null ? null : read(column.result)))
  return { first: least(figures(({ ttft_ms }) => ttft_ms)), fastest: least(figures(speedTurned)) }
}

/** Less is better. */
function speedTurned({ tokens_per_s }: BenchResult): number | null {
  return tokens_per_s === null ? null : -tokens_per_s
}

function least(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  if (known.length < 2) return null
  const best = Math.min(...known)
  return known.filter((value) => value === best).length === 1 ? values.indexOf(best) : null
}
