import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { keyPepper } from '../../server/home.ts'
import { AdminError, RequestPage, RequestRow } from '../../server/http/admin/schemas.ts'
import { openForWriting } from '../../server/stores/database.ts'
import { createKey } from '../../server/stores/keys.ts'
import { ask, backed, routesConfig, startGateway, type TestGateway } from '../support/gateway.ts'
import { askAdmin, assertFits } from './admin.ts'

const COUNT = 47

let gateway: TestGateway
let all: RequestRow[]

before(async () => {
  gateway = await startGateway(
    routesConfig(
      {},
      {
        default: ['sandbox/echo'],
        backed: backed('fail-429', 'lorem'),
        down: backed('fail-503'),
        cut: backed('cut-mid-stream'),
      },
    ),
  )
  const db = openForWriting(gateway.home.store)
  const { key } = createKey(db, keyPepper(gateway.home), { tenant: 'acme', team: 'blue', routes: null })
  db.close()
  const session = { 'x-session-id': 'task-1' }
  const routes = ['default', 'backed', 'down', 'nowhere', 'cut']
  for (let index = 0; index < COUNT; index += 1) {
    const headers = index % 2 === 0 ? { authorization: `Bearer ${key}`, ...session } : {}
    const route = routes[index % routes.length]!
    const reply = await gateway.chat(
      ask(route, 'Hello', { stream: route === 'cut', user: `user-${index % 3}` }),
      headers,
    )
    await reply.text()
  }
  all = await gateway.stored(COUNT)
})
after(() => gateway.stop())

async function page(query: string): Promise<RequestPage> {
  const reply = await askAdmin(gateway, `requests?${query}`)
  const body = await reply.json()
  assert.equal(reply.status, 200, JSON.stringify(body))
  assertFits(RequestPage, body, query)
  return body as RequestPage
}

const idsOf = (rows: readonly RequestRow[]) => rows.map((row) => row.request_id)

/** A filter gives exactly the rows of which its meaning holds, and there are some and not all of them. */
async function assertFilter(query: string, holds: (row: RequestRow) => boolean): Promise<void> {
  const expected = all.filter(holds)
  assert.ok(expected.length > 0 && expected.length < all.length, `${query} tells nothing apart`)
  assert.deepEqual(idsOf((await page(`${query}&limit=1000`)).data), idsOf(expected), query)
}

test('every row has every field, newest first', () => {
  assert.equal(all.length, COUNT)
  assert.deepEqual(idsOf(all), idsOf(all).sort().reverse())
  const fields = `request_id trace_id ts route tenant status provider model attempts fallback cache guardrail
    input_tokens output_tokens cost_usd duration_ms ttft_ms overhead_ms revision error team key session`.split(/\s+/)
  for (const row of all) for (const field of fields) assert.ok(field in row, `${row.route} has no ${field}`)
})

test('each outcome is told as it was', () => {
  const of = (route: string) => all.find((row) => row.route === route)!
  const {
    default: plain,
    backed,
    down,
    nowhere,
    cut,
  } = Object.fromEntries(['default', 'backed', 'down', 'nowhere', 'cut'].map((route) => [route, of(route)])) as Record<
    string,
    RequestRow
  >
  assert.deepEqual([plain!.status, plain!.attempts, plain!.fallback, plain!.error], [200, 1, false, null])
  assert.deepEqual([backed!.status, backed!.attempts, backed!.fallback, backed!.model], [200, 2, true, 'lorem'])
  assert.deepEqual(
    backed!.attempt_list.map(({ model, outcome, status, reason }) => [model, outcome, status, reason]),
    [
      ['fail-429', 'error', 429, 'first'],
      ['lorem', 'ok', 200, 'fallback'],
    ],
  )
  assert.deepEqual([down!.status, down!.error], [503, 'upstream_error'])
  assert.deepEqual([nowhere!.status, nowhere!.attempts, nowhere!.provider], [404, 0, null])
  assert.deepEqual([cut!.status, cut!.stream, cut!.error], [200, true, 'upstream_cut'])
  // The sandbox is never charged: an unknown price is no price, not a price of 0.
  for (const row of all) assert.equal(row.cost_usd, null)
  assert.ok(plain!.input_tokens! > 0 && plain!.output_tokens! > 0)
  assert.equal(nowhere!.input_tokens, null)
})

