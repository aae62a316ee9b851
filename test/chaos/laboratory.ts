import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { chance, FaultScript, type Trouble } from './faults.ts'
import { type Bill, play } from './play.ts'
import { Slots } from './slots.ts'
import { wordToBeginAt } from './words.ts'

/** One upstream of the laboratory. */
export interface Behaviour {
  trouble: Trouble
  /** Until the first content, drawn anew for each request. A request with `max_tokens` takes 1 ms for each of them. */
  latencyMs: readonly [least: number, most: number]
  /** Between two frames of a stream. */
  frameMs: number
  /** Nothing listens at its address. */
  gone?: boolean
  /** Requests that it works on at a time; others wait without a word. `null`: as many as come. */
  slots: number | null
}

/** As long as nothing goes wrong. */
export const USUAL: Omit<Behaviour, 'trouble'> = { latencyMs: [5, 15], frameMs: 1, slots: null }

/** What one upstream has seen since it was begun anew. */
export interface Counts extends Bill {
  requests: number
}

export interface LabUpstream {
  url: string
  counts(): Counts
  /** Counts, chance and times begin anew. */
  restart(): void
  close(): Promise<void>
}

/** A provider on a loopback port that speaks OpenAI's chat and fails by a script. `now` in milliseconds. */
export async function startLabUpstream(
  behaviour: Behaviour,
  seed: number,
  now: () => number = () => performance.now(),
): Promise<LabUpstream> {
  let life = begin(behaviour, seed, now)
  const open = new Set<Socket>()
  /** Replies that a connection gives before it goes dead. */
  const left = new WeakMap<Socket, number>()
  const http = createHttpServer((request, response) => void take(request, response))
  http.keepAliveTimeout = 60_000

  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    open.add(socket)
    socket.on('close', () => open.delete(socket)).on('error', () => {})
    const fault = life.script.connection()
    if (fault?.kind === 'reset-at-connect') socket.resetAndDestroy()
    else if (fault?.replies === 0) socket.resume()
    else {
      if (fault !== null) left.set(socket, fault.replies)
      http.emit('connection', socket)
    }
  })

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.on('error', () => {})
    const { script, counts, slots, draw } = life
    const raw = Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>).catch(() => []))
    const { socket } = request
    const replies = left.get(socket) ?? Number.POSITIVE_INFINITY
    if (replies === 0) {
      // Not even the other side's goodbye is answered.
      socket.removeAllListeners('end')
      return
    }
    left.set(socket, replies - 1)
    if (request.method === 'GET') {
      response.writeHead(script.down ? 503 : 200, { 'content-type': 'application/json' }).end('{"data":[]}')
      return
    }
    counts.requests += 1
    const json = parse(raw)
    const [least, most] = behaviour.latencyMs
    const latencyMs = json.max_tokens ?? least + draw.below(most - least + 1)
    const order = {
      stream: json.stream === true,
      usage: json.stream_options?.include_usage === true,
      from: wordToBeginAt(json),
      latencyMs,
      frameMs: behaviour.frameMs,
    }
    const fault = script.request()
    await slots.hold(response, () => play(fault, order, response, counts))
  }

  await new Promise<void>((resolve) => server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  if (behaviour.gone) server.close()
  return {
    url,
    counts: () => ({ ...life.counts }),
    restart() {
      life = begin(behaviour, seed, now)
    },
    async close() {
      for (const socket of open) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function begin({ trouble, slots }: Behaviour, seed: number, now: () => number) {
  return {
    script: new FaultScript(trouble, seed, now),
    draw: chance(seed, 3),
    counts: { requests: 0, tokens: 0 } satisfies Counts,
    slots: new Slots(slots),
  }
}

interface Body {
  stream?: boolean
  stream_options?: { include_usage?: boolean }
  max_tokens?: number
  messages?: { role: string; content: unknown }[]
}

function parse(raw: Buffer): Body {
  try {
    return JSON.parse(raw.toString()) as Body
  } catch {
    return {}
  }
}
