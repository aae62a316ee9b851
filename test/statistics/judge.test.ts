import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { ComparisonVerdict, MetricSpec } from '../../server/core/metric-verdict.ts'
import { type ComparisonQuestion, judgeComparison, type MetricColumns } from '../../server/statistics/judge.ts'
import { SeededRandom } from '../../server/statistics/random.ts'
import { type DrawPair, logNormalTimes, successes, votes } from '../statistics-simulation/draws.ts'

const SUCCESS: MetricSpec = { id: 'success', label: 'Success', shape: 'bounded', better: 'higher', margin: 0.02 }
const REFUSAL: MetricSpec = { id: 'refusal', label: 'Refusals', shape: 'bounded', better: 'lower', margin: 0.05 }
const LATENCY: MetricSpec = { id: 'latency', label: 'Latency', shape: 'ratio-p50', better: 'lower', margin: 0.1 }
const SLOWEST: MetricSpec = { id: 'slowest', label: 'Latency p95', shape: 'ratio-p95', better: 'lower', margin: 0.3 }
const SPECS = [SUCCESS, REFUSAL, LATENCY, SLOWEST]

function columns(spec: MetricSpec, draw: DrawPair, pairs: number, seed = 1): MetricColumns {
  const random = new SeededRandom(seed)
  const drawn = Array.from({ length: pairs }, () => draw(random))
  return { spec, baseline: drawn.map(([baseline]) => baseline), candidate: drawn.map(([, candidate]) => candidate) }
}

const alike = successes(0.95, 0.95, 0.04)

/** Each arm fails once in fifty pairs, never together. */
function evenly(pairs: number): MetricColumns {
  const failing = (at: number) => Array.from({ length: pairs }, (_, pair) => (pair % 50 === at ? 0 : 1))
  return { spec: SUCCESS, baseline: failing(7), candidate: failing(31) }
}

function all(question: ComparisonQuestion) {
  return judgeComparison({ resamples: 20, ...question }).all
}

test('a candidate that is as good by every metric is non-inferior, one worse metric makes it worse', () => {
  const metrics = [
    columns(SUCCESS, alike, 3000),
    columns(LATENCY, logNormalTimes(1, 0.5), 3000),
    columns(SLOWEST, logNormalTimes(1, 0.5), 3000),
  ]
  const good = all({ pairs: 3000, metrics })
  assert.equal(good.answer, 'non-inferior', good.why)
  assert.equal(good.why, 'Non-inferior by every metric that decides: Success, Latency, Latency p95.')
  const bad = all({ pairs: 3000, metrics: [...metrics, columns(REFUSAL, successes(0.05, 0.3, 0.6), 3000)] })
  assert.equal(bad.answer, 'worse')
  assert.equal(bad.why, 'Worse by Refusals.')
  assert.equal(bad.metrics[3]!.why.startsWith('At least 0.1'), true, bad.metrics[3]!.why)
  assert.equal(bad.morePairs, null)
})

test('an undecided metric keeps the others waiting and says for how long', () => {
  const verdict = all({
    pairs: 200,
    metrics: [evenly(200), columns(LATENCY, logNormalTimes(0.3, 0.5), 200)],
  })
  assert.deepEqual(
    verdict.metrics.map(({ answer }) => answer),
    ['not-enough-data', 'non-inferior'],
  )
  assert.equal(verdict.answer, 'not-enough-data')
  assert.ok(verdict.morePairs! > 50 && verdict.morePairs! < 2000, String(verdict.morePairs))
  assert.equal(verdict.morePairs, verdict.metrics[0]!.morePairs)
  assert.ok(verdict.why.includes(`about ${verdict.morePairs!.toLocaleString('en-US')} more pairs`), verdict.why)
})

