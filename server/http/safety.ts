import type { IncomingHttpHeaders } from 'node:http'
import { hostAddress, isLoopbackAddress, isLoopbackHost } from '../core/addresses.ts'
import { GatewayError } from '../core/errors.ts'
import type { ServerPolicy } from '../core/policy.ts'

/**
 * A browser on this machine reaches every loopback port, so that any web page could. Two checks keep pages out:
 * the `Host` must be a name of ours (against DNS rebinding), and a page may call only from our own origin or one
 * that the config lists (against cross-site requests).
 */
export interface CallSite {
  method: string
  path: string
  headers: IncomingHttpHeaders
  /** The gateway listens on loopback only. */
  loopbackOnly: boolean
  policy: ServerPolicy
}

/** Throws `forbidden_host` or `cross_site`. */
export function checkCallSite(site: CallSite): void {
  const host = site.headers.host ?? ''
  if (!isOurHost(host, site)) throw new GatewayError('forbidden_host', `This gateway does not answer as "${host}".`)
  const { origin } = site.headers
  if (origin !== undefined && !isAllowedOrigin(origin, site))
    throw new GatewayError('cross_site', `Pages from ${origin} may not call this gateway.`)
  if (origin === undefined && isForeignFetch(site))
    throw new GatewayError('cross_site', 'Pages of other sites may not call this gateway.')
}

/** True for an origin that the config lets call models from a browser; it gets CORS headers. */
export function isListedOrigin(origin: string | undefined, site: CallSite): boolean {
  return origin !== undefined && isModelApi(site.path) && site.policy.origins.includes(origin)
}

/** True below the prefixes of the APIs that apps call. */
export function isModelApi(path: string): boolean {
  return /^\/(?:v1|v2|v1beta|api)\//.test(path)
}

/**
 * On loopback only loopback names count. Bound elsewhere, a bare address is ours as well: rebinding needs a name,
 * and names have to be listed.
 */
function isOurHost(host: string, { loopbackOnly, policy }: CallSite): boolean {
  const name = nameOf(host)
  if (name === null) return false
  const address = hostAddress(name)
  if (address) return loopbackOnly ? isLoopbackAddress(address) || policy.hosts.includes(name) : true
  return isLoopbackHost(name) || policy.hosts.includes(name)
}

/** Host without port, lower case; `null` for what is no host. */
function nameOf(host: string): string | null {
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?$/i.exec(host)
  return match ? match[1]!.toLowerCase() : null
}

function isAllowedOrigin(origin: string, site: CallSite): boolean {
  if (isListedOrigin(origin, site)) return true
  return origin === `http://${site.headers.host}` || origin === `https://${site.headers.host}`
}

/** `Sec-Fetch-Site` (https://www.w3.org/TR/fetch-metadata/); opening the UI from a link is no call. */
function isForeignFetch({ headers, method, path }: CallSite): boolean {
  const from = headers['sec-fetch-site']
  if (from === undefined || from === 'same-origin' || from === 'none') return false
  const isNavigation = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document'
  return !(isNavigation && method === 'GET' && !isModelApi(path) && !path.startsWith('/admin/'))
}
