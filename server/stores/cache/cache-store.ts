import type { CacheCommand, CacheWrite, Removed, Reviewed, Swept } from '../../core/thread-messages.ts'
import { AuditWriter } from '../audit.ts'
import { type Db, emptyLog, isPassing, writing } from '../database.ts'
import { pairAllower, pairDenier } from './denied.ts'
import { EntryWriter } from './entry-writer.ts'
import { LookUpWriter, reviewedOf } from './look-ups.ts'
import { repairVectors } from './repair.ts'
import { ownerTest } from './selection.ts'
import { STEP_ROWS } from './steps.ts'
import { Sweeper } from './sweep.ts'
import { tidyBits } from './tidy-bits.ts'
import { VectorWriter } from './vectors.ts'

/** The cache as the connection that writes sees it. */
export class CacheStore {
  readonly #db: Db
  readonly #vectorProblem: string | null
  readonly #vectors: VectorWriter
  readonly #entries: EntryWriter
  readonly #lookUps: LookUpWriter
  readonly #sweeper: Sweeper
  readonly #audit: AuditWriter
  readonly #deny
  readonly #allow
  readonly #applyAll
  readonly #applyOne
  /** Of the store's entries with their vectors. */
  maxBytes = Number.POSITIVE_INFINITY

  /** `vectorProblem` says why sqlite-vec is not there, if so. */
  constructor(db: Db, vectorProblem: string | null) {
    this.#db = db
    this.#vectorProblem = vectorProblem
    this.#vectors = new VectorWriter(db, vectorProblem)
    this.#entries = new EntryWriter(db, this.#vectors)
    this.#lookUps = new LookUpWriter(db)
    this.#sweeper = new Sweeper(db, this.#entries, this.#vectors)
    this.#audit = new AuditWriter(db)
    this.#deny = pairDenier(db)
    this.#allow = pairAllower(db)
    this.#applyOne = writing(db, (write: CacheWrite) => this.#apply(write))
    this.#applyAll = writing(db, (writes: readonly CacheWrite[]) => {
      for (const write of writes) this.#apply(write)
    })
  }

  /**
   * Commits all of them or, when one is at fault, all others; how many were, and why. Where nothing can be written at
   * the moment, all of them are lost: nobody waits for them. Never throws.
   */
  apply(writes: readonly CacheWrite[]): { failed: number; problem: string | null } {
    const error = this.#try(() => this.#applyAll(writes))
    if (error === null) return { failed: 0, problem: null }
    if (isPassing(error)) return { failed: writes.length, problem: error.message }
    const errors = writes.flatMap((write) => this.#try(() => this.#applyOne(write)) ?? [])
    return { failed: errors.length, problem: errors.at(-1)?.message ?? null }
  }

  get isOverLimit(): boolean {
    return this.#sweeper.bytes > this.maxBytes
  }

  /** Does what is asked step by step: each `yield` stands between two transactions. */
  *run(command: CacheCommand): Generator<void, unknown> {
    switch (command.type) {
      case 'review':
        return this.#review(command)
      case 'purge':
        return yield* this.#purge(command)
      case 'sweep':
        return yield* this.#sweep(command.now)
      case 'drop-space':
        return { vectors: yield* this.#vectors.dropSpace(command.space) }
    }
  }

  /** Catches up with what an earlier run left undone, in steps, too. */
  *repair(): Generator<void, void> {
    yield* repairVectors(this.#db, this.#vectors, this.#vectorProblem)
  }

  #try(work: () => void): Error | null {
    try {
      work()
      return null
    } catch (error) {
      this.#vectors.forgetSpaces()
      return error as Error
    }
  }

  #apply(write: CacheWrite): void {
    switch (write.type) {
      case 'put':
        this.#entries.put(write.entry, write.vector)
        break
      case 'hits':
        this.#entries.hit(write.key, write.count, write.at)
        break
      case 'vector':
        this.#entries.addVector(write.key, write.vector)
        break
      case 'look-up':
        this.#lookUps.add(write.lookUp)
        break
      case 'check':
        this.#lookUps.check(write.requestId, write.freshAnswer, write.agreement, write.at)
        break
    }
  }

  *#sweep(now: number): Generator<void, Swept> {
    const swept = yield* this.#sweeper.run(this.maxBytes, now)
    if (this.#vectorProblem === null) yield* tidyBits(this.#db)
    return swept
  }

  #review({ lookUp, review, actor, at }: CacheCommand & { type: 'review' }): Reviewed | null {
    return writing(this.#db, () => {
      const row = this.#lookUps.review(lookUp, review, at)
      if (!row) return null
      if (review === 'wrong') {
        this.#deny(row.scope, row.question, row.cached_question, at)
        // Of what a guard kept apart the entry is fine for its own question.
        if (row.guard === null) this.#entries.removeByKey(row.key)
      } else this.#allow(row.scope, row.question, row.cached_question)
      const { tenant, route, key } = row
      this.#audit.add({ at, actor, action: 'cache-review', detail: { look_up: lookUp, review, tenant, route, key } })
      return reviewedOf(row, review)
    })()
  }

  /**
   * Removes what was there when it was asked for, with the look-ups that quote it. The trail says that it was begun
   * before anything goes, and how much went at the end.
   */
  *#purge({ selection, actor, at }: CacheCommand & { type: 'purge' }): Generator<void, Removed> {
    const audited = this.#audit.add({ at, actor, action: 'cache-purge', detail: { selection } })
    const { test, values } = ownerTest(selection)
    const newest = (table: string) => this.#db.prepare(`SELECT coalesce(max(id), 0) FROM ${table}`).pluck().get()
    const entries = this.#db.prepare(
      `SELECT id, bytes + vector_bytes AS size FROM cache_entries WHERE ${test} AND id <= ? LIMIT ${STEP_ROWS}`,
    )
    const lookUps = this.#db.prepare(
      `DELETE FROM cache_lookups WHERE id IN (
        SELECT id FROM cache_lookups WHERE ${test} AND id <= ? LIMIT ${STEP_ROWS})`,
    )
    const lastEntry = newest('cache_entries')
    const lastLookUp = newest('cache_lookups')
    const removed = { entries: 0, bytes: 0 }
    const removeEntries = writing(this.#db, () => {
      const found = entries.all(...values, lastEntry) as { id: number; size: number }[]
      for (const { id, size } of found) {
        this.#entries.remove(id)
        removed.entries += 1
        removed.bytes += size
      }
      return found.length
    })
    while (removeEntries() > 0) yield
    while (lookUps.run(...values, lastLookUp).changes > 0) yield
    this.#audit.complete(audited, { selection, ...removed })
    emptyLog(this.#db)
    return removed
  }
}
