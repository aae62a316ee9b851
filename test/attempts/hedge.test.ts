import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { type FakeUpstream, type Script, startFakeUpstream } from '../support/fake-upstream.ts'
import { chunk, DONE, goodReply, goodStream, ROLE, readSse, SSE, STOP } from '../support/frames.ts'
import { ask, routesConfig, startGateway, type TestGateway } from '../support/gateway.ts'

const LONG = Array.from({ length: 20 }, (_, index) => `word ${index} `)
const SLOW: Script = { headDelayMs: 2000, ...goodReply('slow') }

describe('hedging', () => {
  let first: FakeUpstream
  let second: FakeUpstream
  let gateway: TestGateway
  before(async () => {
    first = await startFakeUpstream()
    second = await startFakeUpstream()
    // A vendor with prices, at our address.
    const vendor = (url: string) => ({ kind: 'openai', base_url: url, api_key: '${env:KEY}' })
    const targets = ['first', 'second'].map((provider) => ({ provider, model: 'gpt-4o-mini' }))
    gateway = await startGateway(
      routesConfig(
        { first: vendor(first.url), second: vendor(second.url) },
        {
          hedged: { targets, hedge: { after: '50ms' }, breaker: { failures: 0 } },
          learnt: { targets, hedge: { after: 'p95' }, breaker: { failures: 0 } },
          // A request deposits nothing, so that only the reserve of ten is there.
          poor: { targets, hedge: { after: '20ms' }, retry: { budget: 0 }, breaker: { failures: 0 } },
        },
      ),
      { environment: { KEY: 'k-123456' } },
    )
  })
  beforeEach(() => {
    first.seen = []
    second.seen = []
    second.answer = ({ json }) => (json.stream ? goodStream('from ', 'second') : goodReply('from second'))
  })
  after(async () => {
    await gateway.stop()
    await first.close()
    await second.close()
  })

  for (const stream of [false, true])
    it(`answers from the second target when the first takes long, ${stream ? 'streamed' : 'unary'}`, async () => {
      first.answer = () => (stream ? { headers: SSE, chunks: [ROLE], ending: 'hang' } : SLOW)
      const reply = await gateway.chat(ask('hedged', 'Hello there', { stream }))
      const body = await reply.text()
      assert.equal(reply.status, 200)
      assert.match(body, stream ? /second/ : /from second/)
      assert.equal(reply.headers.get('x-gatehouse-provider'), 'second')
      assert.equal(reply.headers.get('x-gatehouse-attempts'), '2')
      assert.equal(reply.headers.get('x-gatehouse-fallback'), 'false', 'nothing has failed')
      const row = await gateway.recorded(reply)
      assert.deepEqual(
        row.attempt_list.map(({ provider, reason, outcome }) => [provider, reason, outcome]),
        [
          ['first', 'first', 'cancelled'],
          ['second', 'hedge', 'ok'],
        ],
      )
      assert.equal(row.provider, 'second')
    })

  it('puts the cost of the cancelled attempt on the record', async () => {
    first.answer = () => SLOW
    const reply = await gateway.chat(ask('hedged', 'word '.repeat(1000)))
    await reply.text()
    const { spans } = await gateway
      .admin<{ spans: { attributes: Record<string, unknown> }[] }>(
        `traces/${reply.headers.get('x-gatehouse-trace-id')}`,
      )
      .catch(async () => {
        await gateway.recorded(reply)
        return gateway.admin<{ spans: { attributes: Record<string, unknown> }[] }>(
          `traces/${reply.headers.get('x-gatehouse-trace-id')}`,
        )
      })
    const lost = spans.find(({ attributes }) => attributes['gateway.attempt.outcome'] === 'cancelled')!.attributes
    assert.equal(lost['gateway.usage.estimated'], true)
    assert.ok(Number(lost['gen_ai.usage.input_tokens']) > 900)
    assert.ok(Number(lost['gateway.cost_usd']) > 0)
    assert.ok(Number(reply.headers.get('x-gatehouse-cost-usd')) > Number(lost['gateway.cost_usd']))
  })

  it('lets go of the first upstream at once', async () => {
    first.answer = () => ({ silent: true })
    const before = first.abandoned
    await (await gateway.chat(ask('hedged'))).text()
    for (let tries = 0; first.abandoned === before && tries < 100; tries += 1)
      await new Promise((resolve) => setTimeout(resolve, 10))
    assert.equal(first.abandoned, before + 1)
  })

  it('takes the first answer when it comes after all, and cancels the hedge', async () => {
    first.answer = () => ({ headDelayMs: 120, ...goodReply('from first') })
    second.answer = () => SLOW
    const reply = await gateway.chat(ask('hedged'))
    assert.match(await reply.text(), /from first/)
    assert.equal(reply.headers.get('x-gatehouse-provider'), 'first')
  })

  it('waits for the other one when either fails', async () => {
    first.answer = () => ({ headDelayMs: 150, ...goodReply('from first') })
    second.answer = () => ({ status: 500 })
    assert.match(await (await gateway.chat(ask('hedged'))).text(), /from first/)
    first.answer = () => ({ headDelayMs: 100, status: 500 })
    second.answer = () => ({ headDelayMs: 150, ...goodReply('from second') })
    assert.match(await (await gateway.chat(ask('hedged'))).text(), /from second/)
  })

  it('tells the first failure when both fail', async () => {
    first.answer = () => ({ headDelayMs: 100, status: 503, chunks: ['{"error":{"message":"first is full"}}'] })
    second.answer = () => ({ status: 500, chunks: ['{"error":{"message":"second broke"}}'] })
    const reply = await gateway.chat(ask('hedged'))
    assert.match(await reply.text(), /first is full/)
    assert.equal(reply.status, 503)
    assert.equal(reply.headers.get('x-gatehouse-attempts'), '2')
  })

  it('does not hedge by a p95 that it does not know', async () => {
    first.answer = () => ({ headDelayMs: 100, ...goodReply('from first') })
    const reply = await gateway.chat(ask('learnt'))
    assert.match(await reply.text(), /from first/)
    assert.equal(second.seen.length, 0)
  })

  it('hedges no more than the retry budget has room for', async () => {
    first.answer = () => ({ headDelayMs: 60, ...goodReply('from first') })
    second.answer = () => SLOW
    await Promise.all(Array.from({ length: 30 }, async () => (await gateway.chat(ask('poor'))).text()))
    assert.equal(first.seen.length, 30)
    assert.ok(second.seen.length <= 10, `${second.seen.length} hedges`)
  })

  it('streams on from the winner only, whatever the loser sends later', async () => {
    const say = (...words: string[]) => [ROLE, ...words.map((content) => chunk({ content }))]
    // What the loser has to say comes while the winner is speaking.
    first.answer = () => ({ headDelayMs: 250, headers: SSE, chunks: say('LOSER'), ending: 'hang' })
    second.answer = () => ({ headers: SSE, chunkDelayMs: 20, chunks: [...say(...LONG), STOP, DONE] })
    const reply = await gateway.chat(ask('hedged', 'Hello', { stream: true }))
    const { text, done } = readSse(await reply.text())
    assert.equal(text, LONG.join(''))
    assert.ok(done)
  })
})
