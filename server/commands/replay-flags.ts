import { readFileSync } from 'node:fs'
import type { RunOrder } from '../http/admin/run-schemas.ts'
import { type Flags, readFlags, UsageError } from '../options.ts'
import { numberIn, some } from './flag-values.ts'

const VALUES = [
  ...['home', 'name', 'dataset', 'split', 'route', 'from', 'to', 'candidate', 'candidate-route', 'config'],
  ...['baseline', 'judge', 'rubric', 'by'],
] as const
const NUMBERS = ['days', 'sample', 'limit', 'concurrency', 'budget-usd'] as const
const SWITCHES = ['idle', 'yes', 'json', 'allow-own-family', 'replay-tools'] as const
const LISTS = ['where', 'evaluator', 'margin', 'cohort', 'allow-residency'] as const

export type ReplayFlags = Flags<
  (typeof VALUES)[number] | (typeof NUMBERS)[number],
  (typeof SWITCHES)[number],
  (typeof LISTS)[number]
>

export function readReplayFlags(args: readonly string[]): ReplayFlags {
  return readFlags(args, [...VALUES, ...NUMBERS], SWITCHES, LISTS)
}

/** What is asked for, as the admin API takes it. Throws a UsageError. */
export function orderOf(flags: ReplayFlags): RunOrder {
  const { values, switches, lists } = flags
  const { name, dataset, split, route, judge, rubric } = values
  if ((dataset === undefined) === (route === undefined))
    throw new UsageError('Say what is run: --dataset NAME[@VERSION], or --route R for its stored traffic.')
  return {
    ...some({ name, dataset, split: splitOf(split) }),
    ...(route === undefined ? {} : { traces: tracesOf(route, flags) }),
    candidate: candidateOf(flags),
    ...some({ baseline: baselineOf(values.baseline) }),
    ...(lists.evaluator.length === 0 ? {} : { evaluators: lists.evaluator.map(evaluatorOf) }),
    ...(judge === undefined
      ? {}
      : { judge: { route: judge, ...some({ rubric }), allow_own_family: switches.has('allow-own-family') } }),
    ...(lists.margin.length === 0 ? {} : { margins: Object.fromEntries(lists.margin.map(marginOf)) }),
    ...(lists.cohort.length === 0 ? {} : { cohorts: [...lists.cohort] }),
    ...some({ concurrency: numberIn(flags.values, 'concurrency'), budget_usd: numberIn(flags.values, 'budget-usd') }),
    ...(switches.has('replay-tools') ? { replay_tools: true } : {}),
    ...(switches.has('idle') ? { when: 'idle' as const } : {}),
    ...(lists['allow-residency'].length === 0 ? {} : { allow_residency: [...lists['allow-residency']] }),
  }
}

function tracesOf(route: string, flags: ReplayFlags): NonNullable<RunOrder['traces']> {
  const { from, to } = flags.values
  const { where } = flags.lists
  return {
    route,
    ...some({ from, to, days: numberIn(flags.values, 'days') }),
    ...some({ sample: numberIn(flags.values, 'sample'), limit: numberIn(flags.values, 'limit') }),
    ...(where.length === 0 ? {} : { where: [...where] }),
  }
}

function candidateOf({ values }: ReplayFlags): RunOrder['candidate'] {
  const { candidate: target, config, 'candidate-route': route } = values
  if (target === undefined && config === undefined && route === undefined)
    throw new UsageError('Say who answers: --candidate provider/model, --candidate-route R, or --config FILE.')
  return some({ target, config: config === undefined ? undefined : textOf(config), route })
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new UsageError(`${file}: ${(error as Error).message}`)
  }
}

/** `recorded`, `none`, `provider/model`, or `route:R`. */
function baselineOf(text: string | undefined): RunOrder['baseline'] | undefined {
  if (text === undefined || text === 'recorded' || text === 'none') return text
  if (text.startsWith('route:')) return { route: text.slice('route:'.length) }
  if (text.includes('/')) return { target: text }
  throw new UsageError(`--baseline takes recorded, none, provider/model or route:R, not "${text}".`)
}

/** `NAME`, or `NAME:{…}` with its options. */
function evaluatorOf(text: string): NonNullable<RunOrder['evaluators']>[number] {
  const at = text.indexOf(':')
  if (at < 0) return text
  try {
    const options = JSON.parse(text.slice(at + 1)) as Record<string, unknown>
    return { ...options, use: text.slice(0, at) }
  } catch (error) {
    throw new UsageError(`--evaluator takes NAME, or NAME:{"option": …}; "${text}": ${(error as Error).message}`)
  }
}

function marginOf(text: string): [string, number] {
  const at = text.lastIndexOf('=')
  const number = Number(text.slice(at + 1))
  if (at <= 0 || at === text.length - 1 || !Number.isFinite(number))
    throw new UsageError(`--margin takes METRIC=NUMBER, e.g. success=0.02, not "${text}".`)
  return [text.slice(0, at), number]
}

function splitOf(text: string | undefined): RunOrder['split'] | undefined {
  if (text === undefined || text === 'train' || text === 'test') return text
  throw new UsageError(`--split takes train or test, not "${text}".`)
}
