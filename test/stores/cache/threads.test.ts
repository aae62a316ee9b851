import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { type TestContext, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Neighbour } from '../../../server/core/cache.ts'
import type { CacheSize } from '../../../server/stores/cache/cache-stats.ts'
import type { EntryPage } from '../../../server/stores/cache/entry-list.ts'
import {
  assertSound,
  entryOf,
  inSpace,
  lookUpOf,
  NOW,
  openStore,
  PURGE,
  rowCounts,
  scopeOf,
  startThreads,
  storeFile,
  vectorOf,
} from './support.ts'

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await isSo()); tries += 1) {
    if (tries > 400) throw new Error('it did not come to be so')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

test('what the main thread writes is found by the reader thread', async (t) => {
  const { writer, reader } = await startThreads(t, storeFile(t))
  for (let index = 0; index < 500; index += 1) writer.put(entryOf(`k${index}`), inSpace(vectorOf(index)))
  for (let index = 0; index < 5; index += 1) writer.noteHit('k7', NOW + index)
  writer.addVector('k9', inSpace(vectorOf(9), 'test-2'))
  writer.noteLookUp(lookUpOf('req_1', 'k7'))
  writer.noteCheck('req_1', 'fresh', 'same', NOW)
  await writer.flush()
  assert.deepEqual(writer.status, { waiting: 0, waitingBytes: 0, stored: 504, dropped: 0, failed: 0, problem: null })
  assert.equal(await reader.ask('vectorProblem'), null)
  for (const index of [3, 120, 499]) {
    const [first] = await reader.ask<Neighbour[]>('nearest', 'context', inSpace(vectorOf(index)), 3, NOW)
    assert.equal(first!.key, `k${index}`)
    assert.ok(first!.similarity > 1 - 1e-6 && first!.similarity <= 1)
    assert.equal(first!.question, `question k${index}`)
  }
  const page = await reader.ask<EntryPage>('cacheEntries', { tenant: 'acme' }, 'hits', null, 1)
  assert.deepEqual([page.entries[0]!.key, page.entries[0]!.hits, page.entries[0]!.last_hit_at], ['k7', 5, NOW + 4])
  const size = await reader.ask<CacheSize>('cacheSize', NOW)
  assert.deepEqual(
    size.spaces.map(({ space, vectors, lacking }) => [space, vectors, lacking]),
    [
      ['test-1', 500, 0],
      ['test-2', 1, 499],
    ],
  )
  assert.equal(await reader.ask('isDenied', scopeOf().hash, 'asked req_1', 'question k7'), false)
  const reviewed = await writer.ask({ type: 'review', lookUp: 1, review: 'wrong', actor: 'test', at: NOW })
  assert.equal(reviewed?.key, 'k7')
  assert.equal(await reader.ask('isDenied', scopeOf().hash, 'asked req_1', 'question k7'), true)
  assert.equal(await reader.ask('cacheEntry', 'k7'), null)
})

test('a question to the writer comes after everything that was written before it', async (t) => {
  const { writer, reader } = await startThreads(t, storeFile(t))
  for (let index = 0; index < 700; index += 1) writer.put(entryOf(`k${index}`), null)
  const removed = await writer.ask({ ...PURGE, selection: { tenant: 'acme' } })
  assert.equal(removed.entries, 700)
  assert.equal((await reader.ask<CacheSize>('cacheSize', NOW)).entries, 0)
})

test('more than the limit is evicted without being asked, also after the limit is lowered', async (t) => {
  const { writer, reader } = await startThreads(t, storeFile(t))
  writer.setMaxBytes(200_000)
  for (let index = 0; index < 300; index += 1)
    writer.put(entryOf(`k${index}`, { reply: 'x'.repeat(2000) }), inSpace(vectorOf(index)))
  await writer.flush()
  const bytes = async () => (await reader.ask<CacheSize>('cacheSize', NOW)).bytes
  await until(async () => (await bytes()) <= 200_000)
  writer.setMaxBytes(50_000)
  await until(async () => (await bytes()) <= 50_000)
})

test('what the thread had not answered when it failed is sent again, and commands, too', async (t) => {
  const file = storeFile(t)
  const { writer, workers, problems, close } = await startThreads(t, file)
  writer.setMaxBytes(10_000_000)
  for (let index = 0; index < 200; index += 1) writer.put(entryOf(`k${index}`), inSpace(vectorOf(index)))
  const flushed = writer.flush()
  const asked = writer.ask({ type: 'sweep', now: NOW })
  await workers[0]!.terminate()
  await flushed
  assert.deepEqual((await asked).expired, { entries: 0, bytes: 0 })
  assert.equal(workers.length, 2)
  assert.equal(writer.status.stored, 200)
  assert.equal(writer.status.dropped, 0)
  assert.deepEqual(problems, [])
  await close()
  const { reading } = openStore(t, file)
  assertSound(reading)
  assert.equal(rowCounts(reading).entries, 200)
})

test('what is too much to wait is dropped and counted, and the rest is stored', async (t) => {
  const { writer } = await startThreads(t, storeFile(t))
  const reply = 'x'.repeat(1_000_000)
  for (let index = 0; index < 40; index += 1) writer.put(entryOf(`k${index}`, { reply }), null)
  const { dropped, waiting } = writer.status
  assert.ok(dropped > 0 && dropped + waiting === 40, JSON.stringify(writer.status))
  await writer.flush()
  assert.deepEqual(writer.status, {
    waiting: 0,
    waitingBytes: 0,
    stored: 40 - dropped,
    dropped,
    failed: 0,
    problem: null,
  })
})

test('a store that refuses a write says so, and the thread lives on', async (t) => {
  const { writer, workers } = await startThreads(t, storeFile(t))
  const short = { space: { id: 'test-1', dimensions: 64 }, vector: vectorOf(1, 32) }
  writer.put(entryOf('a'), inSpace(vectorOf(1)))
  writer.put(entryOf('b'), short)
  await writer.flush()
  assert.equal(writer.status.failed, 1)
  assert.match(writer.status.problem!, /dimensions/)
  writer.put(entryOf('c'), null)
  await writer.flush()
  assert.equal(writer.status.problem, null)
  assert.equal(workers.length, 1)
})

test('a view into a large memory takes only its own part along', async (t) => {
  const { writer, reader } = await startThreads(t, storeFile(t))
  const many = new Float32Array(64 * 3)
  many.set(vectorOf(5), 64)
  writer.put(entryOf('a'), inSpace(many.subarray(64, 128)))
  await writer.flush()
  const [first] = await reader.ask<Neighbour[]>('nearest', 'context', inSpace(vectorOf(5)), 1, NOW)
  assert.equal(first!.key, 'a')
})

test('where sqlite-vec is missing the threads work, and say why there is no search', async (t) => {
  const { writer, reader } = await startThreads(t, storeFile(t), '/nowhere/vec0')
  for (let index = 0; index < 200; index += 1) writer.put(entryOf(`k${index}`), inSpace(vectorOf(index)))
  await writer.flush()
  assert.equal(writer.status.stored, 200)
  assert.match(await reader.ask<string>('vectorProblem'), /^sqlite-vec cannot be loaded: .*nowhere/)
  const page = await reader.ask<EntryPage>('cacheEntries', {}, 'newest', null, 500)
  assert.equal(page.entries.length, 200)
})

async function killAtWork(t: TestContext, file: string, batches: number): Promise<void> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('crash-process.ts', import.meta.url)), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  t.after(() => child.kill('SIGKILL'))
  let seen = 0
  child.stdout.on('data', () => {
    seen += 1
    // Not at a moment of rest.
    if (seen === batches) setTimeout(() => child.kill('SIGKILL'), 7 * batches)
  })
  await once(child, 'exit')
}

test('a kill in the middle of writing leaves the store whole', { timeout: 60_000 }, async (t) => {
  const file = storeFile(t)
  for (const batches of [3, 6, 11]) {
    await killAtWork(t, file, batches)
    const { db, reading, store } = openStore(t, file)
    assert.equal(db.pragma('integrity_check', { simple: true }), 'ok')
    assertSound(reading)
    const { entries, bits } = rowCounts(reading)
    assert.ok(entries! > 100 && bits! > 0, JSON.stringify({ entries, bits }))
    assert.deepEqual(store.apply([{ type: 'put', entry: entryOf('after'), vector: inSpace(vectorOf(1)) }]), {
      failed: 0,
      problem: null,
    })
  }
})
