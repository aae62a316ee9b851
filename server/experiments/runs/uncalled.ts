import { ERRORS, type ErrorCode } from '../../core/errors.ts'
import type { Exchange } from '../../core/exchange.ts'

/** Nothing was called for a request, as the gateway would not or could not. That says nothing of any target. */
export class Uncalled extends Error {
  /** It may be called later, without anybody doing something. */
  readonly passes: boolean

  constructor(message: string, passes: boolean) {
    super(message)
    this.passes = passes
  }
}

/** Errors that can come before a call is made. */
const CODES: ReadonlySet<string> = new Set<ErrorCode>([
  'target_unavailable',
  'overloaded',
  'deadline_exceeded',
  'upstream_timeout',
  'provider_unconfigured',
  'egress_refused',
])

/** `null`: something was called, or the request was answered without. */
export function uncalledOf({ error, attempts }: Pick<Exchange, 'error' | 'attempts'>): Uncalled | null {
  if (error === null || !CODES.has(error.code)) return null
  // A call is prepared in its dialect right before it is made.
  if (attempts.some(({ dialect, error: own }) => dialect !== null && own?.code !== 'egress_refused')) return null
  return new Uncalled(error.message, ERRORS[error.code as ErrorCode].retryable)
}
