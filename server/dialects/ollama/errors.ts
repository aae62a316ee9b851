import { GatewayError } from '../../core/errors.ts'

/** An error in Ollama's shape: a text that ends with what to do. */
export function writeError(error: GatewayError): Record<string, unknown> {
  return { error: error.advice }
}

/** An error in a reply's place or inside a stream that began with 200. */
export function errorInside(value: unknown): GatewayError {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const message = `The provider failed inside its reply: ${text}`
  return /rate limit|too many requests/i.test(text)
    ? new GatewayError('upstream_rate_limited', message)
    : new GatewayError('upstream_error', message)
}
