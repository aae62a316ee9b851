import assert from 'node:assert/strict'
import { test } from 'node:test'
import { evaluatePii } from '../../guard-eval/pii.ts'
import { evaluateSecrets } from '../../guard-eval/secrets.ts'

const MISSING = 'the shared data is not here'

test('personal data of Presidio’s sentences is found as well as it was, in either half', async (context) => {
  const evaluation = await evaluatePii()
  if (evaluation === null) return context.skip(MISSING)
  for (const [half, { structured, all, exact, types }] of Object.entries(evaluation.results.halves)) {
    assert.ok(
      structured.precision >= 0.97 && structured.recall >= 0.95,
      `${half}: ${structured.precision}, ${structured.recall}`,
    )
    assert.ok(all.f >= 0.89, `${half}: F ${all.f}`)
    const { precision, recall } = types.ORGANIZATION!
    assert.ok(precision >= 0.85 && recall >= 0.42, `${half}: organisations ${precision}, ${recall}`)
    assert.ok(exact.f >= 0.83, `${half}: exact F ${exact.f}`)
  }
})

test('secrets of gitleaks’ cases are found as well as they were', async (context) => {
  const evaluation = await evaluateSecrets()
  if (evaluation === null) return context.skip(MISSING)
  const { halves, benign } = evaluation.results
  const sum = (pick: (half: (typeof halves)[string]) => number) =>
    Object.values(halves).reduce((total, half) => total + pick(half), 0)
  assert.ok(sum((half) => half.found) / sum((half) => half.secrets) >= 0.97)
  // Three of the cases are keys that are negative for one rule and found by another.
  assert.ok(sum((half) => half.wrong) <= 3)
  assert.ok(benign.wrong / benign.texts <= 0.01)
})
