import type { ProviderPolicy } from '../core/policy.ts'
import type { Provider, WireCall } from '../core/ports.ts'

/** The call that asks a provider for its models, which costs nothing. The provider must have a list. */
export async function listCall(policy: ProviderPolicy, provider: Provider): Promise<WireCall> {
  const url = provider.models!.url(policy)
  const address = { policy, model: '', dialect: provider.dialects[0]!, stream: false, request: {} }
  const headers = {
    accept: 'application/json',
    'user-agent': 'gatehouse',
    ...policy.headers,
    ...provider.headers(address),
  }
  const call: WireCall = { provider: policy, method: 'GET', url, headers, body: '', stream: false }
  Object.assign(headers, await provider.sign?.(call, Date.now()))
  return call
}
