import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Signals } from '../../server/core/signals.ts'
import { leastLatency } from '../../server/strategies/least-latency.ts'
import { LatencyLab } from './latency-lab.ts'
import { NO_LATENCY, names, questionOf, targetsOf } from './question.ts'

/** Everything is drawn from fixed names and seeds: the same in every run, so that no bound can fail by chance. */
const MINUTE = 60_000
const WINDOW = 5 * MINUTE
const machine = (base: number) => ({ base, capacity: 16 })

test('most traffic goes to the faster target, and the slower one is never blind', () => {
  for (const clients of [1, 4, 16]) {
    const lab = new LatencyLab(machine(600), machine(200))
    lab.closedLoop(clients, MINUTE)
    lab.forget()
    lab.closedLoop(clients, 2 * MINUTE)
    const [slow, fast] = lab.shares()
    assert.ok(fast! > 80, `${clients} clients: ${fast} %`)
    assert.ok(slow! >= 1, `${clients} clients: ${slow} %`)
  }
})

test('equals share the traffic', () => {
  for (const clients of [1, 8, 64]) {
    const lab = new LatencyLab(machine(200), machine(200), { ...machine(2000) })
    lab.closedLoop(clients, 3 * MINUTE)
    const [one, other] = lab.shares()
    assert.ok(Math.abs(one! - other!) < 10, `${clients} clients: ${one} % and ${other} %`)
    assert.ok(one! > 35 && other! > 35, `${clients} clients: ${one} % and ${other} %`)
  }
})

test('traffic follows when the faster target becomes the slower one, within the window', () => {
  const lab = new LatencyLab(machine(200), machine(600))
  lab.closedLoop(8, WINDOW)
  assert.ok(lab.shares()[0]! > 80)
  lab.machines[0]!.base = 1800
  lab.closedLoop(8, WINDOW)
  lab.forget()
  lab.closedLoop(8, MINUTE)
  assert.ok(lab.shares()[1]! > 80, lab.shares().join(' / '))
})

test('traffic follows when the slower target becomes the faster one, within the window', () => {
  const lab = new LatencyLab(machine(200), machine(1000))
  lab.closedLoop(8, WINDOW)
  lab.machines[1]!.base = 40
  lab.closedLoop(8, WINDOW)
  lab.forget()
  lab.closedLoop(8, MINUTE)
  assert.ok(lab.shares()[1]! > 80, lab.shares().join(' / '))
})

test('a burst onto a target that has just become the fastest does not go there as a whole', () => {
  for (const [base, least] of [
    [250, 20],
    [50, 5],
  ] as const) {
    const lab = new LatencyLab(machine(1000), machine(500))
    lab.closedLoop(4, MINUTE)
    lab.machines[0]!.base = base
    lab.closedLoop(4, WINDOW)
    lab.forget()
    for (let count = 0; count < 200; count += 1) lab.send(() => {})
    const [fast, slow] = lab.shares()
    assert.ok(fast! > slow!, lab.shares().join(' / '))
    assert.ok(slow! >= least, `${base} ms: ${lab.shares().join(' / ')}`)
  }
})

test('a burst before anything has been measured is spread evenly', () => {
  const lab = new LatencyLab(machine(200), machine(200), machine(200))
  for (let count = 0; count < 300; count += 1) lab.send(() => {})
  for (const share of lab.shares()) assert.ok(share > 27 && share < 40, lab.shares().join(' / '))
})

test('a new target among known ones is tried with a few calls at a time, then taken for what it is', () => {
  const lab = new LatencyLab(machine(400), machine(100))
  lab.machines[1]!.hangs = true
  lab.openLoop(50, MINUTE)
  const tried = lab.chosen.filter((index) => index === 1).length
  assert.ok(tried >= 5 && tried <= 100, `${tried} of ${lab.chosen.length} calls to a target that never answers`)
  lab.forget()
  lab.openLoop(50, MINUTE)
  assert.equal(lab.shares()[1], 0, 'calls are piled up onto a target that never answered')
})

test('a target that was slow long ago is looked at again', () => {
  const lab = new LatencyLab(machine(300), machine(3000))
  lab.openLoop(5, 10 * MINUTE)
  lab.forget()
  lab.openLoop(5, 10 * MINUTE)
  const share = lab.shares()[1]!
  assert.ok(share >= 1 && share < 10, `${share} %`)
})

test('a handful of requests per minute is enough to prefer the faster target', () => {
  for (const perMinute of [3, 6, 12]) {
    const lab = new LatencyLab(machine(3000), machine(500))
    lab.openLoop(perMinute / 60, 10 * MINUTE)
    lab.forget()
    lab.openLoop(perMinute / 60, 60 * MINUTE)
    assert.ok(lab.shares()[1]! > 75, `${perMinute} per minute: ${lab.shares().join(' / ')}`)
  }
})

/** Targets a, b, c … with these p95, measured often and just now. */
function measured(...p95: (number | null)[]): Partial<Signals> {
  return {
    now: () => 1000,
    latency(target) {
      const p95Ms = p95[target.model.charCodeAt(0) - 97]!
      return p95Ms === null ? NO_LATENCY : { p50Ms: p95Ms / 2, p95Ms, samples: 40, lastAt: 900 }
    },
  }
}

test('whoever is drawn first, the others follow by what is to be expected of them', () => {
  const targets = targetsOf(1, 1, 1, 1)
  const inFlight: Signals['inFlight'] = ({ model }) => (model === 'a' ? 160 : 0)
  for (let request = 0; request < 500; request += 1) {
    const signals = { ...measured(100, 400, 200, 300), inFlight }
    const order = names(leastLatency.order(questionOf(targets, { id: `req_${request}`, signals })))
    assert.equal(order.slice(1), 'cdba'.replace(order[0]!, ''))
  }
})

test('streams are judged by their first token, unary replies by the whole', () => {
  const signals: Partial<Signals> = {
    latency: (target, stream) => ({
      ...NO_LATENCY,
      p95Ms: (target.model === 'a') === stream ? 10 : 1000,
      samples: 40,
      lastAt: 0,
    }),
  }
  const first = (stream: boolean) =>
    leastLatency.order(questionOf(targetsOf(1, 1), { id: 'req_7', stream, signals }))[0]!
  assert.match(first(true).why, /^first token p95 10 ms, 0 under way, drawn with 99 %$/)
  assert.equal(first(true).target.model, 'a')
  assert.match(first(false).why, /^p95 10 ms, 0 under way, drawn with 99 %$/)
  assert.equal(first(false).target.model, 'b')
})

test('what is not measured, or hardly, is said to be so', () => {
  const few: Signals['latency'] = ({ model }) =>
    model === 'a' ? NO_LATENCY : { p50Ms: 90, p95Ms: 100, samples: 3, lastAt: 0 }
  const whys = leastLatency.order(questionOf(targetsOf(1, 1), { signals: { latency: few } })).map(({ why }) => why)
  assert.deepEqual(whys.map((why) => why.replace(/, drawn with \d+ %/, '')).sort(), [
    'not measured yet, 0 under way',
    'p95 100 ms of 3 answers, 0 under way',
  ])
})
