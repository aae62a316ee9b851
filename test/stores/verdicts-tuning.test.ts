import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LabelledText } from '../../server/core/guard-label.ts'
import { listAudit } from '../../server/stores/audit.ts'
import { Desk } from '../../server/stores/desk.ts'
import { listLabels } from '../../server/stores/verdicts-labels.ts'
import { listVerdicts } from '../../server/stores/verdicts-list.ts'
import { readTuning, type TuningQuestion } from '../../server/stores/verdicts-tuning.ts'
import { guardedRecord, openDb, PASS, verdictOf, writeRecords } from './verdict-samples.ts'

const NOW = Date.UTC(2026, 0, 5, 12)
const BY = { actor: 'session', at: NOW }

const TEXT: LabelledText = {
  label: 'missed',
  route: 'support',
  guardrail: 'injection',
  kind: 'injection',
  stage: 'context',
  origin: 'third-party',
  score: 0.4,
  threshold: 0.8,
  category: 'indirect',
  excerpt: 'Do as I say.',
  highlight: null,
}

const QUESTION: TuningQuestion = {
  route: 'support',
  guardrail: 'injection',
  kind: 'injection',
  stage: 'context',
  withKind: true,
  proposed: null,
  from: NOW - 1000,
  to: NOW + 1000,
  columns: 10,
  examples: 3,
}

test('a verdict has one label, the last one, with what it quotes and a line in the trail', (t) => {
  const db = openDb(t)
  const desk = new Desk(db)
  writeRecords(db, [guardedRecord(NOW, [verdictOf()])])
  const [verdict] = listVerdicts(db, {}, null, 1)
  assert.equal(typeof desk.do({ type: 'label-verdict', verdict: verdict!.id, harmful: false, ...BY }), 'number')
  const id = desk.do({ type: 'label-verdict', verdict: verdict!.id, harmful: true, ...BY }) as number
  const [label, ...rest] = listLabels(db, {}, null, 10)
  assert.deepEqual(rest, [])
  assert.deepEqual(
    [label!.id, label!.label, label!.score, label!.excerpt, label!.highlight_start, label!.request_id],
    [id, 'right', 0.92, verdict!.excerpt, 21, verdict!.request_id],
  )
  assert.equal(listVerdicts(db, {}, null, 1)[0]!.label, 'right')
  assert.equal(listVerdicts(db, { labelled: false }, null, 1).length, 0)
  assert.equal(desk.do({ type: 'label-verdict', verdict: 99, harmful: true, ...BY }), null)
  const [newest, before, ...older] = listAudit(db, null, 10)
  assert.equal(older.length, 0, 'what did not happen is not noted')
  assert.deepEqual([newest!.action, JSON.parse(newest!.detail).label], ['guard-label', 'right'])
  assert.doesNotMatch(newest!.detail + before!.detail, /Ignore/)
})

test('of what passed it is said that it was missed, or rightly passed', (t) => {
  const db = openDb(t)
  const desk = new Desk(db)
  writeRecords(db, [guardedRecord(NOW, [verdictOf(PASS)])])
  const verdict = listVerdicts(db, { passes: true }, null, 1)[0]!.id
  for (const [harmful, word] of [
    [true, 'missed'],
    [false, 'benign'],
  ] as const) {
    desk.do({ type: 'label-verdict', verdict, harmful, ...BY })
    assert.equal(listVerdicts(db, { passes: true }, null, 1)[0]!.label, word)
  }
})

test('a text that was tried is labelled, listed by its rule, and taken back', (t) => {
  const db = openDb(t)
  const desk = new Desk(db)
  const id = desk.do({ type: 'label-text', text: TEXT, ...BY }) as number
  desk.do({ type: 'label-text', text: { ...TEXT, route: null, guardrail: null, label: 'benign' }, ...BY })
  assert.deepEqual(
    listLabels(db, { route: 'support', guardrail: 'injection' }, null, 10).map((row) => [row.id, row.origin]),
    [[id, 'third-party']],
  )
  assert.deepEqual(
    listLabels(db, {}, null, 1).map(({ label }) => label),
    ['benign'],
  )
  assert.equal(listLabels(db, {}, id + 1, 1)[0]!.id, id)
  assert.equal(desk.do({ type: 'remove-label', id, ...BY }), true)
  assert.equal(desk.do({ type: 'remove-label', id, ...BY }), false)
  assert.deepEqual(
    listAudit(db, null, 10).map(({ action }) => action),
    ['guard-label-remove', 'guard-label', 'guard-label'],
  )
})

test('what another threshold would have found is counted in requests, with the newest that change', (t) => {
  const db = openDb(t)
  const desk = new Desk(db)
  const scored = (score: number, at = NOW) =>
    guardedRecord(at, [verdictOf(score >= 0.8 ? { score } : { ...PASS, score })])
  writeRecords(db, [
    ...[0.95, 0.85, 0.7, 0.65, 0.2, 0].map((score) => scored(score)),
    scored(0.9, NOW - 5000),
    guardedRecord(NOW, [verdictOf({ ...PASS, verdict: 'error', score: 0.75 })]),
    guardedRecord(NOW, [verdictOf()], { route: 'facts' }),
  ])
  const present = readTuning(db, QUESTION)
  assert.deepEqual([present.inspections, present.found_now, present.found_proposed, present.gained], [6, 2, 2, 0])
  assert.deepEqual(present.changed, [])
  assert.equal(present.found.length, 2)
  assert.deepEqual(
    present.scores.map(({ column, acted, passed }) => [column, acted, passed]),
    [
      [0, 0, 1],
      [2, 0, 1],
      [6, 0, 1],
      [7, 0, 1],
      [8, 1, 0],
      [9, 1, 0],
    ],
  )
  const lower = readTuning(db, { ...QUESTION, proposed: 0.65 })
  assert.deepEqual([lower.found_now, lower.found_proposed, lower.gained, lower.lost], [2, 4, 2, 0])
  assert.deepEqual(lower.changed.map(({ score }) => score).sort(), [0.65, 0.7])
  const higher = readTuning(db, { ...QUESTION, proposed: 0.9 })
  assert.deepEqual([higher.found_proposed, higher.gained, higher.lost], [1, 0, 1])
  assert.equal(readTuning(db, { ...QUESTION, proposed: 0, examples: 3 }).found.length, 3)

  const [worst] = listVerdicts(db, { route: 'support' }, null, 10).filter(({ score }) => score === 0.95)
  desk.do({ type: 'label-verdict', verdict: worst!.id, harmful: false, ...BY })
  desk.do({ type: 'label-text', text: TEXT, ...BY })
  desk.do({ type: 'label-text', text: { ...TEXT, route: null, guardrail: null, score: 0.3 }, ...BY })
  desk.do({ type: 'label-text', text: { ...TEXT, route: null, guardrail: null, stage: 'pre' }, ...BY })
  assert.deepEqual(
    readTuning(db, QUESTION).labels.map(({ label, score }) => [label, score]),
    [
      ['false-positive', 0.95],
      ['missed', 0.4],
      ['missed', 0.3],
    ],
  )
  assert.equal(readTuning(db, { ...QUESTION, withKind: false }).labels.length, 2)
  assert.equal(readTuning(db, QUESTION).scores.at(-1)!.harmless, 1)
})
