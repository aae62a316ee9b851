import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seeded } from '../core/random.ts'
import { watchEvents } from '../http/event-reader.ts'
import { until } from '../http/until.ts'
import { type Script, startFakeUpstream } from '../support/fake-upstream.ts'
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

for (const [what, echo] of Object.entries(ECHOES))
  test(`the key of a provider stays out of store, live view and log: ${what}`, async (t) => {
    const random = seeded(what.length * 1009)
    const secrets = someSecrets(random)
    const upstream = await startFakeUpstream()
    const environment = Object.fromEntries(secrets.map((secret, index) => [`KEY_${index}`, secret]))
    const providers = Object.fromEntries(
      secrets.map((_, index) => [`p${index}`, { kind: 'vllm', base_url: upstream.url, api_key: `\${env:KEY_${index}}` }]),
    )
    const routes = Object.fromEntries(secrets.map((_, index) => [`r${index}`, [`p${index}/m`]]))
    const gateway = await startGateway(routesConfig(providers, routes), { environment })
    const reader = await watchEvents(gateway)
    t.after(async () => {
      await reader.leave()
      await Promise.all([gateway.stop(), upstream.close()])
    })
    upstream.answer = ({ headers }) => echo(headers.authorization!.replace('Bearer ', ''))
    for (const index of secrets.keys())
      for (const stream of [false, true]) await (await gateway.chat(ask(`r${index}`, 'Hello', { stream }))).text()
    await gateway.stored(secrets.length * 2)
    const ends = () => reader.events().filter((event) => event.type === 'request-end').length
    await until('the live view has shown them all', () => ends() === secrets.length * 2)
    for (const secret of secrets) await assertNowhere({ gateway, live: reader.text() }, secret, what)
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

test('a key that a caller puts in the wrong place is not stored', async (t) => {
  const gateway = await startGateway(routesConfig({}, { default: ['sandbox/echo'] }))
  const reader = await watchEvents(gateway)
  t.after(async () => {
    await reader.leave()
    await gateway.stop()
  })
  const random = seeded(2027)
  const keys = Array.from({ length: 6 }, () => `sk-proj-${random.text('abcdefghjkmnpqrstuvwxyz', 30)}QWERTZUIOPASDF`)
  const [model, sandboxModel, user, session, bearer, content] = keys as [string, string, string, string, string, string]
  const requests = [
    gateway.chat(ask(model)),
    gateway.chat(ask(`default/${sandboxModel}`)),
    gateway.chat(ask('default', 'Hello', { user })),
    gateway.chat(ask('default'), { 'x-session-id': session }),
    gateway.chat(ask('default'), { authorization: `Bearer ${bearer}`, 'x-gatehouse-metadata': `{"key":"${bearer}"}` }),
    gateway.chat(ask('default', `my key is ${content}`)),
  ]
  for (const reply of await Promise.all(requests)) await reply.text()
  await gateway.stored(requests.length)
  await until('the live view has shown them all', () => reader.text().split('"request-end"').length > requests.length)
  for (const key of keys) await assertNowhere({ gateway, live: reader.text() }, key, 'a misplaced key')
})
