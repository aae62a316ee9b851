import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { scoreWriter } from '../../server/stores/scores.ts'
import { type PastTold, START, simulated, storeOf } from './past-store.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND
const TO_A = '{ targets: [{ provider: up, model: a }] }'
const one = (at: number, target = 'up/a'): PastTold => ({ at, calls: [{ target }] })

describe('a simulation', () => {
  it('takes every request of its time once, however many pages they fill', () => {
    const db = storeOf(Array.from({ length: 2501 }, (_, index) => one(index * SECOND)))
    assert.equal(simulated(db, TO_A).requests, 2501)
    assert.equal(simulated(db, TO_A, SECOND, 2000 * SECOND).requests, 1999)
    assert.equal(simulated(db, TO_A, 1, SECOND).requests, 0)
  })

  it('knows at each moment what was known then of latencies, and not more', () => {
    const calls = (at: number, aMs: number, bMs: number): PastTold[] => [
      { at, calls: [{ target: 'up/a', duration_ms: aMs }] },
      { at: at + 1, calls: [{ target: 'up/b', duration_ms: bMs }] },
    ]
    const seconds = Array.from({ length: 30 * 60 }, (_, index) => index * SECOND)
    const db = storeOf(seconds.flatMap((at) => (at < 15 * MINUTE ? calls(at, 100, 900) : calls(at, 900, 100))))
    const route = '{ strategy: least-latency, targets: [{ provider: up, model: a }, { provider: up, model: b }] }'
    const before = simulated(db, route, MINUTE, 15 * MINUTE).shares
    const after = simulated(db, route, 22 * MINUTE, 30 * MINUTE).shares
    assert.ok(before['up/a']![1] > 30 * before['up/b']![1], JSON.stringify(before))
    assert.ok(after['up/b']![1] > 30 * after['up/a']![1], JSON.stringify(after))
  })

  it('and of scores: the cheapest target, until as many replies had failed as the route asks for', () => {
    const route =
      '{ strategy: cost-optimized, targets: [{ provider: up, model: gpt-4o }, { provider: up, model: gpt-4o-mini }], ' +
      'quality: { bar: 0.8, min_samples: 5, explore: 0 }, evaluators: { require: [non-empty] } }'
    const bad = { evaluator: 'non-empty', attempt: 0, score: 0, passed: false, reason: 'empty', gates: true }
    const told = Array.from(
      { length: 12 },
      (_, index): PastTold => ({
        ...one(index * SECOND, 'up/gpt-4o-mini'),
        extra: { scores: [bad] },
      }),
    )
    const db = storeOf(told)
    assert.deepEqual(simulated(db, route).shares, { 'up/gpt-4o': [0, 7], 'up/gpt-4o-mini': [12, 5] })
    const write = scoreWriter(db)
    for (let attempt = 0; attempt < 6; attempt += 1)
      write({
        request_id: 'earlier',
        attempt,
        evaluator: 'non-empty',
        ts: START - 60 * MINUTE,
        route: 'support',
        provider: 'up',
        model: 'gpt-4o-mini',
        source: 'live',
        score: 0,
        passed: 0,
        reason: 'empty',
        gates: 1,
        spans: null,
      })
    assert.deepEqual(simulated(db, route).shares, { 'up/gpt-4o': [0, 12], 'up/gpt-4o-mini': [12, 0] })
  })

  it('tells requests apart that say nothing of routing', () => {
    const target = 'up/a'
    const db = storeOf([
      { at: 1, facts: null, row: { status: 404, error: 'unknown_route' } },
      { at: 2, row: { status: 422, error: 'idempotency_mismatch' } },
      { at: 3, extra: { replay_of: 'req_1' } },
      { at: 4, facts: null, calls: [{ target }] },
      { at: 5, row: { status: 503, error: 'target_unavailable' } },
      { at: 6, extra: { last_resort: 'static' }, row: { fallback: 1 } },
      { at: 7, calls: [{ target, error: 'upstream_error', status: 500 }] },
      { at: 8, calls: [{ target }], row: { route: 'elsewhere' } },
    ])
    const { left_out, requests, unknown_routes, shares, support } = simulated(db, TO_A)
    assert.deepEqual(left_out, { refused: 2, repeated: 1, without_facts: 1 })
    assert.deepEqual([requests, unknown_routes], [4, [{ route: 'elsewhere', requests: 1 }]])
    assert.deepEqual(shares, { 'up/a': [1, 3], none: [2, 0] })
    assert.deepEqual([support.failed, support.fallbacks], [2, 1])
  })

  it('finds the route of an Ollama client that adds a tag', () => {
    const tagged = { route: 'support:latest', surface: '/api/chat' }
    const db = storeOf([
      { ...one(1), row: tagged },
      { ...one(2), row: { ...tagged, surface: '/v1/chat/completions' } },
    ])
    const { requests, unknown_routes, support } = simulated(db, TO_A)
    assert.deepEqual([requests, support.requests, unknown_routes], [2, 1, [{ route: 'support:latest', requests: 1 }]])
  })

  it('counts a fact that was not recorded as not there, and says how often; an unclear language was recorded', () => {
    const when = (predicate: string) =>
      `{ targets: [{ provider: up, model: a }], when: [{ if: ${predicate}, use: [up/b] }] }`
    const db = storeOf([
      { ...one(1), facts: { 'request.language': 'de', 'metadata.tier': 'gold' } },
      { ...one(2), facts: { 'request.language': null } },
      { ...one(3), row: { team: 'ops', session: 's', user: 'u', key_id: 'k' } },
    ])
    const german = simulated(db, when('{ request.language: de }'))
    assert.deepEqual(
      [german.shares, german.support.missing_facts],
      [{ 'up/a': [3, 2], 'up/b': [0, 1] }, [{ fact: 'request.language', requests: 1 }]],
    )
    const unclear = simulated(db, when('{ request.language: { $exists: false } }'))
    assert.deepEqual(unclear.shares, { 'up/b': [0, 2], 'up/a': [3, 1] })
    const gold = simulated(db, when('{ metadata.tier: gold }'))
    assert.deepEqual([gold.shares['up/b'], gold.support.missing_facts], [[0, 1], []])
    const who = simulated(db, when('{ tenant: local, team: ops, session: s, user: u, key: k }'))
    assert.deepEqual([who.shares['up/b'], who.support.missing_facts], [[0, 1], []])
  })

  it('expects of a target what its own calls did, and nothing of one without any', () => {
    const slow = { target: 'up/b', duration_ms: 1000, queued_ms: 200 }
    const db = storeOf([
      ...Array.from({ length: 30 }, (_, index) => one(index)),
      ...Array.from(
        { length: 10 },
        (_, index): PastTold => ({
          at: 100 + index,
          row: { route: 'other' },
          calls: index < 4 ? [{ ...slow, error: 'upstream_timeout' }] : [slow],
        }),
      ),
      { at: 200, row: { route: 'other' }, calls: [{ ...slow, error: 'upstream_rejected' }] },
    ])
    const { unary, first_call_failed, targets } = simulated(db, '{ targets: [{ provider: up, model: b }] }').support
    const near = (ms: number | null, expected: number) =>
      assert.ok(ms !== null && Math.abs(ms / expected - 1) < 0.06, `${ms}, not ${expected}`)
    near(unary.actual_p95_ms, 100)
    near(unary.simulated_p50_ms, 1000)
    assert.deepEqual(first_call_failed, { actual: 0, simulated: 0.4, unknown: 0 })
    assert.equal(targets.find(({ target }) => target === 'up/b')!.failed_share, 0.4)
    const fresh = simulated(db, '{ targets: [{ provider: up, model: fresh }] }').support
    assert.deepEqual([fresh.unary.simulated_p95_ms, fresh.unary.unknown], [null, 30])
    assert.deepEqual(fresh.first_call_failed, { actual: 0, simulated: null, unknown: 30 })
  })
})
