import { chatRequestOf } from '../core/chat-request.ts'
import type { ClientDialect, UpstreamDialect } from '../core/dialect.ts'
import type { DialectId } from '../core/dialect-id.ts'
import { GatewayError } from '../core/errors.ts'
import { type Attempt, replyOptions } from '../core/exchange.ts'
import { spliceMembers } from '../core/json-splice.ts'
import type { ProviderPolicy } from '../core/policy.ts'
import type { Provider } from '../core/ports.ts'
import type { AttemptContext } from './context.ts'
import { continued, continuingMembers } from './continue.ts'
import { needsEvents } from './needs-events.ts'
import { noteLost, type Payload, spokenBy, withDefaults } from './payload.ts'
import { receiveBytes } from './receive-bytes.ts'
import { receiveEvents } from './receive-events.ts'
import { receiveWhole, receiveWholeBytes } from './receive-whole.ts'

const JSON_TYPE = 'application/json'

/** Bytes are edited where the provider speaks the client's dialect, else the request is translated. */
export function prepareChat(
  context: AttemptContext,
  client: ClientDialect,
  attempt: Attempt,
  provider: Provider,
  policy: ProviderPolicy,
): Payload {
  const spoken = spokenBy(provider, policy)
  if (spoken.includes(client.id) && mayPass(client, context)) return passOn(context, client, attempt, provider, policy)
  const id = formatFor(context, client, spoken)
  if (id === undefined)
    throw new GatewayError('operation_unsupported', `Provider ${policy.id} (${provider.kind}) does not chat.`)
  return translate(context, client, context.deps.upstreams.get(id)!, attempt, provider, policy)
}

/** The provider's preferred one; of a request that was rewritten, the client's own where it can be. */
function formatFor(
  { deps: { upstreams }, inbound }: AttemptContext,
  { id }: ClientDialect,
  spoken: readonly DialectId[],
): DialectId | undefined {
  if (inbound.chat !== undefined && spoken.includes(id) && upstreams.has(id)) return id
  return spoken.find((candidate) => upstreams.has(candidate))
}

/** What this gateway made up for an earlier reply means nothing to a provider and may be refused by it. */
function mayPass(client: ClientDialect, context: AttemptContext): boolean {
  const { raw, head } = context.inbound
  if (context.continuation !== undefined || context.inbound.chat !== undefined) return false
  if (client.translatedStreams && head.stream) return false
  if (needsEvents(context) && !client.readReply) return false
  return client.foreignMark === undefined || !raw.includes(client.foreignMark)
}

function passOn(
  context: AttemptContext,
  client: ClientDialect,
  attempt: Attempt,
  provider: Provider,
  policy: ProviderPolicy,
): Payload {
  const { inbound } = context
  const { head, json, raw } = inbound
  const edits = client.edits(json, head, attempt.target.model, provider.traits.quirks)
  const defaults = provider.defaults?.(policy) ?? {}
  for (const [name, value] of Object.entries(withDefaults(defaults, pick(json, Object.keys(defaults)))))
    if (JSON.stringify(json[name]) !== JSON.stringify(value)) edits[name] = JSON.stringify(value)
  if (json.model === attempt.target.model) delete edits.model
  const stripUsage = typeof edits.stream_options === 'string' && !head.streamUsage
  return {
    dialect: client.id,
    body: Object.keys(edits).length === 0 ? raw : spliceMembers(raw, edits),
    contentType: JSON_TYPE,
    accept: head.stream ? client.streamType : JSON_TYPE,
    request: json,
    receive(run, kept, headers) {
      const streamed = isType(headers, client.streamType)
      const { readReply, eventReader } = client
      if (head.stream && streamed && eventReader && needsEvents(context))
        return receiveEvents(run, kept, { eventReader })
      if (head.stream && streamed) return receiveBytes(run, kept, client, { stripUsage })
      // The provider answered in the other way than it was asked to.
      if ((head.stream || streamed) && readReply && eventReader) {
        const options = replyOptions(inbound)
        return receiveWhole(run, kept, { upstream: { readReply, eventReader }, client, options, streamed })
      }
      return receiveWholeBytes(run, kept, client)
    },
  }
}

function translate(
  context: AttemptContext,
  client: ClientDialect,
  upstream: UpstreamDialect,
  attempt: Attempt,
  provider: Provider,
  policy: ProviderPolicy,
): Payload {
  const { exchange, inbound, deps } = context
  const { head } = inbound
  const tenant = exchange.caller?.tenant ?? ''
  const { quirks } = provider.traits
  const read = { ...chatRequestOf(inbound), streamUsage: true }
  const asked = context.continuation === undefined ? read : continued(read, context.continuation, quirks)
  const request = deps.vault.restore(tenant, policy.id, asked)
  const { body, lost } = upstream.writeRequest(request, attempt.target.model, quirks)
  noteLost(context, attempt, upstream.id, lost)
  const more = context.continuation === undefined ? {} : continuingMembers(body, quirks)
  const full = { ...withDefaults(provider.defaults?.(policy) ?? {}, body), ...more }
  const options = replyOptions(inbound)
  return {
    dialect: upstream.id,
    body: JSON.stringify(full),
    contentType: JSON_TYPE,
    accept: head.stream ? upstream.streamType : JSON_TYPE,
    request: full,
    receive(run, kept, headers) {
      const follower = deps.vault.follow(tenant, policy.id)
      const streamed = isType(headers, upstream.streamType)
      if (head.stream && streamed) return receiveEvents(run, kept, upstream, follower)
      return receiveWhole(run, kept, { upstream, client, options, streamed, follower })
    },
  }
}

function isType(headers: Readonly<Record<string, string>>, type: string): boolean {
  return headers['content-type']?.includes(type) ?? false
}

function pick(json: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.flatMap((name) => (json[name] === undefined ? [] : [[name, json[name]]])))
}
