import { GatewayError } from '../../core/errors.ts'

/** OpenAI's `type` by status: https://platform.openai.com/docs/guides/error-codes */
function errorType(error: GatewayError): string {
  if (error.status === 401) return 'authentication_error'
  if (error.status === 403) return 'permission_error'
  if (error.status === 429) return 'rate_limit_error'
  return error.status < 500 ? 'invalid_request_error' : 'server_error'
}

/** OpenAI's own codes where clients look for them. */
const CODES: Readonly<Record<string, string>> = { unauthenticated: 'invalid_api_key', unknown_route: 'model_not_found' }

/** An error in OpenAI's shape. The message ends with what to do. */
export function writeError(error: GatewayError): Record<string, unknown> {
  const code = CODES[error.code] ?? error.code
  return { error: { message: error.advice, type: errorType(error), param: error.param, code } }
}

/** The message of an error body in OpenAI's shape; `null` when it has none. */
export function readErrorMessage(json: unknown): string | null {
  const error = (json as { error?: unknown } | null)?.error
  if (typeof error === 'string') return error
  const message = (error as { message?: unknown } | null | undefined)?.message
  return typeof message === 'string' ? message : null
}

/** An error object inside a 200 reply or stream. */
export function errorInside(json: unknown): GatewayError {
  const error = (json as { error?: { code?: unknown } }).error
  const status = typeof error?.code === 'number' && error.code >= 400 && error.code < 600 ? error.code : 502
  const message = readErrorMessage(json) ?? 'no message'
  return new GatewayError('upstream_error', `The provider failed inside its reply: ${message}`, {
    status: status === 500 ? 502 : status,
  })
}
