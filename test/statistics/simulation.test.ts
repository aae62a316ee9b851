import assert from 'node:assert/strict'
import { test } from 'node:test'
import { falseRates, familyRates, power, turns } from '../statistics-simulation/rates.ts'
import { ALPHA } from '../statistics-simulation/simulate.ts'

// Fewer runs than `npm run simulate:statistics` makes; the seeds are fixed, so each run of the test has the same outcome.
const RUNS = 100

test('where the truth lies on the bar, answers at any look are rare', () => {
  let answers = 0
  for (const { name, runs, either } of [...falseRates(RUNS), ...familyRates(40, 1000)]) {
    assert.ok(either <= ALPHA * runs, `${name}: ${either} of ${runs}`)
    answers += either
  }
  assert.ok(answers > 10, 'answers so rare that nothing was tested')
})

test('what is true is found, and soon enough to be of use', () => {
  for (const { name, runs, found, half } of power(20)) {
    assert.ok(found >= 0.9 * runs, `${name}: ${found} of ${runs}`)
    assert.ok(half < 40_000, `${name}: ${half}`)
  }
})

test('a live candidate that turns bad is found out within a hundred of its replies', () => {
  for (const { name, runs, found, half } of turns(4)) {
    assert.equal(found, runs, name)
    assert.ok(half > 0 && half < 6000, `${name}: ${half}`)
  }
})
