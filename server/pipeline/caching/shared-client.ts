import type { Flight } from '../../cache/flight.ts'
import type { Client } from '../reply.ts'

/**
 * The client of a request whose reply others wait for, too: while they do, the reply is made to its end also when this
 * client goes away, and goes on when this client reads too slowly.
 */
export function sharedClient(client: Client, flight: Flight): Client {
  const drained: (() => void)[] = []
  const gone: (() => void)[] = []
  const isShared = () => flight.joined > 0 && flight.state === 'open'
  const drain = () => {
    for (const listener of drained) listener()
  }
  const leave = () => {
    if (client.gone && !isShared()) for (const listener of gone.splice(0)) listener()
  }
  client.onDrain(drain)
  client.onGone(() => {
    drain()
    leave()
  })
  flight.onJoin(drain)
  flight.onLeave(leave)
  return {
    get gone() {
      return client.gone && !isShared()
    },
    whole: (status, headers, body) => client.whole(status, headers, body),
    head: (status, headers) => client.head(status, headers),
    write: (chunk) => client.write(chunk) || isShared(),
    end: () => client.end(),
    abort: () => client.abort(),
    onDrain: (listener) => void drained.push(listener),
    onGone(listener) {
      if (this.gone) listener()
      else gone.push(listener)
    },
  }
}
