import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type EndedCall, GradientLimit } from '../../../server/attempts/queue/gradient-limit.ts'
import type { SlotResult } from '../../../server/attempts/queue/index.ts'
import { seeded } from '../../core/random.ts'
import { bench, OK, seen } from './bench.ts'

interface World {
  /** More calls than this at a time slow each other down. */
  knee: number
  /** How much slower than usual the n-th call is. */
  slowness?: (call: number) => number
  /** More calls than this at a time are refused with 429. */
  refusesAbove?: number
  /** Calls that are wanted at a time. */
  demand?: number
  stream?: boolean
  calls?: number
}

interface Call {
  startedAt: number
  endsAt: number
  running: number
  /** Milliseconds that calls had taken, all together, when it began. */
  heldBefore: number
  result: SlotResult
}

/** Keeps a limit busy with calls of 20 ms a token, more or less, and tells the limit after each of them. */
function run(limit: GradientLimit, world: World): number[] {
  const { knee, slowness = () => 1, refusesAbove = Number.POSITIVE_INFINITY, demand = 1000, stream = false } = world
  const random = seeded(7)
  const calls: Call[] = []
  const limits: number[] = []
  let held = 0
  for (let now = 0; limits.length < (world.calls ?? 4000); ) {
    while (calls.length < Math.min(demand, limit.limit)) {
      const running = calls.length + 1
      const perToken = 20 * Math.max(1, running / knee) * slowness(limits.length) * (0.6 + random.below(800) / 1000)
      const outputTokens = 20 + random.below(400)
      const overloaded = running > refusesAbove
      const durationMs = overloaded ? 50 : perToken * outputTokens
      const result = { ok: !overloaded, overloaded, stream, firstTokenMs: perToken * 10, durationMs, outputTokens }
      calls.push({ startedAt: now, endsAt: now + durationMs, running, heldBefore: held, result })
    }
    calls.sort((one, other) => one.endsAt - other.endsAt)
    const { startedAt, endsAt, running, heldBefore, result } = calls[0]!
    held += calls.length * (endsAt - now)
    calls.shift()
    now = endsAt
    const meanRunning = (held - heldBefore) / (endsAt - startedAt)
    limit.ended(result, { startedAt, endedAt: endsAt, running, meanRunning })
    limits.push(limit.limit)
  }
  return limits
}

/** One that had as many beside it from its beginning to its end. */
function call(running: number, startedAt: number, endedAt: number): EndedCall {
  return { startedAt, endedAt, running, meanRunning: running }
}

function assertBetween(limits: readonly number[], least: number, most: number): void {
  const mean = limits.reduce((sum, limit) => sum + limit, 0) / limits.length
  assert.ok(mean >= least && mean <= most, `${mean.toFixed(1)} is not in ${least}..${most}`)
}

describe('the limit that follows what a provider bears', () => {
  it('begins at 8, or at the most that is allowed', () => {
    assert.equal(new GradientLimit(null).limit, 8)
    assert.equal(new GradientLimit(100).limit, 8)
    assert.equal(new GradientLimit(3).limit, 3)
  })

  it('settles near the knee, for unary replies and for streams', () => {
    for (const stream of [false, true])
      for (const [knee, least, most] of [[8, 8, 16] as const, [30, 30, 50] as const, [2, 2, 8] as const])
        assertBetween(run(new GradientLimit(null), { knee, stream }).slice(-2000), least, most)
  })

  it('stays there under lasting load', () => {
    const limits = run(new GradientLimit(null), { knee: 8, calls: 40_000 })
    for (let from = 2000; from < limits.length; from += 2000) assertBetween(limits.slice(from, from + 2000), 8, 16)
  })

  it('grows as far as it may where nothing slows down', () => {
    assert.equal(Math.max(...run(new GradientLimit(20), { knee: 1000 }).slice(-300)), 20)
    assert.ok(Math.max(...run(new GradientLimit(null), { knee: 1000 }).slice(-300)) > 40)
  })

  it('shrinks in a slow phase and is back where it was some time after it', () => {
    const slowness = (call: number) => (call >= 2000 && call < 2300 ? 5 : 1)
    const limits = run(new GradientLimit(null), { knee: 8, slowness, calls: 6000 })
    assertBetween(limits.slice(1500, 2000), 8, 16)
    assert.ok(Math.min(...limits.slice(2000, 2300)) <= 8)
    assert.ok(Math.max(...limits.slice(2300)) <= 24, 'it does not take the slow phase for usual for long')
    assertBetween(limits.slice(4000), 8, 16)
  })

  it('backs off when the provider has too much, once for calls of the same generation', () => {
    const limit = new GradientLimit(null)
    for (let n = 0; n < 8; n += 1) limit.ended({ ...OK, ok: false, overloaded: true }, call(8, 0, 10))
    assert.equal(limit.limit, 6)
    limit.ended({ ...OK, ok: false, overloaded: true }, call(8, 10, 20))
    assert.equal(limit.limit, 5)
    assertBetween(run(new GradientLimit(null), { knee: 1000, refusesAbove: 10 }).slice(-2000), 7, 11)
  })

  it('never leaves 1 .. most, whatever happens', () => {
    const limit = new GradientLimit(12)
    const random = seeded(3)
    for (let n = 0; n < 20_000; n += 1) {
      const ms = random.below(2000)
      const result = { ...OK, ok: !random.oneIn(4), overloaded: random.oneIn(10), stream: random.oneIn(2) }
      const tokens = random.oneIn(3) ? null : random.below(300)
      limit.ended(
        { ...result, firstTokenMs: ms, durationMs: ms * 10, outputTokens: tokens },
        call(1 + random.below(20), n, n + 5),
      )
      assert.ok(Number.isInteger(limit.limit) && limit.limit >= 1 && limit.limit <= 12, String(limit.limit))
      if (random.oneIn(1000)) limit.bound(12)
    }
  })

  it('does not grow while it is not used up', () => {
    assert.deepEqual([...new Set(run(new GradientLimit(null), { knee: 100, demand: 4 }))], [8])
  })

  it('learns nothing from calls that failed or brought no content', () => {
    const limit = new GradientLimit(null)
    for (let n = 0; n < 1000; n += 1) {
      limit.ended({ ...OK, ok: false, durationMs: n }, call(8, n, n))
      limit.ended({ ...OK, stream: true, firstTokenMs: null, durationMs: n }, call(8, n, n))
    }
    assert.equal(limit.limit, 8)
  })

  it('follows a smaller bound at once', () => {
    const limit = new GradientLimit(null)
    limit.bound(5)
    assert.equal(limit.limit, 5)
  })

  it('lets the queue of a provider find its knee', async () => {
    const { clock, queue, enter, begun } = bench({ maxConcurrency: 64, adaptive: true })
    const seenLimits: number[] = []
    let handled = 0
    while (begun.length < 3000) {
      while (queue.status.waiting < 5) enter()
      await seen()
      for (; handled < begun.length; handled += 1) {
        const ticket = begun[handled]!
        const durationMs = 500 * Math.max(1, queue.status.running / 8)
        clock.after(durationMs, () => ticket.release({ ...OK, durationMs, outputTokens: 50 }))
      }
      clock.advance(20)
      assert.ok(queue.status.running <= Math.max(queue.status.limit!, seenLimits.at(-1) ?? 8, 16))
      seenLimits.push(queue.status.limit!)
    }
    assertBetween(seenLimits.slice(-1000), 8, 16)
  })
})
