import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import type { ConfigState, Trace } from '../../server/http/admin/schemas.ts'
import { contentOf, GATED_TEXT, startGatedUpstream } from '../http/gated-upstream.ts'
import { until } from '../http/until.ts'
import { ask, routesConfig, startGateway, type TestGateway } from '../support/gateway.ts'
import { marked } from './compile.ts'

const config = (model: string) => routesConfig({}, { default: [`sandbox/${model}`] })
const revisionOf = (text: string | Buffer) => createHash('sha256').update(text).digest('hex').slice(0, 12)
const state = (gateway: TestGateway) => gateway.admin<ConfigState>('config')

function accepted(gateway: TestGateway, text: string): Promise<ConfigState> {
  return until('the new config runs', async () => {
    const current = await state(gateway)
    return current.revision === revisionOf(text) && current.rejected === null && current
  })
}

const WAYS: Readonly<Record<string, (file: string, text: string) => void>> = {
  'written in place': (file, text) => writeFileSync(file, text),
  'renamed into place, as editors do': (file, text) => {
    writeFileSync(`${file}.new~`, text)
    renameSync(`${file}.new~`, file)
  },
}

for (const [way, save] of Object.entries(WAYS))
  test(`a config ${way} runs from the next request on, time and again`, async (t) => {
    const gateway = await startGateway(config('echo'))
    t.after(() => gateway.stop())
    for (const model of ['json', 'lorem', 'echo']) {
      save(gateway.home.config, config(model))
      await accepted(gateway, config(model))
      const reply = await gateway.chat(ask('default'))
      assert.equal(reply.headers.get('x-gatehouse-model'), model)
      assert.equal(reply.headers.get('x-gatehouse-revision'), revisionOf(config(model)))
    }
    assert.equal(gateway.log.filter((line) => line.includes('config accepted')).length, 3)
  })

test('a bad edit leaves the last good config running and says why; mending it clears that', async (t) => {
  const good = config('echo')
  const gateway = await startGateway(good)
  t.after(() => gateway.stop())
  const bad = marked('version: 1\nroutes:\n  default:\n    targets: [{ provider: ▸sanbox, model: echo }]\n')
  writeFileSync(gateway.home.config, bad.source)
  const refused = await until('the edit is refused', async () => {
    const current = await state(gateway)
    return current.rejected !== null && current
  })
  assert.equal(refused.revision, revisionOf(good))
  assert.equal(refused.source, good)
  const [problem] = refused.rejected!.problems
  assert.equal(problem!.line, bad.line)
  assert.equal(problem!.column, bad.column)
  assert.match(problem!.suggestion ?? '', /did you mean "sandbox"\?/)
  const logged = gateway.log.find((line) => line.includes('refused'))
  assert.ok(logged?.includes(`${bad.line}:${bad.column} routes.default.targets[0].provider`), logged)
  assert.equal((await gateway.chat(ask('default'))).headers.get('x-gatehouse-revision'), revisionOf(good))

  writeFileSync(gateway.home.config, config('json'))
  assert.equal((await accepted(gateway, config('json'))).rejected, null)
  assert.equal((await gateway.chat(ask('default'))).headers.get('x-gatehouse-model'), 'json')
})

test('a file that goes back to what is running is no longer refused', async (t) => {
  const good = config('echo')
  const gateway = await startGateway(good)
  t.after(() => gateway.stop())
  writeFileSync(gateway.home.config, 'version: [')
  await until('the edit is refused', async () => (await state(gateway)).rejected)
  writeFileSync(gateway.home.config, good)
  await accepted(gateway, good)
})

test('any edit whatever, a name outside the pattern among them, is refused with a place in the file', async (t) => {
  const gateway = await startGateway(config('echo'))
  t.after(() => gateway.stop())
  for (const text of ['version: 1\nroutes:\n  "our support": 5\n', 'version: 1\nroutes: null\n', '\0', '']) {
    writeFileSync(gateway.home.config, text)
    const { problems } = await until(`${JSON.stringify(text)} is refused`, async () => {
      const { rejected } = await state(gateway)
      return rejected
    })
    for (const problem of problems) assert.doesNotMatch(problem.message, /cannot be read/, JSON.stringify(text))
    writeFileSync(gateway.home.config, config('echo'))
    await accepted(gateway, config('echo'))
  }
})

test('a stream under way finishes under the config it began with', async (t) => {
  const upstream = await startGatedUpstream()
  const before = routesConfig({ up: { kind: 'vllm', base_url: upstream.url } }, { default: ['up/m'] })
  const gateway = await startGateway(before)
  t.after(() => Promise.all([gateway.stop(), upstream.close()]))
  const stream = await gateway.chat(ask('default', 'Hello', { stream: true }))
  await upstream.arrived(1)

  writeFileSync(gateway.home.config, config('echo'))
  await accepted(gateway, config('echo'))
  assert.equal((await gateway.chat(ask('default'))).headers.get('x-gatehouse-provider'), 'sandbox')
  upstream.release()
  const text = await stream.text()
  assert.equal(contentOf(text), GATED_TEXT)
  assert.match(text, /data: \[DONE\]\n\n$/)
  assert.equal(stream.headers.get('x-gatehouse-revision'), revisionOf(before))
  const rows = await gateway.stored(2)
  assert.deepEqual(rows.map((row) => [row.provider, row.revision]).sort(), [
    ['sandbox', revisionOf(config('echo'))],
    ['up', revisionOf(before)],
  ])
})

test('header, row and every span carry the revision: 12 hex digits of the SHA-256 of the file', async (t) => {
  const gateway = await startGateway(`# naïve ☕\n${config('echo')}\n`)
  t.after(() => gateway.stop())
  const expected = revisionOf(readFileSync(gateway.home.config))
  const reply = await gateway.chat(ask('default'))
  assert.equal(reply.headers.get('x-gatehouse-revision'), expected)
  const [row] = await gateway.stored(1)
  assert.equal(row!.revision, expected)
  const { spans } = await gateway.admin<Trace>(`traces/${row!.trace_id}`)
  assert.ok(spans.length >= 3)
  for (const span of spans) assert.equal(span.attributes['gateway.revision'], expected, span.name)
})
