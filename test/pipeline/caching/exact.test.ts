import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { ask, type Json } from '../../support/gateway.ts'
import { type CacheSite, openSite } from './cache-site.ts'

const IMAGE = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABh6FO1AAAAABJRU5ErkJggg=='

describe('a route with mode: exact', () => {
  let site: CacheSite
  before(async () => {
    site = await openSite({
      r: {},
      other: {},
      team: { partition: 'team' },
      user: { partition: 'user' },
      session: { partition: 'session' },
    })
  })
  beforeEach(() => site.works())
  after(() => site.close())

  it('gives the same request the same reply, and says whose, how old, and for what', async () => {
    const body = ask('r', 'same')
    const [first, again] = [await site.tell(body), await site.tell(body)]
    assert.deepEqual([first.cache, again.cache], ['miss', 'hit-exact'])
    assert.equal(again.text, first.text)
    const named = ['x-gatehouse-provider', 'x-gatehouse-model', 'x-gatehouse-attempts', 'age', 'x-gatehouse-cost-usd']
    assert.deepEqual(
      named.map((name) => again.headers.get(name)),
      ['up', 'm', '0', '0', '0'],
    )
    const row = await site.gateway.recorded({ headers: again.headers } as Response)
    assert.deepEqual([row.cache, row.provider, row.model, row.attempts, row.cost_usd], ['hit-exact', 'up', 'm', 0, 0])
    assert.equal(row.cache_detail!.source, first.headers.get('x-request-id'))
    const { spans } = await site.gateway.admin<Json>(`traces/${again.headers.get('x-gatehouse-trace-id')}`)
    const span = spans.find(({ name }: Json) => name === 'cache_lookup exact')
    assert.equal(span.attributes['gateway.cache.result'], 'hit')
    assert.equal(span.attributes['gateway.cache.source'], first.headers.get('x-request-id'))
  })

  it('gives it streamed to whoever streams, and whole to whoever does not', async () => {
    const first = await site.tell(ask('r', 'either way', { stream: true, stream_options: { include_usage: true } }))
    const whole = await site.tell(ask('r', 'either way'))
    const streamed = await site.tell(ask('r', 'either way', { stream: true }))
    assert.deepEqual([first.cache, whole.cache, streamed.cache], ['miss', 'hit-exact', 'hit-exact'])
    assert.deepEqual([whole.text, streamed.text], [first.text, first.text])
  })

  it('finds a request by its meaning: order of members, parts, defaults and other formats do not count', async () => {
    const first = await site.tell({ ...ask('r', 'Meaning'), temperature: 0.5, max_tokens: 100 })
    const before = site.upstream.seen.length
    const parts = [{ role: 'user', content: [{ type: 'text', text: 'Meaning' }] }]
    for (const body of [
      { temperature: 0.5, messages: [{ content: 'Meaning', role: 'user' }], model: 'r' },
      { model: 'r', messages: parts, temperature: 0.5, n: 1, stream: false, user: 'u', metadata: { a: 'b' } },
    ]) {
      const told = await site.tell(body)
      assert.deepEqual([told.cache, told.text], ['hit-exact', first.text])
    }
    const client = new Anthropic({ baseURL: site.gateway.url, apiKey: 'unused', maxRetries: 0 })
    const message = await client.messages
      .stream({ model: 'r', max_tokens: 50, temperature: 0.5, messages: [{ role: 'user', content: 'Meaning' }] })
      .finalMessage()
    assert.deepEqual(message.content, [{ type: 'text', text: first.text }])
    const responses = new OpenAI({ baseURL: `${site.gateway.url}/v1`, apiKey: 'unused', maxRetries: 0 }).responses
    const response = await responses.create({ model: 'r', temperature: 0.5, input: 'Meaning' })
    assert.equal(response.output_text, first.text)
    assert.equal(site.upstream.seen.length, before, 'nobody was called')
  })

  it('gives what came in Anthropic’s format to a client of OpenAI’s, streamed', async () => {
    const client = new Anthropic({ baseURL: site.gateway.url, apiKey: 'unused', maxRetries: 0 })
    const asked = { max_tokens: 50, system: 'Be brief.', messages: [{ role: 'user' as const, content: 'Across' }] }
    const message = await client.messages.create({ model: 'r', ...asked })
    const messages = [{ role: 'system', content: 'Be brief.' }, asked.messages[0]]
    const told = await site.tell({ model: 'r', stream: true, messages })
    assert.equal(told.cache, 'hit-exact')
    assert.deepEqual(message.content, [{ type: 'text', text: told.text }])
  })

  it('streams to each client in its own framing, also where the bytes of the requests are the same', async () => {
    const send = (query: string) =>
      fetch(`${site.gateway.url}/v1beta/models/r:streamGenerateContent${query}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ contents: [{ role: 'user', parts: [{ text: 'Framing' }] }] }),
      })
    for (let round = 0; round < 4; round += 1) {
      assert.ok(Array.isArray(await (await send('')).json()))
      assert.match(await (await send('?alt=sse')).text(), /^data: \{/)
    }
  })

  it('tells requests apart by whatever decides the answer', async () => {
    const base = ask('r', 'Apart')
    const image = (data: string) => [
      {
        role: 'user',
        content: [
          { type: 'image_url', image_url: { url: `data:image/png;base64,${data}` } },
          { type: 'text', text: 'Apart' },
        ],
      },
    ]
    const tool = (description: string) => [{ type: 'function', function: { name: 'f', description, parameters: {} } }]
    const different: Json[] = [
      base,
      ask('r', 'apart'),
      { ...base, messages: [{ role: 'system', content: 'Pirate.' }, ...base.messages] },
      {
        ...base,
        messages: [{ role: 'user', content: 'Before' }, { role: 'assistant', content: 'x' }, ...base.messages],
      },
      { ...base, temperature: 0 },
      { ...base, seed: 1 },
      { ...base, stop: ['.'] },
      { ...base, response_format: { type: 'json_object' } },
      { ...base, reasoning_effort: 'high' },
      { ...base, tools: tool('one') },
      { ...base, tools: tool('another') },
      { ...base, tools: tool('one'), tool_choice: 'none' },
      { ...base, logit_bias: { 50256: -100 } },
      { ...base, messages: image(IMAGE) },
      { ...base, messages: image(IMAGE.replace('AAAB', 'AAAC')) },
      { ...base, model: 'other' },
    ]
    for (const body of different)
      assert.equal((await site.tell(body)).cache, 'miss', JSON.stringify(body).slice(0, 200))
    for (const body of different)
      assert.equal((await site.tell(body)).cache, 'hit-exact', JSON.stringify(body).slice(0, 200))
  })

  it('keeps a reply for those only who allow as many tokens as it has', async () => {
    assert.deepEqual(
      await site.outcomes(
        [ask('r', 'Long')],
        [ask('r', 'Long', { max_tokens: 2 })],
        [ask('r', 'Long', { max_tokens: 3 })],
      ),
      ['miss', 'miss', 'hit-exact'],
    )
  })

  it('obeys no-store, refresh and namespaces, which only make less of it', async () => {
    const body = ask('r', 'Headers')
    const say = (directive: string) => ({ 'x-gatehouse-cache': directive })
    const space = (name: string) => ({ 'x-gatehouse-cache-namespace': name })
    assert.deepEqual(await site.outcomes([body, say('no-store')], [body], [body, say('no-store')], [body]), [
      'bypass',
      'miss',
      'bypass',
      'hit-exact',
    ])
    const refreshed = await site.tell(body, say('refresh'))
    assert.equal(refreshed.cache, 'miss')
    assert.equal((await site.tell(body)).text, refreshed.text, 'the kept reply was replaced')
    assert.deepEqual(await site.outcomes([body, space('a')], [body, space('a')], [body, space('b')], [body]), [
      'miss',
      'hit-exact',
      'miss',
      'hit-exact',
    ])
    for (const wrong of [say('always'), say(''), space('n'.repeat(129))]) {
      const { status, text } = await site.tell(body, wrong)
      assert.deepEqual([status, JSON.parse(text).error.code], [400, 'invalid_header'])
    }
  })

  it('never shares beyond the tenant, and less where the route says so', async () => {
    const acme = site.gateway.key({ tenant: 'acme' })
    const acmeToo = site.gateway.key({ tenant: 'acme' })
    const globex = site.gateway.key({ tenant: 'globex' })
    const body = ask('r', 'Whose?')
    assert.deepEqual(await site.outcomes([body, acme], [body, acmeToo], [body, globex], [body]), [
      'miss',
      'hit-exact',
      'miss',
      'miss',
    ])
    const red = site.gateway.key({ tenant: 'acme', team: 'red' })
    const redToo = site.gateway.key({ tenant: 'acme', team: 'red' })
    const blue = site.gateway.key({ tenant: 'acme', team: 'blue' })
    const teams = ask('team', 'Whose?')
    assert.deepEqual(
      await site.outcomes([teams, red], [teams, redToo], [teams, blue], [teams, acme], [teams, acme]),
      ['miss', 'hit-exact', 'miss', 'bypass', 'bypass'],
      'who names no team shares with nobody',
    )
    const of = (user: string) => ask('user', 'Whose?', { user })
    assert.deepEqual(
      await site.outcomes(
        [of('ann'), acme],
        [of('ann'), acme],
        [of('bob'), acme],
        [of('ann'), acmeToo],
        [ask('user', 'Whose?'), acme],
      ),
      ['miss', 'hit-exact', 'miss', 'miss', 'bypass'],
      'a user is one of the app that names it',
    )
    const session = (name: string, key: Record<string, string>) => ({ ...key, 'x-session-id': name })
    const told = ask('session', 'Whose?')
    assert.deepEqual(
      await site.outcomes(
        [told, session('1', acme)],
        [told, session('1', acme)],
        [told, session('2', acme)],
        [told, acme],
      ),
      ['miss', 'hit-exact', 'miss', 'bypass'],
    )
  })
})
