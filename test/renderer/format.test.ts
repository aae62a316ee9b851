import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as format from '../../renderer/format.ts'

test('an unknown cost is a dash and never zero', () => {
  assert.equal(format.formatCost(null), '—')
  assert.equal(format.formatCost(0), '$0')
  assert.equal(format.formatSum(0), '—')
  assert.equal(format.formatSum(1.5), '$1.50')
})

test('costs keep two digits that mean something', () => {
  const cases: [number, string][] = [
    [0.0000001, '<$0.000001'],
    [0.0000123, '$0.000012'],
    [0.00042, '$0.00042'],
    [0.0096, '$0.0096'],
    [0.0184, '$0.018'],
    [1.5, '$1.50'],
    [12345.678, '$12,345.68'],
  ]
  for (const [value, text] of cases) assert.equal(format.formatCost(value), text)
})

test('durations change their unit with their size', () => {
  const cases: [number | null, string][] = [
    [null, '—'],
    [0, '0 ms'],
    [0.42, '0.4 ms'],
    [412.4, '412 ms'],
    [999.6, '1.00 s'],
    [4123, '4.12 s'],
    [9999, '10.0 s'],
    [12_345, '12.3 s'],
    [59_990, '1 m 00 s'],
    [125_000, '2 m 05 s'],
    [3_720_000, '1 h 02 m'],
  ]
  for (const [value, text] of cases) assert.equal(format.formatDuration(value), text)
  assert.equal(format.formatTick(2000), '2 s')
  assert.equal(format.formatTick(1500), '1.5 s')
  assert.equal(format.formatTick(100), '100 ms')
})

test('large counts are shortened to three digits', () => {
  const cases: [number | null, string][] = [
    [null, '—'],
    [0, '0'],
    [999, '999'],
    [1000, '1k'],
    [1240, '1.24k'],
    [120_000, '120k'],
    [999_600, '1M'],
    [18_300_000, '18.3M'],
  ]
  for (const [value, text] of cases) assert.equal(format.formatShort(value), text)
})

test('a share of nothing is unknown, and a small one is not rounded away', () => {
  assert.equal(format.formatShare(0, 0), '—')
  assert.equal(format.formatShare(0, 10), '0%')
  assert.equal(format.formatShare(1, 1000), '0.1%')
  assert.equal(format.formatShare(1, 4), '25%')
})

test('ages are coarse', () => {
  const now = Date.parse('2026-01-02T00:00:00Z')
  assert.equal(format.formatAgo('2026-01-01T23:59:58Z', now), 'just now')
  assert.equal(format.formatAgo('2026-01-01T23:59:20Z', now), '40 s ago')
  assert.equal(format.formatAgo('2026-01-01T23:48:00Z', now), '12 m ago')
  assert.equal(format.formatAgo('2026-01-01T21:00:00Z', now), '3 h ago')
})
