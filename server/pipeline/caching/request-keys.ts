import type { AttemptContext } from '../../attempts/context.ts'
import { whyNotAsked } from '../../cache/cacheable.ts'
import { type Canonical, canonicalOf, isComparable, keysOf } from '../../cache/canonical.ts'
import { hashOf } from '../../cache/hash.ts'
import { scopeOf } from '../../cache/scope.ts'
import type { CacheHash, CacheScope } from '../../core/cache.ts'
import type { CachePolicy } from '../../core/cache-policy.ts'
import { chatRequestOf } from '../../core/chat-request.ts'
import type { ClientDialect } from '../../core/dialect.ts'
import { GatewayError } from '../../core/errors.ts'
import type { Inbound } from '../../core/exchange.ts'
import type { ChatRequest } from '../../core/request.ts'
import { type CacheHeaders, readCacheHeaders } from './cache-headers.ts'

/** What a request is found by before anybody has read it: the same bytes of the same scope. */
export interface BytesKey {
  policy: CachePolicy
  scope: CacheScope
  bytesKey: CacheHash
  directive: CacheHeaders['directive']
}

/** What a request is found by once it is read. */
export interface RequestKeys {
  key: CacheHash
  context: CacheHash
  /** `null` where there is nothing to be compared by likeness. */
  question: string | null
  maxTokens: number | null
}

/** What the context of a request is asked for here. */
export type CacheContext = Pick<AttemptContext, 'policy' | 'exchange' | 'inbound' | 'plan'>

/** The first key, or in words why the cache has nothing to do with the request. Throws `invalid_header`. */
export function bytesKeyOf(
  { policy, exchange, inbound, plan }: CacheContext,
  headers: Parameters<typeof readCacheHeaders>[0],
): BytesKey | string | null {
  const { directive, namespace } = readCacheHeaders(headers)
  const { cache } = plan.settings
  if (cache === null || 'operation' in inbound.dialect) return null
  if (directive === 'no-store') return 'the caller says no-store'
  const scope = scopeOf({ caller: exchange.caller!, plan, cache, providers: policy.providers, namespace })
  if (scope === null) return `replies are shared by ${cache.partition}, and the request names none`
  return { policy: cache, scope, bytesKey: hashOfBytes(scope, policy.revision, inbound), directive }
}

/** What else a reply's bytes depend on: the format, how it streams, and the config that let the reply be kept. */
function hashOfBytes({ hash }: CacheScope, revision: string, { dialect, head, raw, forwarded }: Inbound): CacheHash {
  const stream = head.stream && (dialect as ClientDialect).streamType
  return hashOf(JSON.stringify([hash, revision, dialect.id, stream, forwarded]), raw)
}

/** The other keys, or in words why the request is none for the cache. */
export function requestKeysOf({ inbound }: CacheContext, { policy, scope }: BytesKey): RequestKeys | string {
  const request = read(inbound)
  if (request === null) return 'it cannot be read in full'
  const why = whyNotAsked(request, policy)
  if (why !== null) return why
  const canonical = canonicalOf(request, inbound.forwarded)
  const maxTokens = request.sampling.maxTokens ?? null
  return { ...keysOf(scope.hash, canonical), question: questionOf(canonical), maxTokens }
}

function questionOf({ question }: Canonical): string | null {
  return isComparable(question) ? question : null
}

/** A request that is at fault further down is for the provider to refuse. */
function read(inbound: Inbound): ChatRequest | null {
  try {
    return chatRequestOf(inbound)
  } catch (error) {
    if (error instanceof GatewayError) return null
    throw error
  }
}
