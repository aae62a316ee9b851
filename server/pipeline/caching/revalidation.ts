import type { Exchange } from '../../core/exchange.ts'
import type { Arrival } from '../receive.ts'

/**
 * The same request once more, to fetch a reply in the place of a stale one: within the trace of the request that got
 * the stale one, after all that people wait for.
 */
export function revalidationOf(arrival: Arrival, { traceId, spanId }: Exchange): Arrival {
  const { 'idempotency-key': _, 'x-gatehouse-timeout': __, ...headers } = arrival.headers
  return {
    ...arrival,
    headers: {
      ...headers,
      traceparent: `00-${traceId}-${spanId}-01`,
      'x-gatehouse-cache': 'refresh',
      'x-gatehouse-priority': 'low',
    },
    receivedAt: performance.now(),
  }
}
