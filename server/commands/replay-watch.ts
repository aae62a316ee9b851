import { setTimeout as sleep } from 'node:timers/promises'
import type { ExperimentDetail } from '../http/admin/experiment-schemas.ts'
import type { RunRow, RunSummary } from '../http/admin/run-schemas.ts'
import { UsageError } from '../options.ts'
import { verdictLines } from './experiment-text.ts'
import { page } from './format.ts'
import type { ReplayFlags } from './replay-flags.ts'
import { progressText, summaryText } from './replay-text.ts'
import { NotRunning, RunningGateway } from './running-gateway.ts'
import type { Terminal } from './terminal.ts'

/** Where somebody looks the line changes in place; in a log a line now and then is enough. */
const LOOK_MS = 500
const LINE_MS = 5000
/** A gateway that is started again goes on with its runs, on another port perhaps. */
const PATIENCE_MS = 60_000

const OVER: readonly RunRow['state'][] = ['done', 'cancelled', 'failed', 'paused']

/** Follows a run until nothing of it goes on, and says what came of it. Ctrl-C leaves it running. */
export async function watchRun(id: string, flags: ReplayFlags, terminal: Terminal): Promise<string> {
  const detached = new AbortController()
  const release = terminal.onInterrupt(() => detached.abort())
  try {
    const over = await untilOver(id, flags, terminal, detached.signal)
    if (over === null) {
      process.exitCode = 130
      terminal.say(`The run goes on in the gateway. Watch it: gatehouse replay watch ${id}`)
      return ''
    }
    terminal.say(progressText(over))
  } finally {
    release()
  }
  return outcomeOf(RunningGateway.on(flags.values.home), id, flags)
}

/** `null`: the signal fired first. */
async function untilOver(
  id: string,
  { values }: ReplayFlags,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<RunRow | null> {
  const look = patiently(values.home, `runs/${encodeURIComponent(id)}`, terminal)
  let shownAt = Number.NEGATIVE_INFINITY
  while (!signal.aborted) {
    const run = await look()
    if (run !== null && OVER.includes(run.state)) return run
    if (run !== null && (terminal.isInteractive || performance.now() - shownAt >= LINE_MS)) {
      terminal.show(progressText(run))
      shownAt = performance.now()
    }
    await sleep(LOOK_MS, undefined, { signal }).catch(() => {})
  }
  return null
}

/** Asks the gateway; `null` while there is none. Throws a UsageError where none comes for a while. */
function patiently(home: string | undefined, path: string, terminal: Terminal): () => Promise<RunRow | null> {
  let since: number | null = null
  return async () => {
    try {
      const run = await RunningGateway.on(home).call<RunRow>('GET', path)
      since = null
      return run
    } catch (error) {
      if (error instanceof UsageError && !(error instanceof NotRunning)) throw error
      if (since === null) terminal.say('The gateway does not answer. The run goes on when it is started again.')
      since ??= performance.now()
      if (performance.now() - since > PATIENCE_MS) throw error
      return null
    }
  }
}

/** What came of a run so far: its figures, by each of its cohorts, and the verdict. */
export async function outcomeOf(
  gateway: RunningGateway,
  id: string,
  { values, switches }: ReplayFlags,
): Promise<string> {
  const path = `runs/${encodeURIComponent(id)}`
  const run = await gateway.call<RunRow>('GET', path)
  const keys = values.by === undefined ? run.cohorts : [values.by]
  const summaries: RunSummary[] = []
  for (const key of keys)
    summaries.push(await gateway.call<RunSummary>('GET', `${path}/summary?by=${encodeURIComponent(key)}`))
  if (summaries.length === 0) summaries.push(await gateway.call<RunSummary>('GET', `${path}/summary`))
  const experiment = await gateway.call<ExperimentDetail>('GET', `experiments/${encodeURIComponent(id)}`)
  const { verdict } = experiment
  if (switches.has('json')) return `${JSON.stringify({ run, summaries, experiment }, null, 2)}\n`
  const hasBaseline = summaries[0]!.total.baseline !== null
  return `${summaryText(run, summaries)}${hasBaseline ? page(['', ...verdictLines(verdict.all)]) : ''}`
}
