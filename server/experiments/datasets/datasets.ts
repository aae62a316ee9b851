import type { AddedItems, Dataset, DatasetItem, PlacedItem } from '../../core/dataset.ts'
import { GatewayError } from '../../core/errors.ts'
import type { CleanContent } from '../../pipeline/afterwards/clean-content.ts'
import type { DeskAsker } from '../../stores/desk-asker.ts'
import type { Reader } from '../../stores/reader.ts'
import { breather } from './breather.ts'
import { DraftCleaner } from './clean-draft.ts'
import { doneOf, type Filled, fillDataset, noDataset } from './fill.ts'
import { finishItem, type ItemDraft } from './item.ts'
import { emptyReason } from './nothing-found.ts'
import { type FileFormat, fileProblem, readFile } from './read-file.ts'
import { writeRow } from './row.ts'
import type { Row } from './row-members.ts'
import { itemsOfRows } from './rows-to-items.ts'
import { type ItemSource, TraceSource, type TraceTally } from './traces.ts'

/** A version to be. */
export interface NewVersion {
  name: string
  note: string
  /** The version whose items it begins with: `latest`, or `NAME@VERSION`. */
  base: string | null
  /** Share of what has no split of its own that is kept for the test. */
  testShare: number
  /** For people. */
  source: string
  actor: string
}

/** What making a version would come to. */
export interface DatasetPreview extends TraceTally {
  items: number
  duplicates: number
  /** Why there is nothing. */
  problem: GatewayError | null
}

export interface DatasetParts {
  reader: Reader
  desk: DeskAsker
  clean: CleanContent
  /** Names of the routes that there are now. */
  routes(): readonly string[]
}

/** Items that are read, or looked for, in one go. */
const PAGE = 200

/** Makes datasets, and gives them out. */
export class Datasets {
  readonly #parts: DatasetParts

  constructor(parts: DatasetParts) {
    this.#parts = parts
  }

  /** Throws `not_found`. */
  async find(name: string): Promise<Dataset> {
    const found = await this.#parts.reader.ask<Dataset | null>('dataset', name)
    if (found === null) throw noDataset(name)
    return found
  }

  /** `source`: `null` for a version that begins with its base's items alone, or empty. Throws where nothing is found. */
  async create(version: NewVersion, source: ItemSource | null): Promise<Filled & { tally: TraceTally | null }> {
    const base = await this.#baseOf(version)
    if (source === null) return { ...(await this.#fill(version, base, nothing(), () => {})), tally: null }
    const traces = this.#traceSource()
    const items = finished(traces.drafts(source, Date.now()), version.testShare)
    const check = ({ added, duplicates }: AddedItems) => {
      const reason = emptyReason(source, traces.tally, { added, duplicates }, this.#parts.routes())
      if (reason) throw reason
    }
    return { ...(await this.#fill(version, base, items, check)), tally: traces.tally }
  }

  async preview(version: NewVersion, source: ItemSource): Promise<DatasetPreview> {
    const base = await this.#baseOf(version)
    const traces = this.#traceSource()
    const hashes = new Set<string>()
    let duplicates = 0
    for await (const { hash } of finished(traces.drafts(source, Date.now()), version.testShare)) {
      if (hashes.has(hash)) duplicates += 1
      hashes.add(hash)
    }
    const known = base === null ? 0 : await this.#countKnown(base, [...hashes])
    const found = { added: hashes.size - known, duplicates: duplicates + known }
    const problem = emptyReason(source, traces.tally, found, this.#parts.routes())
    return { ...traces.tally, items: found.added, duplicates: found.duplicates, problem }
  }

  /** All of a file or nothing. Throws `invalid_request` that says where the file is wrong. */
  async import(version: NewVersion, chunks: AsyncIterable<Uint8Array>, format: FileFormat): Promise<Filled> {
    const base = await this.#baseOf(version)
    const items = itemsOfRows(readFile(chunks, format), this.#cleaner(), version.testShare, fileProblem)
    return this.#fill(version, base, items, ({ added, duplicates }) => {
      if (added + duplicates === 0)
        throw new GatewayError('invalid_request', 'The file has no rows.', { hint: 'Nothing was imported.' })
    })
  }

  /** All rows or none. Throws `invalid_request`, `not_found`, or `conflict` where a run has used the version. */
  async addRows(name: string, rows: readonly Row[], testShare: number, actor: string): Promise<AddedItems> {
    const { id } = await this.find(name)
    const placed = rows.map((value, line) => ({ line, value }))
    const refuse = (line: number, message: string) =>
      new GatewayError('invalid_request', `rows[${line}]: ${message}.`, { hint: 'Nothing was added.' })
    const items = await Array.fromAsync(itemsOfRows(placed, this.#cleaner(), testShare, refuse))
    const command = { type: 'add-dataset-items', id, items, actor, at: Date.now() } as const
    return doneOf(await this.#parts.desk.experiment(command), name)
  }

  async removeItem(name: string, position: number, actor: string): Promise<void> {
    const { id } = await this.find(name)
    const command = { type: 'remove-dataset-item', id, position, actor, at: Date.now() } as const
    if (!doneOf(await this.#parts.desk.experiment(command), name))
      throw new GatewayError('not_found', `There is no item ${position} in ${name}.`)
  }

  /** Deletes one version. */
  async delete(name: string, actor: string): Promise<void> {
    const { id } = await this.find(name)
    doneOf(await this.#parts.desk.experiment({ type: 'delete-dataset', id, actor, at: Date.now() }), name)
  }

  /** A line of JSON for each item, as `import` takes it. */
  async *export({ id }: Dataset): AsyncGenerator<string> {
    const breathe = breather()
    for (let after = 0; ; ) {
      const page: PlacedItem[] = await this.#parts.reader.ask('datasetItems', id, { after, limit: PAGE })
      for (const { item } of page) {
        yield `${JSON.stringify(writeRow(item))}\n`
        await breathe()
      }
      if (page.length < PAGE) return
      after = page.at(-1)!.position
    }
  }

  /** A short text for people without personal data and secrets. */
  async cleanText(text: string): Promise<string> {
    return (await this.#cleaner().facts({ text })).text!
  }

  #cleaner(): DraftCleaner {
    return new DraftCleaner(this.#parts.clean)
  }

  #traceSource(): TraceSource {
    return new TraceSource(this.#parts.reader, this.#cleaner())
  }

  async #baseOf({ base, name }: NewVersion): Promise<Dataset | null> {
    return base === null ? null : this.find(base === 'latest' ? name : base)
  }

  async #countKnown({ id }: Dataset, hashes: readonly string[]): Promise<number> {
    let known = 0
    for (let start = 0; start < hashes.length; start += PAGE)
      known += (await this.#parts.reader.ask<string[]>('knownHashes', id, hashes.slice(start, start + PAGE))).length
    return known
  }

  #fill(
    { name, note, source, actor }: NewVersion,
    base: Dataset | null,
    items: AsyncIterable<DatasetItem>,
    check: (added: AddedItems) => void,
  ): Promise<Filled> {
    const from = base === null ? {} : { base: `${base.name}@${base.version}` }
    return fillDataset(this.#parts.desk, { dataset: { name, note, source, actor }, base, items, check, detail: from })
  }
}

async function* nothing(): AsyncGenerator<DatasetItem> {}

async function* finished(drafts: AsyncIterable<ItemDraft>, testShare: number): AsyncGenerator<DatasetItem> {
  const breathe = breather()
  for await (const draft of drafts) {
    yield finishItem(draft, testShare)
    await breathe()
  }
}
