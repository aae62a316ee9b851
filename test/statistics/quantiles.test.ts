import assert from 'node:assert/strict'
import { test } from 'node:test'
import { medianOfSorted, quantileOf, rankOf } from '../../server/statistics/quantiles.ts'

const upTo = (count: number) => Float64Array.from({ length: count }, (_, index) => count - index)

test('a quantile is the least value that the share does not exceed', () => {
  assert.equal(quantileOf(upTo(20), 0.95), 19)
  assert.equal(quantileOf(upTo(21), 0.95), 20)
  assert.equal(quantileOf(upTo(100), 0.95), 95)
  assert.equal(quantileOf(upTo(1), 0.95), 1)
  assert.equal(quantileOf(upTo(4), 0.5), 2)
  assert.equal(quantileOf(new Float64Array(), 0.5), null)
})

test('a share that is a whole number of values is not pushed up by rounding', () => {
  for (let hundreds = 1; hundreds <= 300; hundreds += 1) assert.equal(rankOf(0.95, hundreds * 100), hundreds * 95 - 1)
})

test('the median lies between two middle values', () => {
  assert.equal(medianOfSorted(Float64Array.of(1, 2, 10)), 2)
  assert.equal(medianOfSorted(Float64Array.of(1, 2, 10, 20)), 6)
  assert.equal(medianOfSorted(new Float64Array()), null)
})
