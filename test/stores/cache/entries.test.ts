import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { cacheSize, countLacking, lackingEntries } from '../../../server/stores/cache/cache-stats.ts'
import { cacheFinder } from '../../../server/stores/cache/entries.ts'
import { type EntryOrder, findEntry, listEntries } from '../../../server/stores/cache/entry-list.ts'
import { openForWriting } from '../../../server/stores/database.ts'
import {
  assertSound,
  bitsOf,
  entryOf,
  inSpace,
  lookUpOf,
  NOW,
  openStore,
  rowCounts,
  scopeOf,
  vectorOf,
} from './support.ts'

test('an entry comes back as it was put, with every member', (t) => {
  const { store, reading } = openStore(t)
  const full = entryOf('full', {
    scope: { hash: 'h', tenant: 'acme', route: 'r', partition: 'team red', namespace: 'beta' },
    question: 'Grüße — 你好?',
  })
  const bare = entryOf('bare', { context: null, question: null, costNano: null, keptUntil: Number.POSITIVE_INFINITY })
  store.apply([full, bare].map((entry) => ({ type: 'put', entry, vector: null })))
  const find = cacheFinder(reading)
  assert.deepEqual(find('full'), full)
  assert.deepEqual(find('bare'), { ...bare, keptUntil: Number.MAX_SAFE_INTEGER })
  assert.equal(find('none'), null)
})

test('an entry takes the place of the one before, keeps its hits and, for the same question, its vectors', (t) => {
  const { store, db, reading } = openStore(t)
  store.apply([
    { type: 'put', entry: entryOf('a'), vector: inSpace(vectorOf(1)) },
    { type: 'hits', key: 'a', count: 3, at: NOW + 5 },
    { type: 'put', entry: entryOf('a', { reply: 'another', createdAt: NOW + 9 }), vector: null },
  ])
  const row = findEntry(reading, 'a')!
  assert.deepEqual([row.reply, row.hits, row.last_hit_at, row.created_at], ['another', 3, NOW + 5, NOW + 9])
  assert.equal(rowCounts(reading).vectors, 1)
  assertSound(reading)
  store.apply([{ type: 'put', entry: entryOf('a', { question: 'something else' }), vector: null }])
  assert.equal(rowCounts(reading).vectors, 0)
  assertSound(db)
})

test('a write that is at fault is counted and takes no other with it', (t) => {
  const { store, reading } = openStore(t)
  const wrong = inSpace(vectorOf(1, 32))
  const { failed, problem } = store.apply([
    { type: 'put', entry: entryOf('a'), vector: inSpace(vectorOf(1)) },
    { type: 'put', entry: entryOf('b'), vector: { ...wrong, space: inSpace(vectorOf(1)).space } },
    { type: 'put', entry: entryOf('c'), vector: inSpace(vectorOf(2)) },
  ])
  assert.equal(failed, 1)
  assert.match(problem!, /32 dimensions in the space test-1, which has 64/)
  assert.deepEqual(rowCounts(reading), { entries: 2, vectors: 2, contexts: 1, lookups: 0, bits: 0 })
  assertSound(reading)
})

test('where nothing can be written at the moment, all of it is given up at once', (t) => {
  const { file, store, db, reading } = openStore(t)
  const other = openForWriting(file)
  t.after(() => other.close())
  db.pragma('busy_timeout = 50')
  other.exec('BEGIN IMMEDIATE')
  const start = performance.now()
  const puts = Array.from({ length: 30 }, (_, index) => entryOf(`k${index}`))
  const { failed, problem } = store.apply(puts.map((entry) => ({ type: 'put', entry, vector: null })))
  assert.equal(failed, 30)
  assert.match(problem!, /locked/)
  assert.ok(performance.now() - start < 500)
  other.exec('ROLLBACK')
  assert.equal(store.apply([{ type: 'put', entry: puts[0]!, vector: null }]).failed, 0)
  assert.equal(rowCounts(reading).entries, 1)
})

test('hits of an entry that is gone are nobody’s, and so are its vectors', (t) => {
  const { store, reading } = openStore(t)
  const { failed } = store.apply([
    { type: 'hits', key: 'gone', count: 1, at: NOW },
    { type: 'vector', key: 'gone', vector: inSpace(vectorOf(1)) },
  ])
  assert.equal(failed, 0)
  assert.equal(rowCounts(reading).entries, 0)
})

