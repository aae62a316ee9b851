import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { CacheWrite } from '../../../server/core/thread-messages.ts'
import { nearestFinder } from '../../../server/stores/cache/nearest.ts'
import { LONGEST_TAIL } from '../../../server/stores/cache/vectors.ts'
import {
  assertSound,
  bitsOf,
  cosine,
  entryOf,
  finish,
  inSpace,
  NOW,
  openStore,
  rowCounts,
  SPACE,
  storeFile,
  unit,
  vectorOf,
} from './support.ts'

const NOWHERE = '/nowhere/vec0'

/** Vectors in heaps around some centres, as questions are. */
function heaped(seed: number): Float32Array {
  const centre = vectorOf(seed % 12)
  const noise = vectorOf(seed + 1000)
  return unit(centre.map((value, index) => value + 0.8 * noise[index]!))
}

function puts(count: number, context: string, vector: (index: number) => Float32Array): CacheWrite[] {
  return Array.from({ length: count }, (_, index) => {
    const key = `${context} ${index}`
    return { type: 'put', entry: entryOf(key, { context }), vector: inSpace(vector(index)) }
  })
}

test('a search among few vectors is exact, whatever they are', (t) => {
  const { store, reading, purge } = openStore(t)
  const find = nearestFinder(reading, null)
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(1e6), { minLength: 1, maxLength: 100 }), fc.nat(1e6), (seeds, query) => {
      purge({})
      store.apply(puts(seeds.length, 'context', (index) => vectorOf(seeds[index]!)))
      const asked = vectorOf(query)
      const expected = seeds.map((seed) => cosine(asked, vectorOf(seed))).sort((one, other) => other - one)
      const found = find('context', inSpace(asked), 5, NOW)
      assert.equal(found.length, Math.min(5, seeds.length))
      for (const [rank, { similarity }] of found.entries())
        assert.ok(Math.abs(similarity - expected[rank]!) < 1e-5, `${similarity} at rank ${rank}`)
    }),
    { numRuns: 40, endOnFailure: true },
  )
})

test('a search through bits finds what comparing all of them finds', (t) => {
  const { store, reading } = openStore(t)
  const count = 3000
  store.apply(puts(count, 'context', heaped))
  assert.ok(rowCounts(reading).bits! > count - 2 * LONGEST_TAIL)
  assertSound(reading)
  const find = nearestFinder(reading, null)
  const vectors = Array.from({ length: count }, (_, index) => heaped(index))
  let found = 0
  const searches = 100
  for (let query = 0; query < searches; query += 1) {
    const near = vectors[(query * 29) % count]!
    const noise = vectorOf(query + 50_000)
    const asked = unit(near.map((value, index) => value + 0.3 * noise[index]!))
    const best = Math.max(...vectors.map((vector) => cosine(asked, vector)))
    const [first] = find('context', inSpace(asked), 5, NOW)
    assert.ok(first!.similarity < best + 1e-5)
    if (first!.similarity > best - 1e-5) found += 1
  }
  assert.ok(found >= 0.97 * searches, `${found} of ${searches}`)
})

test('a search never leaves its context, nor its space', (t) => {
  const { store, reading } = openStore(t)
  const contexts = ['one', 'two']
  const owner = new Map<string, string>()
  const spaces = ['test-1', 'test-2']
  const put = fc.record({ key: fc.nat(4000), context: fc.nat(1), vector: fc.nat(20), space: fc.nat(1) })
  // Enough of them at once that most contexts get bits.
  fc.assert(
    fc.property(fc.array(put, { minLength: 500, maxLength: 700 }), fc.nat(20), (list, query) => {
      for (const { key, context, vector, space } of list) {
        const entry = entryOf(`k${key}`, { context: contexts[context]! })
        owner.set(entry.key, `${contexts[context]} ${spaces[space]}`)
        // Another question takes the vectors of the last one away: an entry is in one space at a time.
        store.apply([
          { type: 'put', entry: { ...entry, question: `${spaces[space]}` }, vector: null },
          { type: 'vector', key: entry.key, vector: inSpace(vectorOf(vector), spaces[space]!) },
        ])
      }
      const find = nearestFinder(reading, null)
      for (const context of contexts)
        for (const space of spaces)
          for (const { key } of find(context, inSpace(vectorOf(query), space), 50, NOW))
            assert.equal(owner.get(key), `${context} ${space}`)
    }),
    { numRuns: 8, endOnFailure: true },
  )
  assert.ok(rowCounts(reading).bits! > 0)
  assertSound(reading)
})

test('vectors of two spaces are never compared, not even those of equal length', (t) => {
  const { store, reading } = openStore(t)
  store.apply(puts(5, 'context', vectorOf))
  const find = nearestFinder(reading, null)
  assert.equal(find('context', inSpace(vectorOf(3)), 5, NOW)[0]!.key, 'context 3')
  assert.deepEqual(find('context', inSpace(vectorOf(3), 'other-1'), 5, NOW), [])
  assert.deepEqual(find('context', inSpace(vectorOf(3, 32)), 5, NOW), [])
})