test('filters by route, tenant, provider, model and session', async () => {
  await assertFilter('route=backed', (row) => row.route === 'backed')
  await assertFilter('tenant=acme', (row) => row.tenant === 'acme')
  await assertFilter('provider=sandbox', (row) => row.provider === 'sandbox')
  await assertFilter('model=lorem', (row) => row.model === 'lorem')
  await assertFilter('session=task-1', (row) => row.session === 'task-1')
  await assertFilter('tenant=local&route=default', (row) => row.tenant === 'local' && row.route === 'default')
})

test('filters by status: number, class, ok, error, fallback', async () => {
  await assertFilter('status=200', (row) => row.status === 200)
  await assertFilter('status=4xx', (row) => row.status >= 400 && row.status < 500)
  await assertFilter('status=5xx', (row) => row.status >= 500)
  await assertFilter('status=ok', (row) => row.status < 400 && row.error === null)
  await assertFilter('status=error', (row) => row.status >= 400 || row.error !== null)
  await assertFilter('status=fallback', (row) => row.fallback)
  assert.deepEqual((await page('status=418')).data, [])
})

test('filters by time, as ISO 8601 or in milliseconds, from inclusive and to exclusive', async () => {
  const middle = all[COUNT >> 1]!.ts
  const at = Date.parse(middle)
  for (const moment of [middle, String(at)]) {
    const query = encodeURIComponent(moment)
    await assertFilter(`from=${query}`, (row) => Date.parse(row.ts) >= at)
    await assertFilter(`to=${query}`, (row) => Date.parse(row.ts) < at)
  }
  assert.deepEqual((await page(`from=${at}&to=${at}`)).data, [])
})

test('pages of any size give every row once, in order', async () => {
  for (const limit of [1, 7, COUNT, 100]) {
    const seen: string[] = []
    let cursor: string | null = ''
    for (let pages = 0; cursor !== null; pages += 1) {
      assert.ok(pages <= COUNT + 1, 'the pages do not end')
      const { data, next_cursor: next } = await page(`limit=${limit}${cursor && `&cursor=${cursor}`}`)
      assert.ok(data.length <= limit)
      seen.push(...idsOf(data))
      cursor = next
    }
    assert.deepEqual(seen, idsOf(all), `limit ${limit}`)
  }
})

test('pages keep to their filter, and new requests do not shift them', async () => {
  const first = await page('route=default&limit=3')
  await (await gateway.chat(ask('default'))).text()
  await gateway.stored(COUNT + 1)
  const second = await page(`route=default&limit=1000&cursor=${first.next_cursor}`)
  const expected = all.filter((row) => row.route === 'default')
  assert.deepEqual(idsOf([...first.data, ...second.data]), idsOf(expected))
})

test('what makes no sense in a query is refused in words, not guessed', async () => {
  const queries = [
    'limit=0',
    'limit=1001',
    'limit=many',
    'status=9',
    'status=weird',
    'from=yesterday-ish',
    'to=99999999999999999999',
    'cursor=x',
    'cursor=req_1%27%20OR%201=1',
    'rout=default',
    'route=',
  ]
  for (const query of queries) {
    const reply = await askAdmin(gateway, `requests?${query}`)
    const body = await reply.json()
    assert.equal(reply.status, 400, `${query}: ${JSON.stringify(body)}`)
    assertFits(AdminError, body, query)
  }
  assert.deepEqual((await page(`route=${encodeURIComponent("x' OR 1=1 --")}`)).data, [])
})

test('one request can be read by its id; another id is 404', async () => {
  const reply = await askAdmin(gateway, `requests/${all[0]!.request_id}`)
  const row = await reply.json()
  assertFits(RequestRow, row, 'one request')
  assert.deepEqual(row, all[0])
  const missing = await askAdmin(gateway, 'requests/req_0000000000000000000000000000')
  assert.equal(missing.status, 404)
  assertFits(AdminError, await missing.json(), 'missing request')
})
