/** How runs are said. */
import type { RunRow } from '../../server/http/admin/schemas.ts'
import type { RunChange } from '../api.ts'
import { formatDuration } from '../format.ts'

type State = RunRow['state']

/** The design token that a state is written in. */
export const runTones: Record<State, string> = {
  waiting: 'ink-2',
  running: 'running',
  paused: 'fallback',
  done: 'ok',
  cancelled: 'ink-3',
  failed: 'error',
}

const changes: Record<State, readonly RunChange[]> = {
  waiting: ['pause', 'cancel'],
  running: ['pause', 'cancel'],
  paused: ['resume', 'cancel'],
  failed: ['resume', 'cancel'],
  done: [],
  cancelled: [],
}

/** What can be done with a run as it stands. */
export function changesOf({ state, lost }: Pick<RunRow, 'state' | 'lost'>): RunChange[] {
  return [...changes[state], ...(lost > 0 && state !== 'cancelled' ? (['retry-lost'] as const) : [])]
}

/** What a run does at this moment, and how long that will take. */
export function runNote(run: RunRow): string {
  const { state, problem, waits_for_idle, eta_s, per_minute, running } = run
  if (problem !== null) return problem
  if (state === 'waiting') return 'It begins as soon as there is room.'
  if (state !== 'running') return ''
  if (waits_for_idle) return 'It waits until no request of a caller is under way.'
  const left = eta_s === null ? 'no telling how long it takes yet' : `about ${formatDuration(eta_s * 1000)} left`
  const pace = per_minute === null ? '' : `, ${Number(per_minute.toPrecision(3)).toLocaleString('en-US')} a minute`
  return `${left}${pace}, ${running} under way`
}

/** True where nothing but more money lets it go on. */
export function needsBudget({
  state,
  cost_usd,
  budget_usd,
}: Pick<RunRow, 'state' | 'cost_usd' | 'budget_usd'>): boolean {
  return state === 'paused' && budget_usd !== null && cost_usd >= budget_usd
}
