import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import { RunCreated, RunEstimate, RunPage, RunRow, RunSummary } from '../../server/http/admin/run-schemas.ts'
import { RunSite } from '../experiments/runs-site.ts'
import { type Json, startGateway, type TestGateway } from '../support/gateway.ts'
import { assertFits, readAdmin, sendAdmin } from './admin.ts'

const CONFIG = `version: 1
routes:
  support:
    targets: [{ provider: sandbox, model: echo }]
    content: {}
    evaluators: { watch: [{ use: contains, any: [Question] }] }
  judge:
    targets: [{ provider: sandbox, model: json }]
`
const PLANTED = 'the planted words of a prompt'

describe('the admin API of runs', () => {
  let gateway: TestGateway
  let runs: RunSite
  const order = { dataset: 'words', candidate: { target: 'sandbox/lorem' }, cohorts: ['tenant', 'metadata.tier'] }
  before(async () => {
    gateway = await startGateway(CONFIG)
    runs = new RunSite(gateway)
    await runs.dataset('words', [
      { question: `Question one, ${PLANTED}`, tier: 'a', route: 'support' },
      { question: 'Question two', tier: 'b', route: 'support' },
    ])
  })
  after(() => gateway.stop())

  it('says what a run would take and makes nothing', async () => {
    const estimate = await runs.estimate(order)
    assertFits(RunEstimate, estimate, 'an estimate')
    assert.equal(estimate.items, 2)
    assert.equal(estimate.calls, 2)
    assert.ok(estimate.input_tokens > 5)
    assert.deepEqual((await readAdmin(gateway, 'runs', RunPage)).data, [])
    assert.equal((await gateway.admin<Json>('datasets/words')).frozen_at, null)
  })

  it('counts what judges and evaluators call', async () => {
    const judged = {
      ...order,
      baseline: { target: 'sandbox/echo' },
      judge: { route: 'judge' },
      evaluators: ['non-empty', { use: 'judge', route: 'judge', rubric: 'Is it good?' }],
    }
    // Two sides, each looked at by one evaluator that asks a model, and a judge of pairs in both orders.
    assert.equal((await runs.estimate(judged)).calls, 2 * (2 + 2 + 2))
  })

  it('makes a run that is an experiment of the same id', async () => {
    const response = await sendAdmin(gateway, 'POST', 'runs', { ...order, name: 'A trial', margins: { success: 0.1 } })
    assert.equal(response.status, 201)
    const created = (await response.json()) as { id: string }
    assertFits(RunCreated, created, 'a new run')
    await runs.reached(created.id, 'done')
    const run = await readAdmin(gateway, `runs/${created.id}`, RunRow)
    assert.deepEqual(
      [run.name, run.dataset, run.candidate, run.baseline, run.evaluators, run.actor],
      ['A trial', 'words@1', 'sandbox/lorem', 'recorded', ['contains'], 'admin token'],
    )
    const experiment = await runs.verdict(created.id)
    assert.deepEqual(
      [experiment.kind, experiment.name, experiment.route, experiment.settings.margins],
      ['replay', 'A trial', 'support', { success: 0.1 }],
    )
    const trail = await gateway.admin<Json>('audit')
    assert.ok(trail.data.some((row: Json) => row.action === 'run-create' && row.detail.id === created.id))
  })

  it('sums up by any fact of the requests, also one that is no cohort of the run', async () => {
    const { id } = (await readAdmin(gateway, 'runs', RunPage)).data[0]!
    const all = await readAdmin(gateway, `runs/${id}/summary`, RunSummary)
    assert.deepEqual([all.by, all.rows.length, all.total.n], [null, 0, 2])
    const byRoute = await readAdmin(gateway, `runs/${id}/summary?by=route`, RunSummary)
    assert.deepEqual(
      byRoute.rows.map(({ value, n }) => [value, n]),
      [['support', 2]],
    )
    assert.equal((await readAdmin(gateway, `runs/${id}/summary?by=metadata.tier`, RunSummary)).rows.length, 2)
  })

  it('lists runs page by page, newest first', async () => {
    const { id } = await runs.done({ ...order, baseline: 'none' })
    const page = await readAdmin(gateway, 'runs?limit=1', RunPage)
    assert.deepEqual(
      page.data.map((run) => run.id),
      [id],
    )
    const next = await readAdmin(gateway, `runs?limit=1&cursor=${page.next_cursor}`, RunPage)
    assert.equal(next.data[0]!.name, 'A trial')
  })

  it('says that there is no such run', async () => {
    for (const path of ['runs/nope', 'runs/nope/summary'])
      await assert.rejects(gateway.admin(path), /404 .*There is no run nope/)
    for (const step of ['pause', 'resume', 'cancel', 'retry-lost'])
      assert.equal((await runs.refused(`runs/nope/${step}`, {})).code, 'not_found')
  })

  it('shows viewers how runs go, but no text, and lets them change nothing', async () => {
    const token = readFileSync(gateway.home.viewerToken, 'utf8').trim()
    const view = (path: string, init: RequestInit = {}) =>
      fetch(`${gateway.url}/admin/api/${path}`, {
        ...init,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      })
    const { id } = (await readAdmin(gateway, 'runs', RunPage)).data[0]!
    for (const path of ['runs', `runs/${id}`, `runs/${id}/summary?by=prompt`]) {
      const response = await view(path)
      assert.equal(response.status, 200)
      assert.ok(!(await response.text()).includes(PLANTED))
    }
    for (const path of ['runs', 'runs/estimate', `runs/${id}/cancel`, `runs/${id}/retry-lost`])
      assert.equal((await view(path, { method: 'POST', body: JSON.stringify(order) })).status, 403)
  })
})