test('a listing goes page by page through everything, each once, in its order', (t) => {
  const { store, reading } = openStore(t)
  for (let index = 0; index < 25; index += 1) {
    const key = `k${index}`
    const scope = scopeOf(index % 2 ? 'acme' : 'globex')
    const more = { scope, createdAt: NOW + (index % 5), reply: 'x'.repeat((index % 4) * 100), costNano: index % 3 }
    store.apply([{ type: 'put', entry: entryOf(key, more), vector: null }])
    if (index % 6 > 0) store.apply([{ type: 'hits', key, count: index % 6, at: NOW }])
  }
  const value = {
    newest: (row: { created_at: number }) => row.created_at,
    hits: (row: { hits: number }) => row.hits,
    saved: ({ hits, cost_nano, duration_ms }: { hits: number; cost_nano: number | null; duration_ms: number }) =>
      hits * (cost_nano || duration_ms * 100),
    size: (row: { bytes: number }) => row.bytes,
  }
  for (const order of Object.keys(value) as EntryOrder[]) {
    const seen: { key: string; sorted: number }[] = []
    let cursor: string | null = null
    do {
      const page = listEntries(reading, {}, order, cursor, 7)
      for (const row of page.entries) seen.push({ key: row.key, sorted: value[order](row) })
      cursor = page.next
    } while (cursor !== null)
    assert.equal(new Set(seen.map(({ key }) => key)).size, 25, order)
    assert.equal(seen.length, 25, order)
    assert.deepEqual(
      seen.map(({ sorted }) => sorted),
      seen.map(({ sorted }) => sorted).sort((one, other) => other - one),
      order,
    )
  }
  const { entries } = listEntries(reading, { tenant: 'acme', text: 'QUESTION K1' }, 'newest', null, 100)
  assert.deepEqual(entries.map(({ key }) => key).sort(), ['k1', 'k11', 'k13', 'k15', 'k17', 'k19'])
  assert.ok(!('reply' in entries[0]!))
  assert.equal(listEntries(reading, { kind: 'exact' }, 'newest', null, 100).entries.length, 0)
})

test('a purge leaves nothing of what was selected, and everything else', (t) => {
  const { store, reading, purge } = openStore(t)
  const add = (tenant: string, route: string) => {
    for (let index = 0; index < 300; index += 1) {
      const key = `${tenant}/${route}/${index}`
      const entry = entryOf(key, { scope: scopeOf(tenant, route), context: `${tenant}/${route}` })
      store.apply([
        { type: 'put', entry, vector: inSpace(vectorOf(index)) },
        { type: 'look-up', lookUp: lookUpOf(`req ${key}`, key, { scope: scopeOf(tenant, route) }) },
      ])
    }
  }
  for (const tenant of ['acme', 'globex']) for (const route of ['a', 'b']) add(tenant, route)
  assert.deepEqual(rowCounts(reading), {
    entries: 1200,
    vectors: 1200,
    contexts: 4,
    lookups: 1200,
    bits: 4 * bitsOf(300),
  })
  const one = purge({ key: 'globex/a/7' })
  assert.equal(one.entries, 1)
  assert.deepEqual(rowCounts(reading), {
    entries: 1199,
    vectors: 1199,
    contexts: 4,
    lookups: 1199,
    bits: 4 * bitsOf(300) - 1,
  })
  const before = cacheSize(reading, NOW).bytes
  const removed = purge({ tenant: 'acme', route: 'b' })
  assert.equal(removed.entries, 300)
  assert.equal(cacheSize(reading, NOW).bytes, before - removed.bytes)
  assert.deepEqual(rowCounts(reading), {
    entries: 899,
    vectors: 899,
    contexts: 3,
    lookups: 899,
    bits: 3 * bitsOf(300) - 1,
  })
  assertSound(reading)
  assert.equal(cacheFinder(reading)('acme/b/3'), null)
  assert.ok(cacheFinder(reading)('acme/a/3'))
  purge({})
  assert.deepEqual(rowCounts(reading), { entries: 0, vectors: 0, contexts: 0, lookups: 0, bits: 0 })
  assert.equal(cacheSize(reading, NOW).bytes, 0)
})

test('what is purged stands nowhere in the file any more, nor in its log', (t) => {
  const { file, store, purge } = openStore(t)
  const marks = ['a question of the purged', 'a reply of the purged']
  for (let index = 0; index < 30; index += 1) {
    const more = { question: `${marks[0]} ${index}`, reply: `${marks[1]} `.repeat(300) }
    store.apply([{ type: 'put', entry: entryOf(`k${index}`, more), vector: inSpace(vectorOf(index)) }])
  }
  const holds = (mark: string) => ['', '-wal'].some((end) => readFileSync(file + end).includes(mark))
  for (const mark of marks) assert.ok(holds(mark))
  purge({})
  for (const mark of marks) assert.ok(!holds(mark), mark)
})

test('fresh entries that lack a vector of a space are found page by page, the newest first', (t) => {
  const { store, reading } = openStore(t)
  for (let index = 0; index < 10; index += 1)
    store.apply([{ type: 'put', entry: entryOf(`k${index}`), vector: index < 3 ? inSpace(vectorOf(index)) : null }])
  store.apply([
    { type: 'put', entry: entryOf('exact', { question: null, context: null }), vector: null },
    { type: 'put', entry: entryOf('old', { freshUntil: NOW - 1 }), vector: null },
  ])
  assert.equal(countLacking(reading, 'test-1', NOW), 7)
  assert.equal(countLacking(reading, 'new-1', NOW), 10)
  const first = lackingEntries(reading, 'test-1', NOW, null, 4)
  const rest = lackingEntries(reading, 'test-1', NOW, first.at(-1)!.id, 4)
  assert.deepEqual(
    [...first, ...rest].map(({ key }) => key),
    ['k9', 'k8', 'k7', 'k6', 'k5', 'k4', 'k3'],
  )
  assert.equal(first[0]!.question, 'question k9')
  store.apply(first.map(({ key }) => ({ type: 'vector', key, vector: inSpace(vectorOf(1)) })))
  assert.equal(countLacking(reading, 'test-1', NOW), 3)
  assert.deepEqual(cacheSize(reading, NOW).spaces, [{ space: 'test-1', dimensions: 64, vectors: 7, lacking: 3 }])
})
