import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type Block, Matcher } from '../../server/statistics/matcher.ts'
import { SeededRandom } from '../../server/statistics/random.ts'

/** Blocks of so many replies, of which about the share is the candidate's; values count up in each arm. */
function matched(share: number, length: number, seed: number) {
  const random = new SeededRandom(seed)
  const matcher = new Matcher()
  const next = { baseline: 0, candidate: 0 }
  const blocks: Block[] = []
  for (let reply = 0; reply < length; reply += 1) {
    const arm = random.next() < share ? 'candidate' : 'baseline'
    const block = matcher.push(arm, next[arm])
    next[arm] += 1
    if (block !== null) blocks.push(block)
  }
  return { blocks, seen: next }
}

test('replies are taken in their order, none twice and none left out', () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(400), fc.nat(), (share, length, seed) => {
      const { blocks } = matched(share, length, seed)
      for (const arm of ['baseline', 'candidate'] as const) {
        const taken = blocks.flatMap((block) => block[arm])
        assert.deepEqual(taken, [...taken.keys()])
        assert.ok(blocks.every((block) => block[arm].length > 0))
      }
    }),
  )
})

test('nearly all replies find a block, whatever the share', () => {
  for (const share of [0.01, 0.05, 0.25, 0.5, 0.7, 0.95]) {
    const { blocks, seen } = matched(share, 20_000, 3)
    const fewer = Math.min(seen.baseline, seen.candidate)
    assert.ok(blocks.length > 0.9 * fewer - 20, `${share}: ${blocks.length} of ${fewer}`)
    for (const arm of ['baseline', 'candidate'] as const)
      assert.ok(blocks.flatMap((block) => block[arm]).length > 0.9 * seen[arm] - 20, `${share} ${arm}`)
  }
})

test('when a block closes does not depend on what the replies hold', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), fc.double({ min: 0, max: 1, noNaN: true }))), (replies) => {
      const [one, other] = [new Matcher(), new Matcher()]
      for (const [candidate, value] of replies) {
        const arm = candidate ? 'candidate' : 'baseline'
        const [here, there] = [one.push(arm, value), other.push(arm, 0)]
        assert.deepEqual(
          [here?.baseline.length, here?.candidate.length],
          [there?.baseline.length, there?.candidate.length],
        )
      }
    }),
  )
})
