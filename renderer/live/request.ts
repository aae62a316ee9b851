/** One request as the UI shows it, whether it is still running or long recorded. */
import type { AttemptRow, RequestRow } from '../../server/http/admin/schemas.ts'

export interface LiveRequest {
  id: string
  traceId: string
  /** Milliseconds since the epoch at which the gateway received it. */
  startedAt: number
  route: string
  tenant: string | null
  surface: string
  stream: boolean
  attempts: readonly AttemptRow[]
  /** The recorded row; `null` while the request is running. */
  result: RequestRow | null
}

/** How a request stands, in the words that have a colour of their own. */
export type Outcome = 'running' | 'ok' | 'fallback' | 'refused' | 'error' | 'cancelled'

/** A recorded row in the shape that running requests have too. */
export function fromRow(row: RequestRow): LiveRequest {
  return {
    id: row.request_id,
    traceId: row.trace_id,
    startedAt: Date.parse(row.ts),
    route: row.route,
    tenant: row.tenant,
    surface: row.surface,
    stream: row.stream,
    attempts: row.attempt_list,
    result: row,
  }
}

/**
 * A stream can fail after it answered 200, so the error code counts as much as the status does; 499 is the
 * client's own doing and no fault.
 */
export function outcomeOf(request: LiveRequest): Outcome {
  const { result } = request
  if (result === null) return 'running'
  if (result.status === 499) return 'cancelled'
  if (result.status >= 500) return 'error'
  if (result.status >= 400) return 'refused'
  if (result.error !== null) return 'error'
  return result.fallback ? 'fallback' : 'ok'
}

/** True when a target other than the first one was tried, whatever came of it. */
export function hasFallback(request: LiveRequest): boolean {
  return request.result?.fallback === true || hasReason(request, 'fallback')
}

/** True when an attempt was made for this reason. */
export function hasReason(request: LiveRequest, reason: string): boolean {
  return request.attempts.some((attempt) => attempt.reason === reason)
}
