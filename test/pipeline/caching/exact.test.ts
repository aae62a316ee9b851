import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import Anthropic from '@anthropic-ai/sdk'
import OpenAI from 'openai'
import { type FakeUpstream, startFakeUpstream } from '../../support/fake-upstream.ts'
import { chunk, DONE, goodReply, goodStream, ROLE, readSse, SSE, STOP } from '../../support/frames.ts'
import { ask, type Json, routesConfig, startGateway, type TestGateway } from '../../support/gateway.ts'

const IMAGE = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABh6FO1AAAAABJRU5ErkJggg=='

let upstream: FakeUpstream
let gateway: TestGateway

/** Every answer says which call it is of: what is given again says an earlier number. */
const works = () => {
  upstream.answer = ({ json }, index) =>
    json.stream ? goodStream('answer ', String(index)) : goodReply(`answer ${index}`)
}

interface Told {
  cache: string | null
  text: string
  headers: Headers
  status: number
}

async function tell(body: Json, headers: Record<string, string> = {}): Promise<Told> {
  const reply = await gateway.chat(body, headers)
  const text = await reply.text()
  const isReply = reply.status === 200
  return {
    cache: reply.headers.get('x-gatehouse-cache'),
    text: !isReply ? text : body.stream ? readSse(text).text : (JSON.parse(text).choices[0].message.content ?? ''),
    headers: reply.headers,
    status: reply.status,
  }
}

const outcomes = async (...asked: readonly (readonly [Json, Record<string, string>?])[]) => {
  const seen: (string | null)[] = []
  for (const [body, headers] of asked) seen.push((await tell(body, headers)).cache)
  return seen
}

