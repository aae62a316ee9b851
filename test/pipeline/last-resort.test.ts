import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import Anthropic from '@anthropic-ai/sdk'
import { keyPepper } from '../../server/home.ts'
import { openForWriting } from '../../server/stores/database.ts'
import { createKey } from '../../server/stores/keys.ts'
import { type FakeUpstream, startFakeUpstream } from '../support/fake-upstream.ts'
import { chunk, goodReply, goodStream, ROLE, readSse, SSE } from '../support/frames.ts'
import { ask, type Json, routesConfig, startGateway, type TestGateway } from '../support/gateway.ts'

const STATIC = 'We cannot answer just now.'

/** What a reply says. */
const told = (body: string, stream: boolean): string =>
  stream ? readSse(body).text : JSON.parse(body).choices[0].message.content

describe('when every target has failed', () => {
  let upstream: FakeUpstream
  let gateway: TestGateway
  before(async () => {
    upstream = await startFakeUpstream()
    const targets = [{ provider: 'up', model: 'm' }]
    const breaker = { failures: 0 }
    gateway = await startGateway(
      routesConfig(
        { up: { kind: 'openai-compatible', base_url: upstream.url } },
        {
          stale: { targets, breaker, fallback: { cached: 'stale' } },
          both: { targets, breaker, fallback: { cached: 'stale', static: STATIC } },
          plain: { targets, breaker },
        },
      ),
    )
  })
  const works = () => {
    upstream.answer = ({ json }) => (json.stream ? goodStream('good ', 'reply') : goodReply('good reply'))
  }
  const fails = (status = 503) => {
    upstream.answer = () => ({ status, chunks: ['{"error":{"message":"no"}}'] })
  }
  beforeEach(works)
  after(async () => {
    await gateway.stop()
    await upstream.close()
  })

  for (const stream of [false, true])
    it(`repeats the last good reply to this very request, marked as stale, ${stream ? 'streamed' : 'unary'}`, async () => {
      const body = ask('stale', 'Hello', { stream })
      const good = told(await (await gateway.chat(body)).text(), stream)
      fails()
      const reply = await gateway.chat(body)
      assert.equal(reply.status, 200)
      assert.equal(told(await reply.text(), stream), good)
      assert.match(good, /good reply/)
      assert.equal(reply.headers.get('x-gatehouse-cache'), 'stale')
      assert.equal(reply.headers.get('x-gatehouse-fallback'), 'true')
      assert.equal(reply.headers.get('x-gatehouse-warning'), 'stale_reply')
      const row = (await gateway.recorded(reply)) as Json
      assert.deepEqual([row.last_resort, row.cache, row.status], ['stale', 'stale', 200])
      assert.equal((await gateway.chat(ask('stale', 'Something else', { stream }))).status, 503)
    })

  it('never repeats what another tenant was told', async () => {
    const db = openForWriting(gateway.home.store)
    const [acme, globex] = ['acme', 'globex'].map((tenant) => {
      const { key } = createKey(db, keyPepper(gateway.home), { tenant, team: null, routes: null })
      return { authorization: `Bearer ${key}` }
    })
    db.close()
    const body = ask('stale', 'Whose is it?')
    await (await gateway.chat(body, acme)).text()
    fails()
    assert.equal((await gateway.chat(body, acme)).status, 200)
    assert.equal((await gateway.chat(body, globex)).status, 503)
    assert.equal((await gateway.chat(body)).status, 503)
  })

  it('does not keep replies that call tools, break or are cut off', async () => {
    const call = { index: 0, id: 'call_1', type: 'function', function: { name: 'look', arguments: '{}' } }
    const bad = [
      { headers: SSE, chunks: [ROLE, chunk({ tool_calls: [call] }), chunk({}, 'tool_calls'), 'data: [DONE]\n\n'] },
      { headers: SSE, chunks: [ROLE, chunk({ content: 'half' })], ending: 'cut' as const },
      { headers: SSE, chunks: [ROLE, chunk({ content: 'half' }), chunk({}, 'length'), 'data: [DONE]\n\n'] },
    ]
    for (const [index, script] of bad.entries()) {
      const body = ask('stale', `Case ${index}`, { stream: true })
      upstream.answer = () => script
      await (await gateway.chat(body)).text()
      fails()
      assert.equal((await gateway.chat(body)).status, 503, `case ${index}`)
    }
  })

  it('keeps the newest good reply', async () => {
    const body = ask('stale', 'Twice')
    await (await gateway.chat(body)).text()
    upstream.answer = () => goodReply('newer')
    await (await gateway.chat(body)).text()
    fails()
    assert.match(await (await gateway.chat(body)).text(), /newer/)
    assert.match(await (await gateway.chat(body)).text(), /newer/, 'it is not used up')
  })

  it('gives the static text in the client’s own dialect, marked as made up', async () => {
    fails()
    const reply = await gateway.chat(ask('both', 'Hello?'))
    assert.equal(reply.status, 200)
    assert.equal(((await reply.json()) as Json).choices[0].message.content, STATIC)
    assert.equal(reply.headers.get('x-gatehouse-synthetic'), 'true')
    assert.equal(reply.headers.get('x-gatehouse-warning'), 'static_reply')
    assert.equal(reply.headers.get('x-gatehouse-provider'), null)
    const streamed = await gateway.chat(ask('both', 'Hello?', { stream: true }))
    const { text, done } = readSse(await streamed.text())
    assert.deepEqual([text, done], [STATIC, true])
    const client = new Anthropic({ baseURL: gateway.url, apiKey: 'unused', maxRetries: 0 })
    const message = await client.messages
      .stream({ model: 'both', max_tokens: 50, messages: [{ role: 'user', content: 'Hello?' }] })
      .finalMessage()
    assert.deepEqual(
      message.content.map((block) => block.type === 'text' && block.text),
      [STATIC],
    )
  })

  it('prefers the stale reply to the static one', async () => {
    const body = ask('both', 'Known')
    await (await gateway.chat(body)).text()
    fails()
    assert.match(await (await gateway.chat(body)).text(), /good reply/)
  })

  it('tells the client when the request itself is at fault', async () => {
    fails(400)
    assert.equal((await gateway.chat(ask('both', 'Hello?'))).status, 400)
  })

  it('has no static reply for what is no chat', async () => {
    fails()
    const reply = await fetch(`${gateway.url}/v1/embeddings`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'both', input: 'x' }),
    })
    assert.equal(reply.status, 503)
  })

  it('fails where the route has no last resort', async () => {
    fails()
    assert.equal((await gateway.chat(ask('plain'))).status, 503)
  })
})
