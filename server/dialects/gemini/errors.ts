import { GatewayError } from '../../core/errors.ts'
import { isObject, objectOf, objectsOf } from '../members.ts'

/** `google.rpc.Code` by HTTP status: https://cloud.google.com/apis/design/errors#handling_errors */
const STATUS_WORDS: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  408: 'DEADLINE_EXCEEDED',
  409: 'ABORTED',
  429: 'RESOURCE_EXHAUSTED',
  499: 'CANCELLED',
  501: 'UNIMPLEMENTED',
  502: 'UNAVAILABLE',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
}

const RPC = 'type.googleapis.com/google.rpc.'

/** An error in Google's shape. The message ends with what to do; the gateway's own code is in `details`. */
export function writeError(error: GatewayError): Record<string, unknown> {
  const { status: code, advice: message, param, retryAfterMs } = error
  const details: unknown[] = [{ '@type': `${RPC}ErrorInfo`, reason: error.code.toUpperCase(), domain: 'gatehouse' }]
  if (param !== null)
    details.push({ '@type': `${RPC}BadRequest`, fieldViolations: [{ field: param, description: error.message }] })
  if (retryAfterMs !== null) details.push({ '@type': `${RPC}RetryInfo`, retryDelay: `${retryAfterMs / 1000}s` })
  const status = STATUS_WORDS[code] ?? (code < 500 ? 'INVALID_ARGUMENT' : 'INTERNAL')
  return { error: { code, message, status, details } }
}

/** An error object in a reply's place or inside a stream that began with 200. */
export function errorInside(value: unknown): GatewayError {
  const error = objectOf(value)
  const code = typeof error.code === 'number' && error.code >= 400 && error.code < 600 ? error.code : 502
  const text = typeof value === 'string' ? value : typeof error.message === 'string' ? error.message : 'no message'
  const message = `The provider failed inside its reply: ${text}`
  const retryAfterMs = retryDelay(error.details)
  const wait = retryAfterMs === null ? {} : { retryAfterMs }
  if (code === 429) return new GatewayError('upstream_rate_limited', message, wait)
  if (code < 500 && code !== 408 && code !== 499)
    return new GatewayError('upstream_rejected', message, { status: code, retryable: false })
  return new GatewayError('upstream_error', message, { status: code === 500 ? 502 : code, ...wait })
}

/** The error of a reply, where it is one; an array is how errors of array streams come. */
export function errorOf(json: unknown): GatewayError | null {
  const holder = Array.isArray(json) ? json.find((item) => isObject(item) && item.error) : json
  return isObject(holder) && holder.error ? errorInside(holder.error) : null
}

function retryDelay(details: unknown): number | null {
  const info = objectsOf(details).find((detail) => String(detail['@type']).endsWith('RetryInfo'))
  const seconds = typeof info?.retryDelay === 'string' ? Number.parseFloat(info.retryDelay) : Number.NaN
  return Number.isFinite(seconds) ? seconds * 1000 : null
}
