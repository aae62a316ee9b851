import type { IncomingHttpHeaders } from 'node:http'
import { isLoopbackAddress } from '../core/addresses.ts'
import type { Caller } from '../core/caller.ts'
import { GatewayError } from '../core/errors.ts'
import type { Policy } from '../core/policy.ts'

/** What a key stands for, as the store knows it. */
export interface KeyHolder {
  id: string
  tenant: string
  team: string | null
  routes: ReadonlySet<string> | null
}

/** Looks a presented key up; `null` when it is unknown or revoked. */
export type FindKey = (key: string) => KeyHolder | null

const KEY_PREFIX = 'gh-'
const SESSION_HEADERS = ['x-session-id', 'x-claude-code-session-id', 'session_id', 'helicone-session-id'] as const
const METADATA_HEADERS = ['x-gatehouse-metadata', 'x-portkey-metadata', 'cf-aig-metadata'] as const
const PROPERTY_PREFIX = 'helicone-property-'
const LONGEST_SESSION = 256
const LONGEST_METADATA = 8192

/**
 * Who asks. The tenant is the key's; a program on this machine may do without a key where the policy says so.
 * Client libraries that insist on some key may send any that does not look like ours. Throws `unauthenticated`.
 */
export function authenticate(
  headers: IncomingHttpHeaders,
  remoteAddress: string,
  policy: Policy,
  /** The gateway listens on loopback only. */
  loopbackOnly: boolean,
  findKey: FindKey,
): Caller {
  const presented = readKey(headers)
  const anonymous = policy.anonymous === 'loopback' && loopbackOnly && isLoopbackAddress(remoteAddress)
  const holder = presented?.startsWith(KEY_PREFIX) ? findKey(presented) : null
  if (holder === null && (!anonymous || presented?.startsWith(KEY_PREFIX)))
    throw new GatewayError(
      'unauthenticated',
      presented === null ? 'This gateway wants a key.' : 'This key is unknown or revoked.',
    )
  return {
    tenant: holder?.tenant ?? 'local',
    team: holder?.team ?? null,
    key: holder?.id ?? null,
    routes: holder?.routes ?? null,
    session: readSession(headers),
    user: null,
    metadata: readMetadata(headers),
  }
}

function readKey(headers: IncomingHttpHeaders): string | null {
  const bearer = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1]
  const key = bearer ?? headers['x-api-key'] ?? headers['x-goog-api-key']
  return typeof key === 'string' && key !== '' ? key : null
}

function readSession(headers: IncomingHttpHeaders): string | null {
  for (const name of SESSION_HEADERS) {
    const value = headers[name]
    if (typeof value === 'string' && value !== '') return value.slice(0, LONGEST_SESSION)
  }
  return null
}

/** Throws `invalid_header` for what is not a flat JSON object. */
function readMetadata(headers: IncomingHttpHeaders): Record<string, unknown> {
  const metadata: Record<string, unknown> = {}
  for (const name in headers)
    if (name.startsWith(PROPERTY_PREFIX)) metadata[name.slice(PROPERTY_PREFIX.length)] = headers[name]
  for (const name of METADATA_HEADERS) {
    const value = headers[name]
    if (typeof value === 'string' && value !== '') Object.assign(metadata, parseMetadata(name, value))
  }
  return metadata
}

function parseMetadata(name: string, text: string): object {
  if (text.length > LONGEST_METADATA)
    throw new GatewayError('invalid_header', `\`${name}\` is longer than ${LONGEST_METADATA} characters.`)
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  } catch {
    // Falls through to the same answer as any other value that is no object.
  }
  throw new GatewayError('invalid_header', `\`${name}\` is not a JSON object.`, {
    hint: `Send it as ${name}: {"tier":"enterprise"}.`,
  })
}
