import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Trace } from '../../../server/http/admin/schemas.ts'
import { ask, routesConfig, startGateway, type TestGateway } from '../../support/gateway.ts'
import { rowOf } from '../admin.ts'
import { bearer, issueKey } from './issue.ts'

const ROUTES = { default: ['sandbox/echo'], other: ['sandbox/lorem'] }

let closed: TestGateway
let open: TestGateway
before(async () => {
  closed = await startGateway(routesConfig({}, ROUTES, { anonymous: 'off' }))
  open = await startGateway(routesConfig({}, ROUTES, { direct_access: true }))
})
after(() => Promise.all([closed.stop(), open.stop()]))

const codeOf = async (reply: Response) => ((await reply.json()) as { error: { code: string } }).error.code
const WRONG = ['gh-', 'gh-x', `gh-${'A'.repeat(43)}`]

test('Authorization: Bearer and x-api-key are the same', async () => {
  const { key } = issueKey(closed, { tenant: 'acme' })
  assert.equal((await closed.chat(ask('default'), bearer(key))).status, 200)
  assert.equal((await closed.chat(ask('default'), { authorization: `bearer ${key}` })).status, 200)
  assert.equal((await closed.chat(ask('default'), { 'x-api-key': key })).status, 200)
  assert.equal((await closed.chat(ask('default'), { authorization: key })).status, 401)
})

test('with `anonymous: off` nobody calls without a key that is known', async () => {
  const { key } = issueKey(closed, { tenant: 'acme' })
  const wrong = [
    {},
    bearer('dummy'),
    { 'x-api-key': 'dummy' },
    bearer(`${key}x`),
    bearer(key.toUpperCase()),
    bearer(key.slice(0, -1)),
  ]
  for (const headers of [...wrong, ...WRONG.map(bearer), { 'proxy-authorization': `Bearer ${key}` }]) {
    const reply = await closed.chat(ask('default'), headers as Record<string, string>)
    assert.equal(reply.status, 401, JSON.stringify(headers))
    assert.equal(await codeOf(reply), 'invalid_api_key')
  }
  assert.equal((await fetch(`${closed.url}/v1/models`)).status, 401)
  assert.equal((await fetch(`${closed.url}/v1/models?key=${key}`)).status, 401)
})

test('a program on this machine may send any dummy key, but a key of ours has to be right', async () => {
  for (const headers of [{}, bearer('dummy'), bearer('sk-1234567890'), { 'x-api-key': 'x' }]) {
    const reply = await open.chat(ask('default'), headers as Record<string, string>)
    assert.equal(reply.status, 200, JSON.stringify(headers))
  }
  for (const key of WRONG) {
    assert.equal((await open.chat(ask('default'), bearer(key))).status, 401, key)
    assert.equal((await open.chat(ask('default'), { 'x-api-key': key })).status, 401, key)
  }
  const rows = await open.stored(4)
  for (const row of rows.filter((each) => each.status === 200)) assert.deepEqual([row.tenant, row.key], ['local', null])
})

test('a key that may use some routes sees and calls only those', async () => {
  const { key } = issueKey(closed, { tenant: 'acme', routes: ['other'] })
  const { data } = (await (await fetch(`${closed.url}/v1/models`, { headers: bearer(key) })).json()) as {
    data: { id: string }[]
  }
  assert.deepEqual(
    data.map(({ id }) => id),
    ['other'],
  )
  assert.equal((await fetch(`${closed.url}/v1/models/other`, { headers: bearer(key) })).status, 200)
  assert.equal((await fetch(`${closed.url}/v1/models/default`, { headers: bearer(key) })).status, 404)
  assert.equal((await closed.chat(ask('other'), bearer(key))).status, 200)
  assert.equal((await closed.chat(ask('default'), bearer(key))).status, 403)
})

/** What differs from one answer to the next anyway: ids and times. */
async function shapeOf(reply: Response, model: string) {
  const drop = new Set(['date', 'x-request-id', 'x-gatehouse-trace-id', 'x-gatehouse-overhead-ms', 'content-length'])
  const headers = [...reply.headers].filter(([name]) => !drop.has(name))
  return { status: reply.status, headers, body: (await reply.text()).replaceAll(model, 'MODEL') }
}

test('the refusal of a route does not say whether the route exists', async () => {
  const { key } = issueKey(closed, { tenant: 'acme', routes: ['other'] })
  const existing = await shapeOf(await closed.chat(ask('default'), bearer(key)), 'default')
  assert.equal(existing.status, 403)
  for (const model of ['nowhere', 'sandbox/echo', 'constructor', 'Other'])
    assert.deepEqual(await shapeOf(await closed.chat(ask(model), bearer(key)), model), existing, model)
  const models = await Promise.all(
    ['default', 'nowhere'].map(async (model) =>
      shapeOf(await fetch(`${closed.url}/v1/models/${model}`, { headers: bearer(key) }), model),
    ),
  )
  assert.deepEqual(models[0], models[1])
})

test('direct access does not go around a restriction of routes', async () => {
  const { key } = issueKey(open, { tenant: 'acme', routes: ['other'] })
  assert.equal((await open.chat(ask('sandbox/echo'))).status, 200)
  assert.equal((await open.chat(ask('sandbox/echo'), bearer(key))).status, 403)
})

test('an unknown key is told nothing about routes or about its body', async () => {
  for (const body of [ask('default'), ask('nowhere'), '{', '[]'])
    assert.equal((await closed.chat(body, bearer(WRONG[2]!))).status, 401, JSON.stringify(body))
})

test('tenant, team, key and session stand on the row and on every span', async () => {
  const { id, key } = issueKey(closed, { tenant: 'acme', team: 'blue' })
  const reply = await closed.chat(ask('default'), { ...bearer(key), 'x-session-id': 'task-42' })
  await reply.text()
  const row = await rowOf(closed, reply)
  assert.deepEqual([row.tenant, row.team, row.key, row.session], ['acme', 'blue', id, 'task-42'])
  const { spans } = await closed.admin<Trace>(`traces/${row.trace_id}`)
  assert.equal(spans.length, 3)
  for (const { name, attributes } of spans) {
    const stands = ['tenant', 'team', 'key', 'session'].map((field) => attributes[`gateway.${field}`])
    assert.deepEqual(stands, ['acme', 'blue', id, 'task-42'], name)
  }
})

test('the session is read from each of its headers, the first of them first', async () => {
  const names = ['x-session-id', 'x-claude-code-session-id', 'session_id', 'helicone-session-id']
  for (const [index, name] of names.entries()) {
    const later = Object.fromEntries(names.slice(index).map((each) => [each, `from ${each}`]))
    const reply = await open.chat(ask('default'), later)
    await reply.text()
    assert.equal((await rowOf(open, reply)).session, `from ${name}`)
  }
})
