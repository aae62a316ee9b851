import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { auditWords } from '../../renderer/cache/audit-words.ts'
import { changedText } from '../../renderer/guardrails/config-change.ts'
import { readOptions } from '../../renderer/guardrails/options-text.ts'
import { guardMark, ratesOf, verdictWords } from '../../renderer/guardrails/words.ts'
import { parseFilter } from '../../renderer/live/filter.ts'
import { fromRow } from '../../renderer/live/request.ts'
import type { RequestRow } from '../../server/http/admin/schemas.ts'
import { row } from './samples.ts'

type Summary = RequestRow['verdicts'][number]

const verdict = (change: Partial<Summary> = {}): Summary => ({
  guardrail: 'injection',
  kind: 'injection',
  stage: 'context',
  verdict: 'block',
  action: 'block',
  mode: 'enforce',
  score: 0.9,
  threshold: 0.8,
  category: 'indirect',
  ...change,
})

describe('words', () => {
  test('a request is marked with what was done, and by which guardrails', () => {
    assert.equal(guardMark(row('a', 0)), null)
    const verdicts = [
      verdict(),
      verdict({ guardrail: 'pii', verdict: 'redact' }),
      verdict({ guardrail: 'own', category: null }),
    ]
    assert.deepEqual(guardMark({ guardrail: 'block', verdicts }), {
      words: 'blocked',
      tone: 'refused',
      title: 'injection: indirect, own',
    })
    assert.equal(guardMark({ guardrail: 'redact', verdicts })!.words, 'redacted')
  })

  test('what only monitors would have done something', () => {
    assert.equal(verdictWords(verdict()), 'blocked')
    assert.equal(verdictWords(verdict({ mode: 'monitor' })), 'would be blocked')
    assert.equal(verdictWords(verdict({ mode: 'monitor', verdict: 'pass' })), 'passed')
    assert.equal(verdictWords(verdict({ mode: 'monitor', verdict: 'error' })), 'could not tell')
  })

  test('rates are of what there was to find, and of what is harmless', () => {
    const point = { true_positives: 3, false_negatives: 1, false_positives: 1, true_negatives: 9 }
    const { found, wronged, foundWords, wrongedWords } = ratesOf(point)
    assert.deepEqual([found, wronged, foundWords, wrongedWords], [0.75, 0.1, '75%', '10%'])
    assert.equal(ratesOf({ ...point, false_positives: 0, true_negatives: 0 }).wrongedWords, '—')
  })
})

test('the Live page finds what guardrails did', () => {
  const rows = [
    row('passed', 0),
    row('blocked', 1, { guardrail: 'block', verdicts: [verdict()] }),
    row('watched', 2, { verdicts: [verdict({ mode: 'monitor' })] }),
    row('both', 3, { guardrail: 'redact', verdicts: [verdict({ verdict: 'redact' }), verdict({ verdict: 'warn' })] }),
  ].map(fromRow)
  const found = (text: string) => rows.filter(parseFilter(text).matches).map(({ id }) => id)
  assert.deepEqual(found('is:blocked'), ['blocked'])
  assert.deepEqual(found('is:redacted'), ['both'])
  assert.deepEqual(found('is:warned'), ['both'])
  assert.deepEqual(found('is:guarded'), ['blocked', 'both'])
})

test('the audit trail is told in sentences', () => {
  const words = (action: string, detail: Record<string, unknown>) =>
    auditWords({ id: 1, at: '2026-01-01T00:00:00Z', actor: 'session', action, detail })
  const label = { label: 'false-positive', verdict: 7, route: 'support', guardrail: 'pii', kind: 'pii' }
  assert.equal(words('guard-label', label), 'Called verdict 7 (support, pii) a false positive')
  assert.equal(
    words('guard-label-remove', { ...label, label: 'missed', verdict: null, route: null }),
    'Took back that a text (pii, by itself) was called missed',
  )
  const guardrails = [
    {
      route: 'support',
      guardrail: 'pii',
      change: 'changed',
      settings: { threshold: [null, 0.6], mode: ['monitor', 'enforce'] },
    },
    { route: 'facts', guardrail: 'own', change: 'removed' },
  ]
  assert.equal(
    words('config-save', { from: 'a', to: '0123456789', guardrails }),
    'Saved the config as revision 01234567; pii on support threshold its own → 0.6, mode monitor → enforce; own on facts removed',
  )
})

test('options are one JSON object, or nothing', () => {
  assert.deepEqual(readOptions('  '), { value: {}, problem: null })
  assert.deepEqual(readOptions('{"words": ["a"]}'), { value: { words: ['a'] }, problem: null })
  for (const text of ['[]', '"a"', 'null', '{']) assert.notEqual(readOptions(text).problem, null, text)
})

describe('a setting of a rule in the text of the config', () => {
  const SOURCE = `version: 1
guardrails:
  - { use: pii, action: redact }   # everywhere
routes:
  support:
    targets: [{ provider: sandbox, model: echo }]
    guardrails:
      # third-party text
      - use: injection
        stage: context   # not the user
        threshold: 0.8
      - { use: secrets, mode: monitor }
`
  const change = (path: (string | number)[], setting: Parameters<typeof changedText>[2]) =>
    changedText(SOURCE, { path }, setting)
  const own = (index: number) => ['routes', 'support', 'guardrails', index]

  test('is changed, and everything else stays as it is written', async () => {
    assert.equal(
      await change(own(0), { name: 'threshold', value: 0.65 }),
      SOURCE.replace('threshold: 0.8', 'threshold: 0.65'),
    )
    assert.equal(
      await change(own(1), { name: 'mode', value: 'enforce' }),
      SOURCE.replace('mode: monitor', 'mode: enforce'),
    )
  })

  test('is put in where it was not said, in block and in flow', async () => {
    assert.equal(
      await change(own(0), { name: 'mode', value: 'monitor' }),
      SOURCE.replace('threshold: 0.8\n', 'threshold: 0.8\n        mode: monitor\n'),
    )
    assert.equal(
      await change(['guardrails', 0], { name: 'threshold', value: 0.9 }),
      SOURCE.replace('action: redact }', 'action: redact, threshold: 0.9 }'),
    )
  })

  test('is not changed in a rule that is not there', async () => {
    await assert.rejects(change(own(7), { name: 'mode', value: 'enforce' }))
  })
})
