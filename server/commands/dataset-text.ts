import type { DatasetDetail, DatasetMade, DatasetPreview, DatasetRow } from '../http/admin/dataset-schemas.ts'
import { count, page, pairs, table } from './format.ts'

/** Of each fact, the values that are shown. */
const MOST_VALUES = 5

export function madeText({ dataset, added, duplicates, found }: DatasetMade): string {
  const { items, train, test } = dataset
  return page([
    `${nameOf(dataset)}: ${counted(items, 'item')}, ${count(train)} train and ${count(test)} test`,
    `${count(added)} new, ${counted(duplicates, 'duplicate')} left out`,
    ...(found ? [foundText(found)] : []),
  ])
}

export function previewText(preview: DatasetPreview): string {
  const { items, duplicates, problem } = preview
  return page([
    `It would have ${counted(items, 'new item')}, ${counted(duplicates, 'duplicate')} left out`,
    foundText(preview),
    ...(problem === null ? [] : [problem]),
  ])
}

export function listText(datasets: readonly DatasetRow[]): string {
  if (datasets.length === 0) return page(['There are no datasets yet.'])
  const rows = datasets.map((dataset) => [
    nameOf(dataset),
    count(dataset.items),
    count(dataset.train),
    count(dataset.test),
    dataset.frozen_at === null ? '-' : 'yes',
    dataset.created_at.slice(0, 16).replace('T', ' '),
    dataset.source,
  ])
  return page(table([['dataset', 'items', 'train', 'test', 'used', 'created', 'source'], ...rows], new Set([1, 2, 3])))
}

export function detailText(detail: DatasetDetail): string {
  const { id, items, train, test, source, note, actor, created_at, frozen_at, versions, facts } = detail
  const values = Object.entries(facts).map(([key, known]) => [
    key,
    known
      .slice(0, MOST_VALUES)
      .map(({ value, items: having }) => `${value} ${having}`)
      .join(', ') + (known.length > MOST_VALUES ? ', …' : ''),
  ])
  return page([
    `${nameOf(detail)}: ${counted(items, 'item')}, ${count(train)} train and ${count(test)} test`,
    ...pairs({
      id,
      source,
      ...(note === '' ? {} : { note }),
      created: `${created_at} by ${actor}`,
      'first used': frozen_at ?? 'never: it may still change',
      versions: versions.map(({ version }) => String(version)),
    }),
    ...(values.length === 0 ? [] : ['', 'Cohorts', ...table([['key', 'items by value'], ...values])]),
  ])
}

function foundText({ requests, kept, matching, drawn }: NonNullable<DatasetMade['found']>): string {
  return `Of ${counted(requests, 'request')}, the texts of ${count(kept)} are kept, ${count(matching)} match, ${count(drawn)} were drawn`
}

function nameOf({ name, version }: DatasetRow): string {
  return `${name}@${version}`
}

function counted(number: number, what: string): string {
  return `${count(number)} ${what}${number === 1 ? '' : 's'}`
}
