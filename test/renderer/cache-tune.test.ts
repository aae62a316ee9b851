import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { axisStart, columnsOf } from '../../renderer/cache/histogram.ts'
import { flipsOf, isServed, judgementOf } from '../../renderer/cache/tune.ts'
import { toStep } from '../../renderer/parts/threshold-step.ts'
import type { TunedLookUp } from '../../server/http/admin/schemas.ts'

const lookUp = (more: Partial<TunedLookUp>): TunedLookUp => ({
  id: 1,
  at: '2026-01-01T00:00:00.000Z',
  request_id: 'req_1',
  question: 'How do I reset my password?',
  cached_question: 'how do i reset a password',
  similarity: 0.9,
  outcome: 'hit',
  guard: null,
  agreement: null,
  review: null,
  ...more,
})
const ids = (lookUps: readonly TunedLookUp[]) => lookUps.map(({ id }) => id)

const anyLookUp = fc
  .record({
    id: fc.nat(),
    similarity: fc.double({ min: 0, max: 1, noNaN: true }),
    guard: fc.constantFrom(null, null, 'numbers'),
    agreement: fc.constantFrom(null, 'same' as const, 'different' as const, 'unsure' as const),
    review: fc.constantFrom(null, null, 'right' as const, 'wrong' as const),
  })
  .map(lookUp)

test('what a person says counts more than the comparison, and a guard more than both', () => {
  assert.equal(judgementOf(lookUp({})), 'unknown')
  assert.equal(judgementOf(lookUp({ agreement: 'unsure' })), 'unknown')
  assert.equal(judgementOf(lookUp({ agreement: 'same' })), 'right')
  assert.equal(judgementOf(lookUp({ agreement: 'same', review: 'wrong' })), 'wrong')
  assert.equal(judgementOf(lookUp({ agreement: 'different', review: 'right' })), 'right')
  assert.equal(judgementOf(lookUp({ review: 'right', guard: 'negation' })), 'guarded')
})

test('a threshold is met by what is as similar, and where nothing is served nothing is', () => {
  assert.ok(isServed(lookUp({ similarity: 0.9 }), 0.9))
  assert.ok(!isServed(lookUp({ similarity: 0.8999 }), 0.9))
  assert.ok(!isServed(lookUp({ similarity: 1, guard: 'names' }), 0.5))
  assert.ok(!isServed(lookUp({ similarity: 1 }), null))
})

test('lowering a threshold gains look-ups, raising it loses some, and the wrong ones are counted', () => {
  const lookUps = [
    lookUp({ id: 1, similarity: 0.95, agreement: 'same' }),
    lookUp({ id: 2, similarity: 0.84, agreement: 'different' }),
    lookUp({ id: 3, similarity: 0.88 }),
    lookUp({ id: 4, similarity: 0.86, guard: 'numbers' }),
    lookUp({ id: 5, similarity: 0.91, review: 'wrong' }),
  ]
  const lower = flipsOf(lookUps, 0.9, 0.82)
  assert.deepEqual([ids(lower.gained), ids(lower.lost)], [[2, 3], []])
  assert.deepEqual([lower.gainedWrong, lower.served, lower.servedWrong], [1, 4, 2])
  const higher = flipsOf(lookUps, 0.9, 0.93)
  assert.deepEqual([ids(higher.gained), ids(higher.lost)], [[], [5]])
  assert.deepEqual([higher.lostWrong, higher.served, higher.servedWrong], [1, 1, 0])
  assert.deepEqual(ids(flipsOf(lookUps, null, 0.9).gained), [5, 1])
})

test('flips there and back are the same look-ups, and none flips where nothing changes', () => {
  const threshold = fc.double({ min: 0, max: 1, noNaN: true })
  fc.assert(
    fc.property(fc.array(anyLookUp), threshold, threshold, (lookUps, from, to) => {
      const there = flipsOf(lookUps, from, to)
      const back = flipsOf(lookUps, to, from)
      assert.deepEqual(ids(there.gained).sort(), ids(back.lost).sort())
      assert.deepEqual(ids(there.lost).sort(), ids(back.gained).sort())
      assert.ok(there.gained.length === 0 || there.lost.length === 0)
      const before = lookUps.filter((each) => isServed(each, from)).length
      assert.equal(before + there.gained.length - there.lost.length, there.served)
      const { gained, lost } = flipsOf(lookUps, from, from)
      assert.equal(gained.length + lost.length, 0)
    }),
  )
})

test('every look-up stands in one column, the one of its similarity', () => {
  const [low, , high] = columnsOf([lookUp({ similarity: 0.2 }), lookUp({ similarity: 1 })], 0.7, 3)
  assert.deepEqual([low!.total, high!.total, high!.counts.unknown], [1, 1, 1])
  const edge = columnsOf([lookUp({ similarity: 0.8 })], 0.5, 50).findIndex(({ total }) => total === 1)
  assert.equal(edge, 30, 'the edge belongs to the column that begins there')
  fc.assert(
    fc.property(fc.array(anyLookUp), fc.integer({ min: 1, max: 60 }), (lookUps, count) => {
      const start = axisStart(lookUps, [0.75])
      const columns = columnsOf(lookUps, start, count)
      assert.equal(
        columns.reduce((sum, { total }) => sum + total, 0),
        lookUps.length,
      )
      for (const { counts, total } of columns)
        assert.equal(
          Object.values(counts).reduce((sum, each) => sum + each, 0),
          total,
        )
    }),
  )
})

test('the axis begins at a tenth below everything', () => {
  assert.equal(axisStart([], [0.75]), 0.7)
  assert.equal(axisStart([], [0.98]), 0.9)
  assert.equal(axisStart([lookUp({ similarity: 0.42 })], [0.95]), 0.4)
  assert.equal(axisStart([lookUp({ similarity: -0.1 })], [0.95]), 0)
})

test('thresholds are told to half a hundredth', () => {
  assert.equal(toStep(0.8234), 0.825)
  assert.equal(toStep(0.1 + 0.2), 0.3)
  assert.equal(toStep(1), 1)
})
