import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { until } from '../http/until.ts'
import { type FakeUpstream, startFakeUpstream } from '../support/fake-upstream.ts'
import { type Json, startGateway, type TestGateway } from '../support/gateway.ts'
import { RunSite } from './runs-site.ts'
import { chatReply } from './site.ts'

const ROWS = Array.from({ length: 12 }, (_, index) => ({ question: `Question ${index}` }))
/** Of a machine that costs a dollar a second. */
const PER_HOUR = 3600

describe('the limits of a run', () => {
  let upstream: FakeUpstream
  let gateway: TestGateway
  let runs: RunSite
  before(async () => {
    upstream = await startFakeUpstream()
    const providers = Object.entries({
      home: 'residency: local',
      germany: 'residency: de',
      america: 'residency: us',
      single: 'max_concurrency: 1',
      dear: `gpu_usd_per_hour: ${PER_HOUR}`,
    }).map(([name, more]) => `  ${name}: { kind: vllm, base_url: "${upstream.url}/v1", ${more} }`)
    // Where it is nobody says, and it is not here.
    providers.push('  unknown: { kind: vllm, base_url: "https://models.example/v1" }')
    providers.push('  keyless: { kind: openai, api_key: "${env:NO_SUCH_KEY}", residency: local }')
    const route = (name: string, target: string) =>
      `  ${name}: { targets: [{ provider: ${target}, model: m }], content: {} }`
    gateway = await startGateway(`version: 1
direct_access: true
providers:
${providers.join('\n')}
routes:
${[route('kept', 'home'), route('german', 'germany'), route('abroad', 'america'), route('any', 'single')].join('\n')}
`)
    runs = new RunSite(gateway)
    await runs.dataset('free', ROWS)
    await runs.dataset('bound', [
      { question: 'One', route: 'german' },
      { question: 'Two', route: 'german' },
    ])
  })
  after(async () => {
    await gateway.stop()
    await upstream.close()
  })
  /** Without questions whether it is up. */
  const chats = () => upstream.seen.filter(({ path }) => path.endsWith('/chat/completions')).length
  beforeEach(() => {
    upstream.seen.length = 0
    upstream.answer = ({ json }) => chatReply(json, 'Yes')
  })

  describe('where requests may go', () => {
    const order = (candidate: object, more: object = {}) => ({
      dataset: 'bound',
      candidate,
      baseline: 'none',
      evaluators: ['non-empty'],
      ...more,
    })
    it('is refused before anything is called', async () => {
      const refused: [object, RegExp][] = [
        [
          order({ target: 'america/m' }),
          /may not go to america\/m: it is in us, the targets of the route german are in de/,
        ],
        [order({ target: 'unknown/m' }), /unknown\/m: its residency is not known/],
        [order({ route: 'abroad' }), /america\/m/],
        [order({ target: 'home/m' }, { baseline: { target: 'america/m' } }), /america\/m/],
        [order({ target: 'home/m' }, { baseline: 'recorded', judge: { route: 'abroad' } }), /america\/m/],
        [
          order({ target: 'home/m' }, { evaluators: [{ use: 'judge', route: 'abroad', rubric: 'Good?' }] }),
          /america\/m/,
        ],
        [order({ config: configWith('america') }), /america\/m/],
        // One of several that the route may use.
        [order({ config: configWith('home', '\n    when: [{ if: { tenant: x }, use: [america/m] }]') }), /america\/m/],
      ]
      for (const [each, message] of refused) {
        const { message: said, hint } = await runs.refused('runs', each)
        assert.match(said, message)
        assert.match(hint!, /allow_residency/)
      }
      assert.equal(chats(), 0)
      assert.equal((await gateway.admin<Json>('runs')).data.length, 0)
    })

    it('is here, where the route goes already, or where somebody says', async () => {
      for (const each of [
        order({ target: 'home/m' }),
        order({ target: 'germany/m' }),
        order({ config: configWith('germany') }),
        order({ target: 'america/m' }, { allow_residency: ['us'] }),
      ])
        assert.equal((await runs.done(each)).done, 2)
      assert.equal(chats(), 8)
    })

    it('is open for what names no route, with a word of warning', async () => {
      const { warnings } = await runs.estimate({ dataset: 'free', candidate: { target: 'america/m' } })
      assert.match(warnings.join(), /12 requests name no route/)
    })

    const configWith = (provider: string, more = '') => `version: 1
providers:
  home: { kind: vllm, base_url: "${upstream.url}/v1", residency: local }
  germany: { kind: vllm, base_url: "${upstream.url}/v1", residency: de }
  america: { kind: vllm, base_url: "${upstream.url}/v1", residency: us }
routes:
  german:
    targets: [{ provider: ${provider}, model: m }]${more}
`
  })

  it('has as many requests under way as it says, and one where the provider takes no more', async () => {
    let underWay = 0
    let most = 0
    upstream.answer = ({ json }) => {
      underWay += 1
      most = Math.max(most, underWay)
      setTimeout(() => (underWay -= 1), 30)
      return { ...chatReply(json, 'Yes'), headDelayMs: 40 }
    }
    const free = { dataset: 'free', baseline: 'none', evaluators: ['non-empty'] }
    assert.equal((await runs.done({ ...free, candidate: { target: 'home/m' }, concurrency: 3 })).concurrency, 3)
    assert.equal(most, 3)
    most = 0
    assert.equal((await runs.done({ ...free, candidate: { target: 'single/m' } })).concurrency, 1)
    assert.equal(most, 1)
    assert.equal((await runs.done({ ...free, candidate: { target: 'home/m' } })).concurrency, 4)
  })

  it('pauses when its budget is used up, and goes on with a larger one', async () => {
    upstream.answer = ({ json }) => ({ ...chatReply(json, 'Yes'), headDelayMs: 50 })
    const order = { dataset: 'free', candidate: { target: 'dear/m' }, evaluators: ['non-empty'], concurrency: 1 }
    const { id } = await runs.create({ ...order, budget_usd: 0.12 })
    const paused = await runs.reached(id, 'paused')
    assert.match(paused.problem!, /has cost \$0\.1\d*, and its budget is \$0\.12\. Resume it with a larger one/)
    assert.ok(paused.cost_usd >= 0.12 && paused.done < ROWS.length, JSON.stringify(paused))
    assert.equal(chats(), paused.done)
    await runs.post(`runs/${id}/resume`, { budget_usd: 50 })
    const done = await runs.reached(id, 'done')
    assert.deepEqual([done.done, done.problem, done.budget_usd], [ROWS.length, null, 50])
    assert.equal(chats(), ROWS.length)
    const { total } = await runs.summary(id)
    assert.ok(Math.abs(total.candidate.cost_usd! - done.cost_usd) < 1e-9)
    // Now something has been measured.
    const estimate = await runs.estimate(order)
    assert.ok(estimate.duration_s! > 0.5 && estimate.cost_usd! > 0.5, JSON.stringify(estimate))
  })

  it('pauses where nothing can be called, and counts nothing against the candidate', async () => {
    const order = { dataset: 'free', candidate: { target: 'keyless/m' }, evaluators: ['non-empty'] }
    const { id } = await runs.create(order)
    const paused = await runs.reached(id, 'paused')
    assert.match(paused.problem!, /Nothing can be called: Provider keyless cannot be called: .*NO_SUCH_KEY/)
    assert.deepEqual([paused.done, paused.failed, paused.lost, paused.running], [0, 0, 0, 0])
    assert.deepEqual(await runs.pairs(id), [])
  })

  it('rests while the candidate is out of use, and goes on when it is back', async () => {
    const drain = (drained: boolean) => runs.post('drains', { provider: 'home', drained })
    await drain(true)
    const order = { dataset: 'free', candidate: { target: 'home/m' }, evaluators: ['non-empty'] }
    const { id } = await runs.create(order)
    const resting = await until('it rests', async () => {
      const run = await runs.run(id)
      return run.problem !== null && run
    })
    assert.match(resting.problem!, /It rests, as nothing can be called: .*home\/m/)
    assert.deepEqual([chats(), resting.done, resting.lost], [0, 0, 0])
    await drain(false)
    const done = await runs.reached(id, 'done')
    assert.deepEqual([done.done, done.failed, done.lost, done.problem], [ROWS.length, 0, 0, null])
    assert.equal(chats(), ROWS.length)
  })

  it('pauses after so many failures in a row, so that a server that is down spoils no more than those', async () => {
    await runs.dataset(
      'long',
      Array.from({ length: 60 }, (_, index) => ({ question: `Q${index}` })),
    )
    upstream.answer = () => ({ status: 500, chunks: ['{}'] })
    const order = { dataset: 'long', candidate: { target: 'home/m' }, evaluators: ['non-empty'], concurrency: 2 }
    const { id } = await runs.create(order)
    const paused = await runs.reached(id, 'paused')
    assert.match(paused.problem!, /failed 2\d requests in a row, the last one with upstream_error/)
    await until('what was under way has ended', async () => (await runs.run(id)).running === 0)
    const { done, failed } = await runs.run(id)
    assert.ok(done === failed && done >= 20 && done < 25, `${done}`)
    upstream.answer = ({ json }) => chatReply(json, 'Yes')
    await runs.post(`runs/${id}/resume`)
    const over = await runs.reached(id, 'done')
    assert.deepEqual([over.done, over.failed], [60, failed])
    assert.equal(chats(), 60)
  })

  it('waits while a caller asks for something, where it is for idle times', async () => {
    upstream.answer = ({ json }) => {
      const isLive = (json.messages as { content: string }[] | undefined)?.[0]?.content === 'live'
      return { ...chatReply(json, 'Yes'), headDelayMs: isLive ? 600 : 10 }
    }
    const live = gateway.chat({ model: 'kept', messages: [{ role: 'user', content: 'live' }] })
    await until('the caller’s request is under way', () => chats() === 1)
    const order = { dataset: 'free', candidate: { target: 'home/m' }, evaluators: ['non-empty'], when: 'idle' }
    const { id } = await runs.create(order)
    await until('it says that it waits', async () => (await runs.run(id)).waits_for_idle)
    assert.deepEqual([(await runs.run(id)).state, chats()], ['waiting', 1])
    await (await live).text()
    assert.equal((await runs.reached(id, 'done')).done, ROWS.length)
  })

  it('begins nothing more when it is paused or cancelled, and goes on where it was', async () => {
    upstream.answer = ({ json }) => ({ ...chatReply(json, 'Yes'), headDelayMs: 100 })
    const order = { dataset: 'free', candidate: { target: 'home/m' }, evaluators: ['non-empty'], concurrency: 2 }
    const { id } = await runs.create(order)
    await until('it is under way', () => chats() >= 4)
    assert.equal((await runs.post<Json>(`runs/${id}/pause`)).state, 'paused')
    await until('what was under way has ended', async () => (await runs.run(id)).running === 0)
    const seen = chats()
    await sleep(200)
    assert.equal(chats(), seen)
    assert.equal((await runs.run(id)).done, seen)
    assert.match((await runs.refused(`runs/${id}/pause`, {})).message, /is paused/)
    await runs.post(`runs/${id}/resume`)
    await until('it goes on', () => chats() > seen)
    const progress = await until('its pace is known', async () => {
      const run = await runs.run(id)
      return run.eta_s !== null && run
    })
    assert.ok(progress.per_minute! > 0 && progress.eta_s! > 0 && progress.eta_s! < 60, JSON.stringify(progress))
    assert.equal((await runs.post<Json>(`runs/${id}/cancel`)).state, 'cancelled')
    await until('what was under way has ended', async () => (await runs.run(id)).running === 0)
    const { done, total, state } = await runs.run(id)
    assert.ok(done < total && state === 'cancelled')
    assert.equal(chats(), done)
    assert.match((await runs.refused(`runs/${id}/resume`, {})).message, /is cancelled/)
    assert.equal((await gateway.admin<Json>(`experiments/${id}`)).ended_at !== null, true)
  })
})
