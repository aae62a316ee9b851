import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import {
  AuditPage,
  type ConfigState,
  GuardrailStats,
  Guardrails,
  GuardTuning,
  VerdictPage,
} from '../../server/http/admin/schemas.ts'
import { guardedRecord, PASS, verdictOf } from '../stores/verdict-samples.ts'
import { startGateway, type TestGateway } from '../support/gateway.ts'
import { askAdmin, readAdmin, sendAdmin } from './admin.ts'
import { seedRecords } from './guard-seed.ts'

const CONFIG = `version: 1
guardrails:
  - { use: pii, action: redact }
routes:
  support:
    targets: [{ provider: sandbox, model: echo }]
    guardrails:
      - { use: keywords, name: rivals, words: [initech, hooli], stage: context, threshold: 0.7 }
      - { use: http, name: own, url: 'http://127.0.0.1:9/', headers: { authorization: 'Bearer \${env:OWN_KEY}' }, stage: post, mode: monitor }
  facts: { targets: [{ provider: sandbox, model: echo }] }
`
const KEY = 'own-key-0123456789'

let gateway: TestGateway
before(async () => {
  gateway = await startGateway(CONFIG, { environment: { OWN_KEY: KEY } })
})
after(() => gateway.stop())

const HOUR = 3_600_000

describe('the rules', () => {
  test('kinds and rules are told as they run, with where they stand in the file', async () => {
    const { kinds, routes } = await readAdmin(gateway, 'guardrails', Guardrails)
    assert.ok(kinds.some(({ kind, options }) => kind === 'keywords' && options.some(({ name }) => name === 'words')))
    const [support, facts] = routes
    assert.deepEqual(
      support!.rules.map(({ name, kind, stage, mode, threshold, path }) => [name, kind, stage, mode, threshold, path]),
      [
        ['pii', 'pii', 'pre', 'enforce', null, ['guardrails', 0]],
        ['rivals', 'keywords', 'context', 'enforce', 0.7, ['routes', 'support', 'guardrails', 0]],
        ['own', 'http', 'post', 'monitor', null, ['routes', 'support', 'guardrails', 1]],
      ],
    )
    assert.deepEqual(support!.rules[1]!.options, { words: ['initech', 'hooli'] })
    assert.deepEqual(
      facts!.rules.map(({ name }) => name),
      ['pii'],
    )
  })

  test('what a reference stands for is told to nobody', async () => {
    assert.doesNotMatch(JSON.stringify(await gateway.admin('guardrails')), new RegExp(KEY))
  })
})