test('what is not fresh any more is not found, and loses its vectors at the next sweep', (t) => {
  const { store, reading, run } = openStore(t)
  const writes = puts(700, 'context', vectorOf).map((write, index) => {
    const { entry, vector } = write as CacheWrite & { type: 'put' }
    return { type: 'put' as const, entry: { ...entry, freshUntil: NOW + (index < 400 ? 10 : 1000) }, vector }
  })
  store.apply(writes)
  const find = nearestFinder(reading, null)
  assert.equal(find('context', inSpace(vectorOf(7)), 1, NOW)[0]!.key, 'context 7')
  assert.notEqual(find('context', inSpace(vectorOf(7)), 1, NOW + 10)[0]?.key, 'context 7')
  run({ type: 'sweep', now: NOW + 10 })
  assert.deepEqual(rowCounts(reading), { entries: 700, vectors: 300, contexts: 1, lookups: 0, bits: bitsOf(700) - 400 })
  assertSound(reading)
  assert.equal(find('context', inSpace(vectorOf(444)), 1, NOW + 10)[0]!.key, 'context 444')
})

test('without sqlite-vec everything works but the search, and later that, too', (t) => {
  const file = storeFile(t)
  const first = openStore(t, file)
  first.store.apply(puts(400, 'context', vectorOf))
  assert.equal(rowCounts(first.reading).bits, bitsOf(400))

  const without = openStore(t, file, NOWHERE)
  const more = puts(800, 'context', vectorOf).slice(400)
  assert.deepEqual(without.store.apply(more), { failed: 0, problem: null })
  without.purge({ key: 'context 5' })
  without.store.apply(puts(10, 'small', vectorOf))
  const find = nearestFinder(without.reading, 'sqlite-vec cannot be loaded')
  assert.deepEqual(find('small', inSpace(vectorOf(4)), 1, NOW), [])
  assert.equal(without.run<{ vectors: number }>({ type: 'drop-space', space: 'none' }).vectors, 0)

  const again = openStore(t, file)
  assertSound(again.reading)
  assert.deepEqual(rowCounts(again.reading), {
    entries: 809,
    vectors: 809,
    contexts: 2,
    lookups: 0,
    bits: bitsOf(800) - 1,
  })
  const findAgain = nearestFinder(again.reading, null)
  for (const index of [3, 399, 401, 799])
    assert.equal(findAgain('context', inSpace(vectorOf(index)), 1, NOW)[0]!.key, `context ${index}`)
})

test('a space is dropped with all that is in it, also one whose drop was cut short', (t) => {
  const { file, store, reading, run } = openStore(t)
  store.apply(puts(300, 'context', vectorOf))
  const others = puts(300, 'context', vectorOf).map((write) => {
    const { entry, vector } = write as CacheWrite & { type: 'put' }
    return { type: 'vector' as const, key: entry.key, vector: inSpace(vector!.vector, 'test-2') }
  })
  store.apply(others)
  assert.deepEqual(run({ type: 'drop-space', space: 'test-1' }), { vectors: 300 })
  assert.deepEqual(rowCounts(reading), { entries: 300, vectors: 300, contexts: 1, lookups: 0, bits: bitsOf(300) })
  assertSound(reading)

  const drop = store.run({ type: 'drop-space', space: 'test-2' })
  drop.next()
  // Vectors of the same name begin a space of their own meanwhile.
  store.apply(puts(300, 'context', vectorOf).map((write) => ({ ...write, vector: null }) as CacheWrite))
  store.apply(others.slice(0, 280))
  finish(openStore(t, file).store.repair())
  assertSound(reading)
  assert.deepEqual(rowCounts(reading), { entries: 300, vectors: 280, contexts: 1, lookups: 0, bits: bitsOf(280) })
})

test('bits are moved together when most of their places are empty', (t) => {
  const { db, store, reading, run } = openStore(t)
  const blocks = () => db.prepare('SELECT count(*) FROM cache_bits_1_chunks').pluck().get()
  for (let from = 0; from < 6000; from += 1000) store.apply(puts(from + 1000, 'context', vectorOf).slice(from))
  assert.equal(blocks(), 6)
  const gone = Array.from({ length: 6000 }, (_, index) => index).filter((index) => index % 10 !== 0)
  const remove = db.prepare('UPDATE cache_entries SET kept_until = 0 WHERE key = ?')
  for (const index of gone) remove.run(`context ${index}`)
  run({ type: 'sweep', now: NOW })
  assert.deepEqual(rowCounts(reading), { entries: 600, vectors: 600, contexts: 1, lookups: 0, bits: 589 })
  assert.equal(blocks(), 1)
  assertSound(reading)
  const find = nearestFinder(reading, null)
  for (let index = 0; index < 6000; index += 500)
    assert.equal(find('context', inSpace(vectorOf(index)), 1, NOW)[0]!.key, `context ${index}`)
})

test('lengths that are no multiple of a word are searched, too', (t) => {
  const { store, reading } = openStore(t)
  store.apply(
    Array.from({ length: 300 }, (_, index) => ({
      type: 'put' as const,
      entry: entryOf(`k${index}`),
      vector: inSpace(vectorOf(index, 100), 'odd-1'),
    })),
  )
  assert.equal(rowCounts(reading).bits, 256)
  const find = nearestFinder(reading, null)
  for (const index of [0, 100, 299])
    assert.equal(find('context', inSpace(vectorOf(index, 100), 'odd-1'), 1, NOW)[0]!.key, `k${index}`)
  assert.equal(SPACE.dimensions, 64)
})
