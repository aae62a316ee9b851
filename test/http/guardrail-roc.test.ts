import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { areaOf, type Labelled, rocOf, splitAt } from '../../server/http/admin/guardrail-roc.ts'

const labelled = fc.array(fc.record({ score: fc.double({ min: 0, max: 1, noNaN: true }), harmful: fc.boolean() }))

test('a perfect order has an area of 1, a reversed one of 0, and ties half', () => {
  const of = (harmful: number[], harmless: number[]): Labelled[] => [
    ...harmful.map((score) => ({ score, harmful: true })),
    ...harmless.map((score) => ({ score, harmful: false })),
  ]
  assert.equal(areaOf(of([0.9, 0.8], [0.1, 0.2])), 1)
  assert.equal(areaOf(of([0.1], [0.9, 0.2])), 0)
  assert.equal(areaOf(of([0.5], [0.5])), 0.5)
  assert.equal(areaOf(of([0.9, 0.3], [0.5, 0.1])), 0.75)
  assert.equal(areaOf(of([0.9], [])), null)
  assert.equal(areaOf([]), null)
})

test('the area is the share of pairs in the right order, and what the curve encloses', () =>
  fc.assert(
    fc.property(labelled, (texts) => {
      const area = areaOf(texts)
      const [good, bad] = [texts.filter(({ harmful }) => !harmful), texts.filter(({ harmful }) => harmful)]
      if (area === null) return assert.ok(good.length === 0 || bad.length === 0)
      const pairs = bad.flatMap((one) => good.map((other) => (Math.sign(one.score - other.score) + 1) / 2))
      assert.ok(Math.abs(area - pairs.reduce((sum, win) => sum + win, 0) / pairs.length) < 1e-9)
      const corners = [
        ...rocOf(texts),
        { ...splitAt(texts, 0), true_positives: bad.length, false_positives: good.length },
      ]
      const trapezoids = corners.slice(1).map((point, index) => {
        const before = corners[index]!
        const width = (point.false_positives - before.false_positives) / good.length
        return (width * (point.true_positives + before.true_positives)) / bad.length / 2
      })
      assert.ok(Math.abs(area - trapezoids.reduce((sum, each) => sum + each, 0)) < 1e-9)
    }),
  ))

test('every point counts every text once, and finds no fewer than the one before', () =>
  fc.assert(
    fc.property(labelled, (texts) => {
      let found = -1
      for (const point of rocOf(texts)) {
        const { true_positives, false_positives, true_negatives, false_negatives } = point
        assert.equal(true_positives + false_positives + true_negatives + false_negatives, texts.length)
        assert.ok(true_positives + false_positives > found)
        found = true_positives + false_positives
      }
    }),
  ))

test('a score of 0 is never found, whatever the threshold', () => {
  assert.deepEqual(splitAt([{ score: 0, harmful: true }], 0), {
    threshold: 0,
    true_positives: 0,
    false_positives: 0,
    true_negatives: 0,
    false_negatives: 1,
  })
})
