import { Server } from 'node:net'

/** Preloaded into peers that would listen on every interface: `listen(port, …)` is on loopback only. */
const listen = Server.prototype.listen as (...args: unknown[]) => Server

Server.prototype.listen = function (this: Server, ...args: unknown[]): Server {
  const [port, ...rest] = args
  if (typeof port !== 'number' && typeof port !== 'string') return listen.apply(this, args)
  const callback = rest.find((argument) => typeof argument === 'function')
  return listen.call(this, { port, host: '127.0.0.1' }, callback)
} as typeof Server.prototype.listen
