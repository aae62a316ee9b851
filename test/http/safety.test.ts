import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { seeded } from '../core/random.ts'
import { ask, routesConfig, startGateway, type TestGateway } from '../support/gateway.ts'
import { rawRequest, sendRaw } from './raw.ts'

const LISTED = 'https://app.example'
const BODY = JSON.stringify(ask('default'))

let gateway: TestGateway
let port: string
before(async () => {
  const server = { hosts: ['gateway.lan'], origins: [LISTED] }
  gateway = await startGateway(routesConfig({}, { default: ['sandbox/echo'] }, { server }))
  port = new URL(gateway.url).port
})
after(() => gateway.stop())

type Headers = readonly (readonly [string, string])[]

const get = (headers: Headers, path = '/v1/models') => sendRaw(gateway.url, rawRequest(`GET ${path}`, headers))
const post = (headers: Headers) =>
  sendRaw(
    gateway.url,
    rawRequest(
      'POST /v1/chat/completions',
      [['content-type', 'application/json'], ['content-length', String(BODY.length)], ...headers],
      BODY,
    ),
  )
const codeOf = (body: string) => (JSON.parse(body) as { error: { code: string } }).error.code

test('the gateway answers under loopback names and those that the config lists, with and without a port', async () => {
  const hosts = [
    '127.0.0.1',
    'localhost',
    'LOCALHOST',
    '127.9.9.9',
    '[::1]',
    'app.localhost',
    'gateway.lan',
    'Gateway.LAN',
  ]
  for (const host of hosts)
    for (const value of [host, `${host}:${port}`, `${host}:1`])
      assert.equal((await get([['host', value]])).status, 200, value)
})

test('a foreign Host is refused on every path, whatever else is right', async () => {
  for (const path of ['/v1/models', '/', '/healthz', '/admin/api/session', '/nowhere', '/assets/x.js']) {
    const reply = await get(
      [
        ['host', 'evil.example'],
        ['authorization', `Bearer ${gateway.adminToken}`],
      ],
      path,
    )
    assert.equal(reply.status, 403, path)
    assert.equal(codeOf(reply.body), 'forbidden_host', path)
  }
  assert.equal((await post([['host', `evil.example:${port}`]])).status, 403)
})

test('no made-up Host gets through: only loopback and listed names do', async () => {
  const random = seeded(5150)
  const pieces = ['127.0.0.1', 'localhost', 'gateway.lan', '[::1]', 'evil', '.example', ':', '80', '@', '%00', '/', '#']
  const junk = ['..', '-', '\t', ' ', ',', '10.0.0.1', '[::2]', 'xn--', 'é', '\\', '::1', '0', '?', ';', '_', 'nip.io']
  // The whole of what may pass: a loopback address, a name under localhost, or the listed name; then a port.
  const ours = /^(?:127(?:\.\d{1,3}){3}|\[::1\]|(?:[\w.-]*\.)?localhost\.?|gateway\.lan)(?::\d{1,5})?$/i
  for (let run = 0; run < 300; run += 1) {
    const host = Array.from({ length: 1 + random.below(4) }, () => random.pick([...pieces, ...junk])).join('')
    const { status } = await get([['host', host]])
    assert.ok([200, 400, 403].includes(status), `${JSON.stringify(host)}: ${status}`)
    if (!ours.test(host.trim())) assert.notEqual(status, 200, JSON.stringify(host))
  }
})

test('two Hosts, or none, do not open a way in', async () => {
  const two = await get([
    ['host', 'evil.example'],
    ['host', '127.0.0.1'],
  ])
  assert.ok([400, 403].includes(two.status), String(two.status))
  const none = await sendRaw(gateway.url, 'GET /v1/models HTTP/1.0\r\n\r\n')
  assert.ok([400, 403].includes(none.status), String(none.status))
})

test('pages of other sites may not call', async () => {
  const own = `http://127.0.0.1:${port}`
  const foreign = [
    'https://evil.example',
    'null',
    '',
    'http://127.0.0.1:1',
    `http://localhost:${port}`,
    `${own}.evil.example`,
    `${LISTED}.evil`,
    'https://app.example:444',
    'http://app.example',
    'file://',
  ]
  for (const origin of foreign) {
    const reply = await post([
      ['host', `127.0.0.1:${port}`],
      ['origin', origin],
    ])
    assert.equal(reply.status, 403, origin)
    assert.equal(codeOf(reply.body), 'cross_site', origin)
    assert.equal(reply.headers.has('access-control-allow-origin'), false, origin)
  }
})

test('a browser that sends no Origin is known by Sec-Fetch-Site', async () => {
  for (const site of ['cross-site', 'same-site', 'rubbish'])
    assert.equal(codeOf((await post([['sec-fetch-site', site]])).body), 'cross_site', site)
  for (const site of ['same-origin', 'none']) assert.equal((await post([['sec-fetch-site', site]])).status, 200, site)
})

test('a link on another site may open the UI but fetch nothing', async () => {
  const navigation = [
    ['sec-fetch-site', 'cross-site'],
    ['sec-fetch-mode', 'navigate'],
    ['sec-fetch-dest', 'document'],
    ['accept', 'text/html'],
  ] as const
  assert.notEqual((await get(navigation, '/')).status, 403)
  assert.equal((await get(navigation, '/v1/models')).status, 403)
  assert.equal((await get(navigation, '/admin/api/requests')).status, 403)
  const framed = navigation.map(([name, value]) => [name, value === 'document' ? 'iframe' : value] as const)
  assert.equal((await get(framed, '/')).status, 403)
})

test('the page of the gateway itself may call it', async () => {
  const reply = await post([
    ['host', `127.0.0.1:${port}`],
    ['origin', `http://127.0.0.1:${port}`],
    ['sec-fetch-site', 'same-origin'],
  ])
  assert.equal(reply.status, 200)
})

test('a page whose origin is listed may call /v1, is told so, and gets a preflight', async () => {
  const site = [
    ['origin', LISTED],
    ['sec-fetch-site', 'cross-site'],
  ] as const
  const reply = await post(site)
  assert.equal(reply.status, 200)
  assert.equal(reply.headers.get('access-control-allow-origin'), LISTED)
  assert.match(reply.headers.get('vary') ?? '', /origin/i)
  assert.equal((await get(site)).headers.get('access-control-allow-origin'), LISTED)

  const preflight = await sendRaw(
    gateway.url,
    rawRequest('OPTIONS /v1/chat/completions', [
      ...site,
      ['access-control-request-method', 'POST'],
      ['access-control-request-headers', 'authorization, content-type'],
    ]),
  )
  assert.equal(preflight.status, 204)
  assert.equal(preflight.headers.get('access-control-allow-origin'), LISTED)
  assert.equal(preflight.headers.get('access-control-allow-headers'), 'authorization, content-type')
  assert.match(preflight.headers.get('access-control-allow-methods') ?? '', /POST/)
})

test('a listed page can read errors as well', async () => {
  const reply = await sendRaw(
    gateway.url,
    rawRequest('POST /v1/chat/completions', [
      ['origin', LISTED],
      ['content-type', 'text/plain'],
      ['content-length', '0'],
    ]),
  )
  assert.equal(reply.status, 415)
  assert.equal(reply.headers.get('access-control-allow-origin'), LISTED)
})

test('a listed origin opens /v1 only, never the admin API', async () => {
  const headers = [
    ['origin', LISTED],
    ['authorization', `Bearer ${gateway.adminToken}`],
  ] as const
  assert.equal((await get(headers, '/admin/api/requests')).status, 403)
})