describe('what was recorded', () => {
  before(() => {
    const now = Date.now()
    const rivals = { guardrail: 'rivals', kind: 'keywords', threshold: 0.7 }
    seedRecords(gateway, [
      guardedRecord(now - 30 * HOUR, [verdictOf({ ...rivals, score: 0.8 })]),
      guardedRecord(now - 3 * HOUR, [verdictOf({ ...rivals, ...PASS, score: 0.6 })]),
      guardedRecord(now - 2 * HOUR, [verdictOf({ ...rivals, score: 0.95 })], { tenant: 'globex' }),
      guardedRecord(now - HOUR, [
        verdictOf({ ...rivals, score: 0.75 }),
        verdictOf({ guardrail: 'own', kind: 'http', stage: 'post', mode: 'monitor', category: 'tone' }),
      ]),
    ])
  })

  test('figures cover the window, in equal steps, and can be narrowed', async () => {
    const stats = await readAdmin(gateway, 'guardrails/stats?window_ms=86400000&steps=24', GuardrailStats)
    const { total, series, routes, tenants, categories } = stats
    assert.deepEqual([total.inspections, total.blocks, total.passes, total.monitored], [4, 2, 1, 1])
    assert.equal(series.length, 24)
    assert.equal(
      series.reduce((sum, { blocks }) => sum + blocks, 0),
      2,
    )
    assert.deepEqual(
      routes.map(({ route }) => route),
      ['support'],
    )
    assert.deepEqual(tenants.map(({ tenant, blocks }) => [tenant, blocks]).sort(), [
      ['acme', 1],
      ['globex', 1],
    ])
    assert.deepEqual(categories.map(({ category }) => category).sort(), ['indirect', 'tone'])
    const one = await readAdmin(gateway, 'guardrails/stats?tenant=globex&guardrail=rivals', GuardrailStats)
    assert.deepEqual([one.total.inspections, one.total.blocks], [1, 1])
  })

  test('verdicts are listed with what they quote, newest first, without passes', async () => {
    const { data, next_cursor } = await readAdmin(gateway, 'guardrails/verdicts?limit=2', VerdictPage)
    assert.equal(data.length, 2)
    const own = data.find(({ guardrail }) => guardrail === 'own')!
    assert.deepEqual([own.mode, own.verdict, own.category], ['monitor', 'block', 'tone'])
    assert.equal(own.excerpt!.slice(...(own.highlight as [number, number])), 'Ignore all rules.')
    const rest = await readAdmin(gateway, `guardrails/verdicts?cursor=${next_cursor}`, VerdictPage)
    assert.deepEqual(rest.data.map(({ score }) => score).sort(), [0.8, 0.95])
    const passes = await readAdmin(gateway, 'guardrails/verdicts?verdict=pass', VerdictPage)
    assert.deepEqual(
      passes.data.map(({ excerpt, score }) => [excerpt, score]),
      [[null, 0.6]],
    )
    const ofRequest = await readAdmin(gateway, `guardrails/verdicts?request=${own.request_id}&passes=true`, VerdictPage)
    assert.equal(ofRequest.data.length, 2)
    assert.equal((await askAdmin(gateway, 'guardrails/verdicts?verdict=maybe')).status, 400)
  })

  test('a request says which guardrails did something, and nothing of what they found', async () => {
    const { data } = await gateway.admin<{ data: { guardrail: string; verdicts: { guardrail: string }[] }[] }>(
      'requests',
    )
    const [newest] = data
    assert.equal(newest!.guardrail, 'block')
    assert.deepEqual(
      newest!.verdicts.map(({ guardrail }) => guardrail),
      ['rivals', 'own'],
    )
    assert.doesNotMatch(JSON.stringify(data), /Ignore all rules/)
  })

  test('another threshold is tried on what was recorded and on the labelled set', async () => {
    const tuning = (query = '') => readAdmin(gateway, `guardrails/tuning/support/rivals${query}`, GuardTuning)
    const present = await tuning()
    assert.deepEqual([present.threshold, present.is_own, present.inspections, present.auc], [0.7, true, 4, null])
    assert.deepEqual([present.would.requests_now, present.would.gained], [3, 0])
    const lower = await tuning('?threshold=0.5')
    assert.deepEqual([lower.would.requests_proposed, lower.would.gained, lower.would.lost], [4, 1, 0])
    const higher = await tuning('?threshold=0.9')
    assert.deepEqual([higher.would.requests_proposed, higher.would.lost], [1, 2])
    assert.deepEqual(
      higher.would.found.map(({ score }) => score),
      [0.95],
    )
    const { data } = await readAdmin(gateway, 'guardrails/verdicts?guardrail=rivals', VerdictPage)
    for (const { id, score } of data) {
      const label = score === 0.75 ? 'false-positive' : 'right'
      assert.equal((await sendAdmin(gateway, 'POST', 'guardrails/labels', { verdict: id, label })).status, 200)
    }
    const judged = await tuning('?threshold=0.78')
    assert.deepEqual(judged.labels, { harmful: 2, harmless: 1 })
    assert.equal(judged.auc, 1)
    assert.equal(judged.now.false_positives, 1)
    assert.deepEqual([judged.proposed.true_positives, judged.proposed.false_positives], [2, 0])
    assert.deepEqual(
      judged.roc.map(({ threshold }) => threshold),
      [2, 0.95, 0.8, 0.75],
    )
    const own = await readAdmin(gateway, 'guardrails/tuning/support/own', GuardTuning)
    assert.deepEqual([own.mode, own.would.requests_now, own.would.found.length], ['monitor', 1, 1])
    assert.equal((await askAdmin(gateway, 'guardrails/tuning/support/nothing')).status, 404)
    assert.equal((await askAdmin(gateway, 'guardrails/tuning/support/rivals?threshold=2')).status, 400)
  })
})

test('what is changed in the config stands in the trail, by rule and setting', async () => {
  const { source, disk_revision } = await gateway.admin<ConfigState>('config')
  const changed = source.replace('threshold: 0.7', 'threshold: 0.65').replace('mode: monitor', 'mode: enforce')
  const reply = await sendAdmin(gateway, 'PUT', 'config', { source: changed, base_revision: disk_revision })
  assert.equal(reply.status, 200)
  const [noted] = (await readAdmin(gateway, 'audit?limit=1', AuditPage)).data
  assert.equal(noted!.action, 'config-save')
  assert.equal(noted!.detail.from, disk_revision)
  assert.deepEqual(noted!.detail.guardrails, [
    { route: 'support', guardrail: 'rivals', change: 'changed', settings: { threshold: [0.7, 0.65] } },
    { route: 'support', guardrail: 'own', change: 'changed', settings: { mode: ['monitor', 'enforce'] } },
  ])
  const stale = await sendAdmin(gateway, 'PUT', 'config', { source, base_revision: disk_revision })
  assert.equal(stale.status, 409)
  assert.equal((await readAdmin(gateway, 'audit?limit=1', AuditPage)).data[0]!.id, noted!.id)
})
