import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { seeded } from '../core/random.ts'
import { type EventReader, watchEvents } from '../http/event-reader.ts'
import { until } from '../http/until.ts'
import { type FakeUpstream, type Script, startFakeUpstream } from '../support/fake-upstream.ts'
import { ask, routesConfig, startGateway, type TestGateway } from '../support/gateway.ts'
import { filesWith, someSecrets } from './secrets.ts'

const PIECE = 12

/** A piece of a secret is as bad as the whole: none of this length may be found. */
function piecesOf(secret: string): string[] {
  const starts = [0, (secret.length - PIECE) >> 1, secret.length - PIECE].filter((start) => start >= 0)
  return secret.length < PIECE ? [secret] : starts.map((start) => secret.slice(start, start + PIECE))
}

interface Places {
  gateway: TestGateway
  live: string
}

/** Neither the store (with its write-ahead log), nor the live view, nor the log has the secret. */
async function assertNowhere({ gateway, live }: Places, secret: string, what: string): Promise<void> {
  const found: string[] = []
  for (const piece of piecesOf(secret)) {
    for (const file of filesWith(gateway.home.folder, piece, ['gatehouse.yaml'])) found.push(`${file}: ${piece}`)
    if (live.includes(piece) || live.includes(JSON.stringify(piece).slice(1, -1))) found.push(`live view: ${piece}`)
    if (gateway.log.join('\n').includes(piece)) found.push(`log: ${piece}`)
    const providers = JSON.stringify(await gateway.admin('providers'))
    if (providers.includes(piece)) found.push(`providers: ${piece}`)
  }
  assert.deepEqual(
    [...new Set(found.map((place) => place.replace(gateway.home.folder, 'HOME')))],
    [],
    `${what} left a secret behind`,
  )
}

const json = (status: number, body: unknown): Script => ({ status, chunks: [JSON.stringify(body)] })
const sse = (...frames: unknown[]): Script => ({
  headers: { 'content-type': 'text/event-stream' },
  chunks: frames.map((frame) => `data: ${typeof frame === 'string' ? frame : JSON.stringify(frame)}\n\n`),
})
const chunk = (delta: object, more: object = {}) => ({
  id: 'c',
  model: 'm',
  choices: [{ index: 0, delta, finish_reason: null }],
  ...more,
})

/** The ways in which an upstream may quote the key that it was called with. */
const ECHOES: Readonly<Record<string, (secret: string) => Script>> = {
  'a refusal in OpenAI’s shape': (secret) => json(401, { error: { message: `Incorrect API key: ${secret}.` } }),
  'a refusal with a detail': (secret) => json(403, { detail: [{ input: { headers: { key: secret } } }] }),
  'an error in plain text': (secret) => ({ status: 500, chunks: [`no such key ${secret}`] }),
  'an error page': (secret) => ({ status: 502, chunks: [`<html>key=${secret}&amp;x</html>`] }),
  'a message cut off in the middle of the key': (secret) =>
    json(500, { error: { message: `${'x'.repeat(500 - PIECE - 8)} ${secret}` } }),
  'a page that is no JSON': (secret) => ({ chunks: [`<p>${secret}</p>`] }),
  'JSON that is no reply': (secret) => json(200, { echo: secret }),
  'an error inside a reply': (secret) => json(200, { error: { message: `bad key ${secret}` } }),
  'an error inside a stream': (secret) => sse({ error: { message: `bad key ${secret}` } }),
  'an error after the first content': (secret) => sse(chunk({ content: 'a' }), { error: { message: secret } }),
  'the model of a reply': (secret) =>
    json(200, { id: secret, model: `m-${secret}`, choices: [{ message: { content: 'x' }, finish_reason: 'stop' }] }),
  'the usage of a reply': (secret) =>
    json(200, {
      choices: [{ message: { content: 'x' }, finish_reason: 'stop' }],
      usage: { prompt_tokens: 1, completion_tokens: 1, account: secret },
    }),
  'the reason of a head': (secret) => ({ status: 429, headers: { 'retry-after': '0', 'x-ratelimit-key': secret } }),
}

const WAYS = Object.keys(ECHOES)
const random = seeded(1_000_003)
/** Each way has secrets of its own, so that what one leaves behind is not found by the next. */
const SECRETS = new Map(WAYS.map((way) => [way, someSecrets(random)]))