test('a metric without a margin is shown and decides nothing', () => {
  const shown = { ...columns(LATENCY, logNormalTimes(3, 0.5), 500), spec: { ...LATENCY, margin: null } }
  const verdict = all({ pairs: 500, metrics: [shown] })
  assert.equal(verdict.metrics[0]!.answer, null)
  assert.equal(verdict.metrics[0]!.bar, null)
  assert.ok(verdict.metrics[0]!.interval!.lower! > 2)
  assert.deepEqual(verdict.decisive, [])
  assert.equal(verdict.answer, 'not-enough-data')
  assert.equal(verdict.why, 'No metric has a margin, so nothing can be decided.')
})

test('an optional metric holds nothing up until a pair has it, and then counts like any other', () => {
  const success = columns(SUCCESS, alike, 3000)
  const votesOf = (pairs: number) => ({
    spec: REFUSAL,
    optional: true,
    baseline: Array.from({ length: 3000 }, (_, pair) => (pair < pairs ? 0 : null)),
    candidate: new Array(3000).fill(0),
  })
  const none = all({ pairs: 3000, metrics: [success, votesOf(0)] })
  assert.deepEqual([none.answer, none.decisive], ['non-inferior', ['success']])
  assert.deepEqual([none.metrics[1]!.answer, none.metrics[1]!.missing], [null, 3000])
  const one = all({ pairs: 3000, metrics: [success, votesOf(1)] })
  assert.deepEqual([one.answer, one.decisive], ['not-enough-data', ['success', 'refusal']])
  assert.equal(all({ pairs: 3000, metrics: [success, { ...votesOf(0), optional: false }] }).answer, 'not-enough-data')
})

test('pairs that lack a value are left out, counted, and foretold as part of the traffic', () => {
  const whole = evenly(200)
  const gaps = (column: MetricColumns['baseline']) => Array.from(column).flatMap((value) => [value, null, Number.NaN])
  const sparse = { spec: SUCCESS, baseline: gaps(whole.baseline), candidate: gaps(whole.candidate) }
  const [full] = all({ pairs: 200, metrics: [whole] }).metrics
  const [holed] = all({ pairs: 600, metrics: [sparse] }).metrics
  assert.deepEqual([holed!.pairs, holed!.missing], [200, 400])
  assert.deepEqual(holed!.interval, full!.interval)
  assert.ok(Math.abs(holed!.morePairs! / full!.morePairs! - 3) < 0.2)
})

test('descriptive statistics are those of the pairs', () => {
  const votesAndTimes = all({
    pairs: 4,
    metrics: [
      { spec: SUCCESS, baseline: [1, 1, 0, 1], candidate: [0, 1, 0, 0] },
      { spec: LATENCY, baseline: [10, 20, 30, 40], candidate: [20, 20, 20, 20] },
    ],
  })
  const [success, latency] = votesAndTimes.metrics
  assert.deepEqual(success!.descriptive.mcnemar, { onlyBaseline: 2, onlyCandidate: 0, pValue: 0.5 })
  assert.equal(success!.descriptive.bootstrap, null)
  assert.deepEqual([success!.baseline, success!.candidate, success!.estimate], [0.75, 0.25, -0.5])
  assert.deepEqual(latency!.descriptive.baseline, { mean: 25, median: 25, p95: 40 })
  assert.equal(latency!.descriptive.mcnemar, null)
  assert.equal(latency!.descriptive.bootstrap!.pairs, 4)
})

test('a preference with ties is no binary metric', () => {
  const [metric] = all({ pairs: 500, metrics: [columns(SUCCESS, votes(0.3, 0.3), 500)] }).metrics
  assert.equal(metric!.descriptive.mcnemar, null)
})

test('the order of the metrics changes nothing but the order', () => {
  const metrics = SPECS.map((spec, index) =>
    columns(spec, spec.shape === 'bounded' ? alike : logNormalTimes(1.2, 0.5), 400, index),
  )
  const forwards = all({ pairs: 400, metrics })
  const backwards = all({ pairs: 400, metrics: metrics.toReversed() })
  assert.deepEqual(backwards.metrics.toReversed(), forwards.metrics)
  assert.deepEqual([backwards.answer, backwards.morePairs], [forwards.answer, forwards.morePairs])
})

