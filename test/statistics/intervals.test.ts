import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { MetricShape, MetricSpec } from '../../server/core/metric-verdict.ts'
import { BlockBuilder, type Blocks } from '../../server/statistics/blocks.ts'
import { boundsOf, shownAt } from '../../server/statistics/evidence.ts'
import { evidenceOf } from '../../server/statistics/evidence-of.ts'
import { SeededRandom } from '../../server/statistics/random.ts'
import { type DrawPair, logNormalTimes, paretoTimes, skewedScores, votes } from '../statistics-simulation/draws.ts'
import { firstBlocks } from '../statistics-simulation/simulate.ts'

const ERRORS = { nonInferior: 0.025, worse: 0.025 }

const KINDS: readonly { shape: MetricShape; draw: DrawPair; truth: number }[] = [
  { shape: 'bounded', draw: votes(0.3, 0.3), truth: 0 },
  { shape: 'bounded', draw: votes(0.5, 0.2), truth: -0.3 },
  { shape: 'bounded', draw: votes(0.01, 0.01), truth: 0 },
  { shape: 'bounded', draw: skewedScores(0.1), truth: -0.08 },
  { shape: 'ratio-p50', draw: logNormalTimes(1.5, 0.5), truth: 1.5 },
  { shape: 'ratio-p50', draw: paretoTimes(0.9), truth: 0.9 },
  { shape: 'ratio-p95', draw: logNormalTimes(1, 0.5), truth: 1 },
  { shape: 'ratio-p95', draw: paretoTimes(1.6), truth: 1.6 },
]

const samples = fc.record({
  kind: fc.constantFrom(...KINDS),
  seed: fc.nat(1e6),
  count: fc.constantFrom(1, 30, 400, 1500),
  margin: fc.constantFrom(0, 0.02, 0.1, 0.3),
})

function pairsOf(draw: DrawPair, count: number, seed: number): Blocks {
  const random = new SeededRandom(seed)
  const builder = new BlockBuilder()
  for (let pair = 0; pair < count; pair += 1) builder.addPair(...draw(random))
  return builder.blocks()
}

function specOf(shape: MetricShape, margin: number): MetricSpec {
  return { id: 'metric', label: 'Metric', shape, margin, better: shape === 'bounded' ? 'higher' : 'lower' }
}

function interval(spec: MetricSpec, blocks: Blocks): { lower: number; upper: number } {
  const evidence = evidenceOf(spec, blocks, false)
  const { lower, upper } = boundsOf(evidence, ERRORS)
  return {
    lower: lower === null ? -Infinity : evidence.valueAt(lower),
    upper: upper === null ? Infinity : evidence.valueAt(upper),
  }
}

test('the answers agree with the interval', () => {
  const seen = { nonInferior: 0, worse: 0, neither: 0 }
  fc.assert(
    fc.property(samples, ({ kind, seed, count, margin }) => {
      const spec = specOf(kind.shape, margin)
      const blocks = pairsOf(kind.draw, count, seed)
      const evidence = evidenceOf(spec, blocks, false)
      const shown = shownAt(boundsOf(evidence, ERRORS), evidence.goodAbove)
      const { lower, upper } = interval(spec, blocks)
      const bar = kind.shape === 'bounded' ? -margin : 1 + margin
      const [above, below] = [lower >= bar, upper <= bar]
      assert.deepEqual(
        shown,
        kind.shape === 'bounded' ? { nonInferior: above, worse: below } : { nonInferior: below, worse: above },
      )
      assert.equal(evidence.above(0, 0.025), above)
      assert.equal(evidence.below(0, 0.025), below)
      seen[shown.nonInferior ? 'nonInferior' : shown.worse ? 'worse' : 'neither'] += 1
    }),
  )
  for (const times of Object.values(seen)) assert.ok(times > 5, JSON.stringify(seen))
})

test('the interval never widens as pairs come', () => {
  fc.assert(
    fc.property(samples, ({ kind, seed, count, margin }) => {
      const blocks = pairsOf(kind.draw, count, seed)
      const spec = specOf(kind.shape, margin)
      let before = { lower: -Infinity, upper: Infinity }
      for (const part of [0.3, 0.6, 0.8, 1]) {
        const now = interval(spec, firstBlocks(blocks, Math.floor(count * part)))
        assert.ok(now.lower >= before.lower && now.upper <= before.upper)
        before = now
      }
    }),
  )
})

test('after a thousand pairs it holds the truth and the estimate in all but a few runs', () => {
  for (const { shape, draw, truth } of KINDS) {
    const missed = { truth: 0, estimate: 0 }
    for (let seed = 0; seed < 40; seed += 1) {
      const blocks = pairsOf(draw, 1000, seed)
      const spec = specOf(shape, 0.1)
      const { lower, upper } = interval(spec, blocks)
      const estimate = evidenceOf(spec, blocks, false).estimate!
      if (lower >= truth || upper <= truth) missed.truth += 1
      if (lower >= estimate || upper <= estimate) missed.estimate += 1
    }
    assert.ok(missed.truth <= 4 && missed.estimate <= 4, `${shape} ${truth}: ${JSON.stringify(missed)} of 40`)
  }
})

test('it is narrow enough to be of use', () => {
  const widths = KINDS.map(({ shape, draw }) => {
    const { lower, upper } = interval(specOf(shape, 0.1), pairsOf(draw, 1500, 1))
    return upper - lower
  })
  // Twice what a z interval for one look would be: votes 0.078, p50 about 0.1.
  assert.ok(widths[0]! < 0.16, String(widths))
  assert.ok(widths[2]! < 0.04, String(widths))
  assert.ok(widths[4]! < 0.25, String(widths))
  assert.ok(widths[6]! < 0.5, String(widths))
})

test('the ends hardly depend on where the bar lies', () => {
  for (const { shape, draw } of KINDS) {
    const blocks = pairsOf(draw, 1200, 3)
    const [one, other] = [0.02, 0.3].map((margin) => interval(specOf(shape, margin), blocks))
    for (const end of ['lower', 'upper'] as const)
      assert.ok(Math.abs(one![end] - other![end]) < 0.01, `${shape}: ${one![end]} and ${other![end]}`)
  }
})

test('which arm is called the baseline turns a bounded metric round', () => {
  const blocks = pairsOf(votes(0.4, 0.2), 800, 5)
  const turned = { ...blocks, baseline: blocks.candidate, candidate: blocks.baseline }
  const higher = interval({ ...specOf('bounded', 0), better: 'higher' }, blocks)
  const lower = interval({ ...specOf('bounded', 0), better: 'lower' }, turned)
  assert.deepEqual(higher, lower)
})
