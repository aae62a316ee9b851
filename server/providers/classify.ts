import { GatewayError, type UpstreamRefusal } from '../core/errors.ts'
import { readRetryAfter } from './retry-after.ts'

/**
 * An empty account or a limit on spending, which no waiting mends: OpenAI's error codes guide, Anthropic's
 * `billing_error` and its 400 about the credit balance, ElevenLabs' `quota_exceeded`, xAI's and Bedrock's words.
 */
const SPENT =
  /insufficient_quota|billing_hard_limit_reached|enforced_spend_limit_reached|billing_error|credit balance is too low|quota_exceeded|spending limit|insufficient[ _](?:credits|balance|funds)|ServiceQuotaExceededException/i

/** What some vendors answer for a moment only, beside 429 and 5xx: 424 is Bedrock's for a failed model. */
const PASSING = new Set([408, 409, 424, 425])

/**
 * An upstream's refusal as an error. 429 and 5xx may be tried again; the rest would be refused again. `x-should-retry`
 * has the last word (OpenAI and Anthropic send it). The reply itself is kept, so that a 4xx can go to the client
 * unchanged.
 */
export function classifyRefusal(refusal: UpstreamRefusal): GatewayError {
  const { status, headers, body } = refusal
  const text = body.toString('utf8', 0, 8000)
  const message = `The provider answered ${status}: ${readMessage(text)}`
  const retryAfterMs = readRetryAfter(headers, text, Date.now())
  const advice = headers['x-should-retry']
  const options = {
    status,
    upstream: refusal,
    ...(retryAfterMs === null ? {} : { retryAfterMs }),
    ...(advice === 'false' ? { retryable: false } : {}),
  }
  const spent = status === 402 || (status < 500 && SPENT.test(text))
  if (spent) return new GatewayError('upstream_spent', message, options)
  if (status === 401 || status === 403) return new GatewayError('upstream_unauthorized', message, options)
  if (status === 429) return new GatewayError('upstream_rate_limited', message, options)
  if (PASSING.has(status)) return new GatewayError('upstream_error', message, options)
  if (status >= 400 && status < 500) return new GatewayError('upstream_rejected', message, options)
  // A plain 500 is the provider's fault, not the gateway's: the client sees 502.
  return new GatewayError('upstream_error', message, { ...options, status: status > 500 ? status : 502 })
}

/** The message in the error bodies of OpenAI's shape, Ollama's, ElevenLabs' and FastAPI's; else the text itself. */
function readMessage(text: string): string {
  try {
    const json = JSON.parse(text) as Record<string, unknown>
    const first = Array.isArray(json) ? (json[0] as Record<string, unknown>) : json
    const error = (first.error ?? first) as Record<string, unknown> | string
    const message = typeof error === 'string' ? error : (error.message ?? error.detail)
    if (typeof message === 'string') return message
    const inner = (message as { message?: unknown } | undefined)?.message
    if (typeof inner === 'string') return inner
    if (message !== undefined) return JSON.stringify(message)
  } catch {
    // Not JSON: shown as it is.
  }
  return text.trim() || '(no body)'
}
