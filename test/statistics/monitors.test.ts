import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { MetricSpec } from '../../server/core/metric-verdict.ts'
import { judgeComparison } from '../../server/statistics/judge.ts'
import { sideErrors } from '../../server/statistics/levels.ts'
import { LiveMonitor } from '../../server/statistics/live-monitor.ts'
import { MetricMonitor } from '../../server/statistics/metric-monitor.ts'
import { SeededRandom } from '../../server/statistics/random.ts'
import { type DrawPair, logNormalTimes, normal, successes, votes } from '../statistics-simulation/draws.ts'
import { millisecondsOfThread } from '../support/thread-time.ts'

const SUCCESS: MetricSpec = { id: 'success', label: 'Success', shape: 'bounded', better: 'higher', margin: 0.02 }
const LATENCY: MetricSpec = { id: 'latency', label: 'Latency', shape: 'ratio-p50', better: 'lower', margin: 0.1 }
const SLOWEST: MetricSpec = { id: 'slowest', label: 'Latency p95', shape: 'ratio-p95', better: 'lower', margin: 0.3 }

const KINDS: readonly { spec: MetricSpec; draw: DrawPair }[] = [
  { spec: SUCCESS, draw: successes(0.95, 0.95, 0.05) },
  { spec: SUCCESS, draw: votes(0.4, 0.2) },
  { spec: { ...SUCCESS, better: 'lower' }, draw: votes(0.4, 0.2) },
  { spec: LATENCY, draw: logNormalTimes(1, 0.5) },
  { spec: LATENCY, draw: logNormalTimes(1.4, 0.5) },
  { spec: SLOWEST, draw: logNormalTimes(0.8, 0.5) },
  { spec: SLOWEST, draw: logNormalTimes(2, 0.5) },
]

test('pair by pair the answer is that of the batch', () => {
  const answers = new Set<string>()
  fc.assert(
    fc.property(fc.constantFrom(...KINDS), fc.nat(1e6), fc.constantFrom(0, 1, 50, 700), (kind, seed, pairs) => {
      const random = new SeededRandom(seed)
      const monitor = new MetricMonitor(kind.spec, sideErrors(0.05, 1), { paired: true, late: false })
      const columns = { baseline: [] as (number | null)[], candidate: [] as (number | null)[] }
      for (let pair = 0; pair < pairs; pair += 1) {
        const [baseline, candidate] = kind.draw(random)
        const lacking = random.next() < 0.1
        columns.baseline.push(baseline)
        columns.candidate.push(lacking ? null : candidate)
        monitor.pushPair(baseline, lacking ? null : candidate)
      }
      const batch = judgeComparison({ pairs, metrics: [{ spec: kind.spec, ...columns }], resamples: 0 })
      assert.equal(monitor.answer, batch.all.metrics[0]!.answer)
      assert.deepEqual(monitor.judge().verdict, batch.all.metrics[0])
      answers.add(`${kind.spec.shape} ${monitor.answer}`)
    }),
    { numRuns: 150 },
  )
  assert.ok(answers.size >= 6, [...answers].join())
})

test('an answer once given stays, at every look', () => {
  for (const { spec, draw } of KINDS) {
    const random = new SeededRandom(4)
    const monitor = new MetricMonitor(spec, sideErrors(0.05, 1), { paired: true, late: false })
    const path = Array.from({ length: 1500 }, () => {
      monitor.pushPair(...draw(random))
      return monitor.answer
    })
    const first = path.findIndex((answer) => answer !== 'not-enough-data')
    assert.ok(first > 0, spec.shape)
    assert.deepEqual(new Set(path.slice(first)), new Set([path[first]]))
  }
})

test('where the difference turns, worse prevails and the verdict says that it changed', () => {
  const monitor = new MetricMonitor(SUCCESS, sideErrors(0.05, 1), { paired: true, late: true })
  for (let pair = 0; pair < 1000; pair += 1) monitor.pushPair(1, 1)
  assert.equal(monitor.answer, 'non-inferior')
  for (let pair = 0; pair < 100; pair += 1) monitor.pushPair(1, 0)
  assert.equal(monitor.answer, 'worse')
  const { verdict } = monitor.judge()
  assert.equal(verdict.answer, 'worse')
  assert.ok(verdict.why.includes('has changed'), verdict.why)
})

/** One request in twenty to the candidate. */
function live(
  specs: readonly MetricSpec[],
  requests: number,
  valuesOf: (candidate: boolean, random: SeededRandom) => (number | null)[],
) {
  const random = new SeededRandom(11)
  const monitor = new LiveMonitor(specs)
  for (let request = 0; request < requests; request += 1) {
    const candidate = random.next() < 0.05
    monitor.push(candidate ? 'candidate' : 'baseline', valuesOf(candidate, random))
  }
  return monitor
}

const time = (scale: number, random: SeededRandom) => scale * Math.exp(0.5 * normal(random))

test('live: equal arms are non-inferior by every shape', () => {
  const specs = [{ ...SUCCESS, margin: 0.05 }, LATENCY, SLOWEST]
  const monitor = live(specs, 60_000, (_, random) => [
    random.next() < 0.97 ? 1 : 0,
    time(500, random),
    time(500, random),
  ])
  const verdict = monitor.verdict()
  assert.equal(monitor.answer, 'non-inferior', JSON.stringify(verdict.metrics.map(({ why }) => why)))
  assert.equal(verdict.answer, 'non-inferior')
  assert.ok(Math.abs(verdict.pairs - 3000) < 200, String(verdict.pairs))
  assert.equal(verdict.metrics[0]!.descriptive.mcnemar, null)
})

test('live: one bad metric is enough, and its interval agrees', () => {
  const monitor = live([SUCCESS, LATENCY], 20_000, (candidate, random) => [
    random.next() < 0.97 ? 1 : 0,
    time(candidate ? 800 : 500, random),
  ])
  assert.equal(monitor.answer, 'worse')
  const verdict = monitor.verdict()
  assert.equal(verdict.why, 'Worse by Latency.')
  assert.ok(verdict.metrics[1]!.interval!.lower! >= 1.1)
})

test('live: values that are missing leave the other metrics alone', () => {
  const monitor = live([SUCCESS, LATENCY], 20_000, (candidate, random) => {
    const success = random.next() < (candidate ? 0.7 : 0.97)
    return [success ? 1 : 0, success ? time(500, random) : null]
  })
  const [success, latency] = monitor.verdict().metrics
  assert.equal(success!.answer, 'worse')
  assert.equal(latency!.answer, 'non-inferior')
  assert.ok(latency!.pairs < success!.pairs)
})

test('live: values out of range are refused', () => {
  const monitor = new LiveMonitor([SUCCESS])
  assert.throws(() => monitor.push('baseline', [1.5]), RangeError)
  assert.throws(() => new LiveMonitor([{ ...SUCCESS, margin: 1 }]), RangeError)
})

test('a push costs the same after a hundred thousand', () => {
  const monitor = new LiveMonitor([SUCCESS, LATENCY])
  const random = new SeededRandom(1)
  const push = () => monitor.push(random.next() < 0.05 ? 'candidate' : 'baseline', [random.next() < 0.9 ? 1 : 0, 5])
  const timed = (count: number) => {
    const began = millisecondsOfThread()
    for (let index = 0; index < count; index += 1) push()
    return millisecondsOfThread() - began
  }
  timed(50_000)
  const early = timed(50_000)
  timed(200_000)
  const late = timed(50_000)
  assert.ok(late < 5 * early + 20, `${early} ms, then ${late} ms`)
})
