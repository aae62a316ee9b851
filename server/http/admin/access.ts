import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

const CODE_TTL_MS = 15 * 60_000
const SESSION_TTL_MS = 30 * 86_400_000
const MOST_CODES = 20
const MOST_SESSIONS = 1000

/** As the audit trail names whoever uses the admin API: it knows no persons. */
export type Actor = 'admin token' | 'viewer token' | 'session'

/** A viewer reads, and sees nothing of what guardrails found in texts (`viewer.ts`). */
export type Role = 'admin' | 'viewer'

interface Right {
  role: Role
  /** Milliseconds since the epoch. */
  until: number
}

/**
 * Who may use the admin API: the holder of the admin token or of the desktop shell's launch token, or a browser
 * that has been signed in; and, to read, the holder of the viewer token. Codes and sessions live in memory, as hashes;
 * a restart ends them.
 */
export class Access {
  readonly #tokens: readonly { role: Role; hash: Buffer }[]
  readonly #codes = new Map<string, Right>()
  readonly #sessions = new Map<string, Right>()

  /** Both are the full secrets. */
  constructor(adminTokens: readonly string[], viewerTokens: readonly string[] = []) {
    this.#tokens = [
      ...adminTokens.map((token) => ({ role: 'admin' as const, hash: digest(token) })),
      ...viewerTokens.map((token) => ({ role: 'viewer' as const, hash: digest(token) })),
    ]
  }

  /** A sign-in code: works once, for a quarter of an hour. */
  newCode(role: Role = 'admin'): string {
    if (this.#codes.size >= MOST_CODES) this.#codes.delete(this.#codes.keys().next().value!)
    const code = randomBytes(18).toString('base64url')
    this.#codes.set(key(code), { role, until: Date.now() + CODE_TTL_MS })
    return code
  }

  /** The value of a new session's cookie and what it allows, or `null` when the code or token is not right. */
  signIn({ code, token }: { code?: string; token?: string }): { session: string; role: Role } | null {
    const byCode = code === undefined ? null : this.#takeCode(code)
    const role = byCode ?? (token === undefined ? null : this.#roleOfToken(token))
    if (role === null) return null
    if (this.#sessions.size >= MOST_SESSIONS) this.#sessions.delete(this.#oldestSession(role))
    const session = randomBytes(32).toString('base64url')
    this.#sessions.set(key(session), { role, until: Date.now() + SESSION_TTL_MS })
    return { session, role }
  }

  signOut(headers: IncomingHttpHeaders, cookie: string): void {
    const session = readCookie(headers, cookie)
    if (session !== null) this.#sessions.delete(key(session))
  }

  /** What a request may do, by its token or its live session; `null` where it is not let in. */
  roleOf(headers: IncomingHttpHeaders, cookie: string): Role | null {
    return this.#admit(headers, cookie)?.role ?? null
  }

  /** How a request is let in, for the audit trail; `null` where it is not. */
  actorOf(headers: IncomingHttpHeaders, cookie: string): Actor | null {
    return this.#admit(headers, cookie)?.actor ?? null
  }

  #admit(headers: IncomingHttpHeaders, cookie: string): { role: Role; actor: Actor } | null {
    const bearer = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1]
    if (bearer !== undefined) {
      const role = this.#roleOfToken(bearer)
      return role && { role, actor: `${role} token` }
    }
    const session = readCookie(headers, cookie)
    const role = session === null ? null : roleNow(this.#sessions.get(key(session)))
    return role && { role, actor: 'session' }
  }

  /** Of the same role where there is one: whoever may only read cannot sign out those who may do more. */
  #oldestSession(role: Role): string {
    const own = [...this.#sessions].find(([, right]) => right.role === role)
    return own?.[0] ?? this.#sessions.keys().next().value!
  }

  #roleOfToken(token: string): Role | null {
    const presented = digest(token)
    return this.#tokens.find(({ hash }) => timingSafeEqual(hash, presented))?.role ?? null
  }

  #takeCode(code: string): Role | null {
    const hash = key(code)
    const right = this.#codes.get(hash)
    this.#codes.delete(hash)
    return roleNow(right)
  }
}

function roleNow(right: Right | undefined): Role | null {
  return right !== undefined && right.until > Date.now() ? right.role : null
}

/** Cookies are shared by all ports of a host, so that the name carries ours. */
export function cookieName(port: number): string {
  return `gatehouse_${port}`
}

function readCookie(headers: IncomingHttpHeaders, name: string): string | null {
  for (const pair of (headers.cookie ?? '').split(';')) {
    const [left, right] = pair.split('=', 2)
    if (left?.trim() === name && right) return right.trim()
  }
  return null
}

function digest(secret: string): Buffer {
  return createHash('sha256').update(secret).digest()
}

function key(secret: string): string {
  return digest(secret).toString('base64')
}
