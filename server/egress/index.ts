import { type Dispatcher, Pool } from 'undici'
import { GatewayError } from '../core/errors.ts'
import type { EgressPolicy } from '../core/policy.ts'
import type { Send, WireCall, WireControl, WireHandlers } from '../core/ports.ts'
import { type DialGuard, dialGuard } from './guard.ts'

/** The only door out. */
export interface Egress {
  send: Send
  /** Connections opened under another policy finish what they carry and close. */
  setPolicy(policy: EgressPolicy): void
  close(): Promise<void>
}

/** Upper bound of a dial; a route's shorter `timeouts.connect` is kept by the attempt. */
const DIAL_TIMEOUT_MS = 60_000
const KEEP_ALIVE_MS = 30_000
/** Parsed URLs kept: a handful of providers have a handful of endpoints. */
const MOST_ADDRESSES = 1000

interface Address {
  origin: string
  hostname: string
  path: string
}

/** Opens the door under a policy. Sends POST requests, and GET ones that only ask; redirects are never followed. */
export function createEgress(policy: EgressPolicy): Egress {
  let guard = dialGuard(policy)
  let pools = new Map<string, Pool>()
  const closing = new Set<Promise<void>>()

  const retire = () => {
    for (const pool of pools.values()) {
      const closed = pool.close().catch(() => {})
      closing.add(closed)
      void closed.then(() => closing.delete(closed))
    }
    pools = new Map()
  }
  const addresses = new Map<string, Address>()
  const addressOf = (url: string): Address => {
    let address = addresses.get(url)
    if (!address) {
      const { origin, hostname, pathname, search } = new URL(url)
      address = { origin, hostname, path: pathname + search }
      if (addresses.size >= MOST_ADDRESSES) addresses.clear()
      addresses.set(url, address)
    }
    return address
  }
  const poolOf = (origin: string): Pool => {
    let pool = pools.get(origin)
    if (!pool) {
      pool = openPool(origin, guard)
      pools.set(origin, pool)
    }
    return pool
  }
  return {
    send(call, handlers) {
      const { origin, hostname, path } = addressOf(call.url)
      guard.checkHost(hostname)
      return dispatch(poolOf(origin), path, call, handlers)
    },
    setPolicy(next) {
      if (next.mode === policy.mode && next.allow.join() === policy.allow.join()) return
      policy = next
      guard = dialGuard(next)
      retire()
    },
    async close() {
      const last = [...pools.values()].map((pool) => pool.destroy().catch(() => {}))
      pools = new Map()
      await Promise.all([...last, ...closing])
    },
  }
}

function openPool(origin: string, guard: DialGuard): Pool {
  return new Pool(origin, {
    pipelining: 1,
    keepAliveTimeout: KEEP_ALIVE_MS,
    // The attempt keeps all time limits itself, to the millisecond.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: DIAL_TIMEOUT_MS, lookup: guard.lookup as never, noDelay: true },
  })
}

/** `Pool.dispatch` hands chunks over as they are read, without a stream object in between. */
function dispatch(pool: Pool, path: string, call: WireCall, handlers: WireHandlers): WireControl {
  let controller: Dispatcher.DispatchController | null = null
  let aborted = false
  pool.dispatch(
    call.method === 'GET'
      ? { path, method: 'GET', headers: call.headers }
      : { path, method: 'POST', headers: call.headers, body: call.body },
    {
      onRequestStart(started) {
        controller = started
        if (aborted) started.abort(new Error('aborted'))
        else handlers.connected()
      },
      onResponseStart(_controller, status, headers) {
        if (!aborted && status >= 200) handlers.head(status, headers as Record<string, string>)
      },
      onResponseData(_controller, chunk) {
        if (!aborted) handlers.data(chunk)
      },
      onResponseEnd() {
        if (!aborted) handlers.end()
      },
      onResponseError(_controller, error) {
        if (!aborted) handlers.failed(networkError(error, call.url))
      },
    },
  )
  return {
    pause: () => controller?.pause(),
    resume: () => controller?.resume(),
    abort() {
      aborted = true
      controller?.abort(new Error('aborted'))
    },
  }
}

/** What went wrong on the wire, in words that help; the address without its path, which may hold a key. */
function networkError(error: Error & { code?: string }, url: string): GatewayError {
  if (error instanceof GatewayError) return error
  if (error.cause instanceof GatewayError) return error.cause
  const { host } = new URL(url)
  const code = error.code ?? error.name
  const cut = code === 'UND_ERR_SOCKET' || code === 'ECONNRESET' || code === 'EPIPE' || code.startsWith('HPE_')
  return cut
    ? new GatewayError('upstream_cut', `${host} broke the connection (${code}).`, { cause: error })
    : new GatewayError('upstream_unreachable', `${host} cannot be reached (${code}).`, { cause: error })
}
