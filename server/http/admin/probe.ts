import { asGatewayError, type GatewayError } from '../../core/errors.ts'
import type { ProviderPolicy } from '../../core/policy.ts'
import type { FoundModel, WireCall } from '../../core/ports.ts'
import { ask, jsonOf } from '../../egress/ask.ts'
import { CATALOGUE, listPrice } from '../../telemetry/prices.ts'
import type { AdminDeps } from '../context.ts'
import type { ModelRow, ProbeResult } from './provider-schemas.ts'

/** Asks a provider for its models, which shows whether it is up and takes the credential. Never rejects. */
export async function probe(policy: ProviderPolicy, deps: AdminDeps): Promise<ProbeResult> {
  const { traits, models } = deps.providers.get(policy.kind)!
  const failed = (error: string, latency: number | null = null) => result({ ok: false, error, latency_ms: latency })
  if (policy.problem !== null) return failed(policy.problem)
  if (!models)
    return failed(`${traits.label} has no list of models to ask for: send a request to see whether it works.`)
  const started = performance.now()
  try {
    const answer = await ask(deps.send, await listCall(policy, deps))
    const latency = performance.now() - started
    if (answer.status < 200 || answer.status > 299) {
      const error = deps.providers.get(policy.kind)!.classify(answer)
      return failed(error.advice, latency)
    }
    const found = models.read(jsonOf(answer)).map((model) => toModelRow(model, traits.priceId))
    return result({ ok: true, error: null, latency_ms: latency, models: found })
  } catch (error) {
    return failed(adviceOf(asGatewayError(error)), performance.now() - started)
  }
}

async function listCall(policy: ProviderPolicy, { providers }: AdminDeps): Promise<WireCall> {
  const provider = providers.get(policy.kind)!
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

export function toModelRow(model: FoundModel, priceId: string | null): ModelRow {
  const price = listPrice(priceId, model.id)
  return {
    id: model.id,
    context_window: model.contextWindow ?? null,
    loaded: model.loaded ?? null,
    input_usd: price?.input ?? null,
    output_usd: price?.output ?? null,
  }
}

function result(known: Pick<ProbeResult, 'ok' | 'error' | 'latency_ms'> & { models?: ModelRow[] }): ProbeResult {
  return { models: [], ...known, checked_at: new Date().toISOString(), prices_as_of: CATALOGUE.asOf }
}

/** The gateway's own fault is for its log; here it is enough that the call could not be made. */
function adviceOf(error: GatewayError): string {
  return error.code === 'internal' ? 'The call could not be made.' : error.advice
}
