import type { FastifyRequest } from 'fastify'
import { GatewayError } from '../../core/errors.ts'
import type { HttpDeps } from '../context.ts'
import { cookieName, type Role } from './access.ts'

/**
 * What viewers may do besides reading: sign in and out, and ask what would happen to a request, which calls nobody
 * and changes nothing. Trying a config is not among it: the text may name files of the machine.
 */
const HARMLESS: ReadonlySet<string> = new Set([
  'POST /admin/api/session',
  'DELETE /admin/api/session',
  'POST /admin/api/routes/:route/explain',
])

/** What viewers may not read: what prompts and replies say, and what calls a provider. */
const WITHHELD: ReadonlySet<string> = new Set([
  '/admin/api/annotation/:id',
  '/admin/api/cache/entries',
  '/admin/api/cache/entries/:key',
  '/admin/api/cache/lookups',
  '/admin/api/datasets/:id/export.jsonl',
  '/admin/api/datasets/:id/items',
  '/admin/api/experiments/:id/pairs',
  '/admin/api/providers/:id/models',
])

/**
 * Throws `read_only` for what a viewer may not do. `route` is the path as it was registered: a request can spell one
 * path in many ways.
 */
export function checkViewer(method: string, route: string): void {
  const isRead = method === 'GET'
  if (!isRead && !HARMLESS.has(`${method} ${route}`))
    throw new GatewayError('read_only', 'You are signed in as a viewer, who may read and change nothing.')
  if (isRead && WITHHELD.has(route))
    throw new GatewayError('read_only', 'You are signed in as a viewer, to whom this is not shown.')
}

/** What a request that was let in may do. */
export function roleOf({ headers }: FastifyRequest, { admin }: Pick<HttpDeps, 'admin'>): Role {
  return admin.access.roleOf(headers, cookieName(admin.address().port))!
}

/** As many blocks as a match is long, but for long ones: how long those are is nobody's business either. */
const MOST_BLOCKS = 12

export interface Quoted {
  excerpt: string | null
  /** Where in the excerpt the match stands. */
  highlight: [start: number, end: number] | null
}

/** An excerpt as a role may see it: viewers see blocks where the match stands, and none without a match. */
export function quoteFor(role: Role, { excerpt, highlight }: Quoted): Quoted {
  if (role === 'admin' || excerpt === null) return { excerpt, highlight }
  if (highlight === null) return { excerpt: null, highlight: null }
  const [start, end] = highlight
  const blocks = '█'.repeat(Math.min(end - start, MOST_BLOCKS))
  const before = excerpt.slice(0, start)
  // What was found may stand beside it once more.
  const found = excerpt.slice(start, end)
  if (found.trim() === '' || before.includes(found) || excerpt.slice(end).includes(found))
    return { excerpt: blocks, highlight: [0, blocks.length] }
  return { excerpt: before + blocks + excerpt.slice(end), highlight: [start, start + blocks.length] }
}

const EXCERPT = 'gateway.guardrail.excerpt'
const HIGHLIGHT = 'gateway.guardrail.highlight'

/** The attributes of a span as a role may see them. */
export function attributesFor(role: Role, attributes: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { [EXCERPT]: excerpt, [HIGHLIGHT]: highlight, ...rest } = attributes
  if (typeof excerpt !== 'string') return rest
  const quoted = quoteFor(role, { excerpt, highlight: (highlight as Quoted['highlight'] | undefined) ?? null })
  if (quoted.excerpt === null) return rest
  return { ...rest, [EXCERPT]: quoted.excerpt, ...(quoted.highlight ? { [HIGHLIGHT]: quoted.highlight } : {}) }
}
