import { type Http, piece } from './http.ts'
import type { Change, Experiment, ExperimentDetail, Pair, PairPage, Vote } from './types/experiments.ts'

const PAGE = 100

export interface PairFilter {
  change?: Change
  outcome?: 'paired' | 'error' | 'skipped'
  /** KEY=VALUE of a cohort, e.g. `tenant=acme`. */
  cohort?: string
}

/** Comparisons of a candidate with a baseline: mirrors, benches, and the results of runs, which have the run's id. */
export class ExperimentsApi {
  readonly #http: Http

  constructor(http: Http) {
    this.#http = http
  }

  /** Newest first. */
  async list(filter: { route?: string; kind?: Experiment['kind'] } = {}): Promise<Experiment[]> {
    return (await this.#http.admin<{ data: Experiment[] }>('GET', 'experiments', { query: filter })).data
  }

  /** Coverage and verdict so far. It may be looked at whenever and however often one likes. */
  get(id: string): Promise<ExperimentDetail> {
    return this.#http.admin('GET', `experiments/${piece(id)}`)
  }

  /** With their texts, newest first, page by page. */
  async *pairs(id: string, filter: PairFilter = {}): AsyncGenerator<Pair, void> {
    for (let cursor: string | undefined; ; ) {
      const query = { ...filter, cursor, limit: PAGE }
      const page: PairPage = await this.#http.admin('GET', `experiments/${piece(id)}/pairs`, { query })
      yield* page.data
      if (page.next_cursor === null) return
      cursor = page.next_cursor
    }
  }

  /** Which reply of a pair is better; `null` takes that back. */
  vote(id: string, pair: string, vote: Vote | null): Promise<void> {
    return this.#http.admin('PUT', `experiments/${piece(id)}/pairs/${piece(pair)}/vote`, { json: { vote } })
  }

  /** Further pairs begin another one. */
  end(id: string): Promise<void> {
    return this.#http.admin('POST', `experiments/${piece(id)}/end`)
  }
}
