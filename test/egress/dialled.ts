import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import type { Socket } from 'node:net'

const CHANNEL = 'net.client.socket'

/** Every address that this process tries to connect to, as Node itself reports it, until `stop`. */
export function watchDials(): { dialled: string[]; stop(): void } {
  const dialled: string[] = []
  const onSocket = (message: unknown) => {
    const { socket } = message as { socket: Socket }
    socket.on('connectionAttempt', (address: string, port: number) => dialled.push(`${address}:${port}`))
  }
  subscribe(CHANNEL, onSocket)
  return { dialled, stop: () => unsubscribe(CHANNEL, onSocket) }
}
