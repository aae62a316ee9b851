import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { bestThreshold, nominalAgreement, ordinalAgreement, type RatingPair } from '../../server/core/agreement.ts'
import { Random } from '../cache-eval/random.ts'

const times = <Value>(count: number, value: Value): Value[] => new Array(count).fill(value)
const near = (one: number, other: number, by = 1e-9) => assert.ok(Math.abs(one - other) <= by, `${one}, not ${other}`)

/** By leaving out one pair at a time (Tukey 1958): owes nothing to the formula. */
function jackknifeError<Pair>(kappaOf: (pairs: readonly Pair[]) => number, pairs: readonly Pair[]): number {
  const kappas = pairs.map((_, left) => kappaOf(pairs.filter((_, at) => at !== left)))
  const mean = kappas.reduce((sum, kappa) => sum + kappa, 0) / kappas.length
  const squares = kappas.reduce((sum, kappa) => sum + (kappa - mean) ** 2, 0)
  return Math.sqrt((squares * (kappas.length - 1)) / kappas.length)
}

/** Grades of 1 to 5 by two who mostly agree. */
function grades(random: Random, count: number): RatingPair<number>[] {
  return Array.from({ length: count }, () => {
    const one = 1 + random.below(5)
    return [one, Math.min(5, Math.max(1, one + random.below(3) - 1))] as const
  })
}

describe('agreement of labels', () => {
  const pairs: RatingPair<string>[] = [
    ...times(20, ['yes', 'yes'] as const),
    ...times(5, ['yes', 'no'] as const),
    ...times(10, ['no', 'yes'] as const),
    ...times(15, ['no', 'no'] as const),
  ]

  it('is beyond chance: 0.7 the same, 0.5 expected, so 0.4', () => {
    const { pairs: count, same, kappa, interval, counts } = nominalAgreement(pairs)
    assert.equal(count, 50)
    near(same, 0.7)
    near(kappa!, 0.4)
    near(interval![1] - kappa!, kappa! - interval![0])
    near(
      (interval![1] - kappa!) / 1.96,
      jackknifeError((some) => nominalAgreement(some).kappa!, pairs),
      0.005,
    )
    assert.deepEqual(counts[0], { one: 'yes', other: 'yes', count: 20 })
    assert.deepEqual(
      counts.map(({ count }) => count),
      [20, 15, 10, 5],
    )
  })

  it('is 1 for the same, -1 for the opposite, 0 for chance', () => {
    const [yes, no] = [true, false]
    assert.equal(
      nominalAgreement([
        [yes, yes],
        [no, no],
      ]).kappa,
      1,
    )
    near(
      nominalAgreement([
        [yes, no],
        [no, yes],
      ]).kappa!,
      -1,
    )
    near(
      nominalAgreement([
        [yes, yes],
        [yes, no],
        [no, yes],
        [no, no],
      ]).kappa!,
      0,
    )
  })

  it('is not defined where chance alone would agree', () => {
    for (const [some, same] of [
      [[], 0],
      [times(9, ['a', 'a'] as const), 1],
    ] as const)
      assert.deepEqual(
        { ...nominalAgreement(some), counts: [] },
        { pairs: some.length, same, kappa: null, interval: null, counts: [] },
      )
    assert.equal(ordinalAgreement([[3, 3]]).kappa, null)
  })
})

