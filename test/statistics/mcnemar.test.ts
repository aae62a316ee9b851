import assert from 'node:assert/strict'
import { test } from 'node:test'
import { mcnemarPValue } from '../../server/statistics/mcnemar.ts'

const near = (actual: number, expected: number) =>
  assert.ok(Math.abs(actual - expected) <= 1e-10 * Math.max(expected, 1e-300), `${actual} is not ${expected}`)

test('values worked out by hand', () => {
  near(mcnemarPValue(0, 0), 1)
  near(mcnemarPValue(3, 3), 1)
  near(mcnemarPValue(1, 5), (2 * (1 + 6)) / 64)
  near(mcnemarPValue(5, 1), (2 * (1 + 6)) / 64)
  near(mcnemarPValue(0, 10), 2 / 1024)
  near(mcnemarPValue(2, 8), (2 * (1 + 10 + 45)) / 1024)
})

/** With whole numbers of any length. */
function exactly(onlyBaseline: number, onlyCandidate: number): number {
  const count = BigInt(onlyBaseline + onlyCandidate)
  let [term, sum] = [1n, 0n]
  for (let index = 0n; index <= BigInt(Math.min(onlyBaseline, onlyCandidate)); index += 1n) {
    sum += term
    term = (term * (count - index)) / (index + 1n)
  }
  const scale = 10n ** 40n
  return Math.min(1, Number((2n * sum * scale) / 2n ** count) / 1e40)
}

test('large counts agree with whole-number arithmetic', () => {
  for (const [one, other] of [
    [40, 60],
    [450, 550],
    [900, 1100],
    [1000, 1001],
  ] as const)
    near(mcnemarPValue(one, other), exactly(one, other))
})

test('thousands against none come out as 0, not as nonsense', () => {
  assert.equal(mcnemarPValue(0, 5000), 0)
  assert.ok(mcnemarPValue(20_000, 20_100) < 1)
})
