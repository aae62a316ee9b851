import type { Removed, Swept } from '../../core/thread-messages.ts'
import { type Db, writing } from '../database.ts'
import type { EntryWriter } from './entry-writer.ts'
import { GRACE_MS, KEPT_SHARE } from './eviction.ts'
import { lookUpTrimmer } from './look-ups.ts'
import { STEP_ROWS } from './steps.ts'
import type { VectorWriter } from './vectors.ts'

interface Victim {
  id: number
  size: number
  priority: number
}

/** Keeps the cache within its limits, step by step: each `yield` stands between two transactions. */
export class Sweeper {
  readonly #db: Db
  readonly #entries: EntryWriter
  readonly #vectors: VectorWriter
  readonly #findLookUps
  readonly #totals
  readonly #expired
  readonly #notFresh
  readonly #worstBefore
  readonly #setClock

  constructor(db: Db, entries: EntryWriter, vectors: VectorWriter) {
    this.#db = db
    this.#entries = entries
    this.#vectors = vectors
    this.#findLookUps = lookUpTrimmer(db)
    this.#totals = db.prepare('SELECT bytes FROM cache_totals').pluck()
    const victim = 'SELECT id, bytes + vector_bytes AS size, priority FROM cache_entries'
    this.#expired = db.prepare(`${victim} WHERE kept_until <= ? ORDER BY kept_until LIMIT ${STEP_ROWS}`)
    this.#notFresh = db.prepare(
      `SELECT id FROM cache_entries INDEXED BY cache_entries_by_freshness
      WHERE vector_bytes > 0 AND fresh_until <= ? LIMIT ${STEP_ROWS}`,
    )
    this.#worstBefore = db.prepare(`${victim} WHERE created_at <= ? ORDER BY priority LIMIT ${STEP_ROWS}`)
    this.#setClock = db.prepare('UPDATE cache_totals SET clock = max(clock, ?)')
  }

  /** Bytes of all entries with their vectors. */
  get bytes(): number {
    return this.#totals.get() as number
  }

  /**
   * Removes what is past its time, and then, where there is more than `maxBytes`, what is worth least. Afterwards no
   * more than `maxBytes` are there, but for what was put meanwhile.
   */
  *run(maxBytes: number, now: number): Generator<void, Swept> {
    const expired = yield* this.#removeAll(() => this.#expired.all(now) as Victim[])
    const vectors = yield* this.#removeVectors(now)
    const evicted = { entries: 0, bytes: 0 }
    // Only where the older ones were not enough do the new ones go, too.
    for (const before of [now - GRACE_MS, Number.MAX_SAFE_INTEGER]) {
      if (this.bytes <= maxBytes) break
      const { entries, bytes } = yield* this.#removeAll(() => this.#worst(before, maxBytes * KEPT_SHARE), true)
      evicted.entries += entries
      evicted.bytes += bytes
    }
    const trimLookUps = this.#findLookUps()
    let lookUps = 0
    for (let removed = trimLookUps(STEP_ROWS); removed > 0; removed = trimLookUps(STEP_ROWS)) {
      lookUps += removed
      yield
    }
    return { expired, evicted, vectors, lookUps }
  }

  /** The next to go until there is room. */
  #worst(before: number, room: number): Victim[] {
    let over = this.bytes - room
    if (over <= 0) return []
    const worst = this.#worstBefore.all(before) as Victim[]
    const enough = worst.findIndex(({ size }) => {
      over -= size
      return over <= 0
    })
    return enough === -1 ? worst : worst.slice(0, enough + 1)
  }

  /** Removes what `find` finds until that is nothing. */
  *#removeAll(find: () => Victim[], isEviction = false): Generator<void, Removed> {
    const removed = { entries: 0, bytes: 0 }
    const step = writing(this.#db, () => {
      const victims = find()
      for (const { id, size } of victims) {
        this.#entries.remove(id)
        removed.entries += 1
        removed.bytes += size
      }
      if (isEviction && victims.length > 0) this.#setClock.run(victims.at(-1)!.priority)
      return victims.length
    })
    while (step() > 0) yield
    return removed
  }

  /** Only fresh entries are found by likeness, so vectors of others only take room. */
  *#removeVectors(now: number): Generator<void, number> {
    let count = 0
    const step = writing(this.#db, () => {
      const ids = this.#notFresh.pluck().all(now) as number[]
      for (const id of ids) this.#vectors.remove(id)
      return ids.length
    })
    for (let done = step(); done > 0; done = step()) {
      count += done
      yield
    }
    return count
  }
}
