import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { after, before, beforeEach, test } from 'node:test'
import { ConfigCheck, ConfigRefusal, ConfigSaved, type ConfigState } from '../../server/http/admin/schemas.ts'
import { ask, startGateway, type TestGateway } from '../support/gateway.ts'
import { assertFits, sendAdmin } from './admin.ts'
import { contentOf, GATED_TEXT, startGatedUpstream } from './gated-upstream.ts'

const CONFIG = `# Kept as it is.
version: 1
routes:
  default: { targets: [{ provider: sandbox, model: echo }] }
`
const OTHER = CONFIG.replace('model: echo', 'model: lorem')
const BAD = CONFIG.replace('targets:', 'tragets:')

let gateway: TestGateway
before(async () => {
  gateway = await startGateway(CONFIG)
})
after(() => gateway.stop())
beforeEach(() => {
  writeFileSync(gateway.home.config, CONFIG)
  gateway.app.config.reload()
})

const state = () => gateway.admin<ConfigState>('config')
const onDisk = () => readFileSync(gateway.home.config, 'utf8')

test('a good text is told with its revision and routes, and not written', async () => {
  const reply = await sendAdmin(gateway, 'POST', 'config/check', { source: OTHER })
  assert.equal(reply.status, 200)
  const check = (await reply.json()) as ConfigCheck
  assertFits(ConfigCheck, check, 'check')
  assert.ok(check.ok)
  assert.notEqual(check.revision, (await state()).revision)
  assert.deepEqual(check.routes[0]!.targets, [{ provider: 'sandbox', model: 'lorem', weight: 1 }])
  assert.equal(onDisk(), CONFIG)
})

test('a bad text is told with every line, its column and what was meant', async () => {
  const source = BAD.replace('version: 1', 'version: 1\nanonymos: off')
  const check = (await (await sendAdmin(gateway, 'POST', 'config/check', { source })).json()) as ConfigCheck
  assertFits(ConfigCheck, check, 'check')
  assert.ok(!check.ok)
  assert.deepEqual(
    check.problems.map(({ line, column, suggestion }) => [line, column, suggestion]),
    [
      [3, 1, 'did you mean "anonymous"?'],
      [5, 3, null],
      [5, 14, 'did you mean "targets"?'],
    ],
  )
  const broken = (await (await sendAdmin(gateway, 'POST', 'config/check', { source: 'a: [' })).json()) as ConfigCheck
  assert.ok(!broken.ok && broken.problems.length > 0)
})

test('warnings are told of what works all the same', async () => {
  const source = CONFIG.replace('routes:', 'providers: { o: { kind: openai, api_key: "${env:NOT_SET}" } }\nroutes:')
  const check = (await (await sendAdmin(gateway, 'POST', 'config/check', { source })).json()) as ConfigCheck
  assert.ok(check.ok)
  assert.match(check.warnings[0]!, /provider o cannot be called.*NOT_SET/)
})

test('a text that is put runs at once, and the file is that text', async () => {
  const before = await state()
  assert.equal(before.disk_revision, before.revision)
  const reply = await sendAdmin(gateway, 'PUT', 'config', { source: OTHER, base_revision: before.revision })
  assert.equal(reply.status, 200)
  const saved = (await reply.json()) as ConfigSaved
  assertFits(ConfigSaved, saved, 'saved')
  assert.equal(onDisk(), OTHER)
  const next = await gateway.chat(ask('default'))
  assert.equal(next.headers.get('x-gatehouse-model'), 'lorem')
  assert.equal(next.headers.get('x-gatehouse-revision'), saved.revision)
})