test('cohorts are judged as themselves, at their own levels, and take nothing from all traffic', () => {
  const metric = columns(SUCCESS, alike, 1200)
  const rows = (rest: number) => Array.from({ length: 600 }, (_, index) => index * 2 + rest)
  const cohorts = [
    { cohort: 'even', rows: rows(0) },
    { cohort: 'odd', rows: rows(1) },
  ]
  const verdict = judgeComparison({ pairs: 1200, metrics: [metric], cohorts })
  assert.deepEqual(verdict.all, judgeComparison({ pairs: 1200, metrics: [metric] }).all)
  assert.deepEqual(
    verdict.cohorts.map(({ cohort, pairs }) => [cohort, pairs]),
    [
      ['even', 600],
      ['odd', 600],
    ],
  )
  const [even, odd] = verdict.cohorts
  assert.ok(odd!.alpha < even!.alpha && even!.alpha < verdict.alpha)
  const alone = {
    spec: SUCCESS,
    baseline: rows(1).map((row) => metric.baseline[row]!),
    candidate: rows(1).map((row) => metric.candidate[row]!),
  }
  const byItself = all({ pairs: 600, metrics: [alone], alpha: odd!.alpha })
  assert.deepEqual(odd!.metrics[0]!.interval, byItself.metrics[0]!.interval)
})

test('the level of "worse" is shared by the decisive metrics, that of "non-inferior" is not', () => {
  const metrics = [columns(SUCCESS, alike, 300), columns(LATENCY, logNormalTimes(1, 0.5), 300)]
  const [success, latency] = all({ pairs: 300, metrics }).metrics.map(({ interval }) => interval!)
  assert.deepEqual([success!.lowerError, success!.upperError], [0.025, 0.0125])
  assert.deepEqual([latency!.lowerError, latency!.upperError], [0.0125, 0.025])
  assert.equal(success!.level, 0.9625)
})

test('the noise floor is the primary against itself, by the pairs that have a second reply', () => {
  const metric = columns(LATENCY, logNormalTimes(1.5, 0.5), 900)
  const random = new SeededRandom(9)
  const self = Array.from(metric.baseline, (value, row) =>
    row % 3 === 0 ? value! * (0.9 + 0.2 * random.next()) : null,
  )
  const [verdict] = all({ pairs: 900, metrics: [{ ...metric, self }] }).metrics
  assert.equal(verdict!.noise!.pairs, 300)
  const { lower, upper } = verdict!.noise!.interval!
  assert.ok(lower! < 1 && upper! > 1 && upper! < 1.1, `${lower} ${upper}`)
  assert.ok(verdict!.interval!.lower! > upper!)
  assert.equal(all({ pairs: 900, metrics: [metric] }).metrics[0]!.noise, null)
})

test('changes are read against those of the primary itself', () => {
  const changed = (mean: number, seed: number, share: number) => {
    const random = new SeededRandom(seed)
    return Array.from({ length: 2000 }, (_, row) =>
      row % 10 < share * 10 ? Math.min(1, 2 * mean * random.next()) : null,
    )
  }
  const judged = (mean: number) =>
    all({
      pairs: 2000,
      metrics: [],
      change: { candidate: changed(mean, 1, 1), self: changed(0.2, 2, 0.3), margin: 0.1 },
    }).change!
  const same = judged(0.2)
  assert.equal(same.answer, 'no-more')
  assert.equal(same.pairs, 600)
  assert.ok(same.interval!.lower! < 0 && same.interval!.upper! <= 0.1)
  const other = judged(0.5)
  assert.equal(other.answer, 'more')
  assert.ok(Math.abs(other.estimate! - 0.3) < 0.05 && other.interval!.lower! >= 0.1)
  assert.ok(Math.abs(other.candidate! - 0.5) < 0.03 && Math.abs(other.self! - 0.2) < 0.03)
  const open = judged(0.3)
  assert.equal(open.answer, 'not-enough-data')
})

