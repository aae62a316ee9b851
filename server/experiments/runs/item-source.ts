import type { Dataset, PlacedItem } from '../../core/dataset.ts'
import { GatewayError } from '../../core/errors.ts'
import type { TraceSlice } from '../../core/run.ts'
import type { CleanContent } from '../../pipeline/afterwards/clean-content.ts'
import type { Reader } from '../../stores/reader.ts'
import { DraftCleaner } from '../datasets/clean-draft.ts'
import { noDataset } from '../datasets/fill.ts'
import { finishItem, USUAL_TEST_SHARE } from '../datasets/item.ts'
import { emptyReason } from '../datasets/nothing-found.ts'
import { TraceSource } from '../datasets/traces.ts'
import type { RunOrder } from './order.ts'

/** Requests that are looked at in one go. */
const PAGE = 50

/** The requests of a run, piece by piece. */
export interface ItemSource {
  dataset: Dataset | null
  /** For people: `NAME@VERSION`. */
  label: string | null
  pages(): AsyncGenerator<PlacedItem[]>
  /** What to say where there are none. */
  nothing(): GatewayError
}

export interface SourceParts {
  reader: Reader
  clean: CleanContent
  /** Of the running config. */
  routes: readonly string[]
}

/** Throws `not_found` for a dataset that is not there, `invalid_request` for an order of neither or both. */
export async function itemSource(order: RunOrder, parts: SourceParts): Promise<ItemSource> {
  const { dataset, traces } = order
  if ((dataset === null) === (traces === null))
    throw new GatewayError('invalid_request', 'A run goes through either a `dataset` or `traces`.', {
      param: 'dataset',
      hint: 'Name one of them.',
    })
  return traces ? ofTraces(traces, parts) : await ofDataset(dataset!, order.split, parts.reader)
}

async function ofDataset(name: string, split: RunOrder['split'], reader: Reader): Promise<ItemSource> {
  const dataset = await reader.ask<Dataset | null>('dataset', name)
  if (dataset === null) throw noDataset(name)
  const label = `${dataset.name}@${dataset.version}`
  return {
    dataset,
    label,
    async *pages() {
      for (let after = 0; ; ) {
        const page = await reader.ask<PlacedItem[]>('datasetItems', dataset.id, { split, after, limit: PAGE })
        if (page.length > 0) yield page
        if (page.length < PAGE) return
        after = page.at(-1)!.position
      }
    },
    nothing: () =>
      new GatewayError('invalid_request', `${label} has no items${split === null ? '' : ` for ${split}`}.`, {
        param: 'dataset',
        hint: 'Add some: `gatehouse dataset`.',
      }),
  }
}

function ofTraces(slice: TraceSlice, { reader, clean, routes }: SourceParts): ItemSource {
  const traces = new TraceSource(reader, new DraftCleaner(clean))
  const source = { kind: 'traces', selection: { ...slice, reference: 'none' } } as const
  return {
    dataset: null,
    label: null,
    async *pages() {
      let page: PlacedItem[] = []
      let position = 0
      for await (const draft of traces.drafts(source, Date.now())) {
        position += 1
        page.push({ position, item: finishItem(draft, USUAL_TEST_SHARE) })
        if (page.length < PAGE) continue
        yield page
        page = []
      }
      if (page.length > 0) yield page
    },
    nothing: () => emptyReason(source, traces.tally, { added: 0, duplicates: 0 }, routes)!,
  }
}
