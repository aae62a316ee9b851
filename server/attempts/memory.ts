import type { Policy, Target } from '../core/policy.ts'
import type { Provider, Send } from '../core/ports.ts'
import { ask, jsonOf } from '../egress/ask.ts'
import { ownCall } from './own-call.ts'

/** How much memory a model takes at its server, in bytes; `null` where that does not tell. Rejects when it cannot be asked. */
export async function memoryOf(
  { provider: id, model }: Target,
  { policy, providers, send }: { policy: Policy; providers: ReadonlyMap<string, Provider>; send: Send },
): Promise<number | null> {
  const provider = policy.providers.get(id)
  const kind = provider && providers.get(provider.kind)
  if (!provider || !kind?.memory) return null
  const address = { policy: provider, model, dialect: kind.dialects[0]!, stream: false, request: {} }
  const call = await ownCall(kind, address, { method: 'GET', url: kind.memory.url(provider), body: '' })
  return kind.memory.read(jsonOf(await ask(send, call)), model)
}
