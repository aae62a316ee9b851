import { type Http, piece } from './http.ts'
import type {
  Dataset,
  DatasetAdded,
  DatasetDetail,
  DatasetItem,
  DatasetItemPage,
  DatasetMade,
  DatasetOrder,
  DatasetPreview,
  DatasetRow,
  LabelSelection,
  Split,
  TraceSelection,
  VersionOptions,
} from './types/datasets.ts'

const TYPES = { jsonl: 'application/x-ndjson', csv: 'text/csv' } as const
const PAGE = 200

export interface ImportOptions extends VersionOptions {
  /** Of a text or a Blob; `jsonl` where nothing is said. */
  format?: keyof typeof TYPES
  /** For people, e.g. the name of the file. */
  source?: string
}

/** A version is named NAME@VERSION, NAME for the latest one, or by its id. */
export class DatasetsApi {
  readonly #http: Http

  constructor(http: Http) {
    this.#http = http
  }

  /** Every version, or those of one name. */
  async list(name?: string): Promise<Dataset[]> {
    return (await this.#http.admin<{ data: Dataset[] }>('GET', 'datasets', { query: { name } })).data
  }

  get(name: string): Promise<DatasetDetail> {
    return this.#http.admin('GET', `datasets/${piece(name)}`)
  }

  /** A name that is there gets a new version. */
  create(order: DatasetOrder): Promise<DatasetMade> {
    return this.#http.admin('POST', 'datasets', { json: order })
  }

  /** What `create` would come to. */
  preview(order: DatasetOrder): Promise<DatasetPreview> {
    return this.#http.admin('POST', 'datasets/preview', { json: order })
  }

  fromTraces(name: string, traces: TraceSelection, options: VersionOptions = {}): Promise<DatasetMade> {
    return this.create({ name, ...options, traces })
  }

  fromAnnotation(name: string, labels: LabelSelection, options: VersionOptions = {}): Promise<DatasetMade> {
    return this.create({ name, ...options, labels })
  }

  /** All of it or nothing: rows, or a file of JSONL or CSV up to 64 MiB. */
  import(
    name: string,
    content: readonly DatasetRow[] | string | Blob,
    { format = 'jsonl', ...query }: ImportOptions = {},
  ): Promise<DatasetMade> {
    const isRows = Array.isArray(content)
    const body = isRows ? content.map((row) => `${JSON.stringify(row)}\n`).join('') : (content as string | Blob)
    const type = TYPES[isRows ? 'jsonl' : format]
    return this.#http.admin('POST', 'datasets/import', { query: { name, ...query }, content: { body, type } })
  }

  /** As JSONL that `import` takes. */
  export(name: string): Promise<string> {
    return this.#http.text(`datasets/${piece(name)}/export.jsonl`)
  }

  /** In order, page by page. */
  async *items(name: string, filter: { split?: Split } = {}): AsyncGenerator<DatasetItem, void> {
    for (let cursor: number | undefined; ; ) {
      const query = { ...filter, cursor, limit: PAGE }
      const page: DatasetItemPage = await this.#http.admin('GET', `datasets/${piece(name)}/items`, { query })
      yield* page.data
      if (page.next_cursor === null) return
      cursor = page.next_cursor
    }
  }

  /** To a version that no run has used: all rows or none, up to 1,000. */
  add(name: string, rows: readonly DatasetRow[], options: Pick<VersionOptions, 'test'> = {}): Promise<DatasetAdded> {
    return this.#http.admin('POST', `datasets/${piece(name)}/items`, { json: { rows, ...options } })
  }

  /** From a version that no run has used. */
  remove(name: string, position: number): Promise<void> {
    return this.#http.admin('DELETE', `datasets/${piece(name)}/items/${position}`)
  }

  /** Deletes a version that no run has used. */
  delete(name: string): Promise<void> {
    return this.#http.admin('DELETE', `datasets/${piece(name)}`)
  }
}
