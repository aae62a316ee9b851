import type { ExperimentDetail } from '../http/admin/experiment-schemas.ts'
import { readFlags, UsageError } from '../options.ts'
import { experimentsText, experimentText } from './experiment-text.ts'
import { RunningGateway } from './running-gateway.ts'

export const EXPERIMENT_USAGE =
  'gatehouse experiment list [--kind mirror|replay|bench] [--route R] | show ID   (all with --json)'

/** Comparisons of a candidate with a baseline, and what they say. */
export async function experimentCommand(args: readonly string[]): Promise<string> {
  const { values, switches, positionals } = readFlags(args, ['home', 'kind', 'route'], ['json'])
  const [word, id, ...more] = positionals
  const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`
  if (more.length > 0) throw usage()
  if (word === 'list' && id === undefined) {
    const query = new URLSearchParams()
    for (const name of ['kind', 'route'] as const) if (values[name] !== undefined) query.set(name, values[name])
    const list = await RunningGateway.on(values.home).call<ListOfExperiments>('GET', `experiments?${query}`)
    return switches.has('json') ? json(list) : experimentsText(list.data)
  }
  if (word !== 'show' || id === undefined) throw usage()
  const path = `experiments/${encodeURIComponent(id)}`
  const detail = await RunningGateway.on(values.home).call<ExperimentDetail>('GET', path)
  return switches.has('json') ? json(detail) : experimentText(detail)
}

type ListOfExperiments = { data: Parameters<typeof experimentsText>[0] }

function usage(): UsageError {
  return new UsageError(`Usage: ${EXPERIMENT_USAGE}`)
}
