import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { DraftResult, SaveResult } from '../../server/http/admin/provider-schemas.ts'
import { ask } from '../support/gateway.ts'
import { assertFits } from './admin.ts'
import { ok, providerBench } from './provider-bench.ts'
import { until } from './until.ts'

const bench = providerBench()
const { models, tryOut, save, draft } = bench
const file = () => readFileSync(bench.gateway.home.config, 'utf8')

test('a draft is tested without being written, then saved, and works at once', async () => {
  const before = file()
  const tested = await tryOut('new', draft({ residency: 'eu' }))
  assertFits(DraftResult, tested, 'provider-tests')
  assert.deepEqual([tested.problems, tested.probe!.ok, tested.probe!.models.length], [[], true, 2])
  assert.equal(file(), before)

  const saved = await save('new', draft({ residency: 'eu' }))
  assertFits(SaveResult, saved, 'saved')
  assert.equal(saved.saved, true)
  assert.equal(saved.revision, bench.gateway.app.config.current().revision)
  assert.equal(
    saved.yaml,
    `new:\n  kind: openai\n  base_url: ${bench.upstream.url}/v1\n  api_key: \${env:THE_KEY}\n  residency: eu\n`,
  )
  const lines = saved.yaml!.trimEnd().replace(/^/gm, '  ')
  assert.equal(
    file(),
    before.replace('  keyless: { kind: openai }\n', (line) => `${line}${lines}\n`),
  )
  assert.equal((await models('new')).ok, true)

  const chunk = {
    id: 'x',
    object: 'chat.completion',
    created: 1,
    model: 'gpt-4o',
    choices: [{ index: 0, message: { role: 'assistant', content: 'Hello from new' }, finish_reason: 'stop' }],
  }
  bench.upstream.answer = () => ok(chunk)
  const reply = await bench.gateway.chat(ask('new/gpt-4o'))
  assert.equal(reply.status, 200)
  assert.match(await reply.text(), /Hello from new/)
})

test('the watcher, which sees the new file too, does not take it for another change', async () => {
  const changes: string[] = []
  bench.gateway.app.config.onChange(({ policy }) => changes.push(policy.revision))
  const { revision } = await save('watched', draft())
  await new Promise((resolve) => setTimeout(resolve, 300))
  assert.deepEqual(
    changes.filter((each) => each === revision),
    [revision],
  )
})

test('a credential that is written out is refused, everywhere, and not repeated', async () => {
  const literal = 'sk-live-abcdef0123456789'
  const before = file()
  for (const [provider, expected] of [
    [draft({ api_key: literal }), /api_key.*never stands in the file.*\$\{env:NAME\}/],
    [draft({ api_key: `\${env:${literal}}` }), /api_key.*not the name of an environment variable/],
    [draft({ api_key: `Bearer \${env:THE_KEY}` }), /api_key/],
    [draft({ api_key: 5 }), /api_key/],
    [draft({ headers: { authorization: `Bearer ${literal}` } }), /headers\.authorization.*reference/],
    [draft({ base_url: `https://me:${literal}@models.example/v1` }), /credentials do not belong in a URL/],
  ] as const)
    for (const result of [await tryOut('new', provider), await save('new', provider)]) {
      const text = JSON.stringify(result)
      assert.equal(result.in_file, false)
      assert.ok(result.problems.length > 0, text)
      const shown = result.problems.map(({ path, message, suggestion }) => `${path} ${message} ${suggestion}`).join()
      assert.match(shown, expected)
      assert.ok(!text.includes(literal), text)
    }
  assert.equal(file(), before)
  assert.equal(bench.upstream.seen.length, 0)
})

