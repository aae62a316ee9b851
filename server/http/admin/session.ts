import type { FastifyInstance } from 'fastify'
import Type, { type Static } from 'typebox'
import { GatewayError } from '../../core/errors.ts'
import { defaultRoute } from '../../core/policy.ts'
import type { HttpDeps } from '../context.ts'
import { cookieName, type Role } from './access.ts'
import { Session } from './schemas.ts'

const Credential = Type.Object(
  { code: Type.Optional(Type.String({ maxLength: 200 })), token: Type.Optional(Type.String({ maxLength: 200 })) },
  { additionalProperties: false },
)
const LinkQuery = Type.Object(
  { role: Type.Optional(Type.Enum(['admin', 'viewer'], { default: 'admin' })) },
  { additionalProperties: false },
)
const COOKIE_SECONDS = 30 * 86_400

/** Signing in and out, and what the shell of the UI shows before and after. */
export function registerSession(app: FastifyInstance, deps: HttpDeps): void {
  const { admin } = deps
  const name = () => cookieName(admin.address().port)
  const describe = (role: Role | null): Static<typeof Session> => {
    const policy = deps.policy()
    const signedIn = role !== null
    return {
      signed_in: signedIn,
      role,
      version: admin.version,
      address: admin.address().url,
      // Before signing in nobody learns more than that this is a Gatehouse.
      revision: signedIn ? policy.revision : '',
      default_route: signedIn ? defaultRoute(policy) : null,
      anonymous: policy.anonymous === 'loopback' && deps.loopbackOnly,
    }
  }
  const cookie = (value: string, seconds: number) =>
    `${name()}=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${seconds}`

  app.get(
    '/admin/api/session',
    { schema: { summary: 'Who is signed in', security: [], response: { 200: Session } } },
    (request, reply) => void reply.send(describe(admin.access.roleOf(request.headers, name()))),
  )
  app.post<{ Body: Static<typeof Credential> }>(
    '/admin/api/session',
    {
      schema: {
        summary: 'Sign in with a one-time code, the admin token or the viewer token',
        security: [],
        body: Credential,
        response: { 200: Session },
      },
    },
    (request, reply) => {
      const signedIn = admin.access.signIn(request.body)
      if (signedIn === null)
        throw new GatewayError('unauthenticated', 'This code or token is not valid, or was used before.', {
          hint: 'Run `gatehouse signin` for a new link.',
        })
      void reply.header('set-cookie', cookie(signedIn.session, COOKIE_SECONDS)).send(describe(signedIn.role))
    },
  )
  app.delete(
    '/admin/api/session',
    { schema: { summary: 'Sign out', response: { 204: Type.Null() } } },
    (request, reply) => {
      admin.access.signOut(request.headers, name())
      void reply.code(204).header('set-cookie', cookie('', 0)).send()
    },
  )
  app.post<{ Querystring: Static<typeof LinkQuery> }>(
    '/admin/api/signin-links',
    {
      schema: {
        summary: 'A new one-time sign-in link',
        querystring: LinkQuery,
        response: { 200: Type.Object({ link: Type.String() }) },
      },
    },
    ({ query }, reply) => void reply.send({ link: signInLink(deps, query.role) }),
  )
}

/** The UI with a code behind `#`, which browsers send to no server. */
export function signInLink(deps: Pick<HttpDeps, 'admin'>, role: Role = 'admin'): string {
  return `${deps.admin.address().url}/#code=${deps.admin.access.newCode(role)}`
}
