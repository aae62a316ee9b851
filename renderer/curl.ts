/** The command that sends a first request through this very gateway. */
import type { Session } from '../server/http/admin/schemas.ts'

/** A command for a POSIX shell. It names a key to fill in where a caller without one would be refused. */
export function firstRequestCommand(origin: string, session: Pick<Session, 'default_route' | 'anonymous'>): string {
  const body = JSON.stringify({
    model: session.default_route ?? 'default',
    messages: [{ role: 'user', content: 'Hello' }],
  })
  return [
    `curl -s ${origin}/v1/chat/completions`,
    ...(session.anonymous ? [] : ["-H 'authorization: Bearer gh-…'"]),
    "-H 'content-type: application/json'",
    `-d '${body.replaceAll("'", "'\\''")}'`,
  ].join(' ')
}
