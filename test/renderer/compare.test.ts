import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { blindOrder, choiceOf, openOrder, voteOf } from '../../renderer/compare/blind.ts'
import { plottedChange, plottedMetric, scaleOf } from '../../renderer/compare/interval-scale.ts'
import { diffJson, readJson } from '../../renderer/compare/json-diff.ts'
import { formatDifference, formatInterval, formatValue } from '../../renderer/compare/metric-words.ts'
import { changesOf, needsBudget, runNote } from '../../renderer/compare/run-words.ts'
import type { ChangeVerdict, Interval, MetricVerdict, ToolCall } from '../../renderer/compare/shapes.ts'
import { areSameCalls, diffCalls } from '../../renderer/compare/tool-diff.ts'
import { cohortParts, countedVotes, roughTime, timeForPairs } from '../../renderer/compare/words.ts'
import type { RunRow } from '../../server/http/admin/schemas.ts'

const bounded = { id: 'success', shape: 'bounded', better: 'higher' } as const
const ratio = { id: 'latency_p50', shape: 'ratio-p50', better: 'lower' } as const
const between = (lower: number | null, upper: number | null): Interval => ({
  lower,
  upper,
  lowerError: 0.025,
  upperError: 0.025,
  level: 0.95,
})
const metric = (more: Partial<MetricVerdict>): MetricVerdict =>
  ({ ...bounded, estimate: 0, interval: null, bar: -0.02, noise: null, ...more }) as MetricVerdict

test('JSON is compared by path: what is changed, left out and put in', () => {
  const one = { id: 7, order: { items: [{ sku: 'a', count: 1 }, { sku: 'b' }], 'to be sent': true }, gone: [1] }
  const other = { order: { items: [{ sku: 'a', count: 2 }], 'to be sent': false }, id: 7, fresh: null }
  assert.deepEqual(diffJson(one, other), {
    changes: [
      { path: 'order.items[0].count', one: 1, other: 2 },
      { path: 'order.items[1]', one: { sku: 'b' } },
      { path: 'order["to be sent"]', one: true, other: false },
      { path: 'gone', one: [1] },
      { path: 'fresh', other: null },
    ],
    same: 2,
  })
  assert.deepEqual(diffJson([], {}).changes, [{ path: '', one: [], other: {} }])
})

test('JSON differs from itself nowhere, and from anything else somewhere, either way round', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
      assert.deepEqual(diffJson(one, structuredClone(one)).changes, [])
      const [there, back] = [diffJson(one, other), diffJson(other, one)]
      assert.equal(there.same, back.same)
      assert.equal(there.changes.length, back.changes.length)
      const paths = new Set(there.changes.map(({ path }) => path))
      assert.equal(paths.size, there.changes.length, 'no path is told twice')
    }),
  )
})

test('a text is JSON when it is an object or a list, in a fence or not', () => {
  assert.deepEqual(readJson(' {"a": 1}\n'), { value: { a: 1 } })
  assert.deepEqual(readJson('```json\n[1, 2]\n```'), { value: [1, 2] })
  for (const text of ['', '7', '"a"', 'null', '{a}', 'Sure: {"a": 1}', '```\nplain\n```', '``````'])
    assert.equal(readJson(text), null, text)
})

test('tool calls are put side by side by name, and their arguments compared by path', () => {
  const call = (name: string, value: unknown): ToolCall => ({ name, arguments: JSON.stringify(value) })
  const pairs = diffCalls(
    [call('find', { city: 'Rome', days: 3 }), call('book', { id: 1 })],
    [call('find', { days: 3, city: 'Paris' }), call('pay', {}), call('book', { id: 1 })],
  )
  assert.deepEqual(
    pairs.map(({ name, one, other, diff }) => [
      name,
      one !== null,
      other !== null,
      diff?.changes.map(({ path }) => path),
    ]),
    [
      ['find', true, true, ['city']],
      ['pay', false, true, undefined],
      ['book', true, true, []],
    ],
  )
  assert.ok(!areSameCalls(pairs))
  assert.ok(
    areSameCalls(diffCalls([call('find', { a: 1, b: 2 })], [{ name: 'find', arguments: '{ "b": 2, "a": 1 }' }])),
  )
  assert.ok(areSameCalls(diffCalls([{ name: 'now', arguments: '' }], [call('now', {})])))
  const [broken] = diffCalls([{ name: 'find', arguments: '{"city": "Ro' }], [call('find', {})])
  assert.deepEqual(broken!.diff!.changes, [{ path: '', one: '{"city": "Ro', other: {} }])
})