test('a text made from another version than the one on disk is not written', async () => {
  const { revision } = await state()
  writeFileSync(gateway.home.config, `${CONFIG}# by hand\n`)
  const reply = await sendAdmin(gateway, 'PUT', 'config', { source: OTHER, base_revision: revision })
  assert.equal(reply.status, 409)
  const { error } = (await reply.json()) as { error: { code: string; hint: string } }
  assert.equal(error.code, 'conflict')
  assert.match(onDisk(), /# by hand/)
  const now = await state()
  assert.match(now.source, /# by hand/, 'what is in the way can be read at once')
  assert.equal((await sendAdmin(gateway, 'PUT', 'config', { source: OTHER, base_revision: now.revision })).status, 200)
})

test('a refused version on disk is in the way until it is named', async () => {
  const { revision } = await state()
  writeFileSync(gateway.home.config, BAD)
  gateway.app.config.reload()
  assert.equal((await sendAdmin(gateway, 'PUT', 'config', { source: OTHER, base_revision: revision })).status, 409)
  const { disk_revision, rejected } = await state()
  assert.ok(rejected && disk_revision !== null && disk_revision !== revision)
  assert.equal((await sendAdmin(gateway, 'PUT', 'config', { source: OTHER, base_revision: disk_revision })).status, 200)
  assert.equal((await state()).rejected, null)
})

test('a bad text is refused with its problems, and what ran goes on', async () => {
  const { revision } = await state()
  const reply = await sendAdmin(gateway, 'PUT', 'config', { source: BAD, base_revision: revision })
  assert.equal(reply.status, 400)
  const refusal = (await reply.json()) as ConfigRefusal
  assertFits(ConfigRefusal, refusal, 'refusal')
  assert.deepEqual(refusal.problems.at(-1)!.line, 4)
  assert.equal(onDisk(), CONFIG)
  assert.equal((await state()).revision, revision)
})

test('a stream under way ends as it began while the next request follows the new text', async () => {
  const gated = await startGatedUpstream()
  const provider = `providers: { gated: { kind: openai-compatible, base_url: "${gated.url}/v1" } }\n`
  const base = `version: 1\n${provider}routes: { default: { targets: [{ provider: gated, model: slow }] } }\n`
  const first = (await (
    await sendAdmin(gateway, 'PUT', 'config', { source: base, base_revision: (await state()).revision })
  ).json()) as ConfigSaved
  const stream = await gateway.chat(ask('default', 'Hi', { stream: true }))
  await gated.arrived(1)
  const after = base.replace('gated, model: slow', 'sandbox, model: echo')
  assert.equal(
    (await sendAdmin(gateway, 'PUT', 'config', { source: after, base_revision: first.revision })).status,
    200,
  )
  const next = await gateway.chat(ask('default'))
  assert.equal(next.headers.get('x-gatehouse-provider'), 'sandbox')
  gated.release()
  assert.equal(contentOf(await stream.text()), GATED_TEXT)
  await gated.close()
})

test('a file larger than other requests may be is taken, and one beyond reason is not', async () => {
  const big = `${CONFIG}# ${'x'.repeat(2 * 1024 * 1024)}\n`
  assert.equal((await sendAdmin(gateway, 'POST', 'config/check', { source: big })).status, 200)
  const endless = `${CONFIG}# ${'x'.repeat(9 * 1024 * 1024)}\n`
  assert.equal((await sendAdmin(gateway, 'POST', 'config/check', { source: endless })).status, 413)
})

test('the schema says what may stand in the file', async () => {
  const schema = await gateway.admin<{ properties: Record<string, unknown> }>('config/schema')
  assert.ok('routes' in schema.properties && 'providers' in schema.properties)
})

test('none of it is open to who is not signed in', async () => {
  for (const [method, path] of [
    ['PUT', 'config'],
    ['POST', 'config/check'],
    ['POST', 'drains'],
    ['GET', 'routes'],
  ] as const) {
    const body = method === 'GET' ? {} : { body: '{}', headers: { 'content-type': 'application/json' } }
    const reply = await fetch(`${gateway.url}/admin/api/${path}`, { method, ...body })
    assert.equal(reply.status, 401, path)
  }
})
