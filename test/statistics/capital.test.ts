import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Capital, RARE_STAKES, STAKES, type Stakes } from '../../server/statistics/capital.ts'

const LATE_BY = 200

/** The total capital after each value, by the formula: for every stake and every start the product of its factors. */
function slowly(values: readonly number[], target: number, { shares, weights }: Stakes, late: boolean): number[] {
  return values.map((_, last) => {
    const from = (start: number) =>
      [...shares].reduce((sum, share, index) => {
        const product = values.slice(start, last + 1).reduce((all, x) => all * (1 - share + (share * x) / target), 1)
        return sum + weights[index]! * product
      }, 0)
    if (!late) return from(0)
    const startShare = (t: number) => LATE_BY / ((t + LATE_BY - 1) * (t + LATE_BY))
    const started = Array.from({ length: last + 1 }, (_, start) => startShare(start + 1) * from(start))
    const waiting = LATE_BY / (last + 1 + LATE_BY)
    return 0.5 * from(0) + 0.5 * (started.reduce((sum, part) => sum + part, 0) + waiting)
  })
}

const betting = fc.record({
  values: fc.array(fc.constantFrom(0, 0.5, 1, 1.02, 2), { minLength: 1, maxLength: 60 }),
  target: fc.constantFrom(0.3, 0.5, 0.98, 1),
  error: fc.constantFrom(0.02, 0.2, 0.5),
  stakes: fc.constantFrom(STAKES, RARE_STAKES),
  late: fc.boolean(),
})

test('it refutes at the very value at which the mixture of products reaches 1/error', () => {
  let refutations = 0
  fc.assert(
    fc.property(betting, ({ values, target, error, stakes, late }) => {
      const capital = new Capital({ target, error, stakes, late })
      const sums = slowly(values, target, stakes, late)
      // A sum within rounding of the goal may fall on either side of it.
      fc.pre(sums.every((sum) => Math.abs(sum * error - 1) > 1e-9))
      const expected = sums.map((_, index) => sums.slice(0, index + 1).some((sum) => sum >= 1 / error))
      assert.deepEqual(
        values.map((value) => capital.push(value)),
        expected,
      )
      if (expected.at(-1)) refutations += 1
    }),
    { numRuns: 300 },
  )
  assert.ok(refutations > 10, String(refutations))
})

test('the weights of the stakes sum to 1 and no stake can be ruined', () => {
  for (const { shares, weights } of [STAKES, RARE_STAKES]) {
    assert.ok(Math.abs(weights.reduce((sum, weight) => sum + weight, 0) - 1) < 1e-12)
    assert.ok(shares.every((share) => share > 0 && share < 1))
  }
})

/** The exact probability that coins with `share` heads are ever refuted to have a mean of at most `target`. */
function probabilityOfRefuting(share: number, { target, late }: { target: number; late: boolean }): number {
  const tosses = 15
  let probability = 0
  for (let series = 0; series < 2 ** tosses; series += 1) {
    const capital = new Capital({ target, error: 0.2, late })
    let chance = 1
    let refuted = false
    for (let toss = 0; toss < tosses; toss += 1) {
      const heads = (series >> toss) & 1
      chance *= heads === 1 ? share : 1 - share
      refuted = capital.push(heads)
    }
    if (refuted) probability += chance
  }
  return probability
}

test('over all series of fifteen coins a true claim is refuted with at most the error, a false one more often', () => {
  for (const late of [false, true]) {
    const onBar = probabilityOfRefuting(0.3, { target: 0.3, late })
    assert.ok(onBar > 0.02 && onBar <= 0.2, String(onBar))
    assert.ok(probabilityOfRefuting(0.2, { target: 0.3, late }) < onBar)
    assert.ok(probabilityOfRefuting(0.7, { target: 0.3, late }) > 0.6)
  }
})

test('with late starts a turn after thousands of values is found, which the start alone would miss', () => {
  const pushesUntilFound = (late: boolean) => {
    const capital = new Capital({ target: 1, error: 0.025, late })
    for (let value = 0; value < 5000; value += 1) capital.push(value % 10 === 0 ? 0.5 : 1)
    for (let value = 1; value <= 5000; value += 1) if (capital.push(value % 2 === 0 ? 2 : 1)) return value
    return Infinity
  }
  const [withLate, without] = [pushesUntilFound(true), pushesUntilFound(false)]
  assert.ok(withLate < 60, String(withLate))
  assert.ok(without > 3 * withLate, String(without))
})
