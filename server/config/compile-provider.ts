import { type AllowList, hostAddress, isLoopbackHost } from '../core/addresses.ts'
import type { DialectId } from '../core/dialect-id.ts'
import type { ProviderPolicy } from '../core/policy.ts'
import type { Catalogue } from './catalogue.ts'
import { compileQueue, readProbe } from './compile-queue.ts'
import type { ProblemList } from './problems.ts'
import type { ProviderDocument } from './schema.ts'
import { type ResolveSecret, resolveReferences } from './secrets.ts'

const COMMON = new Set([
  ...['kind', 'base_url', 'api_key', 'headers', 'residency', 'dialects'],
  ...['max_concurrency', 'adaptive_concurrency', 'queue', 'health_check', 'gpu_usd_per_hour'],
])
/** Headers that the gateway or HTTP itself sets. */
const RESERVED_HEADERS = new Set(['host', 'content-length', 'content-type', 'connection', 'transfer-encoding'])

/** Visible Latin-1, blanks and tabs (RFC 9110 §5.5). */
const HEADER_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/
const CREDENTIAL_HEADERS = /^(?:proxy-)?authorization$|(?:api[-_]?key|token|secret)$|^cookie$/i
const CREDENTIAL_SHAPES = /\b(?:sk-|gsk_|xai-|hf_|AIza|AKIA)[\w-]{8,}|\bBearer\s+[^\s$]/

export interface ProviderContext {
  catalogue: Catalogue
  resolve: ResolveSecret
  problems: ProblemList
  /** `null` when egress is open. */
  sealed: AllowList | null
}

/** Compiles one provider. An unresolved secret is no error of the file: the provider says so when it is called. */
export function compileProvider(id: string, document: ProviderDocument, context: ProviderContext): ProviderPolicy {
  const { catalogue, problems } = context
  const path = ['providers', id]
  const kind = catalogue.providerKinds.get(document.kind)!
  for (const name of Object.keys(document)) {
    if (COMMON.has(name) || Object.hasOwn(kind.options, name)) continue
    problems.add([...path, name], `providers of kind ${document.kind} have no option "${name}"`, { at: 'key' })
  }
  const baseUrl = document.base_url ?? kind.baseUrl
  if (baseUrl === null && kind.needsBaseUrl) problems.add(path, `kind ${document.kind} needs a base_url`, { at: 'key' })
  const host = document.base_url === undefined ? hostOf(baseUrl) : checkUrl(document.base_url, [...path], problems)

  const unresolved: string[] = []
  const resolve = (text: string): string => {
    try {
      return resolveReferences(text, context.resolve)
    } catch (error) {
      unresolved.push((error as Error).message)
      return ''
    }
  }
  const apiKey = document.api_key === undefined ? null : resolve(document.api_key)
  if (apiKey && !HEADER_VALUE.test(apiKey)) unresolved.push('the api_key has characters that no header can carry')
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(document.headers ?? {})) {
    if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name) || RESERVED_HEADERS.has(name.toLowerCase()))
      problems.add([...path, 'headers', name], `"${name}" cannot be set as a header`, { at: 'key' })
    if (isLiteralCredential(name, value))
      problems.add([...path, 'headers', name], 'a credential is written as a reference only: ${env:NAME} or its like')
    headers[name.toLowerCase()] = resolve(value)
    if (!HEADER_VALUE.test(headers[name.toLowerCase()]!))
      problems.add([...path, 'headers', name], 'the value has characters that no header can carry')
  }
  if (apiKey === null && kind.needsKey) unresolved.push(`kind ${document.kind} needs an api_key`)
  if (context.sealed && host !== null && !mayDial(host, context.sealed))
    unresolved.push(
      `egress is sealed and ${host} is not in egress.allow (add "${host}" to that list, or set egress.mode: open)`,
    )

  const options: Record<string, unknown> = {}
  for (const [name, { type }] of Object.entries(kind.options)) {
    if (!Object.hasOwn(document, name)) continue
    const value = (document as Record<string, unknown>)[name]
    options[name] = type === 'secret' ? resolve(value as string) : value
  }
  for (const [index, dialect] of (document.dialects ?? []).entries())
    if (!kind.dialects.includes(dialect))
      problems.add([...path, 'dialects', index], `providers of kind ${document.kind} do not speak ${dialect}`, {
        suggestion: `it can speak: ${kind.dialects.join(', ')}`,
      })
  return {
    id,
    kind: document.kind,
    baseUrl: baseUrl?.replace(/\/+$/, '') ?? null,
    apiKey: apiKey || null,
    headers,
    // What opens no socket does not leave the machine either.
    residency: document.residency ?? (kind.synthetic || (host !== null && isLoopbackHost(host)) ? 'local' : null),
    options,
    dialects: (document.dialects as DialectId[] | undefined) ?? null,
    queue: compileQueue(document, path, problems),
    probeMs: document.health_check === undefined ? null : readProbe(document.health_check, path, problems),
    gpuUsdPerHour: document.gpu_usd_per_hour ?? null,
    problem: unresolved.length === 0 ? null : unresolved.join('; '),
  }
}

function isLiteralCredential(name: string, value: string): boolean {
  const hasReference = /\$\{(?:env|file|secret):/.test(value)
  return CREDENTIAL_SHAPES.test(value) || (CREDENTIAL_HEADERS.test(name) && !hasReference)
}

/** The host of a good URL; `null`, with a problem added, for a bad one. */
function checkUrl(text: string, path: string[], problems: ProblemList): string | null {
  const add = (message: string) => problems.add([...path, 'base_url'], message)
  let url: URL
  try {
    url = new URL(text)
  } catch {
    add(`"${text}" is not a URL; write it as http://127.0.0.1:8000/v1`)
    return null
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') add(`"${url.protocol}" is not http: or https:`)
  else if (url.username || url.password) add('credentials do not belong in a URL; use api_key or headers')
  else if (url.search || url.hash) add('a base URL has no query and no fragment')
  return url.hostname
}

function hostOf(url: string | null): string | null {
  return url === null ? null : new URL(url).hostname
}

/** A name that is not listed may still resolve to a listed address; the socket decides that when it is opened. */
function mayDial(host: string, sealed: AllowList): boolean {
  if (isLoopbackHost(host) || sealed.hasName(host)) return true
  const address = hostAddress(host)
  return address === null || sealed.hasAddress(address)
}
