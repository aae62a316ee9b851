import { type ErrorCode, GatewayError, type GatewayErrorOptions } from '../../core/errors.ts'
import { stringOf } from '../loose-json.ts'
import { type Json, objectOf } from '../members.ts'

/** Anthropic's error types by status: https://platform.claude.com/docs/en/api/errors */
const TYPES: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  408: 'timeout_error',
  409: 'conflict_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  504: 'timeout_error',
  529: 'overloaded_error',
}

/** An error in Anthropic's shape. The message ends with what to do. */
export function writeError(error: GatewayError): Json {
  return { type: 'error', error: { type: typeOf(error), message: error.advice } }
}

function typeOf({ status, retryable }: GatewayError): string {
  if (status === 503 && retryable) return 'overloaded_error'
  return TYPES[status] ?? (status < 500 ? 'invalid_request_error' : 'api_error')
}

interface Reading {
  code: ErrorCode
  options: GatewayErrorOptions
}

/** What an error inside a reply means for another try. */
const READINGS: Readonly<Record<string, Reading>> = {
  invalid_request_error: { code: 'upstream_rejected', options: { status: 400 } },
  request_too_large: { code: 'upstream_rejected', options: { status: 413 } },
  not_found_error: { code: 'upstream_rejected', options: { status: 404 } },
  billing_error: { code: 'upstream_rejected', options: { status: 402 } },
  authentication_error: { code: 'upstream_unauthorized', options: {} },
  permission_error: { code: 'upstream_unauthorized', options: {} },
  rate_limit_error: { code: 'upstream_rate_limited', options: {} },
  timeout_error: { code: 'upstream_timeout', options: {} },
  overloaded_error: { code: 'upstream_error', options: { status: 529, retryable: true } },
}

/** The error of `{type: 'error', error: {type, message}}` inside a 200 reply or stream. */
export function errorInside(json: Json): GatewayError {
  const error = objectOf(json.error)
  const type = stringOf(error.type)
  const { code, options } = Object.hasOwn(READINGS, type)
    ? READINGS[type]!
    : { code: 'upstream_error' as const, options: {} }
  const message = stringOf(error.message) || 'no message'
  return new GatewayError(code, `The provider failed inside its reply: ${message}`, options)
}
