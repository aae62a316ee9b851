import { type ErrorCode, GatewayError, type GatewayErrorOptions } from '../../core/errors.ts'
import { stringOf } from '../loose-json.ts'
import type { Json } from '../members.ts'

/**
 * Exceptions inside a stream and what they mean for another try:
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ConverseStreamOutput.html
 */
const EXCEPTIONS: Readonly<Record<string, { code: ErrorCode; options: GatewayErrorOptions }>> = {
  throttlingexception: { code: 'upstream_rate_limited', options: {} },
  validationexception: { code: 'upstream_rejected', options: { status: 400 } },
  accessdeniedexception: { code: 'upstream_unauthorized', options: {} },
  modeltimeoutexception: { code: 'upstream_timeout', options: {} },
  serviceunavailableexception: { code: 'upstream_error', options: { status: 503 } },
  modelstreamerrorexception: { code: 'upstream_error', options: {} },
  internalserverexception: { code: 'upstream_error', options: {} },
}

/** The error of an exception message. Its name comes in either case. */
export function exceptionInside(name: string, body: Json): GatewayError {
  const known = name.toLowerCase()
  const { code, options } = Object.hasOwn(EXCEPTIONS, known)
    ? EXCEPTIONS[known]!
    : { code: 'upstream_error' as const, options: {} }
  const message = stringOf(body.message) || stringOf(body.Message) || stringOf(body.originalMessage) || 'no message'
  return new GatewayError(code, `The provider failed inside its reply: ${name}: ${message}`, options)
}
