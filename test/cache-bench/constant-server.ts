import type { AddressInfo } from 'node:net'
import Fastify from 'fastify'

/**
 * The least that a server on this framework does, a process of its own: reads the body and returns a constant, which
 * the first message says.
 */
process.once('message', async ({ body, contentType }: { body: string; contentType: string }) => {
  const app = Fastify()
  app.post('/v1/chat/completions', (_request, reply) => reply.header('content-type', contentType).send(body))
  await app.listen({ port: 0, host: '127.0.0.1' })
  process.send!({ port: (app.server.address() as AddressInfo).port })
})
process.on('disconnect', () => process.exit(0))
