import type { GatewayError } from '../core/errors.ts'
import { costNano, didFallBack, type Exchange, lossyOf, mainAttempt, warningsOf } from '../core/exchange.ts'
import { tookEffect } from '../core/verdict.ts'

type Headers = Record<string, string>

/** The `x-gatehouse-*` headers of a reply, and its ids. */
export function gatehouseHeaders(exchange: Exchange): Headers {
  const headers: Headers = {
    'x-request-id': exchange.id,
    'x-gatehouse-trace-id': exchange.traceId,
    'x-gatehouse-revision': exchange.revision,
  }
  // Where Anthropic's clients look for the id.
  if (exchange.surface.startsWith('/v1/messages')) headers['request-id'] = exchange.id
  if (exchange.plan === null) return headers
  headers['x-gatehouse-route'] = safe(exchange.plan.route)
  const attempt = mainAttempt(exchange)
  if (exchange.lastResort === 'static') headers['x-gatehouse-synthetic'] = 'true'
  if (attempt && exchange.lastResort === null) {
    headers['x-gatehouse-provider'] = attempt.target.provider
    headers['x-gatehouse-model'] = safe(attempt.target.model)
    if (attempt.synthetic) headers['x-gatehouse-synthetic'] = 'true'
  }
  headers['x-gatehouse-attempts'] = String(exchange.attempts.length)
  headers['x-gatehouse-fallback'] = String(didFallBack(exchange))
  Object.assign(headers, cacheHeaders(exchange))
  const guards = guardHeader(exchange)
  if (guards !== null) headers['x-gatehouse-guardrail'] = guards
  const lossy = lossyOf(exchange)
  if (lossy.length > 0) headers['x-gatehouse-lossy'] = lossy.map(safe).join(', ')
  const warnings = warningsOf(exchange)
  if (warnings.length > 0) headers['x-gatehouse-warning'] = warnings.join(', ')
  if (exchange.overheadMs !== null) headers['x-gatehouse-overhead-ms'] = exchange.overheadMs.toFixed(2)
  return headers
}

/**
 * What guardrails have done so far, e.g. `pii;stage=pre;verdict=redact;category=EMAIL`; `pass` where they let all
 * through. `null` for a route without any.
 */
function guardHeader({ verdicts, plan }: Exchange): string | null {
  if (plan === null || plan.settings.guarding === null) return null
  const said = verdicts.filter(tookEffect).map(({ guardrail, stage, verdict, category }) => {
    const about = category === null ? '' : `;category=${safe(category)}`
    return `${guardrail};stage=${stage};verdict=${verdict}${about}`
  })
  return said.length === 0 ? 'pass' : said.join(', ')
}

/** What the cache did; of a kept reply also who made it, how old it is and how like its question was. */
function cacheHeaders({ cache, lastResort }: Exchange): Headers {
  if (cache === null) return { 'x-gatehouse-cache': 'bypass' }
  const headers: Headers = { 'x-gatehouse-cache': cache.outcome }
  if (cache.source === null || lastResort === 'static') return headers
  if (cache.provider !== null) headers['x-gatehouse-provider'] = cache.provider
  if (cache.model !== null) headers['x-gatehouse-model'] = safe(cache.model)
  if (cache.age_ms !== null) headers.age = String(Math.floor(cache.age_ms / 1000))
  if (cache.outcome === 'hit-semantic') headers['x-gatehouse-cache-similarity'] = cache.similarity!.toFixed(4)
  return headers
}

/** What a unary reply can tell besides, as it is complete. */
export function costHeader(exchange: Exchange): Headers {
  const cost = costNano(exchange)
  return cost === null ? {} : { 'x-gatehouse-cost-usd': (cost / 1e9).toFixed(9).replace(/\.?0+$/, '') || '0' }
}

/** What a client should know of a failure: when to come back, and whether it is worth it. */
export function errorHeaders(exchange: Exchange, error: GatewayError): Headers {
  const headers: Headers = {}
  for (const [name, value] of Object.entries(error.upstream?.headers ?? {}))
    if (/^(?:x|anthropic)-ratelimit-/.test(name) || name === 'retry-after' || name === 'retry-after-ms')
      headers[name] = value
  if (error.retryAfterMs !== null) headers['retry-after'] ??= String(Math.ceil(error.retryAfterMs / 1000))
  // Whoever has tried for the client says that trying again at once is of no use.
  if (exchange.attempts.length > 1) headers['x-should-retry'] = 'false'
  return headers
}

/** Header values are Latin-1 without control characters; models and routes may be named otherwise. */
function safe(value: string): string {
  return /^[\x20-\x7e]*$/.test(value) ? value : encodeURIComponent(value)
}
