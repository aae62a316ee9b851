import type { ServerResponse } from 'node:http'
import type { Client } from '../pipeline/reply.ts'

const ONE_WRITE_BYTES = 16 * 1024

/** The client's side of a request over Node's own response object. */
export function httpClient(response: ServerResponse, extra: Readonly<Record<string, string>>): Client {
  let gone = false
  let ended = false
  const listeners: (() => void)[] = []
  response.once('close', () => {
    gone = true
    if (!ended) for (const listener of listeners) listener()
  })
  response.on('error', () => {})
  return {
    get gone() {
      return gone
    },
    whole(status, headers, body) {
      ended = true
      // Only a fault gets here with a head already sent: the client must not take what came for a whole reply.
      if (response.headersSent) response.destroy()
      if (gone || response.headersSent) return
      const length = typeof body === 'string' ? Buffer.byteLength(body) : body.length
      response.writeHead(status, { ...headers, ...extra, 'content-length': length })
      // As Latin-1 text, byte for byte, a small body leaves in one write together with the head.
      if (typeof body !== 'string' && length < ONE_WRITE_BYTES) response.end(body.toString('latin1'), 'latin1')
      else response.end(body)
    },
    head(status, headers) {
      if (!gone) response.writeHead(status, { ...headers, ...extra })
    },
    write(chunk) {
      return gone ? true : response.write(chunk)
    },
    end() {
      ended = true
      if (!gone) response.end()
    },
    abort() {
      ended = true
      response.destroy()
    },
    onDrain: (listener) => void response.on('drain', listener),
    onGone(listener) {
      if (gone && !ended) listener()
      else listeners.push(listener)
    },
  }
}
