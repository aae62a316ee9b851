import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { MetricSpec } from '../../server/core/metric-verdict.ts'
import { BlockBuilder } from '../../server/statistics/blocks.ts'
import { evidenceOf } from '../../server/statistics/evidence-of.ts'
import { sideErrors } from '../../server/statistics/levels.ts'
import { outlookOf, roughly } from '../../server/statistics/more-pairs.ts'
import { SeededRandom } from '../../server/statistics/random.ts'
import { OFF_THE_BAR } from '../statistics-simulation/scenarios.ts'
import { runOnce } from '../statistics-simulation/simulate.ts'

const ERRORS = sideErrors(0.05, 1)
const SUCCESS: MetricSpec = { id: 'success', label: 'Success', shape: 'bounded', better: 'higher', margin: 0.02 }

function outlook(spec: MetricSpec, pairs: readonly (readonly [number, number])[]) {
  const builder = new BlockBuilder()
  for (const [baseline, candidate] of pairs) builder.addPair(baseline, candidate)
  return outlookOf(evidenceOf(spec, builder.blocks(), false), pairs.length, ERRORS)
}

test('of ties alone it can be worked out, and little more is asked for than it takes', () => {
  const pairs = (count: number) => Array.from({ length: count }, () => [1, 1] as const)
  const shown = (count: number) => {
    const builder = new BlockBuilder()
    for (const [baseline, candidate] of pairs(count)) builder.addPair(baseline, candidate)
    return evidenceOf(SUCCESS, builder.blocks(), false).above(0, ERRORS.nonInferior)
  }
  const needed = Array.from({ length: 500 }, (_, count) => count).find(shown)!
  const told = outlook(SUCCESS, pairs(100))!
  assert.equal(told.heading, 'non-inferior')
  assert.ok(100 + told.more >= needed && 100 + told.more < 1.25 * needed, `${told.more} after 100, of ${needed}`)
})

test('a difference on the bar, and no pairs at all, cannot be told', () => {
  const onBar = Array.from({ length: 500 }, (_, pair) => (pair % 50 === 0 ? ([1, 0] as const) : ([1, 1] as const)))
  assert.equal(outlook(SUCCESS, onBar), null)
  assert.equal(outlook(SUCCESS, []), null)
})

test('it is heading where the difference points', () => {
  const worse = Array.from({ length: 60 }, (_, pair) => (pair % 8 === 0 ? ([1, 0] as const) : ([1, 1] as const)))
  assert.equal(outlook(SUCCESS, worse)!.heading, 'worse')
  const slower = Array.from({ length: 12 }, (_, pair) => [100, pair % 4 === 0 ? 100 : 130] as const)
  assert.equal(outlook({ ...SUCCESS, shape: 'ratio-p50', better: 'lower' }, slower)!.heading, 'worse')
})

test('half-way to the answer forecasts come true about four times in five, and are not idle', () => {
  for (const { truth, ...scenario } of OFF_THE_BAR.filter(({ candidateShare }) => candidateShare === null)) {
    const ends = Array.from({ length: 24 }, (_, seed) => {
      const path = runOnce(scenario, seed)
      return (truth === 'worse' ? path.worse : path.nonInferior) ?? Infinity
    })
    const middle = ends.toSorted((one, other) => one - other)[12]!
    const looked = Math.ceil(middle / 2)
    const told = ends.flatMap((end, seed) => {
      const random = new SeededRandom(seed)
      const pairs = Array.from({ length: looked }, () => scenario.draw(random))
      const forecast = end > looked ? outlook(scenario.spec, pairs) : null
      return forecast === null ? [] : [{ cameTrue: end <= looked + forecast.more, more: forecast.more }]
    })
    const cameTrue = told.filter((each) => each.cameTrue).length / told.length
    const typical = told.map(({ more }) => more).sort((one, other) => one - other)[told.length >> 1]!
    assert.ok(told.length >= 12, `${scenario.name}: told only ${told.length}`)
    assert.ok(cameTrue > 0.65, `${scenario.name}: ${cameTrue}`)
    assert.ok(typical < 8 * (middle - looked), `${scenario.name}: ${typical} where ${middle - looked} were left`)
  }
})

test('rough numbers have two digits and are not too small', () => {
  assert.deepEqual(
    [1, 9, 42, 99, 100, 101, 1234, 98_765, 999_999].map(roughly),
    [1, 9, 42, 99, 100, 110, 1300, 99_000, 1_000_000],
  )
})
