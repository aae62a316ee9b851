import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { Worker } from 'node:worker_threads'
import type { CacheEntry, CacheScope, CacheSelection, LookUp, SpaceVector } from '../../../server/core/cache.ts'
import type { CacheCommand, Removed, ThreadData } from '../../../server/core/thread-messages.ts'
import { CacheStore } from '../../../server/stores/cache/cache-store.ts'
import { CacheWriter } from '../../../server/stores/cache/cache-writer.ts'
import { loadVectorLibrary } from '../../../server/stores/cache/library.ts'
import { LONGEST_TAIL } from '../../../server/stores/cache/vectors.ts'
import { type Db, openForReading, openForWriting } from '../../../server/stores/database.ts'
import { createReader, type Reader } from '../../../server/stores/reader.ts'
import { Recorder } from '../../../server/stores/recorder.ts'

export const NOW = 1_800_000_000_000
export const SPACE = { id: 'test-1', dimensions: 64 }

export function scopeOf(tenant = 'acme', route = 'support'): CacheScope {
  return { hash: `${tenant}/${route}`, tenant, route, partition: null, namespace: null }
}

/** An entry that is fresh for an hour and kept for a day. */
export function entryOf(key: string, more: Partial<CacheEntry> = {}): CacheEntry {
  return {
    key,
    scope: scopeOf(),
    context: 'context',
    question: `question ${key}`,
    requestId: `req_${key}`,
    provider: 'sandbox',
    model: 'small',
    reply: JSON.stringify({ events: [], streamMs: 0, text: `reply ${key}` }),
    outputTokens: 10,
    costNano: 1000,
    durationMs: 500,
    createdAt: NOW,
    freshUntil: NOW + 3_600_000,
    revalidateUntil: NOW + 7_200_000,
    keptUntil: NOW + 86_400_000,
    ...more,
  }
}

export function lookUpOf(requestId: string, key: string, more: Partial<LookUp> = {}): LookUp {
  return {
    requestId,
    at: NOW,
    scope: scopeOf(),
    space: SPACE.id,
    question: `asked ${requestId}`,
    key,
    cachedQuestion: `question ${key}`,
    similarity: 0.95,
    threshold: 0.9,
    guard: null,
    outcome: 'hit',
    ...more,
  }
}

/** A unit vector that is the same for the same seed. */
export function vectorOf(seed: number, dimensions = SPACE.dimensions): Float32Array {
  let state = (seed + 1) * 2_654_435_761
  const next = () => {
    state = Math.imul(state ^ (state >>> 15), 2_246_822_519) + 1
    state ^= state >>> 13
    return (state >>> 0) / 2 ** 32 - 0.5
  }
  return unit(Float32Array.from({ length: dimensions }, next))
}

export function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector)
  return vector.map((value) => value / length)
}

export function inSpace(vector: Float32Array, id = SPACE.id): SpaceVector {
  return { space: { id, dimensions: vector.length }, vector }
}

export function cosine(one: Float32Array, other: Float32Array): number {
  return one.reduce((sum, value, index) => sum + value * other[index]!, 0)
}

/** A file for a store, removed after the test. */
export function storeFile(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-cache-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'gatehouse.db')
}

export const PURGE = { type: 'purge', actor: 'test', at: NOW } as const

export interface OpenStore {
  file: string
  store: CacheStore
  /** The connection that writes. */
  db: Db
  /** Another one, for reading, with sqlite-vec. */
  reading: Db
  run<T>(command: CacheCommand): T
  purge(selection: CacheSelection): Removed
}

/** The cache's store on this thread. `library` is where sqlite-vec is looked for, if not where it is. */
export function openStore(t: TestContext, file = storeFile(t), library?: string): OpenStore {
  const db = openForWriting(file)
  const store = new CacheStore(db, loadVectorLibrary(db, library))
  finish(store.repair())
  const reading = openForReading(file)
  loadVectorLibrary(reading)
  t.after(() => {
    reading.close()
    db.close()
  })
  const run = <T>(command: CacheCommand) => finish(store.run(command)) as T
  return { file, store, db, reading, run, purge: (selection) => run({ ...PURGE, selection }) }
}

/** Does all steps of a job. */
export function finish<T>(job: Generator<void, T>): T {
  for (;;) {
    const { done, value } = job.next()
    if (done) return value
  }
}

export interface Threads {
  recorder: Recorder
  writer: CacheWriter
  reader: Reader
  /** The writer threads that were started, the running one last. */
  workers: Worker[]
  problems: string[]
  close(): Promise<void>
}

