import assert from 'node:assert/strict'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { after, afterEach, before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { startApp } from '../../../server/app.ts'
import { builtinLexical } from '../../../server/cache/embedders/builtin-lexical.ts'
import { openHome } from '../../../server/home.ts'
import { type FakeUpstream, type Script, startFakeUpstream } from '../../support/fake-upstream.ts'
import { goodReply, goodStream, readSse } from '../../support/frames.ts'
import { ask, type Json, routesConfig, startGateway, type TestGateway } from '../../support/gateway.ts'

let upstream: FakeUpstream
const gateways: TestGateway[] = []
let chats = 0
let embeddings = 0
let embed: (texts: string[]) => Script

const vectorsOf = (texts: string[]): Script => ({
  chunks: [
    JSON.stringify({
      object: 'list',
      model: 'e',
      data: texts.map((text, index) => ({ index, embedding: [...builtinLexical.embedOne(text)] })),
    }),
  ],
})

const works = () => {
  embed = vectorsOf
  upstream.answer = ({ json, path }) => {
    if (path.endsWith('/embeddings')) {
      embeddings += 1
      return embed(json.input as string[])
    }
    chats += 1
    return json.stream ? goodStream('answer ', String(chats)) : goodReply(`answer ${chats}`)
  }
}

async function open(cache: Json = {}, shared: Json = {}): Promise<TestGateway> {
  const gateway = await startGateway(
    routesConfig(
      { up: { kind: 'openai-compatible', base_url: upstream.url } },
      { r: { targets: [{ provider: 'up', model: 'm' }], cache: { mode: 'semantic', ...cache } } },
      { cache: shared },
    ),
  )
  gateways.push(gateway)
  return gateway
}

async function tell(gateway: TestGateway, question: string, more: Json = {}) {
  const reply = await gateway.chat(ask('r', question, more))
  const body = await reply.text()
  const row = await gateway.recorded(reply)
  return {
    cache: reply.headers.get('x-gatehouse-cache'),
    text: more.stream ? readSse(body).text : JSON.parse(body).choices[0].message.content,
    similarity: Number(reply.headers.get('x-gatehouse-cache-similarity') ?? Number.NaN),
    age: reply.headers.get('age'),
    row,
    detail: row.cache_detail!,
    trace: reply.headers.get('x-gatehouse-trace-id')!,
  }
}

describe('a route with mode: semantic', () => {
  before(async () => {
    upstream = await startFakeUpstream()
    works()
  })
  afterEach(async () => {
    works()
    for (const gateway of gateways.splice(0)) await gateway.stop()
  })
  after(() => upstream.close())

  it('answers a reworded question from the cache, and says how like it is, how old and whose', async () => {
    const gateway = await open()
    const begun = performance.now()
    const first = await tell(gateway, 'How do I reset the password of my router?')
    for (const question of [
      'how do i reset the password of my router',
      'Hello! Could you please tell me how do I reset the password of my router?',
      'How do I reset the passwords of my router',
    ]) {
      const again = await tell(gateway, question)
      assert.deepEqual([again.cache, again.text], ['hit-semantic', first.text], question)
      const age = Number(again.age)
      assert.ok(age >= 0 && age <= (performance.now() - begun) / 1000, question)
      assert.ok(again.similarity > 0.5 && again.similarity <= 1)
      assert.equal(again.detail.source, first.row.request_id)
      assert.ok(Math.abs(again.detail.similarity! - again.similarity) < 1e-4)
      const { spans } = await gateway.admin<Json>(`traces/${again.trace}`)
      const span = spans.find(({ name }: Json) => name === 'cache_lookup semantic')
      assert.equal(span.attributes['gateway.cache.similarity'], again.detail.similarity)
      assert.equal(typeof span.attributes['gateway.cache.age_ms'], 'number')
    }
    const streamed = await tell(gateway, 'Please: how do I reset the password of my router?', { stream: true })
    assert.deepEqual([streamed.cache, streamed.text], ['hit-semantic', first.text])
  })

  it('refuses the question with one slot changed, and names the guard', async () => {
    const gateway = await open()
    await tell(gateway, 'How do I fly from Paris to Rome on 3 May?')
    for (const question of [
      'How do I fly from Paris to Rome on 4 May?',
      'How do I fly from Rome to Paris on 3 May?',
      'How do I fly from Paris to Turin on 3 May?',
      'How do I not fly from Paris to Rome on 3 May?',
      'When do I fly from Paris to Rome on 3 May?',
    ]) {
      const told = await tell(gateway, question)
      assert.equal(told.cache, 'miss', question)
      assert.match(
        told.detail.why!,
        /nearest question (differs in a way that counts: \S+$|is 0\.\d+ like it)/,
        question,
      )
    }
  })

  it('compares questions of the same context only: system prompt, tools, sampling and what was said before', async () => {
    const gateway = await open()
    const question = { role: 'user', content: 'Is it open on Sunday?' }
    const reworded = { role: 'user', content: 'is it open on sunday, please' }
    const contexts: Json[] = [
      { messages: [] },
      { messages: [{ role: 'system', content: 'You speak for the museum.' }] },
      { messages: [{ role: 'system', content: 'You speak for the pool.' }] },
      {
        messages: [
          { role: 'user', content: 'The bank?' },
          { role: 'assistant', content: 'Yes.' },
        ],
      },
      {
        messages: [
          { role: 'user', content: 'The shop?' },
          { role: 'assistant', content: 'Yes.' },
        ],
      },
      { messages: [], temperature: 0 },
      { messages: [], response_format: { type: 'json_object' } },
    ]
    const send = async ({ messages, ...more }: Json, last: Json) => {
      const reply = await gateway.chat({ model: 'r', messages: [...messages, last], ...more })
      return [reply.headers.get('x-gatehouse-cache'), ((await reply.json()) as Json).choices[0].message.content]
    }
    const first: unknown[] = []
    for (const context of contexts) {
      const [cache, text] = await send(context, question)
      assert.equal(cache, 'miss')
      first.push(text)
    }
    for (const [index, context] of contexts.entries())
      assert.deepEqual(await send(context, reworded), ['hit-semantic', first[index]], JSON.stringify(context))
  })

  it('finds again after a restart what it has kept', async () => {
    const gateway = await open()
    const first = await tell(gateway, 'What does the warranty cover?')
    gateways.splice(0)
    await gateway.app.stop()
    const app = await startApp({
      home: openHome(gateway.home.folder, null),
      host: '127.0.0.1',
      port: 0,
      version: 'test',
      environment: {},
      log() {},
    })
    try {
      const send = (question: string) =>
        fetch(`${app.url}/v1/chat/completions`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(ask('r', question)),
        })
      for (const [question, cache] of [
        ['What does the warranty cover?', 'hit-exact'],
        ['what does the warranty cover please', 'hit-semantic'],
      ] as const) {
        const reply = await send(question)
        assert.equal(reply.headers.get('x-gatehouse-cache'), cache)
        assert.match(await reply.text(), new RegExp(first.text))
      }
    } finally {
      await app.stop()
      rmSync(gateway.home.folder, { recursive: true })
    }
  })

  it('sends a share of would-be hits upstream, compares the answers, and serves no more when they differ', async () => {
    const gateway = await open()
    await tell(gateway, 'What is the opening time of the museum?')
    let number = 0
    // Every fresh answer has another number in it.
    const askAgain = () => {
      number += 1
      return tell(gateway, `what is the opening time of the museum${'?'.repeat(number)}`)
    }
    const outcomes: (string | null)[] = []
    let last = await askAgain()
    while (last.cache === 'hit-semantic' && number < 40) {
      outcomes.push(last.cache)
      last = await askAgain()
    }
    assert.ok(outcomes.length >= 10, `${outcomes.length} were served before one was checked`)
    assert.match(last.detail.why!, /^it would have been a hit, and is compared/)
    // What was learnt is asked for once a second.
    await sleep(1100)
    for (let index = 0; index < 4; index += 1) assert.equal((await askAgain()).cache, 'miss')
    const { data } = await gateway.admin<Json>('cache/lookups?limit=100')
    const checked = data.filter(({ outcome, agreement }: Json) => outcome === 'check' && agreement !== null)
    assert.ok(checked.length >= 1)
    assert.equal(checked.at(-1).agreement, 'different')
    const { data: quality } = await gateway.admin<Json>('cache/quality')
    assert.equal(quality[0].threshold, null, 'nothing is served until right answers have come')
  })

  it('goes on without a look-up that takes too long, and keeps the reply for later', async () => {
    const gateway = await open({ deadline: '50ms' }, { embedder: { provider: 'up', model: 'e' } })
    embed = (texts) => ({ ...vectorsOf(texts), headDelayMs: 400 })
    const late = await tell(gateway, 'Which plan includes support?')
    assert.deepEqual([late.cache, late.detail.lookups.map(({ result }) => result)], ['miss', ['miss', 'late']])
    embed = vectorsOf
    await sleep(500)
    const again = await tell(gateway, 'Which plan includes support?')
    assert.equal(again.cache, 'hit-exact')
  })

  it('asks a provider for vectors where the config says so, once a question', async () => {
    const gateway = await open({ threshold: 0.5 }, { embedder: { provider: 'up', model: 'e' } })
    await tell(gateway, 'Which plan includes phone support?')
    const before = embeddings
    const told = await tell(gateway, 'So which plan includes phone support?')
    assert.equal(told.cache, 'hit-semantic')
    assert.equal(embeddings, before + 1)
    assert.equal(upstream.seen.at(-1)!.json.model, 'e')
    assert.equal((await tell(gateway, 'Which plan includes no phone support?')).cache, 'miss', 'the loose guard')
  })

  it('goes on without when the provider of vectors fails, and says so once', async () => {
    const gateway = await open({}, { embedder: { provider: 'up', model: 'e' } })
    embed = () => ({ status: 500, chunks: ['{"error":{"message":"out of memory"}}'] })
    for (const question of ['One?', 'Two?'])
      assert.deepEqual((await tell(gateway, question)).detail.lookups.at(-1)!.result, 'failed')
    const said = gateway.log.filter((line) => line.includes('cannot be compared'))
    assert.equal(said.length, 1, gateway.log.join('\n'))
  })

  it('makes vectors anew in the background when another embedder is configured', async () => {
    const gateway = await open({ threshold: 0.5 })
    const first = await tell(gateway, 'How long is the delivery time?')
    const text = readFileSync(gateway.home.config, 'utf8')
    writeFileSync(
      gateway.home.config,
      text.replace('"cache":{}', '"cache":{"embedder":{"provider":"up","model":"other"}}'),
    )
    let summary: Json
    for (let tries = 0; tries < 200; tries += 1) {
      await sleep(25)
      summary = await gateway.admin<Json>('cache/summary')
      if (summary.spaces.length === 1 && summary.spaces[0].space === 'up/other' && summary.spaces[0].vectors === 1)
        break
    }
    assert.deepEqual(
      summary.spaces.map(({ space, vectors }: Json) => [space, vectors]),
      [['up/other', 1]],
    )
    const again = await tell(gateway, 'Please say how long is the delivery time?')
    assert.deepEqual([again.cache, again.text], ['hit-semantic', first.text])
  })

  it('learns from what a person says, and never gives that answer to that question again', async () => {
    const gateway = await open()
    await tell(gateway, 'Who signs the contract?')
    const hit = await tell(gateway, 'who signs the contract please')
    assert.equal(hit.cache, 'hit-semantic')
    let lookUp: Json
    for (let tries = 0; lookUp === undefined && tries < 100; tries += 1) {
      const { data } = await gateway.admin<Json>('cache/lookups?outcome=hit')
      lookUp = data[0]
      await sleep(10)
    }
    const reply = await fetch(`${gateway.url}/admin/api/cache/lookups/${lookUp.id}/review`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${gateway.adminToken}` },
      body: JSON.stringify({ verdict: 'wrong' }),
    })
    assert.equal(reply.status, 200, await reply.text())
    assert.equal((await tell(gateway, 'Who signs the contract?')).cache, 'miss', 'the entry is gone')
    assert.equal((await tell(gateway, 'who signs the contract please')).cache, 'miss', 'and the pair is denied')
  })
})
