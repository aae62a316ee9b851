import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { ask, routesConfig, startGateway, type TestGateway } from '../support/gateway.ts'
import { rowOf } from './admin.ts'
import { rawRequest, sendRaw } from './raw.ts'

const LIMIT = 64 * 1024

let gateway: TestGateway
before(async () => {
  gateway = await startGateway(routesConfig({}, { default: ['sandbox/echo'] }, { server: { max_body: '64KB' } }))
})
after(() => gateway.stop())

interface Refusal {
  error: { message: string; type: string; param: string | null; code: string }
}

/** Every refusal is in OpenAI's shape, as JSON, and tells what is wrong. */
async function refused(reply: Response, status: number, code: string): Promise<Refusal['error']> {
  const text = await reply.text()
  assert.equal(reply.status, status, text)
  assert.match(reply.headers.get('content-type') ?? '', /^application\/json/)
  const { error } = JSON.parse(text) as Refusal
  assert.deepEqual(Object.keys(error).sort(), ['code', 'message', 'param', 'type'])
  assert.equal(error.code, code)
  assert.ok(error.message.length > 10, error.message)
  return error
}

const chat = (body: string | Buffer, headers: Record<string, string> = {}) =>
  fetch(`${gateway.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  })

test('what is no JSON object is told apart', async () => {
  const cases = {
    '{"model":': /not JSON/,
    '[]': /not an object/,
    null: /not an object/,
    '"x"': /not an object/,
    '': /empty/,
  }
  for (const [body, message] of Object.entries(cases))
    assert.match((await refused(await chat(body), 400, 'invalid_json')).message, message)
  await refused(await chat(Buffer.from('{"model":"default\xff"', 'latin1')), 400, 'invalid_json')
})

test('other types of content are refused, that of curl -d among them', async () => {
  const body = JSON.stringify(ask('default'))
  for (const type of ['application/x-www-form-urlencoded', 'text/plain', 'multipart/form-data; boundary=x', 'json'])
    assert.match(
      (await refused(await chat(body, { 'content-type': type }), 415, 'unsupported_media_type')).message,
      /json/i,
    )
  const none = await sendRaw(
    gateway.url,
    rawRequest('POST /v1/chat/completions', [['content-length', String(body.length)]], body),
  )
  assert.equal(none.status, 415)
  for (const type of ['application/json; charset=utf-8', 'Application/JSON', 'application/vnd.api+json'])
    assert.equal((await chat(body, { 'content-type': type })).status, 200, type)
})

test('a compressed body is refused with words of its own', async () => {
  const reply = await chat(gzipSync(JSON.stringify(ask('default'))), { 'content-encoding': 'gzip' })
  assert.match((await refused(reply, 415, 'unsupported_media_type')).message, /gzip/)
})

test('a body over the limit is refused, whether or not it says its length beforehand', async () => {
  const body = JSON.stringify(ask('default', 'x'.repeat(LIMIT)))
  await refused(await chat(body), 413, 'body_too_large')
  // A length alone is enough: nothing is read.
  const announced = await sendRaw(
    gateway.url,
    rawRequest('POST /v1/chat/completions', [
      ['content-type', 'application/json'],
      ['content-length', '99999999999'],
    ]),
  )
  assert.equal(announced.status, 413)
  const chunks = `${(1000).toString(16)}\r\n${' '.repeat(1000)}\r\n`.repeat(100)
  const chunked = await sendRaw(
    gateway.url,
    rawRequest(
      'POST /v1/chat/completions',
      [
        ['content-type', 'application/json'],
        ['transfer-encoding', 'chunked'],
      ],
      `${chunks}0\r\n\r\n`,
    ),
  )
  assert.equal(chunked.status, 413)
  assert.equal(JSON.parse(chunked.body).error.code, 'body_too_large')
  assert.equal((await chat(JSON.stringify(ask('default', 'x'.repeat(LIMIT - 200))))).status, 200)
})

test('numbers that can never be meant are refused, and the member is named', async () => {
  const cases: readonly (readonly [string, string])[] = [
    ['n', '1e9'],
    ['n', '0'],
    ['n', '1.5'],
    ['max_tokens', '-1'],
    ['max_tokens', '1.5'],
    ['max_completion_tokens', '1e300'],
    ['temperature', '"hot"'],
    ['temperature', '-0.1'],
    ['temperature', '1e999'],
    ['top_p', '5'],
    ['seed', '0.5'],
    ['frequency_penalty', '1e999'],
    ['top_logprobs', '-3'],
    ['stream', '"yes"'],
    ['user', '{}'],
    ['metadata', '[]'],
    ['stream_options', '7'],
  ]
  for (const [name, value] of cases) {
    const body = `{"model":"default","messages":[{"role":"user","content":"x"}],"${name}":${value}}`
    const error = await refused(await chat(body), 400, 'invalid_request')
    assert.equal(error.param, name, `${name}: ${value}`)
    assert.match(error.message, new RegExp(`\`${name}\``))
  }
})