/** The real threads on a store's file. */
export async function startThreads(t: TestContext, file: string, vectorLibrary?: string): Promise<Threads> {
  openForWriting(file).close()
  const data: ThreadData = { file, version: 'test', ...(vectorLibrary === undefined ? {} : { vectorLibrary }) }
  const entry = (name: string) => new URL(`../../../server/threads/${name}.ts`, import.meta.url)
  const workers: Worker[] = []
  const problems: string[] = []
  const recorder = new Recorder(
    () => {
      const worker = new Worker(entry('writer'), { workerData: data })
      workers.push(worker)
      return worker
    },
    (problem) => problems.push(problem),
  )
  const writer = new CacheWriter(recorder)
  const reader = createReader(() => new Worker(entry('reader'), { workerData: data }))
  let open = true
  const close = async () => {
    if (!open) return
    open = false
    await writer.close(5000)
    await recorder.close(5000)
    await reader.close()
  }
  t.after(close)
  await recorder.ready
  return { recorder, writer, reader, workers, problems, close }
}

/** Rows of the cache by table, and of bits, to see that nothing is left and nothing is missing. */
export function rowCounts(db: Db): Record<string, number> {
  const tables = ['cache_entries', 'cache_vectors', 'cache_contexts', 'cache_lookups']
  const count = (table: string) => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get() as number
  const bits = db
    .prepare("SELECT name FROM sqlite_schema WHERE name GLOB 'cache_bits_[0-9]*_rowids'")
    .pluck()
    .all() as string[]
  return {
    ...Object.fromEntries(tables.map((table) => [table.slice('cache_'.length), count(table)])),
    bits: bits.reduce((sum, table) => sum + count(table), 0),
  }
}

/** How many of so many vectors, put one after the other into one context, have bits. */
export function bitsOf(vectors: number): number {
  return vectors - (vectors % LONGEST_TAIL)
}

/** What must hold between the tables at any time, each as a count that must be 0. */
export function contradictions(db: Db): Record<string, number> {
  const one = (sql: string) => db.prepare(sql).pluck().get() as number
  const spaces = db.prepare('SELECT id FROM cache_spaces').pluck().all() as number[]
  const hasBits = (space: number) =>
    db.prepare('SELECT 1 FROM sqlite_schema WHERE name = ?').get(`cache_bits_${space}_rowids`) !== undefined
  const perSpace = spaces.filter(hasBits).flatMap((space) => [
    [
      `bits of space ${space} without a vector`,
      one(`SELECT count(*) FROM cache_bits_${space}_rowids WHERE rowid NOT IN (SELECT id FROM cache_vectors)`),
    ],
    [
      `vectors of space ${space} that should have bits`,
      one(`SELECT count(*) FROM cache_vectors AS vectors JOIN cache_contexts AS contexts ON contexts.id = vectors.context
        WHERE vectors.space = ${space} AND vectors.id <= contexts.bits_to
          AND vectors.id NOT IN (SELECT rowid FROM cache_bits_${space}_rowids)`),
    ],
    [
      `bits of space ${space} in a tail`,
      one(`SELECT count(*) FROM cache_vectors AS vectors JOIN cache_contexts AS contexts ON contexts.id = vectors.context
        WHERE vectors.space = ${space} AND vectors.id > contexts.bits_to
          AND vectors.id IN (SELECT rowid FROM cache_bits_${space}_rowids)`),
    ],
  ])
  return Object.fromEntries([
    ...perSpace,
    [
      'vectors without an entry',
      one('SELECT count(*) FROM cache_vectors WHERE entry NOT IN (SELECT id FROM cache_entries)'),
    ],
    [
      'vectors in a context of another space or name',
      one(`SELECT count(*) FROM cache_vectors AS vectors JOIN cache_entries AS entries ON entries.id = vectors.entry
        LEFT JOIN cache_contexts AS contexts ON contexts.id = vectors.context
        WHERE contexts.context IS NOT entries.context OR contexts.space IS NOT vectors.space`),
    ],
    [
      'contexts that count wrongly',
      one(`SELECT count(*) FROM cache_contexts AS contexts WHERE
        vectors != (SELECT count(*) FROM cache_vectors WHERE context = contexts.id) OR
        tail != (SELECT count(*) FROM cache_vectors WHERE context = contexts.id AND id > contexts.bits_to)`),
    ],
    [
      'entries that count their vectors wrongly',
      one(`SELECT count(*) FROM cache_entries WHERE vector_bytes !=
        (SELECT coalesce(sum(length(vector) + length(vector) / 32), 0) FROM cache_vectors WHERE entry = cache_entries.id)`),
    ],
    [
      'totals that are wrong',
      one(`SELECT count(*) FROM cache_totals WHERE entries != (SELECT count(*) FROM cache_entries)
        OR bytes != (SELECT coalesce(sum(bytes + vector_bytes), 0) FROM cache_entries)`),
    ],
  ] as [string, number][])
}

export function assertSound(db: Db): void {
  const wrong = Object.entries(contradictions(db)).filter(([, count]) => count !== 0)
  if (wrong.length > 0) throw new Error(`the tables contradict each other: ${JSON.stringify(wrong)}`)
}
