import type { Dataset, PlacedItem } from '../../core/dataset.ts'
import { GatewayError } from '../../core/errors.ts'
import { readRequestView } from '../../evaluators/request-view.ts'
import type { NewVersion } from '../../experiments/datasets/datasets.ts'
import { USUAL_TEST_SHARE } from '../../experiments/datasets/item.ts'
import type { ItemSource, TraceSelection } from '../../experiments/datasets/traces.ts'
import type { DatasetItemRow, DatasetOrder, DatasetRow } from './dataset-schemas.ts'

const DAY_MS = 86_400_000
const USUAL_DAYS = 7
const USUAL_LIMIT = 10_000

export function toDatasetRow({ createdAt, frozenAt, ...same }: Dataset): DatasetRow {
  return {
    ...same,
    created_at: new Date(createdAt).toISOString(),
    frozen_at: frozenAt === null ? null : new Date(frozenAt).toISOString(),
  }
}

export function toItemRow({ position, item }: PlacedItem): DatasetItemRow {
  const { hash, split, request, reference, reply, facts, requestId } = item
  return {
    ...{ position, hash, split, reference, facts: { ...facts } },
    request: readRequestView(request),
    recorded: reply,
    request_id: requestId,
  }
}

/** `source`: for people. */
export function versionOf(
  { name, note = '', base, test = USUAL_TEST_SHARE }: Pick<DatasetOrder, 'name' | 'note' | 'base' | 'test'>,
  source: string,
  actor: string,
): NewVersion {
  return { name, note, base: base ?? null, testShare: test, source, actor }
}

/** `null`: neither traces nor labels are asked for. Throws `invalid_request`. */
export function sourceOf({ traces, labels }: DatasetOrder, now: number): ItemSource | null {
  if (traces && labels) throw wrong('Items come from `traces` or from `labels`, not from both at once.', 'labels')
  if (traces) return { kind: 'traces', selection: selectionOf(traces, now) }
  if (!labels) return null
  const { route, limit = USUAL_LIMIT, reference = 'none' } = labels
  return { kind: 'labels', route, limit, reference }
}

function selectionOf(traces: NonNullable<DatasetOrder['traces']>, now: number): TraceSelection {
  const { route, days, from, to, sample = 1, where = [], limit = USUAL_LIMIT, reference = 'none' } = traces
  if (days !== undefined && from !== undefined) throw wrong('`days` and `from` say the same; give one of them.', 'from')
  const end = to === undefined ? now + 1 : momentOf(to, 'to')
  const start = from === undefined ? end - (days ?? USUAL_DAYS) * DAY_MS : momentOf(from, 'from')
  if (start >= end) throw wrong('`from` must lie before `to`.', 'from')
  return { route, from: start, to: end, sample, where, limit, reference }
}

function momentOf(text: string, name: string): number {
  const time = Date.parse(text)
  if (Number.isNaN(time)) throw wrong(`\`${name}\` must be a time such as 2026-01-31T12:00:00Z, not "${text}".`, name)
  return time
}

function wrong(message: string, param: string): GatewayError {
  return new GatewayError('invalid_request', message, { param })
}

/** For people, where the items of a version came from. */
export function sourceText({ traces, labels, base }: DatasetOrder): string {
  if (labels) return `labels of ${labels.route}`
  if (!traces) return base === undefined ? 'by hand' : `a copy of ${base}`
  const { route, days, from, to, sample = 1, where = [] } = traces
  const since = from === undefined ? `${days ?? USUAL_DAYS} days` : `from ${from}`
  const conditions = where.map((condition) => (typeof condition === 'string' ? condition : JSON.stringify(condition)))
  return [
    `traces of ${route}`,
    to === undefined ? since : `${since} to ${to}`,
    ...(sample === 1 ? [] : [`${Number((sample * 100).toPrecision(3))} %`]),
    ...conditions,
  ].join(', ')
}
