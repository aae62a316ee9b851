import type { IncomingHttpHeaders } from 'node:http'
import type { ClientDialect } from '../core/dialect.ts'
import { GatewayError } from '../core/errors.ts'
import type { Exchange, Inbound } from '../core/exchange.ts'
import { newRequestId, newSpanId, newTraceId } from '../core/ids.ts'
import { formBoundary, formTexts } from '../core/multipart.ts'
import type { OwnCall } from '../core/own-call.ts'
import type { PlainDialect } from '../core/plain.ts'
import type { RequestAddress } from '../core/request.ts'

/** A request as HTTP hands it over, its body unread by anyone. */
export interface Arrival {
  /** The endpoint's path, e.g. `/v1/chat/completions`. */
  surface: string
  dialect: ClientDialect | PlainDialect
  /** What the path itself says. */
  address: RequestAddress
  headers: IncomingHttpHeaders
  /** The peer's address. */
  remoteAddress: string
  body: Buffer
  /** Of a request of the gateway's own. */
  own?: OwnCall
  /** `performance.now()` when the body was there. */
  receivedAt: number
}

/** Opens the record of a request and joins it to the caller's trace, if the request names one. */
export function openExchange(arrival: Arrival, revision: string): Exchange {
  const epoch = performance.timeOrigin + arrival.receivedAt
  const parent = readTraceParent(arrival.headers.traceparent)
  const state = arrival.headers.tracestate
  return {
    id: newRequestId(epoch),
    traceId: parent?.traceId ?? newTraceId(epoch),
    spanId: newSpanId(),
    routeSpanId: newSpanId(),
    parentSpanId: parent?.spanId ?? null,
    traceState: parent && typeof state === 'string' ? state.slice(0, 512) : null,
    surface: arrival.surface,
    purpose: arrival.own?.purpose ?? 'live',
    experiment: arrival.own?.experiment ?? null,
    link: arrival.own?.link ?? null,
    epoch,
    startedAt: arrival.receivedAt,
    revision,
    route: '',
    stream: false,
    caller: null,
    plan: null,
    routedAt: null,
    attempts: [],
    answeredBy: null,
    skipped: [],
    verdicts: [],
    scores: [],
    content: null,
    lastResort: null,
    cache: null,
    replayOf: null,
    waitedMs: 0,
    facts: null,
    lossy: [],
    status: 0,
    error: null,
    overheadMs: null,
    endedAt: null,
  }
}

/** Parses the body once. Throws `invalid_json` or `invalid_request`. */
export function readInbound(arrival: Arrival): Inbound {
  const { body, dialect, headers, address, receivedAt } = arrival
  const boundary = formBoundary(headers['content-type'])
  const form = boundary === null ? null : { contentType: headers['content-type']!, boundary }
  const json = form === null ? parseObject(body) : parseForm(body, form.boundary)
  const head = 'operation' in dialect ? dialect.readHead(json) : dialect.readHead(json, address)
  const operation = 'operation' in dialect ? dialect.operation : 'chat'
  const forwarded: Record<string, string> = {}
  for (const name of dialect.headers ?? []) {
    const value = headers[name]
    if (typeof value === 'string') forwarded[name] = value
  }
  return { dialect, operation, raw: body, json, head, receivedAt, form, forwarded }
}

function parseObject(body: Buffer): Record<string, unknown> {
  let json: unknown
  try {
    json = JSON.parse(body.toString())
  } catch (error) {
    const why = body.length === 0 ? 'it is empty' : (error as Error).message
    throw new GatewayError('invalid_json', `The request body is not JSON: ${why}.`)
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new GatewayError('invalid_json', 'The request body is JSON but not an object.')
  return json as Record<string, unknown>
}

function parseForm(body: Buffer, boundary: string): Record<string, unknown> {
  const fields = formTexts(body, boundary)
  if (fields === null)
    throw new GatewayError('invalid_request', 'The request body is no form with the boundary of its content type.')
  return fields
}

/** https://www.w3.org/TR/trace-context/#traceparent-header; `null` for anything malformed, as it asks. Only versions above 00 may go on. */
function readTraceParent(value: unknown): { traceId: string; spanId: string } | null {
  if (typeof value !== 'string') return null
  const match = /^(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(?:$|(?<!^00.*)-)/.exec(value.trim())
  if (!match || /^0+$/.test(match[1]!) || /^0+$/.test(match[2]!)) return null
  return { traceId: match[1]!, spanId: match[2]! }
}
