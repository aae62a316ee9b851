import assert from 'node:assert/strict'
import { test } from 'node:test'
import Database from 'better-sqlite3'
import type { ExchangeRecord } from '../../server/core/record.ts'
import { MIGRATIONS } from '../../server/stores/migrations.ts'
import { findRequest, type RequestExtra, requestsRow } from '../../server/stores/requests.ts'
import { spansOfTrace } from '../../server/stores/spans.ts'
import { keptSince, verdictsRows, verdictTrimmer, verdictWriter } from '../../server/stores/verdicts.ts'
import { listVerdicts } from '../../server/stores/verdicts-list.ts'
import { verdictStats } from '../../server/stores/verdicts-stats.ts'
import { storeFile } from './cache/support.ts'
import { guardedRecord, openDb, PASS, verdictOf, writeRecords } from './verdict-samples.ts'

const HOUR = 3_600_000
const NOW = Date.UTC(2026, 0, 5, 12)

test('a store of the version before keeps its rows, and takes verdicts', (t) => {
  const file = storeFile(t)
  const old = new Database(file)
  for (const sql of MIGRATIONS.slice(0, 3)) old.exec(sql)
  old.pragma('user_version = 3')
  old.prepare("INSERT INTO audit (at, actor, action, detail) VALUES (1, 'session', 'cache-purge', '{}')").run()
  old.close()
  const db = openDb(t, file)
  assert.equal(db.pragma('user_version', { simple: true }), MIGRATIONS.length)
  assert.equal(db.prepare('SELECT count(*) FROM audit').pluck().get(), 1)
  writeRecords(db, [guardedRecord(NOW, [verdictOf()])])
  assert.equal(listVerdicts(db, {}, null, 10).length, 1)
})

test('a verdict is stored once, with its request beside it and without its excerpt there', (t) => {
  const db = openDb(t)
  const record = guardedRecord(NOW, [verdictOf(), verdictOf({ guardrail: 'pii', kind: 'pii', ...PASS })])
  writeRecords(db, [record, record])
  const [row, ...rest] = listVerdicts(db, {}, null, 10)
  assert.equal(rest.length, 0, 'passes are not listed by themselves')
  const { id, label, ...stored } = row!
  assert.ok(id > 0)
  assert.equal(label, null)
  assert.deepEqual(stored, verdictsRows(record)[0])
  assert.equal(listVerdicts(db, { passes: true }, null, 10).length, 2)
  const request = findRequest(db, record.request_id)!
  assert.equal(request.guardrail, 'block')
  const { verdicts } = JSON.parse(request.extra) as RequestExtra
  assert.deepEqual(
    verdicts.map(({ guardrail, verdict }) => [guardrail, verdict]),
    [['injection', 'block']],
  )
  assert.doesNotMatch(JSON.stringify(request), /Ignore all rules/)
})

test('what weighs most marks the request, and what only monitors does not', () => {
  const marked = (...verdicts: ReturnType<typeof verdictOf>[]) => requestsRow(guardedRecord(NOW, verdicts)).guardrail
  assert.equal(marked(), null)
  assert.equal(marked(verdictOf(PASS)), null)
  assert.equal(marked(verdictOf({ verdict: 'block', mode: 'monitor' })), null)
  assert.equal(marked(verdictOf({ verdict: 'warn' }), verdictOf({ verdict: 'redact' })), 'redact')
  assert.equal(marked(verdictOf({ verdict: 'redact' }), verdictOf({ verdict: 'block' })), 'block')
  const { verdicts: _, ...older } = guardedRecord(NOW, [])
  assert.equal(requestsRow(older as ExchangeRecord).guardrail, null)
  assert.deepEqual(verdictsRows(older as ExchangeRecord), [])
})

test('each verdict has a span of its own, with its times and everything that is known', (t) => {
  const db = openDb(t)
  const verdict = verdictOf()
  const passed = verdictOf({ guardrail: 'pii', ...PASS })
  const record = guardedRecord(NOW, [verdict, passed])
  writeRecords(db, [record])
  const spans = spansOfTrace(db, record.trace_id)
  const [span, other] = ['run_guardrail injection', 'run_guardrail pii'].map((name) =>
    spans.find((each) => each.name === name),
  )
  assert.deepEqual(
    [span!.span_id, span!.parent_span_id, span!.start_ms, span!.end_ms],
    [verdict.span_id, record.span_id, NOW + 1.5, NOW + 1.75],
  )
  const attributes = JSON.parse(span!.attributes)
  assert.equal(attributes['openinference.span.kind'], 'GUARDRAIL')
  const { span_id: _, guardrail, started_ms: __, duration_ms: ___, ...named } = verdict
  for (const [name, value] of Object.entries({ name: guardrail, ...named }))
    assert.deepEqual(attributes[`gateway.guardrail.${name}`], value, name)
  const ofPass = JSON.parse(other!.attributes)
  assert.equal(ofPass['gateway.guardrail.verdict'], 'pass')
  assert.ok(!('gateway.guardrail.excerpt' in ofPass))
  assert.equal(JSON.parse(spans.find(({ kind }) => kind === 'SERVER')!.attributes)['gateway.guardrail'], 'block')
})