let upstream: FakeUpstream
let gateway: TestGateway
let reader: EventReader
before(async () => {
  upstream = await startFakeUpstream()
  const environment: Record<string, string> = {}
  const providers: Record<string, unknown> = {}
  const routes: Record<string, string[]> = {}
  for (const [way, name, secret] of everySecret()) {
    environment[name] = secret
    providers[name] = { kind: 'vllm', base_url: `${upstream.url}/${WAYS.indexOf(way)}`, api_key: `\${env:${name}}` }
    routes[name] = [`${name}/m`]
  }
  upstream.answer = ({ headers, path }) =>
    ECHOES[WAYS[Number(path.split('/')[1])]!]!(headers.authorization!.replace('Bearer ', ''))
  gateway = await startGateway(routesConfig(providers, routes), { environment })
  reader = await watchEvents(gateway)
})
after(async () => {
  await reader.leave()
  await Promise.all([gateway.stop(), upstream.close()])
})

function everySecret(): [way: string, name: string, secret: string][] {
  return WAYS.flatMap((way, index) =>
    SECRETS.get(way)!.map((secret, each): [string, string, string] => [way, `k${index}x${each}`, secret]),
  )
}

let asked = 0

for (const way of WAYS)
  test(`the key of a provider stays out of store, live view and log: ${way}`, async () => {
    const own = everySecret().filter(([each]) => each === way)
    for (const [index, [, route]] of own.entries()) {
      await (await gateway.chat(ask(route, 'Hello', { stream: index % 2 === 1 }))).text()
      asked += 1
    }
    await gateway.stored(asked)
    const ends = () => reader.events().filter((event) => event.type === 'request-end').length
    await until('the live view has shown them all', () => ends() === asked)
    for (const [, , secret] of own) await assertNowhere({ gateway, live: reader.text() }, secret, way)
  })

test('a secret that is only a part of a header is known as a secret too', async (t) => {
  const secret = 'n0-sh4pe-at-all-7f3c9d'
  const upstream = await startFakeUpstream(() => json(401, { error: { message: `token ${secret} is not valid` } }))
  const provider = { kind: 'vllm', base_url: upstream.url, headers: { 'x-auth': 'Token ${env:PART}' } }
  const gateway = await startGateway(routesConfig({ up: provider }, { default: ['up/m'] }), {
    environment: { PART: secret },
  })
  t.after(() => Promise.all([gateway.stop(), upstream.close()]))
  await (await gateway.chat(ask('default'))).text()
  await gateway.stored(1)
  await assertNowhere({ gateway, live: '' }, secret, 'the part of a header')
})

/** Where people paste keys by mistake, and how the request then looks. */
const MISPLACED: Readonly<Record<string, (key: string) => [body: object, headers?: Record<string, string>]>> = {
  'the model': (key) => [ask(key)],
  'a model behind a slash': (key) => [ask(`default/${key}`)],
  'the user': (key) => [ask('default', 'Hello', { user: key })],
  'the session': (key) => [ask('default'), { 'x-session-id': key }],
  'the metadata': (key) => [
    ask('default', 'Hello', { metadata: { key } }),
    { 'x-gatehouse-metadata': `{"k":"${key}"}` },
  ],
  'the header of a key': (key) => [ask('default'), { authorization: `Bearer ${key}` }],
  'the trace state': (key) => [
    ask('default'),
    { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`, tracestate: `vendor=${key}` },
  ],
  'the message': (key) => [ask('default', `my key is ${key}`)],
}

test('a key that a caller puts in the wrong place is not stored', async (t) => {
  const other = await startGateway(routesConfig({}, { default: ['sandbox/echo'] }))
  const viewer = await watchEvents(other)
  t.after(async () => {
    await viewer.leave()
    await other.stop()
  })
  const places = Object.entries(MISPLACED).map(([place, make]) => ({ place, make, key: someSecrets(random)[0]! }))
  for (const { make, key } of places) await (await other.chat(...make(key))).text()
  await other.stored(places.length)
  const ends = () => viewer.events().filter((event) => event.type === 'request-end').length
  await until('the live view has shown them all', () => ends() === places.length)
  for (const { place, key } of places)
    await t.test(place, () => assertNowhere({ gateway: other, live: viewer.text() }, key, place))
})
