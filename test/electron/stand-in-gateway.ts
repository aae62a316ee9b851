/** The least that keeps the gateway's contract with the shell: address on stdout, /readyz, token, stop message. */
import { createServer } from 'node:http'

if (process.env.STAND_IN_FAILS) {
  console.error('config.yaml:3: unknown key "rutes"')
  process.exit(78)
}

const server = createServer((request, response) => {
  const authorized = request.headers.authorization === `Bearer ${process.env.GATEHOUSE_LAUNCH_TOKEN}`
  if (request.url === '/readyz') response.end()
  else if (request.url === '/crash') process.exit(9)
  else if (!authorized) response.writeHead(401).end()
  else response.end(JSON.stringify({ data: [{ status: 'healthy' }, { status: 'down' }] }))
})
server.listen(0, '127.0.0.1', () => {
  console.log(`listening on http://127.0.0.1:${(server.address() as { port: number }).port}`)
})
process.on('message', (message: { type: string }) => {
  if (message.type === 'stop') process.exit(0)
})
