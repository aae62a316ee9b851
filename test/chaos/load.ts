import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool } from 'undici'
import { type CallOrder, call, openPool, type Tried } from './call.ts'

/** What a crowd of clients does. */
export interface LoadOrder {
  origin: string
  model: string
  headers: Record<string, string>
  /** Further members of each request. */
  more?: Record<string, unknown>
  stream: boolean
  /** At most so many, begun within `mostMs`. */
  requests: number
  mostMs: number
  /** So many at a time, each sending its next request after its last; or at a steady pace, however long replies take. */
  pace: { concurrency: number } | { perSecond: number }
  /** After which a reply is of no use any more. */
  deadlineMs: number
  /** How long a client waits for one try; of a stream for its first content. */
  tryMs: number
  /** Further tries of what failed before its first content, as SDKs make them. */
  retries: number
  /** All connections stand before the first request; what they are opened with is a GET of this path. */
  openWith?: string
}

export interface LoadResult {
  /** Milliseconds since the epoch. */
  begunAt: number
  sent: number
  /** Tries of all requests, as the clients made them. */
  tries: number
  /** Whole replies; of streams those with content. */
  ok: number
  /** Complete and right to the last word. */
  whole: number
  /** Replies, good or bad, that came later than the deadline and LATE_MS. */
  late: number
  /** Of those that are ok: the reply; of streams the first content. */
  p50Ms: number | null
  p95Ms: number | null
  /** How often what went wrong in the end. */
  failures: Record<string, number>
  /** Refusals with 429 that do not say when to come back. */
  withoutRetryAfter: number
  /** The longest time for which these clients themselves did not get to run: this machine had other things to do. */
  stoodStillMs: number
}

/** What a busy machine may add to a deadline before it counts as missed. */
export const LATE_MS = 250
const PAUSE_MS = 100
const PULSE_MS = 20
/** Connections of clients that send at a steady pace; a crowd that opens new ones all the time is another matter. */
const PACED_CONNECTIONS = 512
const RETRIED = new Set([408, 409, 429])

/** Sends requests as ordered, and waits for the last reply. */
export async function runLoad(order: LoadOrder): Promise<LoadResult> {
  const { pace } = order
  const pool = openPool(order.origin, 'concurrency' in pace ? pace.concurrency : PACED_CONNECTIONS)
  const tally = new Tally()
  if (order.openWith !== undefined && 'concurrency' in pace) await openAll(pool, order.openWith, pace.concurrency)
  const pulse = watchPulse()
  const begin = performance.now()
  const until = begin + order.mostMs
  let sent = 0
  const mayGoOn = () => sent < order.requests && performance.now() < until
  const one = async () => {
    sent += 1
    await request(pool, order, tally)
  }
  if ('concurrency' in pace) {
    const callAgain = async () => {
      while (mayGoOn()) await one()
    }
    await Promise.all(Array.from({ length: pace.concurrency }, callAgain))
  } else {
    const running: Promise<void>[] = []
    for (; mayGoOn(); await sleep(1))
      while (mayGoOn() && sent < ((performance.now() - begin) / 1000) * pace.perSecond) running.push(one())
    await Promise.all(running)
  }
  await pool.destroy()
  return { begunAt: performance.timeOrigin + begin, sent, ...tally.result(), stoodStillMs: pulse.stop() }
}

function watchPulse(): { stop(): number } {
  let last = performance.now()
  let longest = 0
  const beat = () => {
    const now = performance.now()
    longest = Math.max(longest, now - last - PULSE_MS)
    last = now
  }
  const timer = setInterval(beat, PULSE_MS)
  return {
    stop() {
      clearInterval(timer)
      beat()
      return longest
    },
  }
}

async function openAll(pool: Pool, path: string, connections: number): Promise<void> {
  const open = async () => (await pool.request({ path, method: 'GET' })).body.dump()
  await Promise.all(Array.from({ length: connections }, open))
}

/** One request with its retries. */
async function request(pool: Pool, order: LoadOrder, tally: Tally): Promise<void> {
  const messages = [{ role: 'user', content: 'When is high tide?' }]
  const callOrder: CallOrder = {
    path: '/v1/chat/completions',
    headers: { 'content-type': 'application/json', ...order.headers },
    body: JSON.stringify({ model: order.model, messages, stream: order.stream, ...order.more }),
    stream: order.stream,
    tryMs: order.tryMs,
    wholeMs: Math.max(order.deadlineMs, order.tryMs),
  }
  const begin = performance.now()
  for (let attempt = 0; ; attempt += 1) {
    const triedAt = performance.now()
    const tried = await call(pool, callOrder)
    tally.tries += 1
    if (attempt < order.retries && isWorthRetry(tried)) {
      await sleep(PAUSE_MS)
      continue
    }
    tally.add(tried, order, triedAt - begin, performance.now() - begin)
    return
  }
}

function isWorthRetry({ status, firstContentMs, wentWrong }: Tried): boolean {
  if (wentWrong === null || firstContentMs !== null) return false
  return status === null || wentWrong === 'timeout' || status >= 500 || RETRIED.has(status)
}

class Tally {
  tries = 0
  readonly #latencies: number[] = []
  readonly #failures: Record<string, number> = {}
  #whole = 0
  #late = 0
  #withoutRetryAfter = 0

  add(tried: Tried, { stream, deadlineMs }: LoadOrder, beforeMs: number, tookMs: number): void {
    const { status, retryAfter, firstContentMs, whole, wentWrong } = tried
    if (stream ? firstContentMs !== null : whole) this.#latencies.push(stream ? beforeMs + firstContentMs! : tookMs)
    if (whole) this.#whole += 1
    if (wentWrong !== null) this.#failures[wentWrong] = (this.#failures[wentWrong] ?? 0) + 1
    if (tookMs > deadlineMs + LATE_MS) this.#late += 1
    if (status === 429 && !retryAfter) this.#withoutRetryAfter += 1
  }

  result(): Omit<LoadResult, 'begunAt' | 'sent' | 'stoodStillMs'> {
    const sorted = this.#latencies.sort((left, right) => left - right)
    const quantile = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null
    return {
      tries: this.tries,
      ok: sorted.length,
      whole: this.#whole,
      late: this.#late,
      p50Ms: quantile(0.5),
      p95Ms: quantile(0.95),
      failures: this.#failures,
      withoutRetryAfter: this.#withoutRetryAfter,
    }
  }
}
