import { GatewayError } from '../../core/errors.ts'

/** A failure inside a reply or a stream that began with 200. */
export function failed(value: unknown): GatewayError {
  const text = typeof value === 'string' && value !== '' ? value : 'no message'
  const message = `The provider failed inside its reply: ${text}`
  return /rate limit|too many requests/i.test(text)
    ? new GatewayError('upstream_rate_limited', message)
    : new GatewayError('upstream_error', message)
}

export function invalid(what: string): GatewayError {
  return new GatewayError('upstream_invalid_reply', `The provider's reply is not a Cohere chat reply: ${what}.`)
}
