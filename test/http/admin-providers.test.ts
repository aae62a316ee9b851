import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { ProbeResult, ProviderKindList } from '../../server/http/admin/provider-schemas.ts'
import { ProviderList } from '../../server/http/admin/schemas.ts'
import { CATALOGUE } from '../../server/telemetry/prices.ts'
import type { Script } from '../support/fake-upstream.ts'
import { assertFits, readAdmin } from './admin.ts'
import { ok, providerBench, SECRET } from './provider-bench.ts'

const bench = providerBench()
const { models, tryOut, draft } = bench

test('prices are as of the catalogue that is installed', () => {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  assert.equal(CATALOGUE.version, manifest.dependencies[CATALOGUE.name])
  const installed = new URL(`../../node_modules/${CATALOGUE.name}/package.json`, import.meta.url)
  assert.equal(CATALOGUE.version, JSON.parse(readFileSync(installed, 'utf8')).version)
})

test('the rows say what each provider is, and the kinds what could be added', async () => {
  const list = await readAdmin(bench.gateway, 'providers', ProviderList)
  const status = Object.fromEntries(list.data.map((row) => [row.id, [row.status, row.lists_models]]))
  assert.deepEqual(status, { sandbox: ['unknown', false], there: ['unknown', true], keyless: ['unconfigured', true] })
  const kinds = await readAdmin(bench.gateway, 'provider-kinds', ProviderKindList)
  for (const kind of ['openai', 'anthropic', 'ollama', 'vllm', 'bedrock', 'openai-compatible'])
    assert.ok(
      kinds.data.some((row) => row.kind === kind),
      kind,
    )
  assert.ok(!kinds.data.some(({ kind }) => kind === 'sandbox'))
})

test('a provider is asked with its credential, and its models come with prices as of a day', async () => {
  const result = await models('there')
  assertFits(ProbeResult, result, 'models')
  assert.equal(result.ok, true)
  assert.equal(result.prices_as_of, CATALOGUE.asOf)
  assert.ok(result.latency_ms! > 0 && result.latency_ms! < 5000)
  const [known, unknown] = result.models
  assert.ok(known!.input_usd! > 0 && known!.output_usd! > known!.input_usd!)
  assert.deepEqual(unknown, {
    id: 'nobody-knows-it',
    context_window: 4096,
    loaded: null,
    input_usd: null,
    output_usd: null,
  })
  assert.equal(bench.upstream.seen[0]!.path, '/v1/models')
  assert.equal(bench.upstream.seen[0]!.headers.authorization, `Bearer ${SECRET}`)
})

test('a refusal says why and what to do, and never repeats the credential', async () => {
  bench.upstream.answer = () => ({
    ...ok({ error: { message: `Incorrect API key provided: ${SECRET}.` } }),
    status: 401,
  })
  const result = await models('there')
  assert.equal(result.ok, false)
  assert.match(result.error!, /answered 401: Incorrect API key provided: \[redacted\].*api_key/)
  assert.doesNotMatch(JSON.stringify(await tryOut('new', draft())), new RegExp(SECRET))
})

test('other failures say what they are', async () => {
  const cases: [Script, RegExp][] = [
    [
      { ...ok({ detail: 'Not Found' }), status: 404 },
      /answered 404.*asked at http:.*\/v1\/models: is the base_url right/,
    ],
    [{ status: 307, headers: { location: 'https://elsewhere.example/' } }, /Redirects.*https:\/\/elsewhere\.example/],
    [{ chunks: ['<h1>Welcome</h1>'] }, /no list of models.*base_url/],
    [ok({ greeting: 'hello' }), /no list of models/],
    [{ status: 500, chunks: ['x'.repeat(100_000)] }, /^.{100,620}$/s],
    [{ chunks: [Buffer.alloc(9 * 1024 * 1024, 'x')] }, /too large/],
    [{ ending: 'cut', chunks: ['{'] }, /broke the connection/],
  ]
  for (const [script, expected] of cases) {
    bench.upstream.answer = () => script
    const { ok, error } = await models('there')
    assert.equal(ok, false)
    assert.match(error!, expected)
    assert.doesNotMatch(error!, /timeouts|max_reply/)
  }
  const { error } = await models('keyless')
  assert.match(error!, /needs an api_key/)
  assert.match((await models('sandbox')).error!, /no list of models/)
  await assert.rejects(models('nobody'), /404/)
})

test('one that never answers is given up after five seconds', async () => {
  bench.upstream.answer = () => ({ silent: true })
  const started = performance.now()
  assert.match((await models('there')).error!, /No answer came/)
  assert.ok(performance.now() - started < 6500)
})

test('numbers of a model that make no sense are not known, rather than a failure', async () => {
  bench.upstream.answer = () =>
    ok({
      data: [
        { id: 'a', context_length: -1 },
        { id: 'b', context_length: 1.5 },
        { id: 'c', context_length: 1e300 },
        null,
        { id: 7 },
      ],
    })
  const result = await models('there')
  assert.deepEqual(
    result.models.map(({ id, context_window }) => [id, context_window]),
    [
      ['a', null],
      ['b', null],
      ['c', null],
    ],
  )
})