test('verdicts are listed newest first, page by page, and narrowed', (t) => {
  const db = openDb(t)
  writeRecords(db, [
    guardedRecord(NOW - 3 * HOUR, [verdictOf({ verdict: 'warn', action: 'warn' })], { route: 'facts' }),
    guardedRecord(NOW - 2 * HOUR, [verdictOf({ mode: 'monitor' })], { tenant: 'globex' }),
    guardedRecord(NOW - HOUR, [verdictOf(), verdictOf({ guardrail: 'pii', category: 'EMAIL', verdict: 'redact' })]),
  ])
  const found = (filter: Parameters<typeof listVerdicts>[1]) =>
    listVerdicts(db, filter, null, 10).map(({ guardrail, verdict }) => `${guardrail} ${verdict}`)
  assert.deepEqual(found({}), ['pii redact', 'injection block', 'injection block', 'injection warn'])
  assert.deepEqual(found({ route: 'facts' }), ['injection warn'])
  assert.deepEqual(found({ tenant: 'globex', mode: 'monitor' }), ['injection block'])
  assert.deepEqual(found({ category: 'EMAIL' }), ['pii redact'])
  assert.deepEqual(found({ verdict: 'warn' }), ['injection warn'])
  assert.deepEqual(found({ from: NOW - 2 * HOUR, to: NOW - HOUR }), ['injection block'])
  const [first] = listVerdicts(db, {}, null, 1)
  assert.deepEqual(
    listVerdicts(db, {}, first!.id, 2).map(({ guardrail }) => guardrail),
    ['injection', 'injection'],
  )
})

test('figures count what was done, what would have been, and what went by', (t) => {
  const db = openDb(t)
  writeRecords(db, [
    guardedRecord(NOW - 3 * HOUR, [
      verdictOf(),
      verdictOf({ guardrail: 'pii', kind: 'pii', verdict: 'redact', category: 'EMAIL' }),
    ]),
    guardedRecord(NOW - 2 * HOUR, [verdictOf(PASS)], { tenant: null }),
    guardedRecord(NOW - 2 * HOUR, [verdictOf({ mode: 'monitor' })], { route: 'facts' }),
    guardedRecord(NOW - HOUR, [verdictOf({ ...PASS, verdict: 'error' })]),
    guardedRecord(NOW - 9 * HOUR, [verdictOf()]),
  ])
  const stats = verdictStats(db, { from: NOW - 4 * HOUR, to: NOW }, HOUR)
  assert.deepEqual(stats.total, {
    inspections: 5,
    passes: 1,
    blocks: 1,
    redactions: 1,
    warnings: 0,
    escalations: 0,
    errors: 1,
    monitored: 1,
  })
  assert.deepEqual([...stats.series].map(([step, { inspections, blocks }]) => [step, inspections, blocks]).sort(), [
    [1, 2, 1],
    [2, 2, 0],
    [3, 1, 0],
  ])
  assert.deepEqual(
    stats.routes.map(({ route, blocks, monitored }) => [route, blocks, monitored]),
    [
      ['support', 1, 0],
      ['facts', 0, 1],
    ],
  )
  assert.deepEqual(
    stats.tenants.map(({ tenant }) => tenant),
    ['acme', null],
  )
  const injection = stats.guardrails.find(({ guardrail }) => guardrail === 'injection')!
  assert.ok(Math.abs(injection.p50_ms! - 0.25) < 0.02)
  assert.deepEqual(
    stats.categories.map(({ category, redactions, blocks }) => [category, redactions, blocks]),
    [
      ['indirect', 0, 1],
      ['EMAIL', 1, 0],
    ],
  )
  assert.equal(stats.oldest, NOW - 9 * HOUR)
  assert.equal(verdictStats(db, { from: NOW - 4 * HOUR, to: NOW, guardrail: 'pii' }, HOUR).total.inspections, 1)
  const none = verdictStats(db, { from: NOW, to: NOW + HOUR, route: 'nowhere' }, HOUR)
  assert.deepEqual([none.total.inspections, none.total.blocks, none.series.size], [0, 0, 0])
})

test('there are figures before there is a verdict', (t) => {
  const { total, oldest, routes } = verdictStats(openDb(t), { from: NOW, to: NOW + HOUR }, HOUR)
  assert.deepEqual([total.inspections, oldest, routes], [0, null, []])
})

test('of passes and of everything else the newest stay', (t) => {
  const db = openDb(t)
  const write = verdictWriter(db)
  const records = Array.from({ length: 10 }, (_, index) => guardedRecord(NOW + index, [verdictOf(), verdictOf(PASS)]))
  for (const record of records) for (const row of verdictsRows(record)) write(row)
  assert.deepEqual([keptSince(db, 4), keptSince(db)], [NOW + 6, NOW], 'older passes are about to go')
  const trim = verdictTrimmer(db, 4)()
  const removed: number[] = []
  for (let count = trim(5); count > 0; count = trim(5)) removed.push(count)
  assert.equal(
    removed.reduce((sum, count) => sum + count, 0),
    12,
  )
  assert.ok(removed.length >= 2, 'it was done in steps')
  const left = listVerdicts(db, { passes: true }, null, 100)
  assert.deepEqual(left.map(({ verdict }) => verdict).sort(), [...Array(4).fill('block'), ...Array(4).fill('pass')])
  assert.ok(left.every(({ ts }) => ts >= NOW + 6))
  assert.equal(keptSince(db), NOW + 6)
})
