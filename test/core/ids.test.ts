import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newRequestId, newSpanId, newTraceId, requestIdFloor, requestIdTime } from '../../server/core/ids.ts'

const MANY = 100_000
const NOW = Date.UTC(2026, 0, 31)

test('a hundred thousand ids of one millisecond have the right shape and are all different', () => {
  const kinds = [
    { make: () => newRequestId(NOW), shape: /^req_[0-9a-f]{28}$/ },
    { make: () => newTraceId(NOW), shape: /^[0-9a-f]{32}$/ },
    { make: newSpanId, shape: /^[0-9a-f]{16}$/ },
  ]
  for (const { make, shape } of kinds) {
    const ids = new Set<string>()
    for (let count = 0; count < MANY; count += 1) ids.add(make())
    assert.equal(ids.size, MANY)
    for (const id of ids) assert.match(id, shape)
  }
})

test('request ids sort by the millisecond in which they were made', () => {
  const moments = [0, 1, 15, 16, 255, NOW - 1, NOW, NOW + 0.75, NOW + 1, NOW * 10]
  const ids = moments.map(newRequestId)
  assert.deepEqual(
    ids.map(requestIdTime),
    moments.map((moment) => Math.floor(moment)),
  )
  const byTime = (left: string, right: string) => requestIdTime(left) - requestIdTime(right)
  assert.deepEqual([...ids].sort().map(requestIdTime), [...ids].sort(byTime).map(requestIdTime))
})

test('every id of a moment lies at or above its floor and below the next one', () => {
  for (let count = 0; count < 1000; count += 1) {
    const id = newRequestId(NOW + 0.5)
    assert.ok(id >= requestIdFloor(NOW))
    assert.ok(id < requestIdFloor(NOW + 1))
  }
})

test('a trace id begins with its time, and its random part is never all zero', () => {
  const id = newTraceId(NOW)
  assert.equal(Number.parseInt(id.slice(0, 12), 16), NOW)
  assert.notEqual(id.slice(12), '0'.repeat(20))
})
