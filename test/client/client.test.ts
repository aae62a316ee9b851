import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { GatehouseClient, GatehouseError } from '../../client/index.ts'
import { buildClient } from '../../scripts/build-client.ts'
import { rowOf } from '../http/admin.ts'
import { startGateway, type TestGateway } from '../support/gateway.ts'

const CONFIG = `version: 1
routes:
  support:
    targets: [{ provider: sandbox, model: echo }]
    content: {}
`
const ROWS = Array.from({ length: 12 }, (_, index) => ({
  question: `Question ${index}?`,
  reference: `Question ${index}?`,
  tier: index % 3 === 0 ? 'gold' : 'free',
  split: 'test' as const,
}))

let gateway: TestGateway
let client: GatehouseClient
before(async () => {
  gateway = await startGateway(CONFIG)
  client = new GatehouseClient({ url: gateway.url, token: gateway.adminToken })
})
after(() => gateway.stop())

const refused = (code: string, message: RegExp) => (error: unknown) => {
  assert.ok(error instanceof GatehouseError)
  assert.equal(error.code, code)
  assert.match(error.message, message)
  return true
}

describe('datasets, by the library', () => {
  it('are made of rows, listed, read item by item, moved and deleted', async () => {
    const { dataset, added } = await client.datasets.import('faq', ROWS, { note: 'ours', source: 'a program' })
    assert.deepEqual([dataset.version, dataset.test, added], [1, 12, 12])
    const items = await Array.fromAsync(client.datasets.items('faq@1'))
    assert.deepEqual(
      items.map(({ request, reference }) => [request.question, reference?.text]),
      ROWS.map(({ question, reference }) => [question, reference]),
    )
    assert.equal((await Array.fromAsync(client.datasets.items('faq', { split: 'train' }))).length, 0)
    const file = await client.datasets.export('faq')
    assert.equal((await client.datasets.import('copy', new Blob([file]))).dataset.items, 12)
    assert.equal(await client.datasets.export('copy'), file)
    const csv = await client.datasets.import('copy', 'question\nWhy?\n', { format: 'csv', base: 'latest', test: 0 })
    assert.deepEqual([csv.dataset.version, csv.dataset.items, csv.dataset.train], [2, 13, 1])
    assert.deepEqual(await client.datasets.add('copy', [{ question: 'Why?' }, { question: 'How?' }], { test: 1 }), {
      ...{ added: 1, duplicates: 1 },
    })
    await client.datasets.remove('copy@2', 14)
    await client.datasets.delete('copy@2')
    const detail = await client.datasets.get('copy')
    assert.deepEqual([detail.version, detail.versions.length], [1, 1])
    assert.deepEqual(detail.facts['metadata.tier'], [
      { value: 'free', items: 8 },
      { value: 'gold', items: 4 },
    ])
    assert.deepEqual(
      (await client.datasets.list()).map(({ name }) => name),
      ['copy', 'faq'],
    )
    assert.deepEqual(
      (await client.datasets.list('faq')).map(({ note }) => note),
      ['ours'],
    )
  })

  it('are made of stored traffic', async () => {
    for (let index = 0; index < 4; index++)
      await rowOf(
        gateway,
        await gateway.chat({ model: 'support', messages: [{ role: 'user', content: `Live ${index}` }] }),
      )
    const traces = { route: 'support', days: 1, where: ['status=200', { tenant: 'local' }] }
    const preview = await client.datasets.preview({ name: 'live', traces })
    assert.deepEqual([preview.kept, preview.items, preview.problem], [4, 4, null])
    assert.equal((await client.datasets.fromTraces('live', { ...traces, limit: 3 }, { test: 0 })).dataset.train, 3)
    await assert.rejects(
      client.datasets.fromAnnotation('live', { route: 'support' }),
      refused('invalid_request', /labelled/),
    )
  })

  it('are refused in the gateway’s words', async () => {
    await assert.rejects(client.datasets.get('none'), refused('not_found', /There is no dataset none\..*lists them/))
    const stranger = new GatehouseClient({ url: gateway.url, token: 'wrong' })
    await assert.rejects(stranger.datasets.list(), refused('unauthenticated', /admin/))
  })
})

