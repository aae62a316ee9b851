import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { Histogram } from '../../server/core/histogram.ts'
import { Durations } from '../../server/simulation/durations.ts'
import { Timeline } from '../../server/simulation/timeline.ts'

const lists = fc.array(fc.double({ min: 0, max: 5_000_000, noNaN: true }), { minLength: 1, maxLength: 50 })
const quantiles = fc.double({ min: 0, max: 1, noNaN: true })
const of = (list: readonly number[]) => {
  const durations = new Durations()
  for (const ms of list) durations.add(ms)
  return durations
}

describe('durations', () => {
  it('have the quantiles of the gateway’s own histograms', () =>
    fc.assert(
      fc.property(lists, fc.constantFrom(0.5, 0.95), (list, share) => {
        const histogram = new Histogram()
        for (const ms of list) histogram.add(ms)
        assert.equal(of(list).quantile(share), histogram.quantile(share))
      }),
    ))

  it('mixed with so many of the same kind keep their quantiles; of none there is no quantile', () => {
    assert.equal(new Durations().quantile(0.5), null)
    fc.assert(
      fc.property(lists, fc.integer({ min: 1, max: 1000 }), quantiles, (list, number, share) => {
        const mixed = new Durations()
        mixed.addLike(of(list), number)
        assert.ok(Math.abs(mixed.total - number) < 1e-9)
        const [exact, just] = [of(list), of(list)]
        just.addLike(exact, list.length)
        assert.equal(just.quantile(share), exact.quantile(share))
      }),
    )
  })

  it('count in the parts in which they are mixed', () => {
    const mixed = new Durations()
    mixed.addLike(of([100, 100, 100]), 90)
    mixed.addLike(of([1000]), 10)
    const near = (ms: number | null, expected: number) => assert.ok(Math.abs(ms! / expected - 1) < 0.06, String(ms))
    near(mixed.quantile(0.89), 100)
    near(mixed.quantile(0.91), 1000)
  })
})

describe('a timeline', () => {
  it('gives back what is due, by its time, and of equal times in the order in which it came', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 }))), (steps) => {
        const timeline = new Timeline()
        const happened: number[] = []
        let waiting: { at: number; id: number }[] = []
        for (const [id, [at, now]] of steps.entries()) {
          timeline.add(at, () => happened.push(id))
          waiting.push({ at, id })
          happened.length = 0
          for (let event = timeline.next(now); event; event = timeline.next(now)) event.happen()
          const due = waiting.filter((event) => event.at <= now)
          const expected = due.sort((one, other) => one.at - other.at || one.id - other.id).map((event) => event.id)
          assert.deepEqual(happened, expected)
          waiting = waiting.filter((event) => event.at > now)
          assert.equal(timeline.length, waiting.length)
        }
      }),
    ))
})