const anyValue = fc.constantFrom(null, Number.NaN, 0, 0, 1, 0.5, 1e-9)
const anyTime = fc.constantFrom(null, Infinity, 0, 0, 1, 100, 1e-300, 5e-324, 1e300, Number.MAX_VALUE)

function assertFinite(verdict: ComparisonVerdict): void {
  JSON.stringify(verdict, (key, value) => {
    if (typeof value === 'number') assert.ok(Number.isFinite(value), `${key}: ${value}`)
    return value
  })
  assert.deepEqual(JSON.parse(JSON.stringify(verdict)), verdict)
}

test('whatever the values are, the verdict is finite and survives JSON', () => {
  const pairs = fc.nat(40).chain((count) => {
    const column = (value: fc.Arbitrary<number | null>) => fc.array(value, { minLength: count, maxLength: count })
    return fc.record({
      count: fc.constant(count),
      values: fc.tuple(column(anyValue), column(anyValue), column(anyValue)),
      times: fc.tuple(column(anyTime), column(anyTime), column(anyTime)),
      margin: fc.constantFrom(null, 0, 0.02, 0.5),
    })
  })
  fc.assert(
    fc.property(pairs, ({ count, values, times, margin }) => {
      const metrics = SPECS.map((spec) => {
        const [baseline, candidate, self] = spec.shape === 'bounded' ? values : times
        return { spec: { ...spec, margin }, baseline, candidate, self }
      })
      const rows = Array.from({ length: Math.ceil(count / 2) }, (_, index) => index * 2)
      const change = { candidate: values[1], self: values[2], margin: 0.1 }
      assertFinite(
        judgeComparison({ pairs: count, metrics, change, cohorts: [{ cohort: 'half', rows }], resamples: 5 }),
      )
    }),
  )
})

test('constant columns of many pairs are judged by what they are', () => {
  const constant = (spec: MetricSpec, baseline: number, candidate: number) => ({
    spec,
    baseline: new Array(2000).fill(baseline),
    candidate: new Array(2000).fill(candidate),
  })
  const answers = (metrics: MetricColumns[]) => {
    const verdict = judgeComparison({ pairs: 2000, metrics, resamples: 5 })
    assertFinite(verdict)
    return verdict.all.metrics.map(({ answer }) => answer)
  }
  assert.deepEqual(answers(SPECS.map((spec) => constant(spec, 1, 1))), new Array(4).fill('non-inferior'))
  assert.deepEqual(answers([constant(LATENCY, 0, 0), constant(SLOWEST, 0, 0)]), ['not-enough-data', 'non-inferior'])
  assert.deepEqual(answers([constant(LATENCY, 0, 1), constant(SLOWEST, 0, 1)]), ['worse', 'worse'])
  assert.deepEqual(answers([constant(LATENCY, 1e-300, 1e300), constant(SLOWEST, 1e-300, 1e300)]), ['worse', 'worse'])
  assert.deepEqual(answers([constant(LATENCY, 1e300, 1e-300), constant(SLOWEST, 1e300, 0)]), [
    'non-inferior',
    'non-inferior',
  ])
})

test('questions that make no sense are refused', () => {
  const metric = columns(SUCCESS, alike, 5)
  const refused = (spec: Partial<MetricSpec>, baseline = metric.baseline) =>
    assert.throws(
      () => judgeComparison({ pairs: 5, metrics: [{ ...metric, baseline, spec: { ...SUCCESS, ...spec } }] }),
      RangeError,
    )
  refused({ margin: 1 })
  refused({ margin: -0.1 })
  refused({ margin: Number.NaN })
  refused({ shape: 'ratio-p50', better: 'higher' })
  refused({}, [2, 1, 1, 1, 1])
  refused({ shape: 'ratio-p50', better: 'lower' }, [-1, 1, 1, 1, 1])
  assert.throws(() => judgeComparison({ pairs: 5, metrics: [metric], alpha: 1 }), RangeError)
})
