import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Json, startGateway } from '../support/gateway.ts'
import { chatReply, openSite, type Site } from './site.ts'

const MIRROR = 'mirror: { target: two/small, sample: 1, when: always, self: 0 }'
const ask = (content: string, more: object = {}) => ({
  model: 'support',
  messages: [{ role: 'user', content }],
  ...more,
})

describe('a mirror', () => {
  let site: Site
  before(async () => {
    site = await openSite(`${MIRROR}\nevaluators: { watch: [{ use: contains, any: ["42."] }] }`)
  })
  after(() => site.stop())

  it('sends the candidate what the caller asked, after the reply, in a trace of its own with a link', async () => {
    const reply = await site.gateway.chat(ask('What is it?', { temperature: 0.3, user: 'u-7' }), {
      'idempotency-key': 'k-1',
      'x-gatehouse-metadata': '{"app":"desk"}',
    })
    assert.equal(((await reply.json()) as Json).choices[0].message.content, 'The answer is 42.')
    const detail = await site.drawn(1)
    assert.equal(detail.baseline, 'one/big')
    assert.equal(detail.candidate, 'two/small')
    const [copy] = site.candidate.seen
    assert.equal(copy!.json.model, 'small')
    assert.deepEqual(copy!.json.messages, [{ role: 'user', content: 'What is it?' }])
    assert.equal(copy!.json.temperature, 0.3)
    const [pair] = await site.pairs()
    const original = reply.headers.get('x-request-id')
    assert.equal(pair!.request_id, original)
    const own = await site.gateway.admin<Json>(`requests/${pair!.candidate!.requestId}`)
    assert.equal(own.purpose, 'mirror')
    assert.notEqual(own.trace_id, reply.headers.get('x-gatehouse-trace-id'))
    const trace = await site.gateway.admin<Json>(`traces/${own.trace_id}`)
    const root = trace.spans.find((span: Json) => span.parent_span_id === null)
    assert.equal(root.links[0].trace_id, reply.headers.get('x-gatehouse-trace-id'))
  })

  it('keeps the texts of both sides, and says how they differ and what evaluators make of them', async () => {
    const [pair] = await site.pairs()
    assert.equal(pair!.texts!.request!.question, 'What is it?')
    assert.equal(pair!.texts!.baseline!.text, 'The answer is 42.')
    assert.equal(pair!.texts!.candidate!.text, 'The answer is 42!')
    assert.deepEqual(pair!.change, { kind: 'format-only', amount: 0 })
    assert.equal(pair!.baseline!.measures['score:contains'], 1)
    assert.equal(pair!.candidate!.measures['score:contains'], 0)
  })

  it('is not seen in what callers get billed, nor in the figures of the route', async () => {
    const listed = await site.gateway.admin<Json>('requests')
    assert.deepEqual(
      listed.data.map((row: Json) => row.purpose),
      ['live'],
    )
    const stats = await site.gateway.admin<Json>('stats')
    assert.equal(stats.total.requests, 1)
  })

  it('copies streams, and gives the caller the same bytes as without it', async () => {
    const reply = await site.gateway.chat(ask('Say it word by word', { stream: true }))
    const text = await reply.text()
    const plain = chatReply({ stream: true, model: 'big' }, 'The answer is 42.').chunks
    // The gateway asks for the usage itself, and keeps to itself what the caller has not asked for.
    assert.equal(text, plain.filter((chunk) => !chunk.includes('"usage"')).join(''))
    await site.drawn(2)
    const [pair] = await site.pairs()
    assert.equal(site.candidate.seen.at(-1)!.json.stream, true)
    assert.equal(pair!.texts!.candidate!.text, 'The answer is 42!')
    assert.ok(pair!.candidate!.measures.ttft! >= 0)
  })

  it('counts a failure of the candidate against the candidate', async () => {
    site.candidate.answer = () => ({ status: 500, chunks: ['{}'] })
    const reply = await site.gateway.chat(ask('Fail there'))
    assert.equal(reply.status, 200)
    await reply.text()
    const { coverage } = await site.drawn(3)
    assert.equal(coverage.candidate_error, 1)
    const [pair] = await site.pairs()
    assert.equal(pair!.candidate!.measures.success, 0)
    assert.equal(pair!.baseline!.measures.success, 1)
    assert.equal(pair!.change!.kind, 'failure')
    site.candidate.answer = (request) => chatReply(request.json, 'The answer is 42!')
  })

  it('counts a failure of the primary as well, and leaves out who went away', async () => {
    site.primary.answer = () => ({ status: 500, chunks: ['{}'] })
    const reply = await site.gateway.chat(ask('Fail here'))
    assert.equal(reply.status, 502)
    await reply.text()
    await site.drawn(4)
    const [pair] = await site.pairs()
    assert.equal(pair!.baseline!.outcome, 'error')
    assert.equal(pair!.baseline!.measures.success, 0)
    assert.equal(pair!.candidate!.measures.success, 1)
    site.primary.answer = () => ({ silent: true })
    const gone = new AbortController()
    const left = fetch(`${site.gateway.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(ask('Go away')),
      signal: gone.signal,
    }).catch(() => null)
    await sleep(100)
    gone.abort()
    await left
    const { coverage } = await site.drawn(5)
    assert.equal(coverage.skipped.baseline_failed, 1)
    site.primary.answer = (request) => chatReply(request.json, 'The answer is 42.')
  })
})

describe('a caller of a mirrored route', () => {
  it('does not wait for a candidate that never answers, however many copies there are', async () => {
    const site = await openSite(`${MIRROR}\ntimeouts: { total: 2s }`)
    site.candidate.answer = () => ({ silent: true })
    const slowest: number[] = []
    for (let index = 0; index < 10; index++) {
      const began = performance.now()
      const reply = await site.gateway.chat(ask(`Question ${index}`))
      await reply.text()
      slowest.push(performance.now() - began)
    }
    // The candidate holds each copy for two seconds.
    assert.ok(Math.max(...slowest) < 1500, `${slowest}`)
    const detail = await site.drawn(1)
    assert.equal(detail.coverage.candidate_timeout, 1)
    await site.stop()
  })
})

describe('what is copied', () => {
  it('is what the sample and the condition say', async () => {
    const site = await openSite(
      'mirror: { target: two/small, sample: 1, when: always, self: 0, if: { metadata.tier: gold } }',
    )
    for (const tier of ['gold', 'iron', 'gold'])
      await (await site.gateway.chat(ask(tier), { 'x-gatehouse-metadata': JSON.stringify({ tier }) })).text()
    await site.drawn(2)
    await sleep(200)
    assert.deepEqual(
      site.candidate.seen.map(({ json }) => (json.messages as Json)[0].content),
      ['gold', 'gold'],
    )
    await site.stop()
  })

  it('waits for its turn: never more at once than allowed', async () => {
    const site = await openSite('mirror: { target: two/small, sample: 1, when: always, self: 0, max_concurrency: 2 }')
    let open = 0
    let most = 0
    site.candidate.answer = (request) => {
      open += 1
      most = Math.max(most, open)
      setTimeout(() => {
        open -= 1
      }, 80)
      return { ...chatReply(request.json, 'Yes.'), headDelayMs: 80 }
    }
    await Promise.all(
      Array.from({ length: 12 }, async (_, index) => (await site.gateway.chat(ask(`Question ${index}`))).text()),
    )
    const { coverage } = await site.drawn(12)
    assert.equal(coverage.paired, 12)
    assert.ok(most <= 2, `${most}`)
    await site.stop()
  })

  it('waits until no caller is served, where it is told to', async () => {
    const site = await openSite('mirror: { target: two/small, sample: 1, when: idle, self: 0 }')
    site.primary.answer = (request) => ({
      ...chatReply(request.json, 'Yes.'),
      headDelayMs: (request.json.messages as Json)[0].content === 'long' ? 700 : 0,
    })
    const long = site.gateway.chat(ask('long')).then((reply) => reply.text())
    await sleep(50)
    await (await site.gateway.chat(ask('short'))).text()
    await sleep(300)
    assert.equal(site.candidate.seen.length, 0)
    await long
    const { coverage } = await site.drawn(2)
    assert.equal(coverage.paired, 2)
    await site.stop()
  })

  it('stops when the day’s budget is spent, and says so', async () => {
    const site = await openSite(
      'mirror: { target: dear/m, sample: 1, when: always, self: 0, budget: { per_day: { usd: 0.000001 } } }',
      '  dear: { kind: sandbox, gpu_usd_per_hour: 1000000 }',
    )
    for (const content of ['one', 'two', 'three']) {
      await (await site.gateway.chat(ask(content))).text()
      await sleep(150)
    }
    const { coverage } = await site.drawn(3)
    assert.equal(coverage.skipped.budget, 2)
    await site.stop()
  })

  it('is nothing that the cache answered', async () => {
    const site = await openSite(`${MIRROR}\ncache: { mode: exact }`)
    for (let index = 0; index < 3; index++) await (await site.gateway.chat(ask('Same', { temperature: 0 }))).text()
    const { coverage } = await site.drawn(3)
    assert.equal(coverage.paired, 1)
    assert.equal(coverage.skipped.baseline_cached, 2)
    assert.equal(site.candidate.seen.length, 1)
    await site.stop()
  })
})

describe('the noise floor', () => {
  it('has the primary answer once more for a share of the copies, apart from the candidate', async () => {
    const site = await openSite('mirror: { target: two/small, sample: 1, when: always, self: 0.5, max_concurrency: 8 }')
    let count = 0
    site.primary.answer = (request) => chatReply(request.json, `The answer is 42, said ${count++}`)
    for (let index = 0; index < 40; index++) await (await site.gateway.chat(ask(`Question ${index}`))).text()
    const { coverage, verdict } = await site.drawn(40)
    assert.ok(coverage.with_self > 8 && coverage.with_self < 32, `${coverage.with_self}`)
    assert.equal(site.primary.seen.length, 40 + coverage.with_self)
    assert.equal(verdict.all.change!.pairs, coverage.with_self)
    assert.equal(verdict.all.metrics.find(({ id }) => id === 'success')!.noise!.pairs, coverage.with_self)
    await site.stop()
  })
})

describe('the verdict', () => {
  const run = async (candidate: string) => {
    const gateway = await startGateway(`version: 1
routes:
  support:
    targets: [{ provider: sandbox, model: right-90 }]
    evaluators: { watch: [{ use: regex, name: knows, pattern: "^I do not know", must: not_match }] }
    mirror: { target: sandbox/${candidate}, sample: 1, when: always, self: 0, max_concurrency: 16, margins: { "score:knows": 0.1 } }
`)
    const ask = async (index: number) =>
      (await gateway.chat({ model: 'support', messages: [{ role: 'user', content: `Question ${index}` }] })).text()
    for (let from = 0; from < 400; from += 20) {
      await Promise.all(Array.from({ length: 20 }, (_, index) => ask(from + index)))
      await sleep(100)
    }
    for (let tries = 0; tries < 200; tries++) {
      const { data } = await gateway.admin<Json>('experiments')
      if (data[0]?.drawn === 400) break
      await sleep(50)
    }
    const { data } = await gateway.admin<Json>('experiments')
    const detail = await gateway.admin<Json>(`experiments/${data[0].id}`)
    await gateway.stop()
    return detail.verdict.all
  }

  it('tells a worse model from the primary', async () => {
    const verdict = await run('right-60')
    assert.equal(verdict.answer, 'worse', verdict.why)
    assert.match(verdict.why, /knows/)
  })

  it('calls no winner where both are as good', async () => {
    const verdict = await run('right-90.0')
    assert.notEqual(verdict.answer, 'worse', verdict.why)
    const knows = verdict.metrics.find(({ id }: Json) => id === 'score:knows')
    assert.ok(knows.interval.lower < 0 && knows.interval.upper > 0)
  })
})
