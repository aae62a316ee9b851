import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { ConfigState, ProviderList, type RequestRow, Stats, Status } from '../../server/http/admin/schemas.ts'
import { ask, backed, routesConfig, startGateway, type TestGateway } from '../support/gateway.ts'
import { askAdmin, assertFits } from './admin.ts'
import { until } from './until.ts'

const ROUTES = {
  default: ['sandbox/echo'],
  backed: backed('fail-429', 'lorem'),
  down: backed('fail-503'),
  cut: backed('cut-mid-stream'),
}
const COUNT = 30

let gateway: TestGateway
let rows: RequestRow[]
before(async () => {
  gateway = await startGateway(routesConfig({}, ROUTES))
  const names = [...Object.keys(ROUTES), 'nowhere']
  for (let index = 0; index < COUNT; index += 1) {
    const route = names[index % names.length]!
    await (await gateway.chat(ask(route, 'Hello there', { stream: route === 'cut' }))).text()
  }
  rows = await gateway.stored(COUNT)
})
after(() => gateway.stop())

async function stats(query = ''): Promise<Stats> {
  const reply = await askAdmin(gateway, `stats${query}`)
  assert.equal(reply.status, 200)
  const body = (await reply.json()) as Stats
  assertFits(Stats, body, query)
  return body
}

type Figures = Stats['total']
const SUMS = ['requests', 'errors', 'refused', 'fallbacks', 'cost_unknown', 'input_tokens', 'output_tokens'] as const
const sum = (list: readonly Figures[], name: (typeof SUMS)[number]) =>
  list.reduce((total, figures) => total + figures[name], 0)

test('the figures of the whole are those of the rows', async () => {
  const { total } = await stats()
  assert.equal(total.requests, COUNT)
  const count = (holds: (row: RequestRow) => boolean) => rows.filter(holds).length
  assert.equal(
    total.errors,
    count((row) => row.status >= 500 || (row.status < 400 && row.error !== null)),
  )
  assert.equal(
    total.refused,
    count((row) => row.status >= 400 && row.status < 499),
  )
  assert.equal(
    total.fallbacks,
    count((row) => row.fallback),
  )
  assert.equal(
    total.input_tokens,
    rows.reduce((tokens, row) => tokens + (row.input_tokens ?? 0), 0),
  )
  assert.equal(
    total.output_tokens,
    rows.reduce((tokens, row) => tokens + (row.output_tokens ?? 0), 0),
  )
  assert.equal(total.cost_usd, 0)
})

test('steps add up to the whole', async () => {
  for (const query of ['', '?window_ms=600000&steps=1', '?window_ms=86400000&steps=500', '?window_ms=999983&steps=7']) {
    const { total, series, ...window } = await stats(query)
    assert.equal(total.requests, COUNT, query)
    for (const name of SUMS) {
      assert.equal(sum(series, name), total[name], `series ${name} ${query}`)
    }
    assert.equal(Date.parse(window.to) - Date.parse(window.from), window.step_ms * series.length, query)
    assert.deepEqual(
      series.map(({ ts }) => Date.parse(ts)),
      series.map((_, index) => Date.parse(window.from) + index * window.step_ms),
    )
  }
})

test('routes come with the busiest first and add up to what reached a target; other names are left out', async () => {
  const { routes, total } = await stats()
  assert.deepEqual(new Set(routes.map(({ route }) => route)), new Set(Object.keys(ROUTES)))
  const counts = routes.map(({ requests }) => requests)
  assert.deepEqual(
    counts,
    [...counts].sort((left, right) => right - left),
  )
  assert.equal(sum(routes, 'requests'), rows.filter((row) => row.attempts > 0).length)
  for (const name of ['errors', 'fallbacks', 'input_tokens', 'output_tokens'] as const)
    assert.equal(sum(routes, name), total[name], name)
})

test('quantiles lie among the durations that were measured, within the width of a bin', async () => {
  const { total } = await stats()
  const durations = rows.filter((row) => row.status < 400).map((row) => row.duration_ms)
  const [least, most] = [Math.min(...durations), Math.max(...durations)]
  for (const quantile of [total.p50_ms!, total.p95_ms!]) assert.ok(quantile >= least * 0.9 && quantile <= most * 1.1)
  assert.ok(total.p50_ms! <= total.p95_ms!)
  assert.ok(total.ttft_p50_ms! <= total.ttft_p95_ms!)
})

test('a stretch of time without requests has figures of 0 and no quantiles', async () => {
  const { series } = await stats('?window_ms=86400000&steps=24')
  assert.deepEqual([series[0]!.requests, series[0]!.p50_ms, series[0]!.cost_usd], [0, null, 0])
})

test('a window that makes no sense is refused', async () => {
  for (const query of [
    '?window_ms=5',
    '?steps=0',
    '?steps=501',
    '?window_ms=abc',
    '?window_ms=9e15',
    '?windw_ms=60000',
  ])
    assert.equal((await askAdmin(gateway, `stats${query}`)).status, 400, query)
})

test('providers are judged by their attempts', async () => {
  const { data } = (await (await askAdmin(gateway, 'providers')).json()) as typeof ProviderList & { data: never[] }
  assertFits(ProviderList, { data }, 'providers')
  const [sandbox] = data as { id: string; attempts: number; errors: number; status: string; synthetic: boolean }[]
  assert.equal(sandbox!.id, 'sandbox')
  assert.equal(sandbox!.synthetic, true)
  const attempts = rows.flatMap((row) => row.attempt_list)
  assert.equal(sandbox!.attempts, attempts.length)
  assert.equal(sandbox!.errors, attempts.filter((attempt) => attempt.outcome === 'error').length)
  assert.ok(['degraded', 'down'].includes(sandbox!.status))
})

test('config and status fit their schemas, and the recorder counts what it stored', async () => {
  const config = (await (await askAdmin(gateway, 'config')).json()) as ConfigState
  assertFits(ConfigState, config, 'config')
  assert.deepEqual(
    config.routes.map(({ name }) => name),
    Object.keys(ROUTES),
  )
  const status = await until('the recorder has nothing left', async () => {
    const body = (await (await askAdmin(gateway, 'status')).json()) as Status
    assertFits(Status, body, 'status')
    return body.recorder.waiting === 0 && body
  })
  assert.deepEqual(status.recorder, { waiting: 0, stored: COUNT, dropped: 0, problem: null })
  assert.equal(status.in_flight, 0)
})
