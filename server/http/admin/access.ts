import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'

const CODE_TTL_MS = 15 * 60_000
const SESSION_TTL_MS = 30 * 86_400_000
const MOST_CODES = 20
const MOST_SESSIONS = 1000

/** As the audit trail names whoever uses the admin API: it knows no persons. */
export type Actor = 'admin token' | 'session'

/**
 * Who may use the admin API: the holder of the admin token or of the desktop shell's launch token, or a browser
 * that has been signed in. Codes and sessions live in memory, as hashes; a restart ends them.
 */
export class Access {
  readonly #tokens: readonly Buffer[]
  readonly #codes = new Map<string, number>()
  readonly #sessions = new Map<string, number>()

  /** `tokens` are the full secrets. */
  constructor(tokens: readonly string[]) {
    this.#tokens = tokens.map(digest)
  }

  /** A sign-in code: works once, for a quarter of an hour. */
  newCode(): string {
    if (this.#codes.size >= MOST_CODES) this.#codes.delete(this.#codes.keys().next().value!)
    const code = randomBytes(18).toString('base64url')
    this.#codes.set(key(code), Date.now() + CODE_TTL_MS)
    return code
  }

  /** The value of a new session's cookie, or `null` when the code or token is not right. */
  signIn(credential: { code?: string; token?: string }): string | null {
    const { code, token } = credential
    if (!(code !== undefined && this.#takeCode(code)) && !(token !== undefined && this.hasToken(token))) return null
    if (this.#sessions.size >= MOST_SESSIONS) this.#sessions.delete(this.#sessions.keys().next().value!)
    const session = randomBytes(32).toString('base64url')
    this.#sessions.set(key(session), Date.now() + SESSION_TTL_MS)
    return session
  }

  signOut(headers: IncomingHttpHeaders, cookie: string): void {
    const session = readCookie(headers, cookie)
    if (session !== null) this.#sessions.delete(key(session))
  }

  /** True for a request with a right token or a live session. */
  allows(headers: IncomingHttpHeaders, cookie: string): boolean {
    return this.actorOf(headers, cookie) !== null
  }

  /** How a request is let in, for the audit trail; `null` where it is not. */
  actorOf(headers: IncomingHttpHeaders, cookie: string): Actor | null {
    const bearer = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1]
    if (bearer !== undefined) return this.hasToken(bearer) ? 'admin token' : null
    const session = readCookie(headers, cookie)
    const until = session === null ? undefined : this.#sessions.get(key(session))
    return until !== undefined && until > Date.now() ? 'session' : null
  }

  hasToken(token: string): boolean {
    const presented = digest(token)
    return this.#tokens.some((known) => timingSafeEqual(known, presented))
  }

  #takeCode(code: string): boolean {
    const hash = key(code)
    const until = this.#codes.get(hash)
    this.#codes.delete(hash)
    return until !== undefined && until > Date.now()
  }
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
