import type { FastifyInstance } from 'fastify'
import Type, { type Static } from 'typebox'
import { GatewayError } from '../../core/errors.ts'
import { PURPOSES } from '../../core/experiment.ts'
import type { RequestFilter, RequestsRow } from '../../stores/requests.ts'
import type { SpansRow } from '../../stores/spans.ts'
import type { HttpDeps } from '../context.ts'
import type { Role } from './access.ts'
import { Name } from './paging.ts'
import { toRequestRow } from './rows.ts'
import { RequestPage, RequestRow, type SpanRow, Trace } from './schemas.ts'
import { attributesFor, roleOf } from './viewer.ts'

const Moment = Type.Optional(Type.String({ description: 'ISO 8601, or milliseconds since the epoch' }))

const Query = Type.Object(
  {
    route: Name,
    tenant: Name,
    provider: Name,
    model: Name,
    session: Name,
    status: Type.Optional(
      Type.String({
        pattern: '^([1-5]\\d\\d|[1-5]xx|ok|error|fallback)$',
        description: 'a number, a class such as 4xx, or ok, error, fallback',
      }),
    ),
    purpose: Type.Optional(
      Type.Enum([...PURPOSES, 'all'], {
        description: '`live` where none is given; else the gateway’s own',
        default: 'live',
      }),
    ),
    from: Moment,
    to: Moment,
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000, default: 100 })),
    cursor: Type.Optional(
      Type.String({ pattern: '^req_[0-9a-f]{28}$', description: '`next_cursor` of the page before' }),
    ),
  },
  { additionalProperties: false },
)

/** The recorded requests and their traces. */
export function registerRequests(app: FastifyInstance, deps: HttpDeps): void {
  const { reader } = deps.admin
  app.get<{ Querystring: Static<typeof Query> }>(
    '/admin/api/requests',
    { schema: { summary: 'Requests, newest first', querystring: Query, response: { 200: RequestPage } } },
    async (request) => {
      const { limit = 100, cursor = null, from, to, ...same } = request.query
      const filter: RequestFilter = { ...same, ...moment('from', from), ...moment('to', to) }
      const rows = await reader.ask<RequestsRow[]>('requests', filter, cursor, limit)
      return { data: rows.map(toRequestRow), next_cursor: rows.length < limit ? null : rows.at(-1)!.request_id }
    },
  )
  app.get<{ Params: { request_id: string } }>(
    '/admin/api/requests/:request_id',
    { schema: { summary: 'One request', response: { 200: RequestRow } } },
    async (request) => {
      const row = await reader.ask<RequestsRow | null>('request', request.params.request_id)
      if (row === null) throw new GatewayError('not_found', `There is no request ${request.params.request_id}.`)
      return toRequestRow(row)
    },
  )
  app.get<{ Params: { trace_id: string } }>(
    '/admin/api/traces/:trace_id',
    { schema: { summary: 'One trace: its requests and spans', response: { 200: Trace } } },
    async (request) => {
      const { trace_id: traceId } = request.params
      const role = roleOf(request, deps)
      const { requests, spans } = await reader.ask<{ requests: RequestsRow[]; spans: SpansRow[] }>('trace', traceId)
      if (spans.length === 0) throw new GatewayError('not_found', `There is no trace ${traceId}.`)
      return {
        trace_id: traceId,
        requests: requests.map(toRequestRow),
        spans: spans.map((span) => toSpanRow(span, role)),
      }
    },
  )
}

function toSpanRow(row: SpansRow, role: Role): SpanRow {
  return {
    span_id: row.span_id,
    parent_span_id: row.parent_span_id,
    name: row.name,
    kind: row.kind as SpanRow['kind'],
    start_ms: row.start_ms,
    end_ms: row.end_ms,
    status: row.status as SpanRow['status'],
    status_message: row.status_message,
    attributes: attributesFor(role, JSON.parse(row.attributes)),
    events: JSON.parse(row.events),
    links: JSON.parse(row.links),
  }
}

/** Throws `invalid_request` for what is no moment. */
function moment(name: 'from' | 'to', text: string | undefined): Partial<Record<'from' | 'to', number>> {
  if (text === undefined) return {}
  const time = /^\d+$/.test(text) ? Number(text) : Date.parse(text)
  if (!Number.isFinite(time) || time > 8.64e15)
    throw new GatewayError('invalid_request', `\`${name}\` is not a moment.`, {
      param: name,
      hint: 'Send for example 2026-01-31T12:00:00Z or 1769860800000.',
    })
  return { [name]: time }
}