test('null stands for a member that is not there, as clients send it', async () => {
  const nothing = { n: null, max_tokens: null, temperature: null, top_p: null, seed: null, stream: null, user: null }
  const more = { stream_options: null, metadata: null, tools: null, frequency_penalty: null }
  assert.equal((await gateway.chat(ask('default', 'x', { ...nothing, ...more }))).status, 200)
})

test('a missing or empty model or list of messages is named', async () => {
  const messages = [{ role: 'user', content: 'x' }]
  const cases: readonly (readonly [unknown, string])[] = [
    [{ messages }, 'model'],
    [{ model: '', messages }, 'model'],
    [{ model: 7, messages }, 'model'],
    [{ model: 'm'.repeat(600), messages }, 'model'],
    [{ model: 'default' }, 'messages'],
    [{ model: 'default', messages: [] }, 'messages'],
    [{ model: 'default', messages: 'hi' }, 'messages'],
    [{ model: 'default', messages: [{}] }, 'messages.0'],
    [{ model: 'default', messages: [null] }, 'messages.0'],
    [{ model: 'default', messages: ['hi'] }, 'messages.0'],
  ]
  for (const [body, param] of cases) {
    const error = await refused(await gateway.chat(body), 400, 'invalid_request')
    assert.ok(error.param?.startsWith(param), `${JSON.stringify(body).slice(0, 80)}: ${error.param}`)
  }
})

test('an unknown route is 404 model_not_found and says where to look', async () => {
  for (const model of ['nowhere', 'sandbox/echo', '__proto__', 'constructor', 'toString']) {
    const error = await refused(await gateway.chat(ask(model)), 404, 'model_not_found')
    assert.match(error.message, /\/v1\/models|direct_access/)
    assert.equal(error.param, 'model')
  }
})

test('unknown endpoints are 404, wrong methods 405 with the right one', async () => {
  for (const path of ['/v1/nothing', '/v1/', '/v1', '/v1/chat', '/v2/models', '/v1/chat/completions/x', '/%ff'])
    await refused(await fetch(`${gateway.url}${path}`), 404, 'not_found')
  const wrong = { 'GET /v1/chat/completions': 'POST', 'PUT /v1/chat/completions': 'POST', 'POST /v1/models': 'GET' }
  for (const [line, allow] of Object.entries(wrong)) {
    const [method, path] = line.split(' ')
    const reply = await fetch(`${gateway.url}${path}`, { method: method! })
    assert.equal(reply.headers.get('allow'), allow)
    await refused(reply, 405, 'method_not_allowed')
  }
})

test('headers of ours that make no sense are refused by name', async () => {
  const cases: Readonly<Record<string, readonly string[]>> = {
    'x-gatehouse-timeout': ['0', '-5', 'soon', '1.5', '1e3', '', '9999999999999'],
    'x-gatehouse-metadata': ['{', '[]', '"x"', 'null', 'x'.repeat(9000)],
    'x-portkey-metadata': ['nope'],
    'cf-aig-metadata': ['7'],
  }
  for (const [name, values] of Object.entries(cases))
    for (const value of values) {
      const error = await refused(await gateway.chat(ask('default'), { [name]: value }), 400, 'invalid_header')
      assert.ok(error.message.includes(name), error.message)
    }
  assert.equal((await gateway.chat(ask('default'), { 'x-gatehouse-timeout': '30000' })).status, 200)
})

test('a refused request has an id, and a row under it', async () => {
  const reply = await gateway.chat(ask('nowhere'))
  const id = reply.headers.get('x-request-id')!
  assert.match(id, /^req_[0-9a-f]{28}$/)
  const row = await rowOf(gateway, reply)
  assert.equal(row.status, 404)
  assert.equal(row.error, 'unknown_route')
  assert.equal(row.route, 'nowhere')
  assert.equal(row.attempts, 0)
})
