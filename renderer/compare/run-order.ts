import type { DatasetOrder, RunEstimate, RunOrder } from '../../server/http/admin/schemas.ts'
import { formatCost, formatCount, formatPlural } from '../format.ts'

/** What is typed to run a dataset. */
export interface RunForm {
  /** `NAME@VERSION`. */
  dataset: string
  candidate: string
  /** Empty for all of it. */
  split: '' | 'train' | 'test'
  idle: boolean
}

/** `null` while it is not complete. */
export function runOrderOf({ dataset, candidate, split, idle }: RunForm): RunOrder | null {
  const target = candidate.trim()
  if (!/^[^/\s]+\/\S.*$/.test(target)) return null
  return {
    dataset,
    candidate: { target },
    ...(split === '' ? {} : { split }),
    ...(idle ? { when: 'idle' as const } : {}),
  }
}

export function estimateText({ items, calls, cost_usd, duration_s }: RunEstimate): string {
  const cost = cost_usd === null ? 'cost not known' : `about ${formatCost(cost_usd)}`
  const time =
    duration_s === null ? 'time not known' : `about ${formatPlural(Math.max(1, Math.round(duration_s / 60)), 'minute')}`
  return `${formatPlural(items, 'request')}, ${formatCount(calls)} calls at most, ${cost}, ${time}`
}

/** What is typed to make a dataset of stored traffic. */
export interface DatasetForm {
  name: string
  route: string
  days: string
  /** Percent. */
  sample: string
  /** A term each line. */
  where: string
}

/** `null` while it is not complete. */
export function datasetOrderOf({ name, route, days, sample, where }: DatasetForm): DatasetOrder | null {
  const terms = where
    .split('\n')
    .map((term) => term.trim())
    .filter((term) => term !== '')
  const [window, share] = [Number(days), Number(sample) / 100]
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(name) || route === '') return null
  if (!(window > 0 && window <= 3650) || !(share > 0 && share <= 1)) return null
  return { name, traces: { route, days: window, sample: share, ...(terms.length === 0 ? {} : { where: terms }) } }
}
