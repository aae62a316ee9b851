import type { Attempt } from '../core/exchange.ts'
import type { ProviderPolicy } from '../core/policy.ts'
import type { Provider, WireCall } from '../core/ports.ts'
import type { AttemptContext } from './context.ts'
import type { Payload } from './payload.ts'
import { prepareChat } from './prepare-chat.ts'
import { preparePlain } from './prepare-plain.ts'

export interface Prepared extends Payload {
  call: WireCall
}

/** Turns the client's request into the call of one attempt. Throws a GatewayError when it cannot be made. */
export function prepare(
  context: AttemptContext,
  attempt: Attempt,
  provider: Provider,
  policy: ProviderPolicy,
): Prepared {
  const { exchange, inbound } = context
  const payload =
    'operation' in inbound.dialect
      ? preparePlain(context, inbound.dialect, attempt, provider, policy)
      : prepareChat(context, inbound.dialect, attempt, provider, policy)
  const { stream } = inbound.head
  if (payload.answer) return { ...payload, call: { provider: policy, url: '', headers: {}, body: '', stream } }
  const address = { policy, model: attempt.target.model, dialect: payload.dialect, stream, request: payload.request }
  const headers: Record<string, string> = {
    'content-type': payload.contentType,
    accept: payload.accept,
    'user-agent': 'gatehouse',
    ...policy.headers,
    ...provider.headers(address),
    ...(payload.dialect === inbound.dialect.id ? inbound.forwarded : {}),
  }
  if (provider.traits.selfHosted) headers.traceparent = `00-${exchange.traceId}-${attempt.spanId}-01`
  return { ...payload, call: { provider: policy, url: provider.url(address), headers, body: payload.body, stream } }
}
