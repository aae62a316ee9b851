import { listCall } from '../../attempts/own-call.ts'
import { hostAddress, isLoopbackHost, readAllowList } from '../../core/addresses.ts'
import { asGatewayError, type GatewayError, type UpstreamRefusal } from '../../core/errors.ts'
import type { EgressPolicy, Policy, ProviderPolicy } from '../../core/policy.ts'
import type { FoundModel } from '../../core/ports.ts'
import { ask, jsonOf } from '../../egress/ask.ts'
import { CATALOGUE, listPrice } from '../../telemetry/prices.ts'
import { redactor } from '../../telemetry/redact.ts'
import type { AdminDeps } from '../context.ts'
import type { ModelRow, ProbeResult } from './provider-schemas.ts'

const LONGEST_ERROR = 600

/**
 * Asks a provider for its models, which shows whether it is up and takes the credential. Never rejects, and repeats no
 * credential. `config` is what the provider is part of.
 */
export async function probe(policy: ProviderPolicy, config: Policy, deps: AdminDeps): Promise<ProbeResult> {
  const redact = redactor(() => config)
  const { traits, models, classify } = deps.providers.get(policy.kind)!
  const failed = (error: string, latency: number | null = null) =>
    result({ ok: false, error: shorten(redact(error)), latency_ms: latency })
  if (policy.problem !== null) return failed(`It cannot be called: ${policy.problem}.`)
  if (!models)
    return failed(`${traits.label} has no list of models to ask for: send a request to see whether it works.`)
  const started = performance.now()
  try {
    const call = await listCall(policy, deps.providers.get(policy.kind)!)
    const answer = await ask(deps.send, call)
    const latency = performance.now() - started
    const { origin, pathname } = new URL(call.url)
    const place = `It was asked at ${origin}${pathname}: is the base_url right?`
    if (answer.status < 200 || answer.status > 299)
      return failed([classify(answer).advice, ...furtherAdvice(answer, place)].join(' '), latency)
    const json = jsonOf(answer)
    if (!holdsList(json)) return failed(`The answer is no list of models. ${place}`, latency)
    const found = models.read(json).map((model) => toModelRow(model, traits.priceId))
    return result({ ok: true, error: null, latency_ms: latency, models: found })
  } catch (error) {
    const advice = sealedAdvice(policy, config.egress) ?? adviceOf(asGatewayError(error))
    return failed(advice, performance.now() - started)
  }
}

/** What a refusal of the list means beyond what one of a request would. */
function furtherAdvice({ status, headers }: UpstreamRefusal, place: string): string[] {
  if (status >= 300 && status <= 399)
    return [`Redirects are not followed; this one leads to ${headers.location ?? 'nowhere'}.`]
  return status === 404 || status === 405 ? [place] : []
}

/** A name that nobody listed may fail to resolve before it is refused: what to do is the same. */
function sealedAdvice({ baseUrl }: ProviderPolicy, { mode, allow }: EgressPolicy): string | null {
  const host = new URL(baseUrl!).hostname
  const list = readAllowList(allow)
  const address = hostAddress(host)
  const isListed = address === null ? list.hasName(host) : list.hasAddress(address)
  if (mode === 'open' || isLoopbackHost(host) || isListed) return null
  return `Egress is sealed and ${host} is not in egress.allow: add "${host}" to that list in the config file, or set egress.mode: open.`
}

/** Whoever answers 200 to everything, with a page or a greeting, is no provider. */
function holdsList(json: unknown): boolean {
  if (Array.isArray(json)) return true
  return typeof json === 'object' && json !== null && Object.values(json).some(Array.isArray)
}

/** A found model with its list price; numbers that make no sense are taken for not known. */
export function toModelRow({ id, contextWindow, loaded }: FoundModel, priceId: string | null): ModelRow {
  const price = listPrice(priceId, id)
  const window = contextWindow !== undefined && Number.isSafeInteger(contextWindow) && contextWindow > 0
  return {
    id,
    context_window: window ? contextWindow : null,
    loaded: loaded ?? null,
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

function shorten(text: string): string {
  return text.length > LONGEST_ERROR ? `${text.slice(0, LONGEST_ERROR)}…` : text
}
