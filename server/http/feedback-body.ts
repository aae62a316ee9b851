import { GatewayError } from '../core/errors.ts'
import { LONGEST_COMMENT } from '../experiments/annotation/comment.ts'
import type { Feedback } from '../experiments/annotation/feedback-desk.ts'

const MEMBERS = ['request_id', 'trace_id', 'rating', 'value', 'comment', 'user'] as const
type Body = Partial<Record<(typeof MEMBERS)[number], unknown>>

const RATINGS: Readonly<Record<string, number>> = { up: 1, down: -1 }
const LONGEST_USER = 256

/** Reads the body of `POST /v1/feedback`. Throws `invalid_request` with what to send instead. */
export function readFeedback(body: unknown): Feedback {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw new GatewayError('invalid_request', 'The body is no JSON object.')
  for (const name of Object.keys(body))
    if (!(MEMBERS as readonly string[]).includes(name))
      throw refuse(name, `There is no member \`${name}\`.`, `Known are ${MEMBERS.join(', ')}.`)
  const { comment, user } = body as Body
  return {
    of: readNamed(body),
    value: readValue(body),
    comment: readText('comment', comment, LONGEST_COMMENT),
    user: readText('user', user, LONGEST_USER),
  }
}

function readNamed({ request_id: request, trace_id: trace }: Body): Feedback['of'] {
  if ((request === undefined) === (trace === undefined))
    throw refuse(
      'request_id',
      'Say which reply is meant, by `request_id` or by `trace_id`.',
      'They are the x-request-id and x-gatehouse-trace-id headers of the reply.',
    )
  if (request !== undefined) {
    if (typeof request === 'string' && /^req_[0-9a-f]{28}$/.test(request)) return { request }
    throw refuse('request_id', '`request_id` is no id of a request.', 'It is the x-request-id header of the reply.')
  }
  if (typeof trace === 'string' && /^[0-9a-f]{32}$/.test(trace)) return { trace }
  throw refuse('trace_id', '`trace_id` is no id of a trace.', 'It is the x-gatehouse-trace-id header of the reply.')
}

function readValue({ rating, value }: Body): number {
  const hint = 'Send `"rating": "up"` or `"down"`, or `"value"` from -1 (worst) to 1 (best).'
  if ((rating === undefined) === (value === undefined))
    throw refuse('rating', 'Say how good the reply is, by `rating` or by `value`.', hint)
  if (rating !== undefined) {
    if (typeof rating === 'string' && Object.hasOwn(RATINGS, rating)) return RATINGS[rating]!
    throw refuse('rating', '`rating` is neither "up" nor "down".', hint)
  }
  if (typeof value === 'number' && value >= -1 && value <= 1) return value
  throw refuse('value', '`value` is no number from -1 to 1.', hint)
}

/** Missing and `null` are the same. */
function readText(name: string, value: unknown, longest: number): string | null {
  if (value === undefined || value === null || value === '') return null
  if (typeof value === 'string' && value.length <= longest) return value
  throw refuse(name, `\`${name}\` is no text of up to ${longest} characters.`)
}

function refuse(param: string, message: string, hint?: string): GatewayError {
  return new GatewayError('invalid_request', message, { param, ...(hint === undefined ? {} : { hint }) })
}
