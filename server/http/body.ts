import type { IncomingMessage } from 'node:http'
import type { DialectId } from '../core/dialect-id.ts'
import { GatewayError } from '../core/errors.ts'
import { formBoundary } from '../core/multipart.ts'

/** Reads a request's body whole. Rejects with `body_too_large` as soon as it is known to be. */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const tooLarge = () => new GatewayError('body_too_large', `The request body is larger than ${limit} bytes.`)
    if (Number(request.headers['content-length'] ?? 0) > limit) {
      reject(tooLarge())
      return
    }
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > limit) reject(tooLarge())
      else chunks.push(chunk)
    })
    request.on('end', () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)))
    request.on('error', () => reject(new GatewayError('client_gone', 'The client went away.')))
    request.on('aborted', () => reject(new GatewayError('client_gone', 'The client went away.')))
  })
}

/**
 * Throws `unsupported_media_type` for anything but JSON, or a form where the endpoint takes files. Ollama's own server
 * does not look at the type, and its clients often leave it out.
 */
export function checkMediaType(request: IncomingMessage, dialect: { id: DialectId }): void {
  const type = request.headers['content-type']
  const form = dialect.id === 'openai-transcription'
  if (form && formBoundary(type) === null)
    throw new GatewayError('unsupported_media_type', `The request body is "${type ?? 'of no type'}", not a form.`, {
      hint: 'Send `content-type: multipart/form-data` with the file and the model as fields.',
    })
  const json = type !== undefined && /^application\/(?:[\w.+-]+\+)?json *(?:;|$)/i.test(type)
  if (!form && !json && !dialect.id.startsWith('ollama'))
    throw new GatewayError('unsupported_media_type', `The request body is "${type ?? 'of no type'}", not JSON.`)
  const encoding = request.headers['content-encoding']
  if (encoding !== undefined && encoding !== 'identity')
    throw new GatewayError('unsupported_media_type', `The request body is encoded as "${encoding}".`, {
      hint: 'Send it without content-encoding.',
    })
}
