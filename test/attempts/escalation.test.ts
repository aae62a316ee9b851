import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { type FakeUpstream, startFakeUpstream } from '../support/fake-upstream.ts'
import { goodReply, goodStream, readSse } from '../support/frames.ts'
import { ask, type Json, routesConfig, startGateway, type TestGateway } from '../support/gateway.ts'

const SCHEMA = { type: 'object', required: ['total'], properties: { total: { type: 'number' } } }
const GOOD = '{"total":3}'
const BAD = 'The total is three.'

describe('replies that fail their evaluators', () => {
  let cheap: FakeUpstream
  let dear: FakeUpstream
  let gateway: TestGateway
  before(async () => {
    cheap = await startFakeUpstream()
    dear = await startFakeUpstream()
    const targets = ['cheap', 'dear'].map((provider) => ({ provider, model: 'm' }))
    const require = ['non-empty', { use: 'json-schema', schema: SCHEMA }]
    gateway = await startGateway(
      routesConfig(
        {
          cheap: { kind: 'openai-compatible', base_url: cheap.url },
          dear: { kind: 'openai-compatible', base_url: dear.url },
        },
        {
          judged: { targets, evaluators: { require } },
          held: { targets, evaluators: { require, streams: 'hold' } },
          unjudged: { targets, evaluators: { require, sample: 0 } },
          escalating: { targets: targets.slice(0, 1), evaluators: { require, escalate_to: 'dear/big' } },
        },
      ),
    )
  })
  const say = (upstream: FakeUpstream, text: string) => {
    upstream.seen = []
    upstream.answer = ({ json }) => (json.stream ? goodStream(text.slice(0, 5), text.slice(5)) : goodReply(text))
  }
  beforeEach(() => {
    say(cheap, BAD)
    say(dear, GOOD)
  })
  after(async () => {
    await gateway.stop()
    await cheap.close()
    await dear.close()
  })
  const text = async (reply: Response) => ((await reply.json()) as Json).choices[0].message.content

  it('escalate to the next target', async () => {
    const reply = await gateway.chat(ask('judged'))
    assert.equal(await text(reply), GOOD)
    assert.equal(reply.headers.get('x-gatehouse-provider'), 'dear')
    assert.equal(reply.headers.get('x-gatehouse-warning'), null)
    const row = (await gateway.recorded(reply)) as Json
    assert.deepEqual(
      row.attempt_list.map(({ reason, outcome }: Json) => [reason, outcome]),
      [
        ['first', 'ok'],
        ['escalation', 'ok'],
      ],
    )
    assert.deepEqual(
      row.scores.map(({ evaluator, attempt, passed }: Json) => [evaluator, attempt, passed]),
      [
        ['non-empty', 0, true],
        ['json-schema', 0, false],
        ['non-empty', 1, true],
        ['json-schema', 1, true],
      ],
    )
    const { spans } = await gateway.admin<Json>(`traces/${reply.headers.get('x-gatehouse-trace-id')}`)
    assert.equal(spans.filter(({ name }: Json) => name === 'evaluate json-schema').length, 2)
    // A score says what is wrong, and repeats nothing of the reply.
    assert.ok(!JSON.stringify([row, spans]).includes('three'))
  })

  it('do not when they pass', async () => {
    say(cheap, GOOD)
    assert.equal(await text(await gateway.chat(ask('judged'))), GOOD)
    assert.equal(dear.seen.length, 0)
  })

  it('go to the client as the best there is when all fail, with a warning', async () => {
    say(cheap, '')
    say(dear, BAD)
    const reply = await gateway.chat(ask('judged'))
    assert.equal(await text(reply), BAD)
    assert.equal(reply.headers.get('x-gatehouse-warning'), 'failed_json-schema')
    assert.equal(reply.headers.get('x-gatehouse-provider'), 'dear')
  })

  it('go to the client when the next target is down', async () => {
    dear.answer = () => ({ status: 500 })
    const reply = await gateway.chat(ask('judged'))
    assert.equal(reply.status, 200)
    assert.equal(await text(reply), BAD)
    assert.equal(reply.headers.get('x-gatehouse-provider'), 'cheap')
  })

  it('go to escalate_to after the route’s own targets', async () => {
    const reply = await gateway.chat(ask('escalating'))
    assert.equal(await text(reply), GOOD)
    assert.equal(reply.headers.get('x-gatehouse-model'), 'big')
  })

  it('are not looked at where nothing is sampled', async () => {
    assert.equal(await text(await gateway.chat(ask('unjudged'))), BAD)
  })

  it('are judged before release in a stream that the route holds back', async () => {
    const reply = await gateway.chat(ask('held', 'Hello', { stream: true }))
    const read = readSse(await reply.text())
    assert.equal(read.text, GOOD)
    assert.ok(read.done)
    assert.equal(reply.headers.get('x-gatehouse-provider'), 'dear')
  })

  it('fall back like any failure when a held stream breaks', async () => {
    cheap.answer = () => ({ ...goodStream('{"to'), ending: 'cut', chunks: goodStream('{"to').chunks.slice(0, 2) })
    const reply = await gateway.chat(ask('held', 'Hello', { stream: true }))
    assert.equal(readSse(await reply.text()).text, GOOD)
    assert.equal(reply.headers.get('x-gatehouse-fallback'), 'true')
  })

  it('escalate on the next turn of the conversation when they were streamed', async () => {
    const opening = { role: 'user', content: `Sum up, ${Math.random()}` }
    const turn = async (messages: Json[], headers = {}) => {
      const reply = await gateway.chat({ model: 'judged', stream: true, messages }, headers)
      return { provider: reply.headers.get('x-gatehouse-provider'), ...readSse(await reply.text()), reply }
    }
    const one = await turn([opening])
    assert.deepEqual([one.provider, one.text], ['cheap', BAD])
    const next = await turn([opening, { role: 'assistant', content: BAD }, { role: 'user', content: 'As JSON!' }])
    assert.deepEqual([next.provider, next.text], ['dear', GOOD])
    assert.equal((await gateway.recorded(next.reply)).attempt_list[0]!.reason, 'escalation')
    const other = await turn([{ role: 'user', content: 'Another conversation' }])
    assert.equal(other.provider, 'cheap')
  })

  it('tell turns by the session where there is one, and by tenant and route', async () => {
    const session = { 'x-session-id': 'task-9' }
    await (await gateway.chat(ask('judged', 'one', { stream: true }), session)).text()
    const reply = await gateway.chat(ask('judged', 'two', { stream: true }), session)
    assert.equal(reply.headers.get('x-gatehouse-provider'), 'dear')
    await reply.text()
  })

  it('are remembered over a restart by the scores in the store', async () => {
    await gateway.chat(ask('judged'))
    const db = (await import('better-sqlite3')).default(gateway.home.store, { readonly: true })
    for (let tries = 0; tries < 100; tries += 1) {
      const { count } = db.prepare("SELECT count(*) AS count FROM scores WHERE provider = 'cheap'").get() as Json
      if (count > 0) break
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    const row = db.prepare("SELECT * FROM scores WHERE provider = 'cheap' AND evaluator = 'json-schema'").get() as Json
    db.close()
    assert.deepEqual([row.route, row.score < 1, row.passed, row.source], ['judged', true, 0, 'live'])
  })

  it('must be asked for in words that make sense', async () => {
    const { compileConfig } = await import('../../server/config/load.ts')
    const { catalogue } = await import('../../server/catalogue.ts')
    const problems = (evaluators: unknown, more = {}) => {
      const targets = [{ provider: 'sandbox', model: 'echo' }]
      try {
        compileConfig(routesConfig({}, { r: { targets, evaluators, ...more } as never }), catalogue, () => '')
        return ''
      } catch (error) {
        return (error as { problems: { message: string }[] }).problems.map(({ message }) => message).join('; ')
      }
    }
    assert.match(problems({ require: ['no-such'] }), /evaluator/)
    assert.match(problems({ require: ['json-schema'] }), /schema/)
    assert.match(
      problems({ require: [{ use: 'json-schema', schema: { type: 'objekt' } }] }),
      /json-schema cannot be made/,
    )
    assert.match(problems({ require: [{ use: 'regex', pattern: '(' }] }), /regex cannot be made/)
    assert.match(problems({ require: [{ use: 'non-empty', pattern: 'x' }] }), /no option "pattern"/)
    assert.match(problems(undefined, { quality: { bar: 0.8 } }), /needs `evaluators`/)
    assert.equal(problems({ require: ['non-empty'] }, { quality: { bar: 0.8 } }), '')
  })
})
