import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { binsOf } from '../../server/statistics/bins.ts'
import { BlockBuilder, type Blocks } from '../../server/statistics/blocks.ts'
import { Capital, RARE_STAKES } from '../../server/statistics/capital.ts'
import { Matcher } from '../../server/statistics/matcher.ts'
import { QuantileOrder } from '../../server/statistics/quantile-order.ts'
import { SeededRandom } from '../../server/statistics/random.ts'
import { firstBlocks } from '../statistics-simulation/simulate.ts'

const STEP = 0.01

interface Traffic {
  seed: number
  length: number
  /** Of the candidate's times over the baseline's. */
  ratio: number
  zeros: number
  rounded: boolean
  paired: boolean
}

const traffic = fc.record({
  seed: fc.nat(1e6),
  length: fc.constantFrom(1, 250, 400, 600),
  ratio: fc.constantFrom(0.3, 0.5, 1, 2, 3),
  zeros: fc.constantFrom(0, 0.5, 0.96, 1),
  rounded: fc.boolean(),
  paired: fc.boolean(),
})

function blocksOf({ seed, length, ratio, zeros, rounded, paired }: Traffic): Blocks {
  const random = new SeededRandom(seed)
  const time = (scale: number) => {
    if (random.next() < zeros) return 0
    const value = (scale * 10) / (1 - random.next()) ** 0.4
    return rounded ? Math.round(value) : value
  }
  const builder = new BlockBuilder()
  const matcher = new Matcher()
  for (let index = 0; index < length; index += 1) {
    const [baseline, candidate] = [time(1), time(ratio)]
    if (paired) builder.addPair(baseline, candidate)
    else {
      const block = random.next() < 0.3 ? matcher.push('candidate', candidate) : matcher.push('baseline', baseline)
      if (block !== null) builder.add(block.baseline, block.candidate)
    }
  }
  return builder.blocks()
}

/** The order candidate → baseline, or with `turned` baseline → candidate. */
function orderOf(blocks: Blocks, turned: boolean, strict: boolean, error: number): QuantileOrder {
  const baseline = binsOf(blocks.baseline, blocks.baselineEnds, STEP)
  const candidate = binsOf(blocks.candidate, blocks.candidateEnds, STEP)
  return new QuantileOrder(turned ? baseline : candidate, turned ? candidate : baseline, { strict, error })
}

interface Arm {
  values: number[]
  ends: Int32Array
}

/** The same by its definition, at every threshold where anything changes and without a grid. */
function holdsByDefinition(small: Arm, large: Arm, strict: boolean, error: number): boolean {
  const refuted = (capital: Capital, values: readonly number[]) => values.some((value) => capital.push(value))
  return [...new Set([0, ...small.values, ...large.values])].every((t) => {
    const inSmall = (value: number) => (strict ? value >= t : value > t)
    const share = ({ values, ends }: Arm, block: number, counts: (value: number) => boolean) => {
      const own = values.slice(ends[block - 1] ?? 0, ends[block])
      return own.filter(counts).length / own.length
    }
    const few = new Capital({ target: 0.95, error: error / 4 })
    if (
      refuted(
        few,
        small.values.map((value) => (inSmall(value) ? 0 : 1)),
      )
    )
      return true
    const many = new Capital({ target: 0.05, error: error / 4, stakes: RARE_STAKES })
    if (
      refuted(
        many,
        large.values.map((value) => (value > t ? 1 : 0)),
      )
    )
      return true
    const differences = [...small.ends].map(
      (_, block) => 1 + share(large, block, (value) => value > t) - share(small, block, inSmall),
    )
    return refuted(new Capital({ target: 1, error: error / 2 }), differences)
  })
}

test('it shows what its definition shows, but for one step of the grid', () => {
  const seen = { shown: 0, open: 0 }
  fc.assert(
    fc.property(
      traffic,
      fc.boolean(),
      fc.boolean(),
      fc.integer({ min: -60, max: 60 }),
      (each, turned, strict, shift) => {
        const blocks = blocksOf(each)
        const baseline = { values: [...blocks.baseline], ends: blocks.baselineEnds }
        const candidate = { values: [...blocks.candidate], ends: blocks.candidateEnds }
        const [small, large] = turned ? [baseline, candidate] : [candidate, baseline]
        const scaled = (steps: number) => ({
          values: large.values.map((value) => value * Math.exp(steps * STEP)),
          ends: large.ends,
        })
        const holds = orderOf(blocks, turned, strict, 0.1).holds(shift)
        seen[holds ? 'shown' : 'open'] += 1
        // Half a step more or less keeps values off the edges, where rounding decides.
        if (holds) assert.ok(holdsByDefinition(small, scaled(shift + 0.5), strict, 0.1))
        else assert.ok(!holdsByDefinition(small, scaled(shift - 1.5), strict, 0.1))
      },
    ),
    { numRuns: 200 },
  )
  assert.ok(seen.shown > 5 && seen.open > 5, JSON.stringify(seen))
})

test('what is shown is shown for larger ratios too, and stays so as blocks come', () => {
  let shown = 0
  fc.assert(
    fc.property(
      traffic,
      fc.boolean(),
      fc.boolean(),
      fc.integer({ min: -100, max: 100 }),
      (each, turned, strict, shift) => {
        const blocks = blocksOf(each)
        const whole = orderOf(blocks, turned, strict, 0.1)
        for (const part of [0.5, 0.7, 0.9]) {
          const before = orderOf(firstBlocks(blocks, Math.floor(blocks.count * part)), turned, strict, 0.1)
          if (!before.holds(shift)) continue
          shown += 1
          assert.ok(whole.holds(shift))
          assert.ok(before.holds(shift + 3))
        }
      },
    ),
  )
  assert.ok(shown > 5, String(shown))
})

test('the error of several looks is that of one: at equal percentiles it is rarely shown, at other ones mostly', () => {
  const shownAt = (ratio: number) => {
    let shown = 0
    for (let seed = 0; seed < 100; seed += 1) {
      const blocks = blocksOf({ seed, length: 600, ratio, zeros: 0, rounded: false, paired: true })
      if (orderOf(blocks, false, false, 0.1).holds(0)) shown += 1
    }
    return shown
  }
  assert.ok(shownAt(1) <= 10)
  assert.ok(shownAt(0.6) >= 80)
})

test('two arms that are 0 throughout: not above each other, and not strictly below either', () => {
  const blocks = blocksOf({ seed: 1, length: 500, ratio: 1, zeros: 1, rounded: false, paired: true })
  assert.ok(orderOf(blocks, false, false, 0.05).holds(0))
  assert.ok(!orderOf(blocks, true, true, 0.05).holds(0))
})
