/**
 * Every failure the gateway can report, in one table. The table is the contract: the code is stable, the
 * status is what the client sees, `retryable` says whether the same request may succeed later, and the hint
 * says what to do. Each dialect renders it in its own shape.
 */
export const ERRORS = {
  invalid_json: { status: 400, retryable: false, hint: 'Send one JSON object, encoded as UTF-8.' },
  invalid_request: { status: 400, retryable: false, hint: null },
  invalid_header: { status: 400, retryable: false, hint: null },
  lossy_translation: {
    status: 400,
    retryable: false,
    hint: 'Leave it out, use a target that speaks your dialect, or set `translation: lenient` on the route.',
  },
  guardrail_blocked: {
    status: 400,
    retryable: false,
    hint: 'Change what the message names; the operator of this gateway sets the guardrails of each route.',
  },
  operation_unsupported: {
    status: 400,
    retryable: false,
    hint: 'Name a route whose targets offer it.',
  },
  unauthenticated: {
    status: 401,
    retryable: false,
    hint: 'Send `Authorization: Bearer gh-…`; `gatehouse keys create --tenant NAME` makes a key.',
  },
  route_forbidden: { status: 403, retryable: false, hint: 'Ask for a key that includes this route.' },
  read_only: {
    status: 403,
    retryable: false,
    hint: 'Sign in with the admin token, or with a link that `gatehouse signin` prints.',
  },
  forbidden_host: {
    status: 403,
    retryable: false,
    hint: 'Use the address the gateway printed at start, or add the name to `server.hosts` in the config.',
  },
  cross_site: {
    status: 403,
    retryable: false,
    hint: 'A web page on another origin may call only when that origin is listed in `server.origins`.',
  },
  unknown_route: { status: 404, retryable: false, hint: 'GET /v1/models lists what this key may use.' },
  not_found: { status: 404, retryable: false, hint: null },
  method_not_allowed: { status: 405, retryable: false, hint: null },
  request_timeout: { status: 408, retryable: true, hint: 'The request body did not arrive in time.' },
  body_too_large: { status: 413, retryable: false, hint: 'The limit is `server.max_body` in the config.' },
  unsupported_media_type: { status: 415, retryable: false, hint: 'Send `content-type: application/json`.' },
  client_gone: { status: 499, retryable: false, hint: null },
  internal: { status: 500, retryable: true, hint: 'This is a fault of the gateway; its log has the details.' },
  upstream_rejected: { status: 502, retryable: false, hint: null },
  upstream_spent: {
    status: 402,
    retryable: false,
    hint: 'The account at the provider is empty or at its limit; waiting does not help.',
  },
  upstream_error: { status: 502, retryable: true, hint: null },
  upstream_unreachable: { status: 502, retryable: true, hint: 'Is the provider running, and is its base_url right?' },
  upstream_invalid_reply: { status: 502, retryable: true, hint: null },
  upstream_cut: { status: 502, retryable: true, hint: null },
  upstream_too_large: { status: 502, retryable: false, hint: 'The limit is `server.max_reply` in the config.' },
  upstream_unauthorized: { status: 502, retryable: false, hint: "Check the provider's api_key." },
  upstream_rate_limited: { status: 429, retryable: true, hint: null },
  upstream_timeout: { status: 504, retryable: true, hint: 'The limits are `timeouts` of the route.' },
  deadline_exceeded: { status: 504, retryable: true, hint: 'The limit is `timeouts.total` or x-gatehouse-timeout.' },
  egress_refused: {
    status: 502,
    retryable: false,
    hint: 'The config seals egress: add the address to `egress.allow`, or set `egress.mode: open`.',
  },
  target_unavailable: {
    status: 503,
    retryable: true,
    hint: 'Its circuit breaker is open or it is drained; the Routes page shows since when.',
  },
  overloaded: { status: 429, retryable: true, hint: 'Come back after `retry-after`, or raise what the message names.' },
  superseded: { status: 499, retryable: false, hint: null },
  conflict: { status: 409, retryable: false, hint: 'Read what is there now, and make your change to that.' },
  idempotency_mismatch: {
    status: 422,
    retryable: false,
    hint: 'Use a new key for a new request.',
  },
  provider_unconfigured: { status: 503, retryable: false, hint: 'Set what the message names and save the config.' },
  draining: { status: 503, retryable: true, hint: 'The gateway is stopping; try again in a moment.' },
} as const satisfies Record<string, { status: number; retryable: boolean; hint: string | null }>

export type ErrorCode = keyof typeof ERRORS

/** What an upstream answered when it refused, kept so that a 4xx can go to the client unchanged. */
export interface UpstreamRefusal {
  status: number
  headers: Readonly<Record<string, string>>
  body: Buffer
}

export interface GatewayErrorOptions {
  /** Overrides the table's status, e.g. with the upstream's. */
  status?: number
  hint?: string
  /** Which request field is at fault, in the client's words. */
  param?: string
  /** Milliseconds to wait before another try, where the upstream said so. */
  retryAfterMs?: number
  retryable?: boolean
  upstream?: UpstreamRefusal
  cause?: unknown
}

/** The only error that crosses rooms. Anything else that is thrown is a bug and becomes `internal`. */
export class GatewayError extends Error {
  readonly code: ErrorCode
  readonly status: number
  readonly retryable: boolean
  readonly hint: string | null
  readonly param: string | null
  readonly retryAfterMs: number | null
  readonly upstream: UpstreamRefusal | null

  constructor(code: ErrorCode, message: string, options: GatewayErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    const row = ERRORS[code]
    this.name = 'GatewayError'
    this.code = code
    this.status = options.status ?? row.status
    this.retryable = options.retryable ?? row.retryable
    this.hint = options.hint ?? row.hint
    this.param = options.param ?? null
    this.retryAfterMs = options.retryAfterMs ?? null
    this.upstream = options.upstream ?? null
  }

  /** The message followed by what to do about it. */
  get advice(): string {
    return this.hint ? `${this.message} ${this.hint}` : this.message
  }
}

/** Any thrown value as a GatewayError; what is not one already becomes `internal` with the cause kept. */
export function asGatewayError(error: unknown): GatewayError {
  if (error instanceof GatewayError) return error
  if (error instanceof RangeError && error.message.includes('call stack'))
    return new GatewayError('invalid_request', 'The request is nested too deeply.', { cause: error })
  return new GatewayError('internal', 'The gateway failed while handling this request.', { cause: error })
}