describe('agreement of grades', () => {
  it('counts a miss by the square of its size', () => {
    const base: RatingPair<number>[] = [1, 2, 3, 4, 5].flatMap((grade) => times(10, [grade, grade] as const))
    const kappaWith = (pair: RatingPair<number>) => ordinalAgreement([...base, pair]).kappa!
    assert.ok(kappaWith([3, 3]) > kappaWith([3, 4]) && kappaWith([3, 4]) > kappaWith([3, 5]))
    // Σ d² p over Σ d² p p: one miss by 2 among 51, and variances 2 and about 2.
    const expected = 1 - 4 / 51 / expectedSquare([...base, [3, 5]])
    near(kappaWith([3, 5]), expected)
  })

  it('is that of labels where there are only two', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(1), fc.nat(1)), { minLength: 1, maxLength: 40 }), (pairs) => {
        const [labels, graded] = [nominalAgreement(pairs), ordinalAgreement(pairs)]
        if (labels.kappa === null) assert.equal(graded.kappa, null)
        else near(graded.kappa!, labels.kappa)
      }),
    )
  })

  it('has an interval that holds the truth 95 times of 100', (t) => {
    const random = new Random(7)
    const truth = ordinalAgreement(grades(random, 100_000)).kappa!
    const rounds = 600
    let held = 0
    for (let round = 0; round < rounds; round++) {
      const [low, high] = ordinalAgreement(grades(random, 60)).interval!
      if (low <= truth && truth <= high) held++
    }
    t.diagnostic(
      `kappa ${truth.toFixed(3)}; held in ${((100 * held) / rounds).toFixed(1)} % of ${rounds} samples of 60`,
    )
    assert.ok(held / rounds > 0.92 && held / rounds < 0.98)
    const some = grades(random, 150)
    const { kappa, interval } = ordinalAgreement(some)
    near(
      (interval![1] - kappa!) / 1.96,
      jackknifeError((each) => ordinalAgreement(each).kappa!, some),
      0.003,
    )
  })

  it('does not change when raters change places, or the scale its zero and size', () => {
    const pairs = grades(new Random(3), 80)
    const { kappa, interval } = ordinalAgreement(pairs)
    for (const other of [
      pairs.map(([one, two]) => [two, one] as const),
      pairs.map(([one, two]) => [one * 20 - 7, two * 20 - 7] as const),
    ]) {
      const changed = ordinalAgreement(other)
      near(changed.kappa!, kappa!)
      near(changed.interval![0], interval![0])
    }
  })
})

function expectedSquare(pairs: readonly RatingPair<number>[]): number {
  const squares = pairs.flatMap(([one]) => pairs.map(([, other]) => (one - other) ** 2))
  return squares.reduce((sum, square) => sum + square, 0) / squares.length
}

describe('the best threshold', () => {
  const scored = (good: readonly number[], others: readonly number[]) => [
    ...good.map((score) => ({ score, good: true })),
    ...others.map((score) => ({ score, good: false })),
  ]

  it('lies between the good and the others', () => {
    const { threshold, sensitivity, specificity } = bestThreshold(scored([0.9, 0.8], [0.1, 0.4]))!
    near(threshold, 0.6)
    assert.deepEqual([sensitivity, specificity], [1, 1])
  })

  it('gives up some of either where they overlap', () => {
    const { threshold, sensitivity, specificity } = bestThreshold(scored([0.9, 0.8, 0.7, 0.2], [0.1, 0.15, 0.3, 0.75]))!
    near(threshold, 0.5)
    assert.deepEqual([sensitivity, specificity], [0.75, 0.75])
  })

  it('is no worse than any other, whatever the scores', () => {
    const numbers = fc.array(
      fc.integer({ min: 0, max: 10 }).map((number) => number / 10),
      { minLength: 1, maxLength: 20 },
    )
    fc.assert(
      fc.property(numbers, numbers, (good, others) => {
        const best = bestThreshold(scored(good, others))!
        const shareFrom = (some: readonly number[], least: number) =>
          some.filter((score) => score >= least).length / some.length
        near(best.sensitivity, shareFrom(good, best.threshold))
        near(best.specificity, 1 - shareFrom(others, best.threshold))
        for (const least of [...good, ...others, 2])
          assert.ok(shareFrom(good, least) - shareFrom(others, least) <= best.sensitivity + best.specificity - 1 + 1e-9)
      }),
    )
  })

  it('needs some of both', () => {
    for (const one of [scored([1], []), scored([], [1]), []]) assert.equal(bestThreshold(one), null)
  })
})
