import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cohortAlpha, sideErrors } from '../../server/statistics/levels.ts'

test('the errors of both sides and of all decisive metrics come to alpha', () => {
  assert.deepEqual(sideErrors(0.05, 1), { nonInferior: 0.025, worse: 0.025 })
  const { nonInferior, worse } = sideErrors(0.05, 5)
  assert.ok(Math.abs(nonInferior + 5 * worse - 0.05) < 1e-15)
  assert.deepEqual(sideErrors(0.05, 0), sideErrors(0.05, 1))
})

test('however many cohorts come, their shares come to no more than alpha, and nearly to it', () => {
  let sum = 0
  for (let index = 0; index < 100_000; index += 1) {
    const share = cohortAlpha(0.05, index)
    assert.ok(share > 0)
    sum += share
  }
  assert.ok(sum < 0.05 && sum > 0.0499, String(sum))
})
