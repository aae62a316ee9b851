import assert from 'node:assert/strict'
import { lookup } from 'node:dns/promises'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { hostname } from 'node:os'
import { type TestContext, test } from 'node:test'
import { newHome, startServe } from '../cli/child.ts'
import { type FakeUpstream, startFakeUpstream } from '../support/fake-upstream.ts'
import { ask, routesConfig, startGateway, type TestGateway } from '../support/gateway.ts'
import { watchDials } from './dialled.ts'

const REPLY = '{"choices":[{"index":0,"message":{"role":"assistant","content":"hi"},"finish_reason":"stop"}]}'
/** Reserved for documentation (RFC 5737): nothing answers there. */
const ELSEWHERE = 'http://192.0.2.1:9'

async function answering(t: TestContext): Promise<FakeUpstream> {
  const upstream = await startFakeUpstream(() => ({ chunks: [REPLY] }))
  t.after(() => upstream.close())
  return upstream
}

async function sealed(t: TestContext, providers: Record<string, unknown>, allow: string[] = []): Promise<TestGateway> {
  const routes = Object.fromEntries(Object.keys(providers).map((id) => [id, [`${id}/m`]]))
  const gateway = await startGateway(routesConfig(providers, routes, { egress: { mode: 'sealed', allow } }))
  t.after(() => gateway.stop())
  return gateway
}

const codeOf = async (reply: Response) => ((await reply.json()) as { error: { code: string; message: string } }).error

test('sealed, a provider elsewhere is refused without a socket, and says so', async (t) => {
  const spellings = [ELSEWHERE, 'http://[::ffff:192.0.2.1]:9', 'http://3221225985:9', 'http://0xc0.0.2.1:9/v1']
  const providers = Object.fromEntries(spellings.map((url, index) => [`p${index}`, { kind: 'vllm', base_url: url }]))
  const gateway = await sealed(t, providers)
  const dials = watchDials()
  t.after(dials.stop)
  for (const id of Object.keys(providers)) {
    const reply = await gateway.chat(ask(id))
    assert.equal(reply.status, 503, id)
    const { code, message } = await codeOf(reply)
    assert.equal(code, 'provider_unconfigured')
    assert.match(message, /egress is sealed/)
  }
  const own = `127.0.0.1:${new URL(gateway.url).port}`
  assert.deepEqual(
    dials.dialled.filter((address) => address !== own),
    [],
  )
  const { data } = await gateway.admin<{ data: { id: string; status: string }[] }>('providers')
  for (const { id, status } of data.filter((row) => row.id !== 'sandbox')) assert.equal(status, 'unconfigured', id)
})

test('sealed, this machine may still be called', async (t) => {
  const upstream = await answering(t)
  const { port } = new URL(upstream.url)
  const gateway = await sealed(t, {
    address: { kind: 'vllm', base_url: upstream.url },
    name: { kind: 'vllm', base_url: `http://localhost:${port}` },
  })
  for (const route of ['address', 'name']) assert.equal((await gateway.chat(ask(route))).status, 200, route)
})

const ownAddress = await lookup(hostname(), { family: 4 }).then(
  ({ address }) => address,
  () => null,
)
const unnamed = ownAddress?.startsWith('127.') ? false : 'the name of this machine does not resolve to itself'

test('sealed, a name that is not listed is judged by the address that it resolves to', { skip: unnamed }, async (t) => {
  const upstream = await answering(t)
  const gateway = await sealed(t, {
    name: { kind: 'vllm', base_url: `http://${hostname()}:${new URL(upstream.url).port}` },
  })
  const reply = await gateway.chat(ask('name'))
  assert.equal(reply.status, 200, await reply.text())
})

test('only the provider is dialled, and nothing else, whether egress is open or sealed', async (t) => {
  const upstream = await answering(t)
  const config = (mode: string) =>
    routesConfig({ up: { kind: 'vllm', base_url: upstream.url } }, { default: ['up/m'] }, { egress: { mode } })
  for (const mode of ['open', 'sealed']) {
    const dials = watchDials()
    const gateway = await startGateway(config(mode))
    assert.equal((await gateway.chat(ask('default'))).status, 200)
    await gateway.stored(1)
    await gateway.stop()
    dials.stop()
    const known = new Set([gateway.url, upstream.url].map((url) => new URL(url).host))
    assert.deepEqual(
      dials.dialled.filter((address) => !known.has(address)),
      [],
      mode,
    )
    assert.ok(dials.dialled.includes(new URL(upstream.url).host), 'the watch saw no dial at all')
  }
})

test('redirects are not followed: the next target is tried instead', async (t) => {
  const trap = await answering(t)
  let status = 302
  const upstream = await startFakeUpstream(() => ({ status, headers: { location: `${trap.url}/chat/completions` } }))
  t.after(() => upstream.close())
  const gateway = await startGateway(
    routesConfig(
      { up: { kind: 'vllm', base_url: upstream.url } },
      {
        alone: { targets: [{ provider: 'up', model: 'm' }], breaker: { failures: 0 } },
        backed: ['up/m', 'sandbox/echo'],
      },
    ),
  )
  t.after(() => gateway.stop())
  for (status of [301, 302, 303, 307, 308]) {
    const reply = await gateway.chat(ask('alone'))
    assert.equal(reply.status, 502, String(status))
    assert.equal(reply.headers.get('location'), null)
    assert.match((await codeOf(reply)).message, new RegExp(String(status)))
    assert.equal((await gateway.chat(ask('backed'))).headers.get('x-gatehouse-provider'), 'sandbox')
  }
  assert.equal(trap.seen.length, 0)
})

test('proxies that the environment names are not used', async (t) => {
  const upstream = await answering(t)
  let proxied = 0
  const proxy = createServer((socket) => {
    proxied += 1
    socket.destroy()
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
  const names = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy']
  const environment = { ...Object.fromEntries(names.map((name) => [name, address])), NODE_USE_ENV_PROXY: '1' }
  const home = newHome(routesConfig({ up: { kind: 'vllm', base_url: upstream.url } }, { default: ['up/m'] }))
  const serve = await startServe(['--home', home.folder, '--port', '0'], { ...environment, NO_PROXY: '', no_proxy: '' })
  t.after(async () => {
    await serve.kill()
    home.remove()
    await new Promise((resolve) => proxy.close(resolve))
  })
  const reply = await fetch(`${serve.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(ask('default')),
  })
  assert.equal(reply.status, 200)
  assert.equal(upstream.seen.length, 1)
  assert.equal(proxied, 0)
})
