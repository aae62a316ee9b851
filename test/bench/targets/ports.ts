import { type AddressInfo, connect, createServer } from 'node:net'
import type { Child } from '../children.ts'
import { waitUntil } from './target.ts'

const START_MS = 20_000

/** A loopback port that was free a moment ago, for programs that cannot pick one themselves. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Waits until a child takes connections on its port. */
export function waitForPort(child: Child, port: number): Promise<void> {
  return waitUntil(
    () => {
      if (child.process.exitCode !== null) throw new Error(`It ended: ${child.output()}`)
      return isOpen(port)
    },
    START_MS,
    () => `Nothing listens on port ${port}: ${child.output()}`,
  )
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.setTimeout(1000, () => socket.destroy())
    socket.once('connect', () => {
      resolve(true)
      socket.destroy()
    })
    socket.on('error', () => {})
    socket.once('close', () => resolve(false))
  })
}
