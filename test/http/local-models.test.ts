import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { LocalSearchResult } from '../../server/http/admin/provider-schemas.ts'
import { type FakeUpstream, startFakeUpstream } from '../support/fake-upstream.ts'
import { routesConfig, startGateway, type TestGateway } from '../support/gateway.ts'
import { assertFits, sendAdmin } from './admin.ts'
import { PLAYED, play, portOf } from './local-servers.ts'

const KINDS = ['ollama', 'lmstudio', 'vllm', 'llamacpp'] as const

let gateway: TestGateway
let servers: FakeUpstream[]
before(async () => {
  servers = await Promise.all(KINDS.map((kind) => play(PLAYED[kind])))
  const config = routesConfig(
    {
      'my-vllm': {
        kind: 'vllm',
        base_url: `${servers[2]!.url.replace('127.0.0.1', 'localhost')}/v1`,
        api_key: '${env:KEY}',
      },
    },
    { default: ['sandbox/echo'] },
    { egress: { mode: 'sealed' } },
  )
  gateway = await startGateway(config, { environment: { KEY: 'the-credential' } })
})
after(async () => {
  await gateway.stop()
  for (const server of servers) await server.close()
})

/** What is found on these ports; a real server of this machine on a usual port is left out. */
async function find(ports: readonly number[]): Promise<LocalSearchResult> {
  const reply = await sendAdmin(gateway, 'POST', 'local-models', { ports })
  assert.equal(reply.status, 200)
  const result = (await reply.json()) as LocalSearchResult
  assertFits(LocalSearchResult, result, 'local-models')
  return { ...result, data: result.data.filter(({ base_url }) => ports.includes(Number(new URL(base_url).port))) }
}

test('the four servers are told apart by what they answer, with version, models and what is loaded', async () => {
  const { data, ports } = await find(servers.map(portOf))
  assert.deepEqual(
    data.map(({ kind, version, models }) => [kind, version, models.map(({ id, loaded }) => [id, loaded])]),
    [
      [
        'ollama',
        '0.12.6',
        [
          ['qwen3:14b', true],
          ['gemma3:4b', false],
        ],
      ],
      [
        'lmstudio',
        null,
        [
          ['openai/gpt-oss-20b', true],
          ['text-embedding-nomic', false],
        ],
      ],
      ['vllm', '0.11.0', [['meta-llama/Llama-4-Scout', true]]],
      ['llamacpp', 'b8681', [['qwen3-4b.gguf', true]]],
    ],
  )
  assert.equal(data[1]!.models[0]!.context_window, 131072)
  assert.equal(data[2]!.models[0]!.context_window, 65536)
  assert.deepEqual(
    data.map(({ base_url }) => base_url),
    servers.map(({ url }, index) => (index === 0 ? url : `${url}/v1`)),
  )
  for (const server of servers) assert.ok(ports.includes(portOf(server)))
  assert.ok(ports.includes(11434))
})

test('one that is configured already is named, under whatever name of loopback', async () => {
  const { data } = await find(servers.map(portOf))
  assert.deepEqual(
    data.map(({ configured_as }) => configured_as),
    [null, null, 'my-vllm', null],
  )
})

test('only GETs go out, and no credential with them', async () => {
  for (const server of servers) server.seen.length = 0
  await find(servers.map(portOf))
  const seen = servers.flatMap((server) => server.seen)
  assert.ok(seen.length >= 8)
  for (const { path, headers, raw } of seen) {
    assert.equal(raw.length, 0, path)
    assert.deepEqual(Object.keys(headers).sort(), ['accept', 'connection', 'host', 'user-agent'], path)
    assert.doesNotMatch(JSON.stringify(headers), /the-credential/)
  }
})

test('this gateway is not among them, nor another one', async () => {
  const other = await startGateway(routesConfig({}, { default: ['sandbox/echo'] }))
  try {
    const own = Number(new URL(gateway.url).port)
    const { data, ports } = await find([own, Number(new URL(other.url).port)])
    assert.deepEqual(data, [])
    assert.ok(!ports.includes(own))
  } finally {
    await other.stop()
  }
})

test('whatever else listens is left out, and a silent one costs a few seconds at most', async () => {
  const odd = await Promise.all([
    startFakeUpstream(() => ({ silent: true })),
    startFakeUpstream(() => ({ headers: { 'content-type': 'text/html' }, chunks: ['<h1>Hello</h1>'] })),
    startFakeUpstream(() => ({ chunks: ['{"models":[],"object":"list"'], ending: 'hang' })),
    startFakeUpstream(() => ({ chunks: ['null'] })),
    startFakeUpstream(() => ({ chunks: ['{"models":[null,1,"x"],"data":[null,{"state":1}]}'] })),
    startFakeUpstream(() => ({ chunks: ['{"models":{},"data":{"id":"x"}}'] })),
    startFakeUpstream(() => ({ chunks: [Buffer.alloc(9 * 1024 * 1024, 'x')] })),
    startFakeUpstream(() => ({ ending: 'cut' })),
    startFakeUpstream(() => ({ status: 302, headers: { location: `${servers[0]!.url}/api/tags` } })),
    // Somebody else's list in OpenAI's shape.
    play({ '/v1/models': { object: 'list', data: [{ id: 'x', owned_by: 'somebody' }] } }),
  ])
  const started = performance.now()
  const { data } = await find([...odd.map(portOf), ...servers.map(portOf)])
  assert.ok(performance.now() - started < 5000)
  assert.deepEqual(
    data.map(({ kind }) => kind),
    [...KINDS],
  )
  for (const server of odd) await server.close()
})

test('ports that are none are refused', async () => {
  for (const ports of [[0], [65536], [1.5], ['http'], Array.from({ length: 51 }, (_, index) => index + 1)]) {
    const reply = await sendAdmin(gateway, 'POST', 'local-models', { ports })
    assert.equal(reply.status, 400, JSON.stringify(ports))
  }
})

test('it is done on a POST by whoever may administrate, and by nobody else', async () => {
  assert.equal((await fetch(`${gateway.url}/admin/api/local-models`, { method: 'POST', body: '{}' })).status, 401)
  const cross = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }
  const reply = await sendAdmin(gateway, 'POST', 'local-models', {}, cross)
  assert.equal(reply.status, 403)
})
