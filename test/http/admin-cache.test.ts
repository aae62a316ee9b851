import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import {
  AuditPage,
  CacheEntryDetail,
  CacheEntryPage,
  CacheSummary,
  LookUpPage,
} from '../../server/http/admin/schemas.ts'
import { type FakeUpstream, startFakeUpstream } from '../support/fake-upstream.ts'
import { goodReply } from '../support/frames.ts'
import { ask, startGateway, type TestGateway } from '../support/gateway.ts'
import { askAdmin, readAdmin, rowOf, sendAdmin } from './admin.ts'
import { entryOf, scopeOf, seedCache } from './cache-seed.ts'
import { bearer, issueKey } from './keys/issue.ts'
import { until } from './until.ts'

const CONFIG = (url: string) => `version: 1
providers:
  up: { kind: openai-compatible, base_url: "${url}/v1" }
routes:
  support: { targets: [{ provider: up, model: m }], cache: { mode: semantic, threshold: 0.8 } }
  facts: { targets: [{ provider: up, model: m }], cache: { mode: exact } }
  bad-days: { targets: [{ provider: up, model: m }], fallback: { cached: stale } }
  plain: { targets: [{ provider: up, model: m }] }
cache: { memory: 8MB, store: 16MB }
`

let gateway: TestGateway
let upstream: FakeUpstream
before(async () => {
  upstream = await startFakeUpstream(({ json }) =>
    goodReply(`About ${(json.messages as { content: string }[]).at(-1)!.content}`),
  )
  gateway = await startGateway(CONFIG(upstream.url))
})
after(async () => {
  await gateway.stop()
  await upstream.close()
})

const summary = () => readAdmin(gateway, 'cache/summary', CacheSummary)
const entries = (query = '') => readAdmin(gateway, `cache/entries${query}`, CacheEntryPage)
const purge = (selection: object) => sendAdmin(gateway, 'POST', 'cache/purge', selection)
const cacheOf = async (route: string, text: string) => {
  const reply = await gateway.chat(ask(route, text))
  await reply.text()
  return reply
}

test('a cache that nobody used yet says what it may take, and claims no figures', async () => {
  const { total, routes, memory, store, embedder, spaces, owners, vector_problem } = await summary()
  assert.deepEqual([total.requests, total.hit_rate, total.lookup_p99_ms], [0, null, null])
  assert.deepEqual(
    routes.map(({ route, mode }) => [route, mode]),
    [
      ['support', 'semantic'],
      ['facts', 'exact'],
      ['bad-days', 'stale'],
    ],
  )
  assert.deepEqual([memory.bytes, memory.limit_bytes], [0, 8 * 1024 ** 2])
  assert.deepEqual(store, { entries: 0, bytes: 0, limit_bytes: 16 * 1024 ** 2 })
  assert.deepEqual(embedder, { kind: 'builtin-lexical', name: 'builtin-lexical' })
  assert.deepEqual([spaces, owners, vector_problem], [[], [], null])
})

test('hits, misses and what is passed by are counted by route and tenant', async () => {
  const first = await cacheOf('facts', 'The tides')
  assert.equal(first.headers.get('x-gatehouse-cache'), 'miss')
  const again = await cacheOf('facts', 'The tides')
  assert.equal(again.headers.get('x-gatehouse-cache'), 'hit-exact')
  await (await gateway.chat(ask('facts', 'The tides', { temperature: 2 }))).text()
  await rowOf(gateway, again)
  const { total, routes, tenants, memory, store } = await until('three are counted', async () => {
    const now = await summary()
    return now.total.requests === 3 && now.store.entries === 1 && now
  })
  const facts = routes.find(({ route }) => route === 'facts')!
  for (const figures of [total, facts, facts.tenants[0]!, tenants[0]!])
    assert.deepEqual(
      [figures.requests, figures.exact, figures.misses, figures.bypassed, figures.hit_rate],
      [3, 1, 1, 1, 0.5],
    )
  assert.equal(facts.tenants[0]!.tenant, 'local')
  assert.ok(total.saved_ms > 0)
  assert.ok(memory.bytes > 0 && store.bytes > 0)
})

