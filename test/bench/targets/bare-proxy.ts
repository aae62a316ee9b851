import { createServer, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Pool } from 'undici'

/**
 * The least that a proxy on this stack does, a process of its own: `node bare-proxy.ts UPSTREAM`. Takes the body
 * whole, as a gateway must to read it, and hands the reply on chunk by chunk.
 */
const pool = new Pool(process.argv[2]!, {
  pipelining: 1,
  connect: { noDelay: true },
  headersTimeout: 0,
  bodyTimeout: 0,
})

function forward(request: IncomingMessage, response: ServerResponse, body: Buffer): void {
  const headers = { 'content-type': 'application/json', authorization: request.headers.authorization ?? 'Bearer none' }
  pool.dispatch(
    { path: request.url!, method: 'POST', headers, body },
    {
      onRequestStart(controller) {
        response.on('drain', () => controller.resume())
        response.once('close', () => {
          if (!response.writableFinished) controller.abort(new Error('the client went away'))
        })
      },
      onResponseStart(_controller, status, received) {
        const headers: OutgoingHttpHeaders = {}
        for (const name of ['content-type', 'content-length']) if (received[name]) headers[name] = received[name]
        response.writeHead(status, headers)
      },
      onResponseData(controller, chunk) {
        if (!response.write(chunk)) controller.pause()
      },
      onResponseEnd: () => void response.end(),
      onResponseError: () => void response.destroy(),
    },
  )
}

const server = createServer({ noDelay: true }, (request, response) => {
  const chunks: Buffer[] = []
  response.on('error', () => {})
  request.on('error', () => {})
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => forward(request, response, chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)))
})
server.keepAliveTimeout = 600_000
server.listen(0, '127.0.0.1', () => process.send!({ port: (server.address() as AddressInfo).port }))
process.on('disconnect', () => process.exit(0))
