import type { IncomingHttpHeaders } from 'node:http'
import { GatewayError } from '../../core/errors.ts'

/** What a caller says of the cache. It can only make less of it. */
export interface CacheHeaders {
  /** `no-store`: neither look nor keep; `refresh`: do not look, but keep what comes. */
  directive: 'no-store' | 'refresh' | null
  /** Replies are shared only with requests of the same one. */
  namespace: string | null
}

const LONGEST_NAMESPACE = 128

/** Throws `invalid_header`: whoever wants something of the cache must not get something else. */
export function readCacheHeaders(headers: IncomingHttpHeaders): CacheHeaders {
  return { directive: readDirective(headers['x-gatehouse-cache']), namespace: readNamespace(headers) }
}

function readDirective(value: unknown): CacheHeaders['directive'] {
  if (value === undefined) return null
  const word = typeof value === 'string' ? value.trim().toLowerCase() : ''
  if (word === 'no-store' || word === 'refresh') return word
  throw new GatewayError('invalid_header', '`x-gatehouse-cache` is neither `no-store` nor `refresh`.', {
    hint: 'Send x-gatehouse-cache: no-store to leave the cache alone, or refresh to have the kept reply replaced.',
  })
}

function readNamespace({ 'x-gatehouse-cache-namespace': value }: IncomingHttpHeaders): string | null {
  if (value === undefined) return null
  if (typeof value === 'string' && value !== '' && value.length <= LONGEST_NAMESPACE) return value
  throw new GatewayError(
    'invalid_header',
    `\`x-gatehouse-cache-namespace\` is not a name of 1 to ${LONGEST_NAMESPACE} characters.`,
  )
}