test('drafts that are wrong in other ways are refused with the reason', async () => {
  const cases: [string, object, RegExp][] = [
    ['', draft(), /id/],
    ['a b', draft(), /id .*letters, digits/],
    ['-x', draft(), /begins with/],
    ['__proto__', draft(), /letters, digits/],
    ['x'.repeat(65), draft(), /longer than 64/],
    ['a/b', draft(), /letters, digits/],
    ['there', draft(), /"there" already/],
    ['sandbox', draft(), /"sandbox" already/],
    ['new', {}, /"kind" is missing/],
    ['new', { kind: 'opnai' }, /opnai.*openai/],
    ['new', draft({ base_url: 'ftp://x' }), /http/],
    ['new', draft({ base_url: 'not a url' }), /not a URL/],
    ['new', draft({ colour: 'red' }), /unknown key "colour"/],
    ['new', draft({ num_ctx: 4096 }), /no option "num_ctx"/],
    ['new', draft({ residency: '' }), /residency/],
    ['new', draft({ dialects: ['gemini'] }), /do not speak gemini/],
    ['new', { kind: 'azure', api_key: '${env:THE_KEY}' }, /needs a base_url/],
  ]
  const before = file()
  for (const [id, provider, expected] of cases)
    for (const result of [await tryOut(id, provider), await save(id, provider)]) {
      const shown = result.problems.map(({ path, message, suggestion }) => `${path} ${message} ${suggestion}`).join()
      assert.match(shown, expected, id)
      assert.equal('saved' in result ? result.saved : result.probe, 'saved' in result ? false : null)
    }
  assert.equal(file(), before)
})

test('what is missing outside of the file can be saved, and the test says what it is', async () => {
  const unset = await tryOut('new', draft({ api_key: '${env:NOT_SET}' }))
  assert.deepEqual([unset.problems, unset.probe!.ok], [[], false])
  assert.match(unset.probe!.error!, /NOT_SET is not set/)
  const sealed = await tryOut('new', { kind: 'openai', api_key: '${env:THE_KEY}' })
  assert.match(sealed.probe!.error!, /sealed.*api\.openai\.com.*add "api\.openai\.com".*egress\.mode: open/)
  assert.equal((await save('new', { kind: 'openai', api_key: '${env:THE_KEY}' })).saved, true)
  assert.equal(bench.upstream.seen.length, 0)
})

test('a mistake that stands in the file already is told apart, and a newer edit is not undone', async () => {
  const broken = `${bench.config()}  second: { targets: [{ provider: nowhere, model: x }] }\n`
  for (const source of [broken, 'version: 1\nroutes: [\n']) {
    writeFileSync(bench.gateway.home.config, source)
    for (const result of [await tryOut('new', draft()), await save('new', draft())]) {
      assert.equal(result.in_file, true)
      assert.ok(result.problems[0]!.line > 1)
    }
    assert.equal(file(), source)
  }
  writeFileSync(bench.gateway.home.config, bench.config().replace('there:', 'just-written:'))
  assert.match((await save('just-written', draft())).problems[0]!.message, /already/)
  assert.equal((await save('new', draft())).saved, true)
  await until('the edit runs too', () => bench.gateway.app.config.current().providers.has('just-written'))
  assert.match(file(), /just-written:.*new:/s)
})

test('a file that cannot be written is no fault of the gateway', { skip: process.getuid?.() === 0 }, async () => {
  chmodSync(bench.gateway.home.config, 0o400)
  chmodSync(bench.gateway.home.folder, 0o500)
  try {
    const result = await save('new', draft())
    assert.deepEqual([result.saved, result.in_file], [false, true])
    assert.match(result.problems[0]!.message, /cannot be written: EACCES/)
    assert.match(result.yaml!, /^new:/)
  } finally {
    chmodSync(bench.gateway.home.folder, 0o700)
    chmodSync(bench.gateway.home.config, 0o600)
  }
})

test('where nothing can be put beside the file, it is written over', async () => {
  // What a file that is mounted by itself looks like: no other one can take its place.
  mkdirSync(`${bench.gateway.home.config}.${process.pid}.new`)
  try {
    assert.equal((await save('new', draft())).saved, true)
    assert.match(file(), /\n {2}new:\n/)
  } finally {
    rmdirSync(`${bench.gateway.home.config}.${process.pid}.new`)
  }
})

test('secrets from files are read, and redacted too', async () => {
  mkdirSync(join(bench.gateway.home.folder, 'secrets'), { recursive: true })
  writeFileSync(join(bench.gateway.home.folder, 'secrets', 'mine'), 'a-very-own-secret\n')
  bench.upstream.answer = ({ headers }) => ({ ...ok({ error: `no: ${headers.authorization}` }), status: 403 })
  const { probe } = await tryOut('new', draft({ api_key: '${secret:mine}' }))
  assert.equal(bench.upstream.seen[0]!.headers.authorization, 'Bearer a-very-own-secret')
  assert.match(probe!.error!, /403: no: .*\[redacted\]/)
  assert.ok(!probe!.error!.includes('own-secret'))
})
