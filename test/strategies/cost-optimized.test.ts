import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { QualityPolicy, Target } from '../../server/core/policy.ts'
import type { QualitySignal, Signals } from '../../server/core/signals.ts'
import { costOptimized } from '../../server/strategies/cost-optimized.ts'
import { NO_SCORES, names, questionOf, targetsOf } from './question.ts'

interface Known {
  cost: number | null
  quality?: QualitySignal
}

const scored = (mean: number, lower: number, upper: number, samples = 50): QualitySignal => ({
  mean,
  lower,
  upper,
  samples,
})
const GOOD = scored(0.91, 0.84, 0.95)
const DOUBTFUL = scored(0.82, 0.74, 0.88)
const BAD = scored(0.4, 0.3, 0.5)

function signalsOf(known: readonly Known[]): Partial<Signals> {
  const of = (target: Target) => known[target.model.charCodeAt(0) - 97]!
  return {
    expectedCostNano: (target) => of(target).cost,
    quality: (_, target) => of(target).quality ?? NO_SCORES,
  }
}

/** Asks about targets a, b, c …; nothing is explored unless told. */
function order(known: readonly Known[], quality: Partial<QualityPolicy> = {}, id = 'req_1') {
  const asked = { id, quality: { bar: 0.8, minSamples: 20, explore: 0, ...quality }, signals: signalsOf(known) }
  return costOptimized.order(questionOf(targetsOf(...known.map(() => 1)), asked))
}

test('what meets the bar comes by cost, then what may meet it by cost, then what fails it by score', () => {
  const known = [
    { cost: 900, quality: GOOD },
    { cost: 100, quality: GOOD },
    { cost: 80, quality: DOUBTFUL },
    { cost: 10 },
    { cost: 5, quality: BAD },
    { cost: 1, quality: { ...BAD, mean: 0.3 } },
  ]
  assert.equal(names(order(known)), 'badcef')
})

test('few scores prove nothing, neither good nor bad', () => {
  const known = [
    { cost: 5, quality: scored(0, 0, 0.1, 19) },
    { cost: 9, quality: scored(1, 0.9, 1, 19) },
    { cost: 50, quality: scored(1, 0.9, 1, 20) },
  ]
  assert.equal(names(order(known)), 'cab')
})

test('where no quality is asked for the cheapest is first, whatever it scored', () => {
  const known = [{ cost: 20, quality: GOOD }, { cost: 10, quality: BAD }, { cost: 0 }, { cost: null }]
  const ranked = order(known, { bar: 0, explore: 1 })
  assert.equal(names(ranked), 'cbad')
  assert.deepEqual(
    ranked.map(({ why }) => why),
    ['$0 expected', '$0.000000010 expected', '$0.000000020 expected', 'price unknown'],
  )
})

test('what has no known price counts as the most expensive, and equals keep the order of the file', () => {
  const known = [{ cost: null }, { cost: 7 }, { cost: null }, { cost: 7 }].map((each) => ({ ...each, quality: GOOD }))
  assert.equal(names(order(known)), 'bdac')
})

test('a share of the requests tries a cheaper target of which too little is known', () => {
  const known = [{ cost: 100, quality: GOOD }, { cost: 10 }, { cost: 20, quality: DOUBTFUL }, { cost: 500 }]
  const orders = Array.from({ length: 5000 }, (_, index) => names(order(known, { explore: 0.1 }, `req_${index}`)))
  const share = (wanted: string) => (100 * orders.filter((each) => each === wanted).length) / orders.length
  assert.ok(Math.abs(share('abcd') - 90) < 1.5, `${share('abcd')} %`)
  assert.ok(Math.abs(share('bacd') - 5) < 1, `${share('bacd')} %`)
  assert.ok(Math.abs(share('cabd') - 5) < 1, `${share('cabd')} %`)
})

test('nothing is explored where no cheaper target is unsure, or no share is set aside for it', () => {
  const known = [{ cost: 100, quality: GOOD }, { cost: 500 }, { cost: null }, { cost: 1, quality: BAD }]
  for (let request = 0; request < 200; request += 1)
    assert.equal(names(order(known, { explore: 1 }, `req_${request}`)), 'abcd')
  const cheaper = [{ cost: 100, quality: GOOD }, { cost: 10 }]
  for (let request = 0; request < 200; request += 1) assert.equal(names(order(cheaper, {}, `req_${request}`)), 'ab')
})

test('the reasons give cost, score and its bounds, and what follows from them', () => {
  const known = [
    { cost: 420_000, quality: GOOD },
    { cost: 1_200_000_000, quality: DOUBTFUL },
    { cost: null, quality: scored(1, 0.4, 1, 3) },
    { cost: 12_345_678, quality: BAD },
  ]
  const whys = order(known).map(({ why }) => why)
  assert.deepEqual(whys, [
    '$0.00042 expected, score 0.91 (0.84–0.95) meets 0.8',
    '$1.20 expected, score 0.82 (0.74–0.88) may or may not meet 0.8',
    'price unknown, 3 of 20 scores needed to judge it',
    '$0.012 expected, score 0.40 (0.30–0.50) fails 0.8',
  ])
  const explored = order([{ cost: 900, quality: GOOD }, { cost: 5 }], { explore: 1 })
  assert.equal(explored[0]!.why, 'explored: $0.0000000050 expected, 0 of 20 scores needed to judge it')
})

test('no target that meets the bar ever stands behind one that does not, but for the one that is explored', () => {
  const knowns = fc.array(
    fc.record({
      cost: fc.option(fc.nat(1000)),
      quality: fc.constantFrom(GOOD, DOUBTFUL, BAD, NO_SCORES),
    }),
    { minLength: 1, maxLength: 8 },
  )
  fc.assert(
    fc.property(knowns, fc.constantFrom(0, 0.5, 1), fc.string(), (known, explore, id) => {
      const rank = (why: string) => (/ meets /.test(why) ? 0 : / fails /.test(why) ? 2 : 1)
      const ranked = order(known, { explore }, id)
      const ranks = ranked.filter(({ why }) => !why.startsWith('explored')).map(({ why }) => rank(why))
      assert.deepEqual(ranks, [...ranks].sort())
      assert.ok(ranked.slice(1).every(({ why }) => !why.startsWith('explored')))
    }),
  )
})
