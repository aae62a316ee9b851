import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatMeasured, rowAt, rowsOf, sizesOf } from '../../renderer/cache/measured.ts'
import type { MeasuredQuality } from '../../server/http/admin/schemas.ts'

const measured: MeasuredQuality = {
  embedder: 'x-1',
  threshold: 0.5,
  guard: 'strict',
  sets: [
    { name: 'one', edits: 2, variants: 3 },
    { name: 'two', edits: 20, variants: 30 },
  ],
  rows: [
    { guard: 'strict', threshold: 0.9, wrong: 0, recall: 0.5 },
    { guard: 'strict', threshold: 0.5, wrong: 0.1, recall: 0.9 },
    { guard: 'none', threshold: 0.5, wrong: 1, recall: 1 },
  ],
}

test('what was measured is read at the nearest threshold that serves no less', () => {
  assert.equal(rowAt(measured, 'strict', 0.495), null)
  assert.equal(rowAt(measured, 'strict', 0.5)!.recall, 0.9)
  assert.equal(rowAt(measured, 'strict', 0.895)!.recall, 0.9)
  assert.equal(rowAt(measured, 'strict', 0.9)!.recall, 0.5)
  assert.equal(rowAt(measured, 'none', 1)!.recall, 1)
  assert.deepEqual(
    rowsOf(measured, 'strict').map(({ threshold }) => threshold),
    [0.5, 0.9],
  )
  assert.deepEqual(sizesOf(measured), { edits: 22, variants: 33 })
})

test('only all and nothing are whole percentages', () => {
  assert.deepEqual([0, 0.000216, 0.0606, 0.99007, 0.99996, 1].map(formatMeasured), [
    '0%',
    '0.02%',
    '6.1%',
    '99.0%',
    '99.9%',
    '100%',
  ])
})
