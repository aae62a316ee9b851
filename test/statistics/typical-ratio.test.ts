import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BlockBuilder } from '../../server/statistics/blocks.ts'
import { STAKES } from '../../server/statistics/capital.ts'
import { shareAbove, TypicalRatioEvidence } from '../../server/statistics/typical-ratio.ts'

function evidence(pairs: readonly (readonly [baseline: number, candidate: number])[], bar = 1.1): TypicalRatioEvidence {
  const builder = new BlockBuilder()
  for (const [baseline, candidate] of pairs) builder.addPair(baseline, candidate)
  return new TypicalRatioEvidence(builder.blocks(), { bar, late: false })
}

const repeated = (count: number, baseline: number, candidate: number) =>
  Array.from({ length: count }, () => [baseline, candidate] as const)

test('the estimate is the median of the ratios, pairs of zeros left out', () => {
  assert.equal(
    evidence([
      [10, 20],
      [10, 5],
      [10, 30],
    ]).estimate,
    2,
  )
  assert.equal(
    evidence([
      [10, 20],
      [10, 5],
      [10, 30],
      [10, 40],
    ]).estimate,
    2.5,
  )
  assert.equal(
    evidence([
      [10, 20],
      [0, 0],
      [0, 0],
      [0, 0],
    ]).estimate,
    2,
  )
  assert.equal(evidence([]).estimate, null)
  assert.equal(evidence([[0, 0]]).estimate, null)
  assert.equal(
    evidence([
      [0, 3],
      [0, 4],
      [1, 1],
    ]).estimate,
    null,
    'more than any ratio',
  )
})

test('above, equal and below count 1, ½ and 0; so does a zero on one side or both', () => {
  const quotients = [2, 1.1, 1, 3 / 0, 0 / 3, 0 / 0]
  assert.equal(shareAbove(quotients, 0, 6, 1.1), (1 + 0.5 + 0 + 1 + 0 + 0.5) / 6)
  assert.equal(shareAbove(quotients, 1, 2, 1.1), 0.5)
})

test('a decimal margin is met exactly: 110 is 10 % more than 100', () => {
  const atBar = evidence(repeated(5000, 100, 110))
  assert.ok(!atBar.above(0, 0.05) && !atBar.below(0, 0.05))
})

test('costs that are 0 on both sides show nothing, those on one side a lot', () => {
  const free = evidence(repeated(5000, 0, 0))
  assert.ok(!free.above(0, 0.05) && !free.below(0, 0.05))
  assert.ok(evidence(repeated(30, 0, 1)).above(0, 0.05))
  assert.ok(evidence(repeated(30, 1, 0)).below(0, 0.05))
})

test('where every pair lies below, the capital is the mixture of (1 + θ)^n', () => {
  const capital = (count: number) =>
    STAKES.shares.reduce((sum, share, index) => sum + STAKES.weights[index]! * (1 + share) ** count, 0)
  const needed = Array.from({ length: 50 }, (_, count) => count).find((count) => capital(count) >= 40)!
  assert.ok(needed > 5 && needed < 12, String(needed))
  assert.ok(!evidence(repeated(needed - 1, 100, 100)).below(0, 0.025))
  assert.ok(evidence(repeated(needed, 100, 100)).below(0, 0.025))
})