test('each tenant of a route has figures of its own, and what it kept is its own', async () => {
  const { key } = issueKey(gateway, { tenant: 'globex' })
  const ofGlobex = await gateway.chat(ask('facts', 'The tides'), bearer(key))
  assert.equal(ofGlobex.headers.get('x-gatehouse-cache'), 'miss')
  await ofGlobex.text()
  const { routes, tenants, owners } = await until('it is counted', async () => {
    const now = await summary()
    return now.tenants.length === 2 && now.owners.length === 2 && now
  })
  const facts = routes.find(({ route }) => route === 'facts')!
  assert.deepEqual(
    facts.tenants.map(({ tenant, requests, hit_rate }) => [tenant, requests, hit_rate]),
    [
      ['globex', 1, 0],
      ['local', 3, 0.5],
    ],
  )
  assert.deepEqual(tenants.map(({ tenant, requests }) => [tenant, requests]).sort(), [
    ['globex', 1],
    ['local', 3],
  ])
  assert.deepEqual(
    owners.map(({ tenant, route, entries: count }) => [tenant, route, count]),
    [
      ['globex', 'facts', 1],
      ['local', 'facts', 1],
    ],
  )
})

test('a question in other words is a hit, and the search is timed', async () => {
  await cacheOf('support', 'What is the capital of France?')
  const hit = await until('it is found by likeness', async () => {
    const reply = await cacheOf('support', "what's the capital of France")
    return reply.headers.get('x-gatehouse-cache') === 'hit-semantic' && reply
  })
  const { cache_detail: detail } = await rowOf(gateway, hit)
  assert.ok(detail!.similarity! > 0.8 && detail!.source!.startsWith('req_'))
  const { total } = await until('it is counted', async () => {
    const now = await summary()
    return now.total.semantic >= 1 && now
  })
  assert.ok(total.lookup_p99_ms! >= total.lookup_p50_ms! && total.lookup_p50_ms! > 0)
  const lookUps = await until('it is recorded', async () => {
    const page = await readAdmin(gateway, 'cache/lookups?outcome=servable', LookUpPage)
    return page.data.length > 0 && page.data
  })
  assert.equal(lookUps[0]!.cached_question, 'What is the capital of France?')
  assert.equal(lookUps[0]!.cached_answer, 'About What is the capital of France?')
  assert.equal(lookUps[0]!.threshold, 0.8)
})

test('entries are found by their words, in every order, page by page, and shown with what they say', async () => {
  const scope = scopeOf('acme', 'facts')
  seedCache(gateway, [
    { type: 'put', entry: entryOf('small', 'Low water', { scope, question: 'When is LOW water?' }), vector: null },
    { type: 'put', entry: entryOf('large', 'High water '.repeat(200), { scope, costNano: null }), vector: null },
    { type: 'hits', key: 'small', count: 7, at: Date.now() },
  ])
  const keysOf = (page: CacheEntryPage) => page.data.map(({ key }) => key)
  assert.deepEqual(keysOf(await entries('?tenant=acme&text=low%20WATER')), ['small'])
  assert.deepEqual(keysOf(await entries('?tenant=acme&order=size')), ['large', 'small'])
  assert.deepEqual(keysOf(await entries('?tenant=acme&order=hits')), ['small', 'large'])
  const one = await entries('?tenant=acme&order=size&limit=1')
  assert.deepEqual(keysOf(await entries(`?tenant=acme&order=size&limit=1&cursor=${one.next_cursor}`)), ['small'])
  assert.deepEqual((await entries('?tenant=nobody')).data, [])
  const detail = await readAdmin(gateway, 'cache/entries/small', CacheEntryDetail)
  assert.deepEqual(
    [detail.reply, detail.question, detail.hits, detail.saved_usd, detail.saved_ms, detail.events.length],
    ['Low water', 'When is LOW water?', 7, 0.014, 5600, 5],
  )
  const missing = await askAdmin(gateway, 'cache/entries/none')
  assert.equal(missing.status, 404)
  assert.match(await missing.text(), /There is no entry none/)
})

