import assert from 'node:assert/strict'
import { readFileSync, statSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import fc from 'fast-check'
import { type AdminError, Session } from '../../server/http/admin/schemas.ts'
import { quoteFor } from '../../server/http/admin/viewer.ts'
import { guardedRecord, PASS, verdictOf } from '../stores/verdict-samples.ts'
import { ask, type Json, startGateway, type TestGateway } from '../support/gateway.ts'
import { askAdmin, assertFits, sendAdmin } from './admin.ts'
import { entryOf, lookUpOf, seedCache } from './cache-seed.ts'
import { watchEvents } from './event-reader.ts'
import { seedRecords } from './guard-seed.ts'

const CONFIG = `version: 1
routes:
  support:
    targets: [{ provider: sandbox, model: echo }]
    cache: { mode: semantic }
    content: {}
    mirror: { target: sandbox/lorem, sample: 1, when: always }
    evaluators: { watch: [groundedness, non-empty] }
    guardrails:
      - { use: keywords, name: rivals, words: [zanzibarium], stage: pre, mode: monitor }
`

let gateway: TestGateway
let token: string
before(async () => {
  gateway = await startGateway(CONFIG)
  token = readFileSync(gateway.home.viewerToken, 'utf8').trim()
})
after(() => gateway.stop())

const view = (path: string, init: RequestInit = {}) => askAdmin({ ...gateway, adminToken: token }, path, init)
const json = (body: object) => ({ headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

async function assertReadOnly(reply: Response, what: string): Promise<void> {
  assert.equal(reply.status, 403, what)
  const { error } = (await reply.json()) as AdminError
  assert.equal(error.code, 'read_only', what)
  assert.match(error.message, /viewer/)
}

interface Document {
  paths: Record<string, Record<string, unknown>>
}

describe('who may only read', () => {
  test('has a token of its own, in a file of the owner’s', { skip: process.platform === 'win32' }, () => {
    assert.equal(statSync(gateway.home.viewerToken).mode & 0o777, 0o600)
    assert.notEqual(token, gateway.adminToken)
  })

  test('is told so, by token and by session, and a link makes no more of it', async () => {
    const ofToken = (await (await view('session')).json()) as Session
    assertFits(Session, ofToken, 'session')
    assert.deepEqual([ofToken.signed_in, ofToken.role], [true, 'viewer'])
    const { link } = (await (await askAdmin(gateway, 'signin-links?role=viewer', { method: 'POST' })).json()) as {
      link: string
    }
    const code = new URL(link).hash.replace('#code=', '')
    const signedIn = await fetch(`${gateway.url}/admin/api/session`, { method: 'POST', ...json({ code }) })
    assert.equal(((await signedIn.json()) as Session).role, 'viewer')
    const cookie = signedIn.headers.get('set-cookie')!.split(';')[0]!
    const asked = (path: string, init: RequestInit = {}) =>
      fetch(`${gateway.url}/admin/api/${path}`, { ...init, headers: { cookie } })
    assert.equal((await asked('requests')).status, 200)
    await assertReadOnly(await asked('signin-links', { method: 'POST' }), 'a link for an admin')
    assert.equal((await asked('session', { method: 'DELETE' })).status, 204)
    assert.equal((await asked('requests')).status, 401)
    const byToken = await fetch(`${gateway.url}/admin/api/session`, { method: 'POST', ...json({ token }) })
    assert.equal(((await byToken.json()) as Session).role, 'viewer')
    const admin = (await (await askAdmin(gateway, 'session')).json()) as Session
    assert.equal(admin.role, 'admin')
  })

  test('may change nothing: every operation but reading is refused, but for what is harmless', async () => {
    const { paths } = await gateway.admin<Document>('openapi.json')
    const operations = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods)
        .filter((method) => method !== 'get')
        .map((method) => [method.toUpperCase(), path] as const),
    )
    assert.ok(operations.length > 10)
    const allowed: string[] = []
    for (const [method, path] of operations) {
      const reply = await view(path.replace('/admin/api/', '').replace(/\{\w+\}/g, '1'), { method, ...json({}) })
      if (reply.status === 403) await assertReadOnly(reply, `${method} ${path}`)
      else allowed.push(`${method} ${path}`)
    }
    assert.deepEqual(allowed.sort(), [
      'DELETE /admin/api/session',
      'POST /admin/api/routes/{route}/explain',
      'POST /admin/api/session',
    ])
  })

  test('reads neither what is cached nor, by another spelling of its path, anything else that is withheld', async () => {
    for (const path of [
      'cache/entries',
      'cache/entries/one',
      'cache/lookups',
      'cache/lookups?limit=1',
      'providers/sandbox/models',
      'cache/%65ntries',
      'cache/entries/%6Fne',
    ])
      await assertReadOnly(await view(path), path)
    assert.equal((await view('cache/summary')).status, 200)
  })

  test('explains a request', async () => {
    const reply = await view('routes/support/explain', { method: 'POST', ...json({ request: ask('support') }) })
    assert.equal(reply.status, 200)
  })
})

/** A comparison, a dataset, a run and something to annotate, all of a request that says the word; ids by kind. */
async function experimentsOf(word: string): Promise<Record<string, string>> {
  const add = async (path: string, body: object): Promise<Json> => {
    const reply = await sendAdmin(gateway, 'POST', path, body)
    assert.ok(reply.ok, `${path} ${reply.status}`)
    return reply.json()
  }
  const { data: requests } = await gateway.admin<Json>('requests?route=support')
  const own = requests.find(({ cache_detail }: Json) => cache_detail !== null)
  const datasets = (await add('datasets', { name: 'kept', traces: { route: 'support' } })).dataset.id
  const runs = (await add('runs', { dataset: 'kept', candidate: { target: 'sandbox/echo' } })).id
  const annotation = (await add('annotation', { as: 'Ada', request_id: own.request_id })).id
  for (let tries = 0; tries < 100; tries++) {
    const { data } = await gateway.admin<Json>('experiments?kind=mirror')
    const { state } = await gateway.admin<Json>(`runs/${runs}`)
    if (data[0]?.pairs > 0 && state === 'done') {
      const pairs = await gateway.admin<Json>(`experiments/${data[0].id}/pairs`)
      assert.ok(JSON.stringify(pairs).includes(word), 'an admin sees it')
      return { datasets, runs, annotation: String(annotation), experiments: data[0].id }
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error('no pair and no run came')
}

describe('what was found', () => {
  test('is blocks to a viewer, and an excerpt without a place to mark is not shown', () => {
    const excerpt = 'The code is 4711, they say.'
    assert.deepEqual(quoteFor('admin', { excerpt, highlight: [12, 16] }), { excerpt, highlight: [12, 16] })
    assert.deepEqual(quoteFor('viewer', { excerpt, highlight: [12, 16] }), {
      excerpt: 'The code is ████, they say.',
      highlight: [12, 16],
    })
    assert.deepEqual(quoteFor('viewer', { excerpt, highlight: null }), { excerpt: null, highlight: null })
    const twice = quoteFor('viewer', { excerpt: '4711 and 4711', highlight: [0, 4] })
    assert.deepEqual(twice, { excerpt: '████', highlight: [0, 4] })
  })

  test('never stands in what a viewer gets of an excerpt, whatever it is', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(), fc.nat(), (excerpt, one, other) => {
        const ends = [one % (excerpt.length + 1), other % (excerpt.length + 1)].sort((a, b) => a - b)
        const [start, end] = ends as [number, number]
        const shown = quoteFor('viewer', { excerpt, highlight: [start, end] })
        const found = excerpt.slice(start, end)
        assert.ok([...shown.excerpt!].filter((each) => each === '█').length <= 12 + excerpt.split('█').length)
        if (found.replaceAll('█', '') !== '') assert.ok(!shown.excerpt!.includes(found))
      }),
    ))

  test('reaches a viewer by no endpoint and no event', async () => {
    const MARK = 'zanzibarium'
    const excerpts = [
      { excerpt: `They speak of ${MARK} all day.`, highlight: [14, 14 + MARK.length] as [number, number] },
      { excerpt: `${MARK}, and once more ${MARK}`, highlight: [0, MARK.length] as [number, number] },
      { excerpt: `Only ${MARK}, nowhere marked`, highlight: null },
    ]
    const now = Date.now()
    const verdict = { guardrail: 'rivals', kind: 'keywords', stage: 'pre', mode: 'monitor' } as const
    const records = excerpts.map((quoted, index) =>
      guardedRecord(now - 1000 + index, [verdictOf({ ...verdict, ...quoted })]),
    )
    records.push(guardedRecord(now, [verdictOf({ ...verdict, ...PASS })]))
    seedRecords(gateway, records)
    seedCache(gateway, [
      { type: 'put', entry: entryOf('one', `About ${MARK}.`, { question: `What is ${MARK}?` }), vector: null },
      lookUpOf('req_look', 0.9, { question: `What is ${MARK}?`, cachedQuestion: `What is a ${MARK}?` }),
    ])
    const watch = await watchEvents({ ...gateway, adminToken: token })
    await (await gateway.chat(ask('support', `Tell me of ${MARK} now`))).text()
    const listed = await gateway.admin<{ data: { id: number; excerpt: string | null }[] }>('guardrails/verdicts')
    assert.ok(
      listed.data.some(({ excerpt }) => excerpt?.includes(MARK)),
      'an admin sees it',
    )
    for (const { id } of listed.data)
      await sendAdmin(gateway, 'POST', 'guardrails/labels', { verdict: id, label: 'right' })
    const text = { text: `A text of ${MARK}.`, route: 'support', origin: 'user', label: 'missed' }
    await sendAdmin(gateway, 'POST', 'guardrails/labels', text)
    await gateway.stored(records.length + 1)
    const experiments = await experimentsOf(MARK)

    const { paths } = await gateway.admin<Document>('openapi.json')
    const values: Record<string, readonly string[]> = {
      request_id: records.map(({ request_id }) => request_id),
      trace_id: records.map(({ trace_id }) => trace_id),
      route: ['support'],
      guardrail: ['rivals'],
      key: ['one'],
    }
    // By the first part of the path.
    const ids: Record<string, string> = { ...experiments, providers: 'sandbox' }
    const readable = Object.entries(paths).filter(([path, methods]) => 'get' in methods && !path.endsWith('/events'))
    const asked = readable.flatMap(([path]) => {
      let spelt = [path.replace('/admin/api/', '')]
      for (const [, name] of path.matchAll(/\{(\w+)\}/g))
        spelt = spelt.flatMap((each) =>
          (values[name!] ?? [ids[each.split('/')[0]!]!]).map((value) => each.replace(`{${name}}`, value)),
        )
      return spelt
    })
    asked.push(
      'guardrails/verdicts?passes=true',
      'cache/quality?route=support',
      'guardrails/tuning/support/rivals?threshold=0.1',
    )
    assert.ok(asked.length > 25)
    const told: string[] = []
    for (const path of asked) {
      const reply = await view(path)
      const body = await reply.text()
      assert.ok([200, 403].includes(reply.status), `${path} ${reply.status}`)
      // The list of words is the operator's policy, which viewers may read.
      if (/^(config|guardrails)$|\/promotion$/.test(path)) continue
      assert.ok(!body.includes(MARK), path)
      if (body.includes('█')) told.push(path.split('/').slice(0, 2).join('/'))
    }
    for (const part of [
      'traces/',
      'guardrails/verdicts',
      'guardrails/labels',
      'guardrails/labels.jsonl',
      'guardrails/tuning',
    ])
      assert.ok(
        told.some((path) => path.startsWith(part)),
        `${part} shows blocks`,
      )
    assert.ok(watch.events().some(({ type }) => type === 'request-end'))
    assert.ok(!watch.text().includes(MARK))
    await watch.leave()
  })
})
