import assert from 'node:assert/strict'
import { statSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { keyPepper } from '../../server/home.ts'
import { AdminError, Session } from '../../server/http/admin/schemas.ts'
import { openForWriting } from '../../server/stores/database.ts'
import { createKey } from '../../server/stores/keys.ts'
import { routesConfig, startGateway, type TestGateway } from '../support/gateway.ts'
import { askAdmin, assertFits } from './admin.ts'

const PATHS = ['requests', 'stats', 'providers', 'config', 'events', 'status', 'openapi.json', 'traces/x', 'requests/x']

let gateway: TestGateway
before(async () => {
  gateway = await startGateway(routesConfig({}, { default: ['sandbox/echo'] }))
})
after(() => gateway.stop())

const plain = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  fetch(`${gateway.url}/admin/api/${path}`, { method, headers })

async function assertRefused(reply: Response, what: string): Promise<void> {
  assert.equal(reply.status, 401, what)
  const body = await reply.json()
  assertFits(AdminError, body, what)
  assert.equal((body as AdminError).error.code, 'unauthenticated', what)
}

function callerKey(): string {
  const db = openForWriting(gateway.home.store)
  try {
    return createKey(db, keyPepper(gateway.home), { tenant: 'acme', team: null, routes: null }).key
  } finally {
    db.close()
  }
}

const signIn = (credential: object, headers: Record<string, string> = {}) =>
  fetch(`${gateway.url}/admin/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(credential),
  })
const codeOf = (link: string) => new URL(link).hash.replace('#code=', '')
const cookieOf = (reply: Response) => reply.headers.get('set-cookie')!.split(';')[0]!

test('without a token nothing of the admin API can be read', async () => {
  for (const path of PATHS) await assertRefused(await plain(path), path)
  await assertRefused(await plain('signin-links', {}, 'POST'), 'signin-links')
  await assertRefused(await plain('session', {}, 'DELETE').then(refusedOrNoContent), 'sign-out')
})

/** Signing out needs no right: whoever is not signed in loses nothing. */
async function refusedOrNoContent(reply: Response): Promise<Response> {
  return reply.status === 204 ? plain('requests') : reply
}

test('a wrong token, an empty one, and the right one spelt otherwise are refused', async () => {
  const token = gateway.adminToken
  const wrong = ['x', token.slice(1), `${token}x`, token.toUpperCase(), `${token} ${token}`, 'undefined', '']
  for (const value of wrong) await assertRefused(await plain('requests', { authorization: `Bearer ${value}` }), value)
  await assertRefused(await plain('requests', { authorization: token }), 'no scheme')
  await assertRefused(await plain('requests', { 'x-api-key': token }), 'x-api-key')
  await assertRefused(await plain(`requests?token=${token}`), 'query')
  assert.equal((await askAdmin(gateway, 'requests')).status, 200)
})

test('the key of a caller opens /v1 but never the admin API', async () => {
  const key = callerKey()
  assert.equal((await fetch(`${gateway.url}/v1/models`, { headers: { authorization: `Bearer ${key}` } })).status, 200)
  for (const path of PATHS) await assertRefused(await plain(path, { authorization: `Bearer ${key}` }), path)
  await assertRefused(await signIn({ token: key }), 'sign-in with a caller key')
  assert.equal((await signIn({ code: key })).status, 401)
})

test('the admin token is no key of a caller', async () => {
  const off = await startGateway(routesConfig({}, { default: ['sandbox/echo'] }, { anonymous: 'off' }))
  try {
    const headers = { authorization: `Bearer ${off.adminToken}` }
    assert.equal((await fetch(`${off.url}/v1/models`, { headers })).status, 401)
  } finally {
    await off.stop()
  }
})

test('a sign-in code works once and gives a cookie that scripts and other sites cannot use', async () => {
  const code = codeOf(gateway.app.signInLink())
  const reply = await signIn({ code })
  assert.equal(reply.status, 200)
  assertFits(Session, await reply.json(), 'session')
  const flags = reply.headers.get('set-cookie')!.split('; ').slice(1)
  assert.ok(flags.includes('HttpOnly') && flags.includes('SameSite=Strict') && flags.includes('Path=/'), flags.join())
  // Cookies do not tell ports apart, so two gateways on one machine need two names.
  assert.ok(cookieOf(reply).startsWith(`gatehouse_${new URL(gateway.url).port}=`))
  const cookie = cookieOf(reply)
  assert.equal((await plain('requests', { cookie })).status, 200)
  await assertRefused(await signIn({ code }), 'the code again')
  assert.equal((await plain('requests', { cookie: `other=1; ${cookie}; more=2` })).status, 200)
  await assertRefused(await plain('requests', { cookie: `${cookie}x` }), 'a changed cookie')
  await assertRefused(await plain('requests', { cookie: cookie.replace('gatehouse_', 'gatehouse_1') }), 'another port')
})

test('signing out ends that session and no other', async () => {
  const [one, two] = [
    await signIn({ token: gateway.adminToken }),
    await signIn({ code: codeOf(gateway.app.signInLink()) }),
  ]
  const [first, second] = [cookieOf(one), cookieOf(two)]
  const out = await plain('session', { cookie: first }, 'DELETE')
  assert.equal(out.status, 204)
  assert.match(out.headers.get('set-cookie') ?? '', /^gatehouse_\d+=;.*Max-Age=0/)
  await assertRefused(await plain('requests', { cookie: first }), 'after signing out')
  assert.equal((await plain('requests', { cookie: second })).status, 200)
})

test('whoever is not signed in learns no more than that this is a Gatehouse', async () => {
  const session = (await (await plain('session')).json()) as Session
  assertFits(Session, session, 'session')
  assert.equal(session.signed_in, false)
  assert.equal(session.revision, '')
  assert.equal(session.default_route, null)
  const known = (await (await askAdmin(gateway, 'session')).json()) as Session
  assert.deepEqual([known.signed_in, known.default_route, known.address], [true, 'default', gateway.url])
  assert.notEqual(known.revision, '')
})

test('nonsense at sign-in is a refusal in words', async () => {
  for (const credential of [{}, { code: '' }, { token: '' }, { code: 'x'.repeat(200) }])
    await assertRefused(await signIn(credential), JSON.stringify(credential))
  for (const credential of [{ code: 'x', more: 1 }, [], 'x', { code: 'x'.repeat(500) }]) {
    const reply = await signIn(credential as object)
    assert.equal(reply.status, 400, JSON.stringify(credential))
    assertFits(AdminError, await reply.json(), JSON.stringify(credential))
  }
})

test('a new link can be asked for with the token, and works', async () => {
  const { link } = (await (await askAdmin(gateway, 'signin-links', { method: 'POST' })).json()) as { link: string }
  assert.ok(link.startsWith(`${gateway.url}/#code=`), link)
  assert.equal((await signIn({ code: codeOf(link) })).status, 200)
})

test('the files of the installation belong to their owner alone', { skip: process.platform === 'win32' }, () => {
  for (const file of [gateway.home.adminToken, `${gateway.home.folder}/key-pepper`])
    assert.equal(statSync(file).mode & 0o777, 0o600, file)
})

test('what the admin API says is never kept by a cache', async () => {
  for (const path of ['requests', 'session', 'config', 'stats'])
    assert.equal((await askAdmin(gateway, path)).headers.get('cache-control'), 'no-store', path)
})
