import type { ProviderPolicy } from '../core/policy.ts'
import type { Provider, ProviderCall, WireCall } from '../core/ports.ts'

/** A call of the gateway's own, which no client asked for: with the provider's headers and credentials, signed. */
export async function ownCall(
  provider: Provider,
  address: ProviderCall,
  request: Pick<WireCall, 'url' | 'body' | 'method'>,
): Promise<WireCall> {
  const { policy } = address
  const headers: Record<string, string> = {
    ...(request.method === 'GET' ? {} : { 'content-type': 'application/json' }),
    accept: 'application/json',
    'user-agent': 'gatehouse',
    ...policy.headers,
    ...provider.headers(address),
  }
  const call: WireCall = { provider: policy, ...request, headers, stream: false }
  Object.assign(headers, await provider.sign?.(call, Date.now()))
  return call
}

/** The call that asks a provider for its models, which costs nothing. The provider must have a list. */
export function listCall(policy: ProviderPolicy, provider: Provider): Promise<WireCall> {
  const address = { policy, model: '', dialect: provider.dialects[0]!, stream: false, request: {} }
  return ownCall(provider, address, { method: 'GET', url: provider.models!.url(policy), body: '' })
}