test('who is A is settled by lot, and stays so for a pair', () => {
  const ids = Array.from({ length: 2000 }, (_, index) => `req_${(0x18f00000 + index).toString(16)}`)
  const first = ids.filter((id) => blindOrder(id)[0] === 'baseline').length
  assert.ok(first > 850 && first < 1150, `the baseline is A in ${first} of 2000`)
  assert.deepEqual(ids.map(blindOrder), ids.map(blindOrder))
  // Neighbours tell nothing of each other.
  const alike = ids.filter((id, index) => blindOrder(id)[0] === blindOrder(ids[index - 1] ?? '')[0]).length
  assert.ok(alike > 850 && alike < 1150, `${alike} of 2000 are as their neighbour`)
})

test('a vote is for the side that stood there', () => {
  for (const order of [openOrder(), ['candidate', 'baseline'] as const]) {
    assert.equal(voteOf('a', order), order[0])
    assert.equal(voteOf('b', order), order[1])
    assert.equal(voteOf('tie', order), 'tie')
    for (const choice of ['a', 'b', 'tie'] as const) assert.equal(choiceOf(voteOf(choice, order), order), choice)
  }
})

test('on the plot right is better for the candidate, and the middle is no difference', () => {
  const gain = scaleOf(plottedMetric(metric({ estimate: 0.01, interval: between(-0.01, 0.03) })))
  assert.equal(gain.at(0), 50)
  assert.ok(gain.at(-0.02) < gain.at(-0.01) && gain.at(0.03) > 50)
  const times = scaleOf(plottedMetric(metric({ ...ratio, bar: 1.1, estimate: 1.2, interval: between(1.15, 1.3) })))
  assert.equal(times.at(1), 50)
  assert.ok(times.at(1.3) < times.at(1.1), 'more time is left')
  assert.ok(Math.abs(times.at(1.2) + times.at(1 / 1.2) - 100) < 1e-9, 'twice as much is as far as half as much')
  const span = times.span(between(1.15, 1.3))
  assert.ok(span.from! < span.to! && Math.abs(span.from! - times.at(1.3)) < 1e-9)
  const change = scaleOf(plottedChange({ estimate: 0.1, interval: between(0.05, 0.15), margin: 0.05 } as ChangeVerdict))
  assert.ok(change.at(0.15) < change.at(0.05) && change.at(0.05) < 50)
})

test('a plot shows all of an interval, and says where nothing is ruled out', () => {
  const ends = fc.double({ min: -1, max: 1, noNaN: true })
  fc.assert(
    fc.property(ends, ends, (one, other) => {
      const interval = between(Math.min(one, other), Math.max(one, other))
      const { from, to } = scaleOf(plottedMetric(metric({ estimate: (one + other) / 2, interval }))).span(interval)
      assert.ok(from !== null && to !== null && from >= 0 && to <= 100 && from <= to)
    }),
  )
  const open = between(null, 0.01)
  assert.equal(scaleOf(plottedMetric(metric({ interval: open }))).span(open).from, null)
  const slower = between(null, 1.5)
  const span = scaleOf(plottedMetric(metric({ ...ratio, bar: 1.1, interval: slower }))).span(slower)
  assert.ok(span.from !== null && span.to === null, 'how much better is open')
  assert.equal(scaleOf(plottedMetric(metric({ bar: null, estimate: null }))).at(0), 50)
})

