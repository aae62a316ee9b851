import { GatewayError } from '../core/errors.ts'

export interface Refusal {
  status: number
  headers: Readonly<Record<string, string>>
  body: Buffer
}

/** Codes with which a 429 means an empty account, which no waiting mends (OpenAI error codes guide). */
const SPENT = /insufficient_quota|billing_hard_limit_reached|enforced_spend_limit_reached/

/**
 * An upstream's refusal as an error. 429 and 5xx may be tried again; the rest would be refused again. The reply
 * itself is kept, so that a 4xx can go to the client unchanged.
 */
export function classifyRefusal(refusal: Refusal): GatewayError {
  const { status, headers, body } = refusal
  const text = body.toString('utf8', 0, 4000)
  const message = `The provider answered ${status}: ${readMessage(text)}`
  const retryAfterMs = readRetryAfter(headers, Date.now())
  const options = { status, upstream: refusal, ...(retryAfterMs === null ? {} : { retryAfterMs }) }
  if (status === 401 || status === 403) return new GatewayError('upstream_unauthorized', message, options)
  if (status === 429 && !SPENT.test(text)) return new GatewayError('upstream_rate_limited', message, options)
  if (status === 408 || status === 409 || status === 425) return new GatewayError('upstream_error', message, options)
  if (status >= 400 && status < 500) return new GatewayError('upstream_rejected', message, options)
  // A plain 500 is the provider's fault, not the gateway's: the client sees 502.
  return new GatewayError('upstream_error', message, { ...options, status: status > 500 ? status : 502 })
}

/** Milliseconds to wait, from `retry-after-ms` or `retry-after` in seconds or as a date (RFC 9110 §10.2.3). */
export function readRetryAfter(headers: Readonly<Record<string, string>>, now: number): number | null {
  const milliseconds = Number(headers['retry-after-ms'] ?? Number.NaN)
  if (milliseconds >= 0) return milliseconds
  const value = headers['retry-after']
  if (value === undefined) return null
  const seconds = Number(value)
  if (seconds >= 0) return seconds * 1000
  const date = Date.parse(value)
  return Number.isNaN(date) ? null : Math.max(0, date - now)
}

/** The message in the error bodies of OpenAI's shape, Ollama's, and FastAPI's; else the text itself. */
function readMessage(text: string): string {
  try {
    const json = JSON.parse(text) as Record<string, unknown>
    const error = (json.error ?? json) as Record<string, unknown> | string
    const message = typeof error === 'string' ? error : (error.message ?? error.detail)
    if (typeof message === 'string') return message
    if (message !== undefined) return JSON.stringify(message)
  } catch {
    // Not JSON: shown as it is.
  }
  return text.trim() || '(no body)'
}
