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

/** Words of `code` and `type` in errors inside a reply, by the status that they would have outside. */
const STATUS_BY_WORD: readonly (readonly [RegExp, number])[] = [
  [/insufficient_quota|billing|spend_limit/, 402],
  [/rate_limit|too_many_requests|slow_down/, 429],
  [/overloaded|unavailable/, 503],
  [/context_length|invalid_prompt|invalid_request|invalid_image|content_policy/, 400],
]

/**
 * An error object inside a 200 reply or stream: OpenAI's `{error: {message, type, code}}`, OpenRouter's with the
 * status as `code`, Groq's with `status_code`, TGI's `{error: "text", error_type}`, vLLM's older bare object.
 */
export function errorInside(json: unknown): GatewayError {
  const holder = json as Record<string, unknown>
  const inner = typeof holder.error === 'object' && holder.error !== null ? holder.error : holder
  const { message, code, type, status_code, error_type } = inner as Record<string, unknown>
  const text = typeof holder.error === 'string' ? holder.error : typeof message === 'string' ? message : 'no message'
  const words = [code, type, error_type].filter((word) => typeof word === 'string').join(' ')
  const status =
    [code, status_code].find((value) => typeof value === 'number' && value >= 400 && value < 600) ??
    STATUS_BY_WORD.find(([pattern]) => pattern.test(words))?.[1] ??
    502
  return failure(`The provider failed inside its reply: ${text}`, status as number)
}

/** An error that a provider reports after its 200, by the status that it would have had. */
export function failure(message: string, status: number): GatewayError {
  if (status === 429) return new GatewayError('upstream_rate_limited', message)
  // A plain 500 is the provider's fault, not the gateway's; a spent account is not mended by waiting.
  return new GatewayError('upstream_error', message, {
    status: status === 500 ? 502 : status,
    retryable: status >= 500 || status === 408 || status === 409,
  })
}