test('values and differences are told in the units of the config', () => {
  assert.deepEqual(
    [0.98432, 1, null].map((value) => formatValue(bounded, value)),
    ['0.984', '1.000', '—'],
  )
  assert.equal(formatValue(ratio, 412.3), '412 ms')
  assert.equal(formatValue({ id: 'cost', shape: 'ratio-p50' }, 0.0021), '$0.0021')
  assert.equal(formatValue({ id: 'tokens', shape: 'ratio-p50' }, 1240), '1.24k')
  const told = [0.0123, -0.00004, -0.02, 0].map((value) => formatDifference(bounded, value))
  assert.deepEqual(told, ['+0.0123', '0', '−0.02', '0'])
  assert.deepEqual(
    [1.081, 0.5, 1, 13.5].map((value) => formatDifference(ratio, value)),
    ['+8.1 %', '−50 %', '0 %', '+1,250 %'],
  )
  assert.equal(formatInterval(bounded, between(-0.01, null)), '−0.01 to …')
  const refusals = { shape: 'bounded', better: 'lower' } as const
  assert.equal(formatDifference(refusals, -0.04), '+0.04', 'more refusals than before')
  assert.equal(formatInterval(refusals, between(-0.05, 0.01)), '−0.01 to +0.05')
})

test('votes are counted with what was said just now', () => {
  const votes = { baseline: 2, candidate: 1, tie: 0 }
  assert.deepEqual(countedVotes({ votes, own_vote: 'baseline' }, 'tie'), { baseline: 1, candidate: 1, tie: 1 })
  assert.deepEqual(countedVotes({ votes, own_vote: null }, 'candidate'), { baseline: 2, candidate: 2, tie: 0 })
  assert.deepEqual(countedVotes({ votes, own_vote: 'candidate' }, null), { baseline: 2, candidate: 0, tie: 0 })
})

test('how long more pairs take is told by the pace so far, while there is one', () => {
  const now = Date.parse('2026-01-01T10:00:00.000Z')
  const running = { started_at: '2026-01-01T08:00:00.000Z', ended_at: null, pairs: 100 }
  assert.equal(timeForPairs(running, 50, now), 3_600_000)
  assert.equal(timeForPairs({ ...running, pairs: 3 }, 50, now), null)
  assert.equal(timeForPairs({ ...running, ended_at: '2026-01-01T09:00:00.000Z' }, 50, now), null)
  assert.deepEqual([20_000, 3_000_000, 3_600_000, 40 * 3_600_000].map(roughTime), [
    '1 minute',
    '50 minutes',
    '1 hour',
    '2 days',
  ])
})

test('a cohort is its key and its value, whatever the value holds', () => {
  assert.deepEqual(cohortParts('metadata.app=a=b'), { key: 'metadata.app', value: 'a=b' })
})

test('a run says how far it is, why it stands still, and what can be done', () => {
  const run = { state: 'running', problem: null, waits_for_idle: false, lost: 0, running: 2 } as RunRow
  assert.equal(runNote({ ...run, eta_s: 90, per_minute: 41.234 }), 'about 1 m 30 s left, 41.2 a minute, 2 under way')
  assert.equal(runNote({ ...run, eta_s: null, per_minute: null }), 'no telling how long it takes yet, 2 under way')
  assert.match(runNote({ ...run, waits_for_idle: true }), /no request of a caller/)
  assert.equal(runNote({ ...run, state: 'paused', problem: 'It has cost $2.' }), 'It has cost $2.')
  assert.deepEqual(changesOf(run), ['pause', 'cancel'])
  assert.deepEqual(changesOf({ state: 'paused', lost: 3 }), ['resume', 'cancel', 'retry-lost'])
  assert.deepEqual(changesOf({ state: 'done', lost: 3 }), ['retry-lost'])
  assert.deepEqual(changesOf({ state: 'cancelled', lost: 3 }), [])
  assert.ok(needsBudget({ state: 'paused', cost_usd: 2.01, budget_usd: 2 }))
  assert.ok(!needsBudget({ state: 'paused', cost_usd: 1, budget_usd: 2 }))
  assert.ok(!needsBudget({ state: 'paused', cost_usd: 1, budget_usd: null }))
})
