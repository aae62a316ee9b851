import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Histogram, SlidingHistogram } from '../../server/core/histogram.ts'
import { fakeClock } from '../support/fake-clock.ts'

const SHARES = [0, 0.01, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1]
/** The range that bins tell apart. */
const durations = fc.array(fc.double({ min: 1, max: 1_240_000, noNaN: true }), { minLength: 1, maxLength: 200 })

function histogramOf(values: readonly number[]): Histogram {
  const histogram = new Histogram()
  for (const value of values) histogram.add(value)
  return histogram
}

const quantilesOf = (histogram: Histogram) => SHARES.map((share) => histogram.quantile(share))

/** The least value that so large a share of all does not exceed. */
function exactQuantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!
}

test('merged histograms are what adding everything to one gives', () => {
  fc.assert(
    fc.property(durations, durations, (left, right) => {
      const merged = histogramOf(left)
      merged.merge(histogramOf(right))
      const whole = histogramOf([...left, ...right])
      assert.equal(merged.total, whole.total)
      assert.deepEqual(quantilesOf(merged), quantilesOf(whole))
    }),
  )
})

test('a quantile lies within half a bin, below 5 %, of the exact one', () => {
  fc.assert(
    fc.property(durations, fc.constantFrom(...SHARES), (values, share) => {
      const ratio = histogramOf(values).quantile(share)! / exactQuantile(values, share)
      assert.ok(Math.abs(Math.log2(ratio)) <= 1 / 16 + 1e-9, `off by a factor of ${ratio}`)
      assert.ok(ratio > 0.95 && ratio < 1.05)
    }),
  )
})

test('what lies outside the bins counts as the nearest', () => {
  for (const tiny of [0, -1, 0.2, Number.NaN]) assert.ok(histogramOf([tiny]).quantile(0.5)! < 1.1)
  for (const huge of [3e6, Number.POSITIVE_INFINITY]) {
    const found = histogramOf([huge]).quantile(0.5)!
    assert.ok(found > 1_100_000 && found < 1_300_000, String(found))
  }
})

test('nothing counted has no quantile, and nothing is left after clearing', () => {
  const histogram = histogramOf([])
  assert.deepEqual([histogram.total, histogram.quantile(0.5)], [0, null])
  histogram.add(7)
  histogram.clear()
  assert.deepEqual([histogram.total, histogram.quantile(0.5)], [0, null])
})

test('the window keeps four and a half minutes for certain and nothing for longer than five', () => {
  const steps = fc.array(fc.record({ wait: fc.nat(90_000), ms: fc.integer({ min: 1, max: 10_000 }) }), {
    minLength: 1,
    maxLength: 60,
  })
  fc.assert(
    fc.property(fc.nat(100_000), steps, (start, walk) => {
      const clock = fakeClock(start)
      const window = new SlidingHistogram(clock)
      const added: number[] = []
      for (const { wait, ms } of walk) {
        clock.advance(wait)
        window.add(ms)
        added.push(clock.now())
        const within = (age: number) => added.filter((at) => clock.now() - at < age).length
        const { total } = window.read()
        assert.ok(total >= within(270_000), 'forgot too early')
        assert.ok(total <= within(300_001), 'kept for too long')
      }
      clock.advance(300_001)
      assert.equal(window.read().total, 0)
    }),
  )
})

test('the window holds what was added, wherever the periods part', () => {
  const clock = fakeClock(29_999)
  const window = new SlidingHistogram(clock)
  const values = [5, 80, 900, 12_000]
  for (const value of values) {
    window.add(value)
    clock.advance(1)
  }
  assert.deepEqual(quantilesOf(window.read()), quantilesOf(histogramOf(values)))
})
