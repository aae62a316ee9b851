import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { routesConfig, startGateway, type TestGateway } from '../support/gateway.ts'

const built = existsSync(new URL('../../dist/ui/index.html', import.meta.url))
const skip = built ? false : 'the UI has not been built: npm start or node scripts/build-ui.ts'
const PAGE = { accept: 'text/html,application/xhtml+xml' }

let gateway: TestGateway
before(async () => {
  gateway = await startGateway(routesConfig({}, { default: ['sandbox/echo'], 'b:2': ['sandbox/json'] }))
})
after(() => gateway.stop())

const get = (path: string, headers: Record<string, string> = {}) => fetch(`${gateway.url}${path}`, { headers })

test('/healthz and /readyz answer anybody, and tell nothing else', async () => {
  assert.deepEqual(await (await get('/healthz')).json(), { status: 'ok' })
  const ready = await get('/readyz')
  assert.equal(ready.status, 200)
  assert.deepEqual(await ready.json(), { status: 'ready' })
})

test('/v1/models lists the routes in the shape of OpenAI', async () => {
  const { object, data } = (await (await get('/v1/models')).json()) as { object: string; data: { id: string }[] }
  assert.equal(object, 'list')
  assert.deepEqual(
    data.map(({ id }) => id),
    ['default', 'b:2'],
  )
  for (const model of data)
    assert.deepEqual(model, { id: model.id, object: 'model', created: 0, owned_by: 'gatehouse' })
})

test('/v1/models/{route} shows one route; others are 404', async () => {
  assert.equal(((await (await get('/v1/models/b%3A2')).json()) as { id: string }).id, 'b:2')
  const missing = await get('/v1/models/nowhere')
  assert.equal(missing.status, 404)
  assert.equal(((await missing.json()) as { error: { code: string } }).error.code, 'model_not_found')
})

test('the UI comes with a strict policy and the other headers that keep pages in', { skip }, async () => {
  const reply = await get('/', PAGE)
  assert.equal(reply.status, 200)
  assert.match(reply.headers.get('content-type') ?? '', /^text\/html/)
  const policy = new Map(
    (reply.headers.get('content-security-policy') ?? '').split('; ').map((rule) => {
      const [name, ...values] = rule.split(' ')
      return [name, values.join(' ')] as const
    }),
  )
  assert.equal(policy.get('default-src'), "'none'")
  assert.equal(policy.get('script-src'), "'self'")
  assert.equal(policy.get('connect-src'), "'self'")
  assert.equal(policy.get('frame-ancestors'), "'none'")
  for (const [name, values] of policy) assert.doesNotMatch(values, /unsafe|http|\*/, name)
  assert.equal(reply.headers.get('x-content-type-options'), 'nosniff')
  assert.equal(reply.headers.get('x-frame-options'), 'DENY')
  assert.equal(reply.headers.get('referrer-policy'), 'no-referrer')
  assert.equal(reply.headers.get('cross-origin-opener-policy'), 'same-origin')
  assert.equal(reply.headers.get('cross-origin-resource-policy'), 'same-origin')
})

test('the UI names no outside address, and its files are kept for ever by their hash', { skip }, async () => {
  const html = await (await get('/', PAGE)).text()
  const assets = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path!)
  assert.ok(assets.length > 0)
  for (const path of assets) {
    assert.match(path, /^\.?\//, path)
    const reply = await get(path)
    assert.equal(reply.status, 200, path)
    assert.ok(reply.headers.has('content-security-policy'), path)
    if (path.includes('/assets/')) assert.match(reply.headers.get('cache-control') ?? '', /immutable/)
    await reply.body?.cancel()
  }
})

test('a page of the UI may be opened at any address', { skip }, async () => {
  for (const path of ['/live', '/requests/req_0', '/a/b/c?x=1', '/v1live']) {
    const reply = await get(path, PAGE)
    assert.equal(reply.status, 200, path)
    assert.match(await reply.text(), /<!doctype html>/i)
    assert.ok(reply.headers.has('content-security-policy'), path)
  }
})

test('a path of an API that is not there is JSON, also for a browser', async () => {
  for (const path of ['/v1/nothing', '/v1/', '/admin/api/nothing', '/admin/', '/assets/nothing.js']) {
    const reply = await get(path, { ...PAGE, authorization: `Bearer ${gateway.adminToken}` })
    assert.equal(reply.status, 404, path)
    assert.match(reply.headers.get('content-type') ?? '', /^application\/json/, path)
    assert.equal(((await reply.json()) as { error: { code: string } }).error.code, 'not_found', path)
  }
})

test('nothing outside the folder of the UI can be fetched', async () => {
  for (const path of [
    '/..%2f..%2fpackage.json',
    '/%2e%2e/%2e%2e/package.json',
    '/assets/..%2f..%2f..%2fpackage.json',
  ]) {
    const text = await (await get(path)).text()
    assert.doesNotMatch(text, /"dependencies"/, path)
  }
  for (const path of ['/.built-from', '/assets/']) assert.ok((await get(path)).status >= 400, path)
})