describe('a route with mode: exact', () => {
  before(async () => {
    upstream = await startFakeUpstream()
    const route = (cache: Json, more: Json = {}) => ({
      targets: [{ provider: 'up', model: 'm' }],
      breaker: { failures: 0 },
      cache: { mode: 'exact', ...cache },
      ...more,
    })
    gateway = await startGateway(
      routesConfig(
        {
          up: { kind: 'openai-compatible', base_url: upstream.url },
          claude: { kind: 'anthropic', base_url: upstream.url, api_key: '${env:KEY}' },
        },
        {
          r: route({}),
          other: route({}),
          team: route({ partition: 'team' }),
          user: route({ partition: 'user' }),
          session: route({ partition: 'session' }),
          tools: route({ tool_calls: true }),
          wild: route({ max_temperature: 2, choices: true }),
          short: route({ ttl: '300ms' }),
          stale: route({ ttl: '100ms', stale_while_revalidate: '1h' }),
          better: route({ ttl: '100ms', stale_if_error: '1h' }),
          slow: route({ pace: 'natural' }),
          plain: { targets: [{ provider: 'up', model: 'm' }], breaker: { failures: 0 } },
        },
        { cache: { max_reply: '4KB' } },
      ),
      { environment: { KEY: 'k' } },
    )
  })
  beforeEach(works)
  after(async () => {
    await gateway.stop()
    await upstream.close()
  })

  it('gives the same request the same reply, and says whose, how old, and for what', async () => {
    const body = ask('r', 'same')
    const [first, again] = [await tell(body), await tell(body)]
    assert.deepEqual([first.cache, again.cache], ['miss', 'hit-exact'])
    assert.equal(again.text, first.text)
    const named = ['x-gatehouse-provider', 'x-gatehouse-model', 'x-gatehouse-attempts', 'age', 'x-gatehouse-cost-usd']
    assert.deepEqual(
      named.map((name) => again.headers.get(name)),
      ['up', 'm', '0', '0', '0'],
    )
    const row = await gateway.recorded({ headers: again.headers } as Response)
    assert.deepEqual([row.cache, row.provider, row.model, row.attempts, row.cost_usd], ['hit-exact', 'up', 'm', 0, 0])
    assert.equal(row.cache_detail!.source, first.headers.get('x-request-id'))
    const { spans } = await gateway.admin<Json>(`traces/${again.headers.get('x-gatehouse-trace-id')}`)
    const span = spans.find(({ name }: Json) => name === 'cache_lookup exact')
    assert.equal(span.attributes['gateway.cache.result'], 'hit')
    assert.equal(span.attributes['gateway.cache.source'], first.headers.get('x-request-id'))
  })

  it('gives it streamed to whoever streams, and whole to whoever does not', async () => {
    const first = await tell(ask('r', 'either way', { stream: true, stream_options: { include_usage: true } }))
    const whole = await tell(ask('r', 'either way'))
    const streamed = await tell(ask('r', 'either way', { stream: true }))
    assert.deepEqual([first.cache, whole.cache, streamed.cache], ['miss', 'hit-exact', 'hit-exact'])
    assert.deepEqual([whole.text, streamed.text], [first.text, first.text])
  })

  it('finds a request by its meaning: order of members, parts, defaults and other formats do not count', async () => {
    const first = await tell({ ...ask('r', 'Meaning'), temperature: 0.5, max_tokens: 100 })
    const before = upstream.seen.length
    const parts = [{ role: 'user', content: [{ type: 'text', text: 'Meaning' }] }]
    for (const body of [
      { temperature: 0.5, messages: [{ content: 'Meaning', role: 'user' }], model: 'r' },
      { model: 'r', messages: parts, temperature: 0.5, n: 1, stream: false, user: 'u', metadata: { a: 'b' } },
    ]) {
      const told = await tell(body)
      assert.deepEqual([told.cache, told.text], ['hit-exact', first.text])
    }
    const client = new Anthropic({ baseURL: gateway.url, apiKey: 'unused', maxRetries: 0 })
    const message = await client.messages
      .stream({ model: 'r', max_tokens: 50, temperature: 0.5, messages: [{ role: 'user', content: 'Meaning' }] })
      .finalMessage()
    assert.deepEqual(message.content, [{ type: 'text', text: first.text }])
    const responses = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: 'unused', maxRetries: 0 }).responses
    const response = await responses.create({ model: 'r', temperature: 0.5, input: 'Meaning' })
    assert.equal(response.output_text, first.text)
    assert.equal(upstream.seen.length, before, 'nobody was called')
  })

  it('gives what came in Anthropic’s format to a client of OpenAI’s, streamed', async () => {
    const client = new Anthropic({ baseURL: gateway.url, apiKey: 'unused', maxRetries: 0 })
    const asked = { max_tokens: 50, system: 'Be brief.', messages: [{ role: 'user' as const, content: 'Across' }] }
    const message = await client.messages.create({ model: 'r', ...asked })
    const messages = [{ role: 'system', content: 'Be brief.' }, asked.messages[0]]
    const told = await tell({ model: 'r', stream: true, messages })
    assert.equal(told.cache, 'hit-exact')
    assert.deepEqual(message.content, [{ type: 'text', text: told.text }])
  })

  it('streams to each client in its own framing, also where the bytes of the requests are the same', async () => {
    const send = (query: string) =>
      fetch(`${gateway.url}/v1beta/models/r:streamGenerateContent${query}`, {
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
    for (const body of different) assert.equal((await tell(body)).cache, 'miss', JSON.stringify(body).slice(0, 200))
    for (const body of different)
      assert.equal((await tell(body)).cache, 'hit-exact', JSON.stringify(body).slice(0, 200))
  })

  it('keeps a reply for those only who allow as many tokens as it has', async () => {
    assert.deepEqual(
      await outcomes([ask('r', 'Long')], [ask('r', 'Long', { max_tokens: 2 })], [ask('r', 'Long', { max_tokens: 3 })]),
      ['miss', 'miss', 'hit-exact'],
    )
  })

  it('obeys no-store, refresh and namespaces, which only make less of it', async () => {
    const body = ask('r', 'Headers')
    const say = (directive: string) => ({ 'x-gatehouse-cache': directive })
    const space = (name: string) => ({ 'x-gatehouse-cache-namespace': name })
    assert.deepEqual(await outcomes([body, say('no-store')], [body], [body, say('no-store')], [body]), [
      'bypass',
      'miss',
      'bypass',
      'hit-exact',
    ])
    const refreshed = await tell(body, say('refresh'))
    assert.equal(refreshed.cache, 'miss')
    assert.equal((await tell(body)).text, refreshed.text, 'the kept reply was replaced')
    assert.deepEqual(await outcomes([body, space('a')], [body, space('a')], [body, space('b')], [body]), [
      'miss',
      'hit-exact',
      'miss',
      'hit-exact',
    ])
    for (const wrong of [say('always'), say(''), space('n'.repeat(129))]) {
      const { status, text } = await tell(body, wrong)
      assert.deepEqual([status, JSON.parse(text).error.code], [400, 'invalid_header'])
    }
  })

  it('never shares beyond the tenant, and less where the route says so', async () => {
    const acme = gateway.key({ tenant: 'acme' })
    const acmeToo = gateway.key({ tenant: 'acme' })
    const globex = gateway.key({ tenant: 'globex' })
    const body = ask('r', 'Whose?')
    assert.deepEqual(await outcomes([body, acme], [body, acmeToo], [body, globex], [body]), [
      'miss',
      'hit-exact',
      'miss',
      'miss',
    ])
    const red = gateway.key({ tenant: 'acme', team: 'red' })
    const redToo = gateway.key({ tenant: 'acme', team: 'red' })
    const blue = gateway.key({ tenant: 'acme', team: 'blue' })
    const teams = ask('team', 'Whose?')
    assert.deepEqual(
      await outcomes([teams, red], [teams, redToo], [teams, blue], [teams, acme], [teams, acme]),
      ['miss', 'hit-exact', 'miss', 'bypass', 'bypass'],
      'who names no team shares with nobody',
    )
    const of = (user: string) => ask('user', 'Whose?', { user })
    assert.deepEqual(
      await outcomes(
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
      await outcomes([told, session('1', acme)], [told, session('1', acme)], [told, session('2', acme)], [told, acme]),
      ['miss', 'hit-exact', 'miss', 'bypass'],
    )
  })

  it('does not keep errors, tool calls, refusals, and what is cut off or empty', async () => {
    const call = { index: 0, id: 'call_1', type: 'function', function: { name: 'look', arguments: '{}' } }
    const bad: Json[] = [
      { status: 500, chunks: ['{"error":{"message":"no"}}'] },
      { headers: SSE, chunks: [ROLE, chunk({ tool_calls: [call] }), chunk({}, 'tool_calls'), DONE] },
      { headers: SSE, chunks: [ROLE, chunk({ content: 'half' })], ending: 'cut' },
      { headers: SSE, chunks: [ROLE, chunk({ content: 'half' }), chunk({}, 'length'), DONE] },
      { headers: SSE, chunks: [ROLE, chunk({ content: 'half' }), chunk({}, 'content_filter'), DONE] },
      { headers: SSE, chunks: [ROLE, chunk({ refusal: 'I cannot.' }), STOP, DONE] },
      { headers: SSE, chunks: [ROLE, STOP, DONE] },
      { headers: SSE, chunks: [ROLE, chunk({ content: 'x'.repeat(5000) }), STOP, DONE] },
    ]
    for (const [index, script] of bad.entries()) {
      const body = ask('r', `Bad ${index}`, { stream: true })
      upstream.answer = () => script
      await tell(body)
      works()
      assert.equal((await tell(body)).cache, 'miss', `case ${index}`)
    }
    const body = ask('tools', 'Bad 1', { stream: true })
    upstream.answer = () => bad[1]
    await tell(body)
    assert.equal((await tell(body)).cache, 'hit-exact', 'unless the route says so')
  })

  it('leaves requests alone that want another answer each time', async () => {
    for (const more of [{ temperature: 1.5 }, { n: 2 }]) {
      const body = (route: string) => [ask(route, 'Surprise me', more)] as const
      assert.deepEqual(await outcomes(body('r'), body('r')), ['bypass', 'bypass'])
      assert.deepEqual(await outcomes(body('wild'), body('wild')), ['miss', 'hit-exact'], 'unless the route says so')
    }
    assert.deepEqual(await outcomes([ask('plain')], [ask('plain')]), ['bypass', 'bypass'])
  })

  it('forgets after the ttl', async () => {
    const body = ask('short', 'Brief')
    assert.deepEqual(await outcomes([body], [body]), ['miss', 'hit-exact'])
    await sleep(350)
    assert.equal((await tell(body)).cache, 'miss')
  })

  it('gives a stale reply while it fetches another one, once', async () => {
    const body = ask('stale', 'News')
    const first = await tell(body)
    await sleep(120)
    const before = upstream.seen.length
    const stale = await Promise.all([tell(body), tell(body), tell(body)])
    for (const told of stale) assert.deepEqual([told.cache, told.text], ['stale', first.text])
    while (upstream.seen.length === before) await sleep(5)
    await sleep(50)
    assert.equal(upstream.seen.length, before + 1)
    const renewed = await tell(body)
    assert.equal(renewed.text, `answer ${before}`)
    const { data } = await gateway.admin<Json>('requests?route=stale&limit=100')
    const traces = stale.map(({ headers }) => headers.get('x-gatehouse-trace-id'))
    const fetched = data.filter((row: Json) => row.cache === 'miss' && traces.includes(row.trace_id))
    assert.equal(fetched.length, 1, 'the fetch is a request of its own, in the trace of the one that began it')
  })

  it('gives the reply of better days where every target fails', async () => {
    const body = ask('better', 'Weather')
    const first = await tell(body)
    await sleep(120)
    upstream.answer = () => ({ status: 503, chunks: ['{}'] })
    const stale = await tell(body)
    assert.deepEqual([stale.status, stale.cache, stale.text], [200, 'stale', first.text])
    works()
    assert.equal((await tell(body)).cache, 'miss', 'and not where one answers')
  })

  it('streams at a natural pace where the route says so', async () => {
    const words = Array.from({ length: 10 }, (_, index) => `word${index} `)
    upstream.answer = () => ({
      headers: SSE,
      chunks: [ROLE, ...words.map((content) => chunk({ content })), STOP, DONE],
      chunkDelayMs: 10,
    })
    const body = ask('slow', 'Count', { stream: true })
    await tell(body)
    const reply = await gateway.chat(body)
    assert.equal(reply.headers.get('x-gatehouse-cache'), 'hit-exact')
    const pieces: string[] = []
    for await (const piece of reply.body!) pieces.push(Buffer.from(piece).toString())
    assert.ok(pieces.length > 2, 'it came in several pieces over time')
    assert.equal(readSse(pieces.join('')).text, words.join(''))
  })
})
