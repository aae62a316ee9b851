import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Swept } from '../../../server/core/thread-messages.ts'
import { GRACE_MS, KEPT_SHARE, priorityOf } from '../../../server/stores/cache/eviction.ts'
import { MOST_LOOK_UPS } from '../../../server/stores/cache/look-ups.ts'
import { assertSound, bitsOf, entryOf, inSpace, lookUpOf, NOW, openStore, rowCounts, vectorOf } from './support.ts'

const LATER = NOW + 2 * GRACE_MS
const sweep = (now = LATER) => ({ type: 'sweep', now }) as const

test('what is past the time for which it is kept goes first', (t) => {
  const { store, reading, run } = openStore(t)
  for (let index = 0; index < 300; index += 1) {
    const keptUntil = LATER + (index < 250 ? 0 : 1)
    store.apply([{ type: 'put', entry: entryOf(`k${index}`, { keptUntil }), vector: inSpace(vectorOf(index)) }])
  }
  const swept = run<Swept>(sweep())
  assert.equal(swept.expired.entries, 250)
  assert.equal(swept.evicted.entries, 0)
  assert.deepEqual(rowCounts(reading), { entries: 50, vectors: 50, contexts: 1, lookups: 0, bits: bitsOf(300) - 250 })
  assertSound(reading)
})

test('there is never more than the limit after a sweep, and nothing of more value goes before less', (t) => {
  const entry = fc.record({
    size: fc.integer({ min: 0, max: 20_000 }),
    cost: fc.option(fc.integer({ min: 0, max: 10_000_000 })),
    duration: fc.integer({ min: 0, max: 30_000 }),
    hits: fc.nat(50),
    isNew: fc.boolean(),
    vector: fc.boolean(),
  })
  fc.assert(
    fc.property(
      fc.array(entry, { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 0, max: 300_000 }),
      (list, limit) => {
        const { store, reading, run } = openStore(t)
        for (const [index, { size, cost, duration, hits, isNew, vector }] of list.entries()) {
          const more = { reply: 'x'.repeat(size), costNano: cost, durationMs: duration, createdAt: isNew ? LATER : NOW }
          store.apply([
            { type: 'put', entry: entryOf(`k${index}`, more), vector: vector ? inSpace(vectorOf(index)) : null },
            { type: 'hits', key: `k${index}`, count: hits, at: NOW },
          ])
        }
        type Row = { priority: number; created_at: number; key: string }
        const all = () => reading.prepare('SELECT key, priority, created_at FROM cache_entries').all() as Row[]
        const bytes = () => reading.prepare('SELECT bytes FROM cache_totals').pluck().get() as number
        const before = all()
        const bytesBefore = bytes()
        store.maxBytes = limit
        const { evicted } = run<Swept>(sweep())
        assert.ok(bytes() <= limit, `${bytes()} bytes of ${limit}`)
        assert.equal(bytesBefore - bytes(), evicted.bytes)
        if (bytesBefore <= limit) assert.equal(evicted.entries, 0)
        const kept = new Set(all().map(({ key }) => key))
        const rank = ({ priority, created_at }: Row) => (created_at === LATER ? 1e12 : 0) + priority
        const gone = before.filter(({ key }) => !kept.has(key)).map(rank)
        const stayed = before.filter(({ key }) => kept.has(key)).map(rank)
        assert.ok(Math.max(0, ...gone) <= Math.min(Number.POSITIVE_INFINITY, ...stayed))
        assertSound(reading)
      },
    ),
    { numRuns: 40, endOnFailure: true },
  )
})

test('an eviction makes room for some time, and not more than that', (t) => {
  const { store, reading, run } = openStore(t)
  for (let index = 0; index < 200; index += 1)
    store.apply([{ type: 'put', entry: entryOf(`k${index}`, { reply: 'x'.repeat(5000) }), vector: null }])
  store.maxBytes = 500_000
  assert.ok(store.isOverLimit)
  run(sweep())
  const left = reading.prepare('SELECT bytes FROM cache_totals').pluck().get() as number
  assert.ok(left <= KEPT_SHARE * 500_000 && left > KEPT_SHARE * 500_000 - 6000, String(left))
})

test('value is cost × hits ÷ size, time stands in for money, and what is not hit any more is overtaken', (t) => {
  const cost = (costNano: number | null, durationMs = 0) => ({ costNano, durationMs })
  const value = (of: { costNano: number | null; durationMs: number }, hits: number, bytes: number) =>
    priorityOf(0, of, hits, bytes)
  assert.ok(value(cost(2000), 0, 1000) > value(cost(1000), 0, 1000))
  assert.ok(value(cost(1000), 5, 1000) > value(cost(1000), 1, 1000))
  assert.ok(value(cost(1000), 1, 100) > value(cost(1000), 1, 1000))
  assert.ok(value(cost(null, 900), 0, 1000) > value(cost(0, 100), 0, 1000))

  const { store, reading, run } = openStore(t)
  const reply = 'x'.repeat(1000)
  store.apply([
    { type: 'put', entry: entryOf('hero', { reply }), vector: null },
    { type: 'hits', key: 'hero', count: 20, at: NOW },
  ])
  store.maxBytes = 40_000
  const has = (key: string) => reading.prepare('SELECT 1 FROM cache_entries WHERE key = ?').get(key) !== undefined
  const lastRound = () => {
    for (let round = 0; round < 100; round += 1) {
      for (let index = 0; index < 30; index += 1) {
        const key = `r${round} ${index}`
        const writes = [{ type: 'put', entry: entryOf(key, { reply }), vector: null }] as const
        store.apply([...writes, { type: 'hits', key, count: 2, at: NOW }])
      }
      run(sweep())
      if (!has('hero')) return round
    }
    return 100
  }
  const round = lastRound()
  assert.ok(round > 2, `the hero went in round ${round}`)
  assert.ok(round < 30, `the hero was still there in round ${round}`)
})

test('of the look-ups that nobody judged the newest stay, and of the judged ones as many again', (t) => {
  const { db, store, reading, run } = openStore(t)
  const extra = 130
  const fill = db.transaction(() => {
    for (let index = 0; index < 2 * MOST_LOOK_UPS + 2 * extra; index += 1)
      db.prepare(
        `INSERT INTO cache_lookups (request_id, at, scope, tenant, route, space, question, key, cached_question,
          similarity, threshold, outcome, agreement) VALUES (?, 0, '', '', '', '', '', '', '', 1, 1, 'hit', ?)`,
      ).run(`r${index}`, index % 2 ? 'same' : null)
  })
  fill()
  store.apply([{ type: 'look-up', lookUp: lookUpOf('last', 'k') }])
  const { lookUps } = run<Swept>(sweep())
  const left = (test: string) => reading.prepare(`SELECT count(*) FROM cache_lookups WHERE ${test}`).pluck().get()
  assert.equal(left('agreement IS NULL'), MOST_LOOK_UPS)
  assert.equal(left("agreement = 'same'"), MOST_LOOK_UPS)
  assert.equal(lookUps, 2 * extra + 1)
  assert.equal(left("request_id = 'last'"), 1)
  assert.equal(left("request_id = 'r0'"), 0)
})