describe('purging', () => {
  test('what does not say what to forget, or says two things, is refused with a hint', async () => {
    const before = (await summary()).store.entries
    for (const body of [{}, { all: false }]) {
      const refused = await purge(body)
      assert.equal(refused.status, 400, JSON.stringify(body))
      assert.match(await refused.text(), /does not say what to forget.*all/)
    }
    const both = await purge({ all: true, route: 'facts' })
    assert.equal(both.status, 400)
    assert.match(await both.text(), /cannot stand beside/)
    assert.equal((await purge({ tenants: 'acme' })).status, 400, 'a name that is not known')
    assert.equal((await purge({ route: '' })).status, 400)
    assert.equal((await summary()).store.entries, before)
  })

  test('what is forgotten is not given again, and the rest is', async () => {
    const removed = (await (await purge({ route: 'facts', tenant: 'local' })).json()) as object
    assert.deepEqual(Object.keys(removed), ['entries', 'bytes'])
    assert.equal((removed as { entries: number }).entries, 1)
    assert.equal((await cacheOf('facts', 'The tides')).headers.get('x-gatehouse-cache'), 'miss')
    const kept = await cacheOf('support', 'What is the capital of France?')
    assert.equal(kept.headers.get('x-gatehouse-cache'), 'hit-exact')
    assert.equal((await entries('?tenant=acme')).data.length, 2, 'another tenant of the route')
    assert.deepEqual(await (await purge({ key: 'none' })).json(), { entries: 0, bytes: 0 })
  })

  test('it stands in the trail with how whoever did it was let in, newest first, and without any content', async () => {
    const code = new URL(gateway.app.signInLink()).hash.replace('#code=', '')
    const session = await fetch(`${gateway.url}/admin/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code }),
    })
    const cookie = session.headers.get('set-cookie')!.split(';')[0]!
    const purged = await fetch(`${gateway.url}/admin/api/cache/purge`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify({ key: 'large' }),
    })
    assert.equal(((await purged.json()) as { entries: number }).entries, 1)
    const { data } = await readAdmin(gateway, 'audit', AuditPage)
    assert.deepEqual(
      data.map(({ actor, action, detail }) => [actor, action, detail.selection, detail.entries]),
      [
        ['session', 'cache-purge', { key: 'large' }, 1],
        ['admin token', 'cache-purge', { key: 'none' }, 0],
        ['admin token', 'cache-purge', { tenant: 'local', route: 'facts' }, 1],
      ],
    )
    assert.doesNotMatch(JSON.stringify(data), /water|tides/i)
    const first = await readAdmin(gateway, 'audit?limit=1', AuditPage)
    const rest = await readAdmin(gateway, `audit?limit=5&cursor=${first.next_cursor}`, AuditPage)
    assert.deepEqual([...first.data, ...rest.data], data)
    assert.equal(rest.next_cursor, null)
  })

  test('everything goes where that is said', async () => {
    assert.equal((await purge({ all: true })).status, 200)
    const { store, memory, owners } = await summary()
    assert.deepEqual([store.entries, store.bytes, memory.bytes, owners], [0, 0, 0, []])
    assert.deepEqual((await readAdmin(gateway, 'cache/lookups', LookUpPage)).data, [], 'look-ups quote what is gone')
  })
})

test('nothing of it is open to who is not signed in', async () => {
  for (const path of ['cache/summary', 'cache/quality', 'cache/lookups', 'cache/entries', 'cache/entries/one', 'audit'])
    assert.equal((await fetch(`${gateway.url}/admin/api/${path}`)).status, 401, path)
  for (const path of ['cache/purge', 'cache/lookups/1/review'])
    assert.equal((await fetch(`${gateway.url}/admin/api/${path}`, { method: 'POST' })).status, 401, path)
})
