import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SeededRandom } from '../../server/statistics/random.ts'

/** The published recurrences, written with whole numbers that cannot overflow. */
function reference(seed: number, count: number): number[] {
  const mask = 0xffffffffn
  const rotated = (value: bigint, by: bigint) => ((value << by) | (value >> (32n - by))) & mask
  let mixing = BigInt(seed)
  const state = Array.from({ length: 4 }, () => {
    mixing = (mixing + 0x9e3779b9n) & mask
    let mixed = mixing
    mixed = ((mixed ^ (mixed >> 16n)) * 0x21f0aaadn) & mask
    mixed = ((mixed ^ (mixed >> 15n)) * 0x735a2d97n) & mask
    return mixed ^ (mixed >> 15n)
  })
  return Array.from({ length: count }, () => {
    const result = (rotated((state[1]! * 5n) & mask, 7n) * 9n) & mask
    const shifted = (state[1]! << 9n) & mask
    state[2]! ^= state[0]!
    state[3]! ^= state[1]!
    state[1]! ^= state[2]!
    state[0]! ^= state[3]!
    state[2]! ^= shifted
    state[3] = rotated(state[3]!, 11n)
    return Number(result) / 2 ** 32
  })
}

test('it draws what the published generator draws', () => {
  for (const seed of [0, 1, 42, 2 ** 32 - 1]) {
    const random = new SeededRandom(seed)
    const drawn = Array.from({ length: 1000 }, () => random.next())
    assert.deepEqual(drawn, reference(seed, 1000))
  }
})

test('whole numbers fall evenly, and near seeds have nothing in common', () => {
  const random = new SeededRandom(7)
  const counts = new Array<number>(10).fill(0)
  for (let draw = 0; draw < 100_000; draw += 1) counts[random.below(10)]! += 1
  // Five standard deviations of a binomial count.
  for (const count of counts) assert.ok(Math.abs(count - 10_000) < 5 * Math.sqrt(9000), counts.join(' '))

  const [one, other] = [new SeededRandom(8), new SeededRandom(9)]
  const products = Array.from({ length: 10_000 }, () => (one.next() - 0.5) * (other.next() - 0.5))
  const correlation = products.reduce((sum, value) => sum + value, 0) / products.length / (1 / 12)
  assert.ok(Math.abs(correlation) < 0.05, String(correlation))
})
