import assert from 'node:assert/strict'
import type { ExperimentDetail, PairPage, PairRow } from '../../server/http/admin/experiment-schemas.ts'
import type { RunCreated, RunEstimate, RunRow, RunSummary } from '../../server/http/admin/run-schemas.ts'
import { sendAdmin } from '../http/admin.ts'
import { until } from '../http/until.ts'
import type { TestGateway } from '../support/gateway.ts'

/** What tests do with runs, by the admin API. */
export class RunSite {
  readonly gateway: TestGateway

  constructor(gateway: TestGateway) {
    this.gateway = gateway
  }

  /** Posts, and gives what a 2xx says. */
  async post<T>(path: string, body: object = {}): Promise<T> {
    const response = await sendAdmin(this.gateway, 'POST', path, body)
    const json = (await response.json()) as T
    assert.ok(response.ok, JSON.stringify(json))
    return json
  }

  /** Posts, and gives the refusal. */
  async refused(path: string, body: object): Promise<{ code: string; message: string; hint: string | null }> {
    const response = await sendAdmin(this.gateway, 'POST', path, body)
    const json = (await response.json()) as { error: { code: string; message: string; hint: string | null } }
    assert.ok(!response.ok, JSON.stringify(json))
    return json.error
  }

  /** Makes a dataset of rows; returns `NAME@VERSION`. */
  async dataset(name: string, rows: readonly object[]): Promise<string> {
    const text = rows.map((row) => JSON.stringify(row)).join('\n')
    const response = await fetch(`${this.gateway.url}/admin/api/datasets/import?name=${name}&test=0`, {
      method: 'POST',
      headers: { authorization: `Bearer ${this.gateway.adminToken}`, 'content-type': 'application/x-ndjson' },
      body: text,
    })
    const made = (await response.json()) as { dataset: { name: string; version: number } }
    assert.equal(response.status, 200, JSON.stringify(made))
    return `${made.dataset.name}@${made.dataset.version}`
  }

  create(order: object): Promise<RunCreated> {
    return this.post<RunCreated>('runs', order)
  }

  estimate(order: object): Promise<RunEstimate> {
    return this.post<RunEstimate>('runs/estimate', order)
  }

  run(id: string): Promise<RunRow> {
    return this.gateway.admin<RunRow>(`runs/${id}`)
  }

  /** Waits until the run is in this state. */
  reached(id: string, state: RunRow['state']): Promise<RunRow> {
    return until(`run ${id} is ${state}`, async () => {
      const run = await this.run(id)
      return run.state === state ? run : false
    })
  }

  /** Makes a run and waits for its end. */
  async done(order: object): Promise<RunRow> {
    const { id } = await this.create(order)
    return this.reached(id, 'done')
  }

  verdict(id: string): Promise<ExperimentDetail> {
    return this.gateway.admin<ExperimentDetail>(`experiments/${id}`)
  }

  /** In the order of the list, with their texts: those are stored a moment later. */
  pairs(id: string): Promise<PairRow[]> {
    return until(`the texts of ${id} are stored`, async () => {
      const { data } = await this.gateway.admin<PairPage>(`experiments/${id}/pairs?limit=100`)
      return data.every(({ candidate, texts }) => candidate === null || texts !== null) && data.toReversed()
    })
  }

  summary(id: string, by?: string): Promise<RunSummary> {
    return this.gateway.admin<RunSummary>(`runs/${id}/summary${by === undefined ? '' : `?by=${by}`}`)
  }
}