describe('a run, by the library', () => {
  it('is estimated, made, waited for and told by cohort; its pairs are voted on', async () => {
    const evaluators = await client.evaluations.define('non-empty', { use: 'exact', name: 'same' })
    const order = {
      dataset: 'faq@1',
      candidate: { target: 'sandbox/echo' },
      baseline: { route: 'support' },
      evaluators,
      cohorts: ['metadata.tier'],
    }
    assert.equal((await client.runs.estimate({ ...order })).items, 12)
    const { id } = await client.runs.start(order)
    const states: number[] = []
    const run = await client.runs.wait(id, { everyMs: 20, onProgress: ({ done }) => states.push(done) })
    assert.deepEqual([run.state, run.total, run.done, run.failed, run.problem], ['done', 12, 12, 0, null])
    assert.equal(states.at(-1), 12)
    assert.deepEqual((await client.runs.get(id)).dataset, 'faq@1')
    assert.deepEqual(
      (await Array.fromAsync(client.runs.list())).map((one) => one.id),
      [id],
    )
    const summary = await client.runs.summary(id, { by: 'metadata.tier' })
    assert.deepEqual(
      summary.rows.map(({ value, n }) => [value, n]),
      [
        ['free', 8],
        ['gold', 4],
      ],
    )
    assert.equal(summary.total.candidate.scores.same?.mean, 1)
    assert.notEqual((await client.datasets.get('faq')).frozen_at, null)
    await assert.rejects(client.datasets.delete('faq@1'), refused('conflict', /A run has used faq@1/))

    const experiment = await client.experiments.get(id)
    assert.deepEqual([experiment.kind, experiment.coverage.paired], ['replay', 12])
    assert.equal(experiment.verdict.all.pairs, 12)
    const pairs = await Array.fromAsync(client.experiments.pairs(id, { outcome: 'paired' }))
    assert.equal(pairs.length, 12)
    await client.experiments.vote(id, pairs[0]!.id, 'tie')
    const [voted] = await Array.fromAsync(client.experiments.pairs(id))
    assert.deepEqual([voted!.own_vote, voted!.votes.tie], ['tie', 1])
    assert.deepEqual(
      (await client.experiments.list({ kind: 'replay' })).map((one) => one.id),
      [id],
    )
    await client.experiments.end(id)
  })

  it('that is to stop is paused, goes on and is cancelled', async () => {
    const { id } = await client.runs.start({
      dataset: 'faq',
      candidate: { target: 'sandbox/slow' },
      baseline: 'none',
      concurrency: 1,
    })
    await client.runs.pause(id)
    assert.equal((await client.runs.wait(id)).state, 'paused')
    assert.ok(['waiting', 'running'].includes((await client.runs.resume(id)).state))
    const waiting = client.runs.wait(id, { everyMs: 60_000, signal: AbortSignal.timeout(50) })
    await assert.rejects(waiting, { name: 'TimeoutError' })
    assert.equal((await client.runs.cancel(id)).state, 'cancelled')
    await assert.rejects(client.runs.retryLost('exp_none'), refused('not_found', /exp_none/))
  })

  it('takes evaluators that there are', async () => {
    const define = (...rules: Parameters<typeof client.evaluations.define>) => client.evaluations.define(...rules)
    await assert.rejects(define('groundednes'), /There is no evaluator "groundednes"\. There are: non-empty, /)
    await assert.rejects(define({ use: 'regex', patern: 'x' }), /takes no option "patern"\. It takes: pattern/)
    await assert.rejects(define('exact', 'exact'), /Two evaluators are called "exact"/)
    assert.ok((await client.evaluations.kinds()).some(({ id }) => id === 'exact'))
  })
})

it('feedback is sent, and can be asked for in a dataset', async () => {
  const reply = await gateway.chat({ model: 'support', messages: [{ role: 'user', content: 'Bad one' }] })
  const { request_id } = await rowOf(gateway, reply)
  const sent = await client.feedback.send({ request_id, rating: 'down', comment: 'no' })
  assert.equal(sent.request_id, request_id)
  const preview = await client.datasets.preview({ name: 'bad', traces: { route: 'support', where: ['feedback<0'] } })
  assert.deepEqual([preview.matching, preview.items], [1, 1])
})

it('programs that have the package find the library under its name', async () => {
  buildClient()
  const name = 'gatehouse/client'
  const built = (await import(name)) as { GatehouseClient: typeof GatehouseClient }
  const { datasets } = new built.GatehouseClient({ url: gateway.url, token: gateway.adminToken })
  assert.ok((await datasets.list()).length > 0)
})
