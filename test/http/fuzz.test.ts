import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Random, seeded } from '../core/random.ts'
import { startFakeUpstream } from '../support/fake-upstream.ts'
import { ask, routesConfig, startGateway, type TestGateway } from '../support/gateway.ts'
import { rawRequest, sendRaw } from './raw.ts'

const ROUNDS = 400
const JSON_TYPE = ['content-type', 'application/json'] as const

let gateway: TestGateway
before(async () => {
  gateway = await startGateway(routesConfig({}, { default: ['sandbox/echo'], tool: ['sandbox/tool'] }))
})
after(() => gateway.stop())

/** Nothing was told to the log as a fault since the last time, and the gateway still answers. */
async function assertUnharmed(): Promise<void> {
  assert.deepEqual(gateway.log.splice(0), [])
  assert.equal((await gateway.chat(ask('default'))).status, 200)
}

const VALUES = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  '',
  'default',
  'tool',
  [],
  {},
  [null],
  [[]],
  { role: 'user' },
  [{ role: 'user', content: null }],
  [{ role: 'user', content: [null, 7, { type: 'text' }, { type: 'image_url' }] }],
  [{ role: 'tool', content: [{ text: 7 }] }],
  [{ type: 'function' }],
  [{ type: 'function', function: { name: 'f', parameters: { type: 'array', items: null } } }],
  { type: 'json_schema', json_schema: { schema: { anyOf: [null], type: [] } } },
]
const NAMES = 'model messages stream stream_options n tools tool_choice response_format metadata stop user max_tokens'

function randomBody(random: Random): string {
  const body: Record<string, unknown> = random.oneIn(3) ? {} : ask(random.pick(['default', 'tool']))
  for (let count = random.below(5); count > 0; count -= 1) body[random.pick(NAMES.split(' '))] = random.pick(VALUES)
  const text = JSON.stringify(body)
  if (random.oneIn(3)) {
    const at = random.below(text.length)
    return text.slice(0, at) + random.text('{}[]",:\\\0\u{1f600}e9', 3) + text.slice(at + random.below(3))
  }
  return text
}

function randomHeaders(random: Random): [string, string][] {
  const names = [
    'content-type',
    'content-encoding',
    'authorization',
    'x-api-key',
    'x-gatehouse-timeout',
    'x-gatehouse-metadata',
    'x-session-id',
    'traceparent',
    'tracestate',
    'accept',
    'expect',
    'cookie',
    'helicone-property-',
    'x-gatehouse-cache',
  ]
  const junk = 'ab/;=,"{}[]:\t\u00e9\u00ff-_%0123 '
  return Array.from({ length: random.below(4) }, () => [random.pick(names), random.text(junk, 40)])
}

test('random bodies and headers get an answer below 500 or the fate of their target, and harm nothing', async () => {
  const random = seeded(31_337)
  for (let round = 0; round < ROUNDS; round += 1) {
    const body = Buffer.from(randomBody(random))
    const headers = [...(random.oneIn(5) ? [] : [JSON_TYPE]), ...randomHeaders(random)]
    const length = ['content-length', String(body.length)] as const
    const reply = await sendRaw(gateway.url, rawRequest('POST /v1/chat/completions', [...headers, length], body))
    const hint = `round ${round}: ${reply.status} ${reply.body} for ${JSON.stringify(headers)} ${body}`
    assert.ok((reply.status >= 200 && reply.status < 500) || reply.status === 502, hint)
    // Node itself answers 417, without a body, to an `expect` that it does not know.
    if (reply.status >= 400 && reply.status !== 417)
      assert.doesNotThrow(() => JSON.parse(reply.body).error.message.length, hint)
  }
  await assertUnharmed()
})

test('bytes that are no HTTP end their connection only', async () => {
  const random = seeded(99)
  const pieces = [
    'GET ',
    'POST /v1/chat/completions',
    ' HTTP/1.1',
    '\r\n',
    '\n',
    'host: x',
    'content-length: ',
    '-1',
    '9',
  ]
  const more = ['transfer-encoding: chunked', '\0', '\u00ff', 'zz\r\n', ': ', 'x'.repeat(20_000)]
  for (let round = 0; round < 100; round += 1) {
    const text = Array.from({ length: 1 + random.below(8) }, () => random.pick([...pieces, ...more])).join('')
    const { status } = await sendRaw(gateway.url, Buffer.from(`${text}\r\n\r\nX\r\n\r\n`, 'latin1'))
    assert.ok(status === 0 || (status >= 400 && status < 500), `${status} for ${JSON.stringify(text.slice(0, 200))}`)
  }
  await assertUnharmed()
})

test('a length that is smuggled in beside chunks is refused', async () => {
  const both = [JSON_TYPE, ['content-length', '5'], ['transfer-encoding', 'chunked']] as const
  const { status } = await sendRaw(gateway.url, rawRequest('POST /v1/chat/completions', both, '0\r\n\r\n'))
  assert.equal(status, 400)
  await assertUnharmed()
})

const LEVELS = 100_000
const deep = `${'['.repeat(LEVELS)}${']'.repeat(LEVELS)}`

test('a hundred thousand levels of nesting, anywhere in the body, are no fault of the gateway', async () => {
  const bodies = {
    bare: deep,
    unknown: `{"model":"default","messages":[{"role":"user","content":"x"}],"x":${deep}}`,
    message: `{"model":"default","messages":[{"role":"user","content":${deep}}]}`,
    messages: `{"model":"default","messages":${deep}}`,
    model: `{"model":${deep},"messages":[{"role":"user","content":"x"}]}`,
    metadata: `{"model":"default","messages":[{"role":"user","content":"x"}],"metadata":{"x":${deep}}}`,
    schema: `{"model":"default","messages":[{"role":"user","content":"x"}],"response_format":${deep}}`,
  }
  const failed: string[] = []
  for (const [place, body] of Object.entries(bodies)) if ((await gateway.chat(body)).status >= 500) failed.push(place)
  const logged = gateway.log.splice(0)
  assert.deepEqual({ failed, logged }, { failed: [], logged: [] })
  await assertUnharmed()
})

test('nor are they when the request has to be translated', async (t) => {
  const upstream = await startFakeUpstream(() => ({ status: 400, chunks: ['{"error":"no"}'] }))
  const other = await startGateway(
    routesConfig({ own: { kind: 'ollama', base_url: upstream.url } }, { default: ['own/m'] }),
  )
  t.after(() => Promise.all([other.stop(), upstream.close()]))
  const failed: string[] = []
  for (const member of ['x', 'tools', 'response_format', 'messages']) {
    const body = `{"messages":[{"role":"user","content":"x"}],"model":"default","${member}":${deep}}`
    if ((await other.chat(body)).status === 500) failed.push(member)
  }
  const content = `{"messages":[{"role":"user","content":${deep}}],"model":"default"}`
  if ((await other.chat(content)).status === 500) failed.push('content')
  assert.deepEqual({ failed, logged: other.log }, { failed: [], logged: [] })
})

test('many headers and a long one are refused without harm', async () => {
  const many = Array.from({ length: 5000 }, (_, index) => [`x-${index}`, 'v'] as const)
  const long = [['x-long', 'v'.repeat(200_000)]] as const
  for (const headers of [many, long]) {
    const { status } = await sendRaw(gateway.url, rawRequest('GET /v1/models', headers))
    assert.ok([0, 200, 431].includes(status), String(status))
  }
  await assertUnharmed()
})
