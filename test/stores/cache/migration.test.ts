import assert from 'node:assert/strict'
import { test } from 'node:test'
import Database from 'better-sqlite3'
import type { CacheRecord } from '../../../server/core/cache.ts'
import type { ExchangeRecord } from '../../../server/core/record.ts'
import { cacheUse } from '../../../server/stores/cache/cache-stats.ts'
import { openForReading, openForWriting } from '../../../server/stores/database.ts'
import { MIGRATIONS } from '../../../server/stores/migrations.ts'
import { findRequest, type RequestExtra, requestsRow, requestWriter } from '../../../server/stores/requests.ts'
import { guardedRecord } from '../verdict-samples.ts'
import { NOW, storeFile } from './support.ts'

const RECORD = guardedRecord(NOW, [])

const HIT: CacheRecord = {
  outcome: 'hit-semantic',
  why: null,
  found: null,
  similarity: 0.97,
  age_ms: 1000,
  source: 'req_before',
  provider: 'openai',
  model: 'large',
  saved_nano: 5000,
  saved_ms: 900,
  lookups: [
    { kind: 'exact', span_id: '1', started_ms: 0, duration_ms: 0.1, result: 'miss' },
    { kind: 'semantic', span_id: '2', started_ms: 0.1, duration_ms: 4, result: 'hit' },
  ],
}

test('a store of the version before keeps its rows, and takes what is new', (t) => {
  const file = storeFile(t)
  const old = new Database(file)
  for (const sql of MIGRATIONS.slice(0, 2)) old.exec(sql)
  old.pragma('user_version = 2')
  old
    .prepare(
      `INSERT INTO requests (request_id, trace_id, ts, route, surface, stream, status, attempts, attempt_list, fallback,
        synthetic, duration_ms, revision) VALUES ('req_0', 't', 1, 'r', 's', 0, 200, 1, '[]', 0, 0, 5, 'rev')`,
    )
    .run()
  old.prepare("INSERT INTO journal (records) VALUES (x'00')").run()
  old.close()

  const db = openForWriting(file)
  t.after(() => db.close())
  assert.equal(db.pragma('user_version', { simple: true }), MIGRATIONS.length)
  assert.equal(db.pragma('integrity_check', { simple: true }), 'ok')
  const row = findRequest(db, 'req_0')!
  assert.deepEqual([row.duration_ms, row.similarity, row.saved_nano, row.lookup_ms], [5, null, null, null])
  assert.equal(db.prepare('SELECT count(*) FROM journal').pluck().get(), 1)
  assert.equal(db.prepare('SELECT entries + bytes FROM cache_totals').pluck().get(), 0)
})

test('a request that the cache answered is stored with what it saved, and whose reply it was', (t) => {
  const file = storeFile(t)
  const db = openForWriting(file)
  t.after(() => db.close())
  const write = requestWriter(db)
  write(requestsRow({ ...RECORD, cache: HIT }))
  const row = findRequest(db, RECORD.request_id)!
  assert.deepEqual(
    [row.cache, row.provider, row.model, row.attempts, row.similarity, row.saved_nano, row.saved_ms, row.lookup_ms],
    ['hit-semantic', 'openai', 'large', 0, 0.97, 5000, 900, 4],
  )
  assert.deepEqual((JSON.parse(row.extra) as RequestExtra).cache, HIT)
})

test('records of a journal that an earlier version left mean what they meant', () => {
  const { cache, ...older } = RECORD
  assert.equal(cache, null)
  assert.equal(requestsRow(older as ExchangeRecord).cache, null)
  assert.equal(requestsRow({ ...older, last_resort: 'stale' } as ExchangeRecord).cache, 'stale')
  assert.equal((JSON.parse(requestsRow(older as ExchangeRecord).extra) as RequestExtra).cache, null)
})

test('the figures of a window tell hits, misses and what was saved, by route and tenant', (t) => {
  const file = storeFile(t)
  const db = openForWriting(file)
  const write = requestWriter(db)
  const outcomes = ['hit-exact', 'hit-exact', 'hit-semantic', 'stale', 'miss', 'miss', 'miss', 'bypass'] as const
  for (const [index, outcome] of outcomes.entries()) {
    const saved = outcome.startsWith('hit') ? { saved_nano: 100, saved_ms: 10 } : { saved_nano: null, saved_ms: null }
    const lookups = outcome === 'miss' ? HIT.lookups.map((each) => ({ ...each, duration_ms: 8 })) : []
    const request_id = `${RECORD.request_id.slice(0, -1)}${index}`
    write(requestsRow({ ...RECORD, request_id, cache: { ...HIT, ...saved, outcome, lookups } }))
  }
  write(
    requestsRow({ ...RECORD, request_id: `${RECORD.request_id}b`, tenant: null, cache: { ...HIT, outcome: 'miss' } }),
  )
  db.close()
  const reading = openForReading(file)
  t.after(() => reading.close())
  const [nobody, acme] = cacheUse(reading, NOW, NOW + 1)
  const { lookup_p50_ms, lookup_p99_ms, ...counts } = acme!
  assert.deepEqual(counts, {
    route: 'support',
    tenant: 'acme',
    requests: 8,
    exact: 2,
    semantic: 1,
    stale: 1,
    misses: 3,
    bypassed: 1,
    saved_nano: 300,
    saved_ms: 30,
  })
  for (const ms of [lookup_p50_ms!, lookup_p99_ms!]) assert.ok(ms > 7 && ms < 9, String(ms))
  assert.deepEqual([nobody!.tenant, nobody!.misses, nobody!.saved_nano], [null, 1, 5000])
  assert.deepEqual(cacheUse(reading, NOW + 1, NOW + 2), [])
})
