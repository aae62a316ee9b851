import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Target } from '../../server/core/policy.ts'
import { wilsonBounds } from '../../server/telemetry/score-book.ts'
import { TargetBook } from '../../server/telemetry/target-book.ts'
import { seeded } from '../core/random.ts'
import { fakeClock } from '../support/fake-clock.ts'

const DAY_MS = 24 * 3_600_000
const target: Target = { provider: 'cloud', model: 'big', weight: 1 }
const other: Target = { ...target, model: 'small' }

function bookOf() {
  const clock = fakeClock()
  return {
    clock,
    book: new TargetBook(clock, { price: () => null, gpuUsdPerHour: () => null, selfHosted: () => false }),
  }
}

test('without scores anything is possible', () => {
  assert.deepEqual(bookOf().book.quality('support', target), { mean: null, lower: 0, upper: 1, samples: 0 })
})

test('the bounds are those of Wilson’s score interval', () => {
  // Newcombe 1998, table I, method 3: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
  const published: readonly [number, number, number, number][] = [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ]
  for (const [passed, of, lower, upper] of published) {
    const bounds = wilsonBounds(passed / of, of)
    assert.ok(Math.abs(bounds.lower - lower) < 5e-5, `${passed} of ${of}: ${bounds.lower}`)
    assert.ok(Math.abs(bounds.upper - upper) < 5e-5, `${passed} of ${of}: ${bounds.upper}`)
  }
})

test('the mean lies between the bounds, and they between 0 and 1, whatever was scored', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1 }), (scores) => {
      const { book } = bookOf()
      for (const score of scores) book.noteScore('support', target, score)
      const { mean, lower, upper, samples } = book.quality('support', target)
      assert.equal(samples, scores.length)
      const exact = scores.reduce((sum, score) => sum + score, 0) / scores.length
      assert.ok(Math.abs(mean! - exact) < 1e-9)
      assert.ok(0 <= lower && lower <= mean! + 1e-12 && mean! - 1e-12 <= upper && upper <= 1)
    }),
  )
})

test('the bounds hold 95 times in a hundred for passes, and more often for grades', () => {
  const random = seeded(7)
  const uniform = () => random.below(1e6) / 1e6
  for (const [truth, least, draw] of [
    [0.8, 0.95, () => (uniform() < 0.8 ? 1 : 0)],
    [0.5, 0.99, uniform],
  ] as const) {
    let held = 0
    for (let round = 0; round < 2000; round += 1) {
      const { book } = bookOf()
      for (let index = 0; index < 60; index += 1) book.noteScore('support', target, draw())
      const { lower, upper } = book.quality('support', target)
      if (lower <= truth && truth <= upper) held += 1
    }
    assert.ok(held >= least * 2000, `${held} of 2000 at ${truth}`)
  }
})

test('routes and targets have scores of their own', () => {
  const { book } = bookOf()
  book.noteScore('support', target, 1)
  assert.equal(book.quality('support', other).samples, 0)
  assert.equal(book.quality('sales', target).samples, 0)
})

test('old scores fade: after some days a target is as unknown as at first', () => {
  const { book, clock } = bookOf()
  for (let index = 0; index < 100; index += 1) book.noteScore('support', target, 0)
  clock.advance(2 * DAY_MS)
  assert.equal(book.quality('support', target).samples, 50)
  for (let index = 0; index < 50; index += 1) book.noteScore('support', target, 1)
  assert.ok(Math.abs(book.quality('support', target).mean! - 0.5) < 1e-9)
  clock.advance(30 * DAY_MS)
  assert.deepEqual(book.quality('support', target), { mean: null, lower: 0, upper: 1, samples: 0 })
})

test('some hundred new scores outweigh any number of old ones', () => {
  const { book } = bookOf()
  for (let index = 0; index < 5000; index += 1) book.noteScore('support', target, 1)
  assert.equal(book.quality('support', target).samples, 500)
  for (let index = 0; index < 500; index += 1) book.noteScore('support', target, 0)
  assert.ok(book.quality('support', target).upper < 0.5)
})

test('what the store remembers counts by its age, as if it had been scored then', () => {
  const { book: live, clock } = bookOf()
  live.noteScore('support', target, 1)
  clock.advance(DAY_MS)
  live.noteScore('support', target, 0)
  clock.advance(DAY_MS)
  const { book: restored } = bookOf()
  restored.restore([
    { route: 'support', target, score: 1, ageMs: 2 * DAY_MS },
    { route: 'support', target, score: 0, ageMs: DAY_MS },
  ])
  assert.deepEqual(restored.quality('support', target), live.quality('support', target))
})

test('a score that is none does no harm', () => {
  const { book } = bookOf()
  for (const score of [-3, 7]) book.noteScore('support', target, score)
  assert.equal(book.quality('support', target).mean, 0.5)
})

test('scores are kept of a bounded number of targets', () => {
  const { book } = bookOf()
  for (let index = 0; index < 2500; index += 1) book.noteScore('support', { ...target, model: `m${index}` }, 1)
  assert.equal(book.quality('support', { ...target, model: 'm0' }).samples, 0)
  assert.equal(book.quality('support', { ...target, model: 'm2499' }).samples, 1)
})
