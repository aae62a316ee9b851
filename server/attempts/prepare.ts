import type { DialectId } from '../core/dialect-id.ts'
import type { Attempt, Exchange, Inbound } from '../core/exchange.ts'
import { spliceMembers } from '../core/json-splice.ts'
import type { ProviderPolicy } from '../core/policy.ts'
import type { Dialect, Provider, WireCall } from '../core/ports.ts'

export interface Prepared {
  call: WireCall
  /** Of the upstream. */
  dialect: Dialect
  /** The upstream speaks the client's dialect: its bytes can go through. */
  passthrough: boolean
  /** Usage was asked for by the gateway only, so it is taken out of a stream that passes through. */
  stripUsage: boolean
}

/** Turns the client's request into the call of one attempt. Bytes are edited where the dialect is the same. */
export function prepare(
  exchange: Exchange,
  inbound: Inbound,
  attempt: Attempt,
  provider: Provider,
  policy: ProviderPolicy,
  dialects: Readonly<Record<DialectId, Dialect>>,
): Prepared {
  const passthrough = provider.dialects.includes(inbound.dialect)
  const dialect = dialects[passthrough ? inbound.dialect : provider.dialects[0]!]
  const { stream, streamUsage } = inbound.head
  const { model } = attempt.target
  const asksUsage = stream && !streamUsage && provider.traits.streamUsage
  const body = passthrough
    ? editBytes(inbound, model, provider)
    : translate(exchange, inbound, attempt, provider, policy, dialect, dialects[inbound.dialect])
  const address = { policy, model, dialect: dialect.id, stream }
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    accept: stream ? dialect.streamType : 'application/json',
    'user-agent': 'gatehouse',
    ...policy.headers,
    ...provider.headers(address),
  }
  if (provider.traits.selfHosted) headers.traceparent = `00-${exchange.traceId}-${attempt.spanId}-01`
  return {
    call: { provider: policy, url: provider.url(address), headers, body, stream },
    dialect,
    passthrough,
    stripUsage: asksUsage,
  }
}

function editBytes(inbound: Inbound, model: string, provider: Provider): Buffer {
  const { head, json, raw } = inbound
  const edits: Record<string, string | null> = {}
  if (head.model !== model) edits.model = JSON.stringify(model)
  if (head.stream && provider.traits.streamUsage && !head.streamUsage)
    edits.stream_options = JSON.stringify({ ...(json.stream_options as object | null), include_usage: true })
  // Such a vendor refuses members it does not know, and sends usage without being asked.
  if (!provider.traits.streamUsage && json.stream_options !== undefined) edits.stream_options = null
  return Object.keys(edits).length === 0 ? raw : spliceMembers(raw, edits)
}

function translate(
  exchange: Exchange,
  inbound: Inbound,
  attempt: Attempt,
  provider: Provider,
  policy: ProviderPolicy,
  to: Dialect,
  from: Dialect,
): string {
  const request = { ...from.readRequest(inbound.json), streamUsage: true }
  const { body, lost } = to.writeRequest(request, attempt.target.model)
  exchange.lossy = lost
  return JSON.stringify(withDefaults(provider.defaults?.(policy) ?? {}, body))
}

/** The client's members win; objects such as Ollama's `options` are merged by member. */
function withDefaults(defaults: Record<string, unknown>, body: Record<string, unknown>): Record<string, unknown> {
  const merged = { ...defaults, ...body }
  for (const [name, value] of Object.entries(defaults))
    if (typeof value === 'object' && typeof body[name] === 'object') merged[name] = { ...value, ...body[name] }
  return merged
}
