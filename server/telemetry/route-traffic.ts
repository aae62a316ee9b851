import { type Clock, realClock } from '../core/clock.ts'
import type { Exchange } from '../core/exchange.ts'
import { targetName } from '../core/policy.ts'

const BUCKET_MS = 30_000
const BUCKETS = 10
/** Callers with direct access make names up: what is beyond this is not counted. */
const MOST_NAMES = 2000

interface TargetCount {
  attempts: number
  errors: number
}

/** What a route has had in the last five minutes. */
export interface RouteCount {
  /** Finished ones. */
  requests: number
  /** Of those, the ones that ended with status 500 and above, or midway in a stream. */
  failed: number
  /** By `provider/model`. */
  targets: Map<string, TargetCount>
}

interface Bucket {
  /** Since the clock's zero, in buckets; it tells a bucket of this round from one of the last. */
  number: number
  routes: Map<string, RouteCount>
  names: number
}

/** Counts attempts by route and target over the last five minutes, in buckets of half a minute. */
export class RouteTraffic {
  readonly #clock: Clock
  readonly #buckets: Bucket[] = Array.from({ length: BUCKETS }, () => ({ number: -1, routes: new Map(), names: 0 }))

  constructor(clock: Clock = realClock) {
    this.#clock = clock
  }

  attemptEnd({ plan, attempts }: Exchange, index: number): void {
    const attempt = attempts[index]
    if (plan === null || attempt === undefined) return
    const bucket = this.#bucket()
    const count = countOf(bucket, plan.route)
    if (count === null) return
    const name = targetName(attempt.target)
    let target = count.targets.get(name)
    if (target === undefined) {
      if (!hasRoom(bucket)) return
      target = { attempts: 0, errors: 0 }
      count.targets.set(name, target)
    }
    target.attempts += 1
    if (attempt.outcome === 'error') target.errors += 1
  }

  requestEnd({ plan, status, error }: Exchange): void {
    if (plan === null) return
    const count = countOf(this.#bucket(), plan.route)
    if (count === null) return
    count.requests += 1
    if (status >= 500 || (status < 400 && error !== null)) count.failed += 1
  }

  read(route: string): RouteCount {
    const sum: RouteCount = { requests: 0, failed: 0, targets: new Map() }
    const current = this.#number()
    for (const { number, routes } of this.#buckets) {
      const count = number > current - BUCKETS ? routes.get(route) : undefined
      if (count === undefined) continue
      sum.requests += count.requests
      sum.failed += count.failed
      for (const [name, { attempts, errors }] of count.targets) {
        const target = sum.targets.get(name) ?? { attempts: 0, errors: 0 }
        sum.targets.set(name, { attempts: target.attempts + attempts, errors: target.errors + errors })
      }
    }
    return sum
  }

  #number(): number {
    return Math.floor(this.#clock.now() / BUCKET_MS)
  }

  #bucket(): Bucket {
    const number = this.#number()
    const bucket = this.#buckets[number % BUCKETS]!
    if (bucket.number !== number) {
      bucket.number = number
      bucket.names = 0
      bucket.routes.clear()
    }
    return bucket
  }
}

/** The count of a route; `null` where there is no room for another name. */
function countOf(bucket: Bucket, route: string): RouteCount | null {
  const known = bucket.routes.get(route)
  if (known !== undefined) return known
  if (!hasRoom(bucket)) return null
  const count: RouteCount = { requests: 0, failed: 0, targets: new Map() }
  bucket.routes.set(route, count)
  return count
}

function hasRoom(bucket: Bucket): boolean {
  bucket.names += 1
  return bucket.names <= MOST_NAMES
}
