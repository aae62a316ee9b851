import type { IncomingHttpHeaders } from 'node:http'
import type { CacheScope } from '../core/cache.ts'
import { bytesKeyOf, type CacheContext, requestKeysOf } from './caching/request-keys.ts'

/** What the cache would look a request up by. */
export interface ExplainedCache {
  mode: 'off' | 'none' | 'exact' | 'semantic'
  /** Why it would have nothing to do with the request. */
  passedBy: string | null
  scope: CacheScope | null
  key: string | null
  /** Its last question could be answered by that of another. */
  comparable: boolean
}

/** Looks nothing up. Throws `invalid_header`. */
export function explainCache(context: CacheContext, headers: IncomingHttpHeaders): ExplainedCache {
  const mode: ExplainedCache['mode'] = context.plan.settings.cache?.mode ?? 'off'
  const nothing: ExplainedCache = { mode, passedBy: null, scope: null, key: null, comparable: false }
  const asked = bytesKeyOf(context, headers)
  if (asked === null || typeof asked === 'string') return { ...nothing, passedBy: asked }
  const keys = requestKeysOf(context, asked)
  if (typeof keys === 'string') return { ...nothing, passedBy: keys, scope: asked.scope }
  return {
    mode,
    passedBy: null,
    scope: asked.scope,
    key: keys.key,
    comparable: mode === 'semantic' && keys.question !== null,
  }
}
