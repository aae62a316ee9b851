import type { RunCreated, RunEstimate, RunPage, RunRow } from '../http/admin/run-schemas.ts'
import { UsageError } from '../options.ts'
import { numberIn } from './flag-values.ts'
import { orderOf, type ReplayFlags, readReplayFlags } from './replay-flags.ts'
import { estimateText, progressText, runsText } from './replay-text.ts'
import { outcomeOf, watchRun } from './replay-watch.ts'
import { RunningGateway } from './running-gateway.ts'
import type { Terminal } from './terminal.ts'

export const REPLAY_USAGE = `gatehouse replay --dataset NAME[@VERSION] [--split test] | --route R [--days 7 | --from T --to T]
      [--sample 0.1] [--where TERM]… [--limit N]
      --candidate provider/model | --candidate-route R | --config FILE [--candidate-route R]
      [--baseline recorded|none|provider/model|route:R] [--evaluator NAME[:{"option": …}]]…
      [--judge ROUTE [--rubric TEXT] [--allow-own-family]] [--margin METRIC=N]… [--cohort KEY]…
      [--replay-tools] [--concurrency N] [--idle] [--budget-usd N] [--allow-residency R]… [--name TEXT] [--yes] [--json]
  gatehouse replay list | watch ID | show ID [--by KEY] | pause ID | resume ID [--budget-usd N] | cancel ID
  gatehouse replay retry-lost ID   (all with --json)`

const STEPS = ['pause', 'resume', 'cancel', 'retry-lost'] as const

/** Runs a dataset or stored traffic through a candidate, in the running gateway; returns what standard output is to say. */
export async function replayCommand(args: readonly string[], terminal: Terminal): Promise<string> {
  const flags = readReplayFlags(args)
  const { values, positionals } = flags
  const [word, id, ...more] = positionals
  if (word === undefined) return replay(flags, terminal)
  const gateway = RunningGateway.on(values.home)
  if (word === 'list' && id === undefined) {
    const page = await gateway.call<RunPage>('GET', 'runs')
    return flags.switches.has('json') ? json(page) : runsText(page.data)
  }
  if (id === undefined || more.length > 0) throw usage()
  if (word === 'watch') return watchRun(id, flags, terminal)
  if (word === 'show') return outcomeOf(gateway, id, flags)
  const step = STEPS.find((known) => known === word)
  if (step === undefined) throw usage()
  const budget = step === 'resume' ? numberIn(values, 'budget-usd') : undefined
  const body = budget === undefined ? {} : { json: { budget_usd: budget } }
  const run = await gateway.call<RunRow>('POST', `runs/${encodeURIComponent(id)}/${step}`, body)
  return flags.switches.has('json') ? json(run) : `${progressText(run)}\n`
}

/** Says what it will take, asks, and stays until it is done. */
async function replay(flags: ReplayFlags, terminal: Terminal): Promise<string> {
  const order = orderOf(flags)
  const { switches, values } = flags
  const gateway = RunningGateway.on(values.home)
  const estimate = await gateway.call<RunEstimate>('POST', 'runs/estimate', { json: order })
  for (const line of estimateText(estimate).trimEnd().split('\n')) terminal.say(line)
  if (!switches.has('yes')) {
    if (!terminal.isInteractive) throw new UsageError('Nothing was run. Say --yes to run it.')
    if (!(await terminal.confirm('Run it?'))) throw new UsageError('Nothing was run.')
  }
  const { id } = await gateway.call<RunCreated>('POST', 'runs', { json: order })
  terminal.say(`run ${id}`)
  return watchRun(id, flags, terminal)
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

function usage(): UsageError {
  return new UsageError(`Usage: ${REPLAY_USAGE}`)
}
