import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { chunk, DONE, ROLE, SSE, STOP } from '../support/frames.ts'
import { answer } from './remote.ts'

/** `finish` lets every stream come to its end, spread over so many milliseconds. */
export type IdleUpstreamQuestion = { listen: true } | { counts: true } | { finish: number }

export interface IdleUpstreamCounts {
  /** Under way now. */
  open: number
  tokens: number
  /** Streams whose connection went away before their end. */
  cut: number
}

/** Between two tokens of a stream. */
const TOKEN_MS = 10_000
/** Streams speak in turn: as many groups, each at its own moment. */
const GROUPS = 100

class IdleStream {
  readonly name: string
  readonly response: ServerResponse
  #said = 0
  over = false

  constructor(name: string, response: ServerResponse) {
    this.name = name
    this.response = response
    response.writeHead(200, SSE)
    response.write(ROLE)
    this.say(String(this.#said))
  }

  say(word: string): void {
    this.response.write(chunk({ content: `${this.name}:${word} ` }))
    this.#said += 1
    tokens += 1
  }

  tick(): void {
    this.say(String(this.#said))
  }

  finish(): void {
    if (this.over) return
    this.say('end')
    this.over = true
    this.response.end(STOP + DONE)
  }
}

let tokens = 0
let cut = 0
let group = 0
let next = 0
const groups = Array.from({ length: GROUPS }, () => new Set<IdleStream>())

const server = createServer(async (request, response) => {
  const chunks = await Array.fromAsync(request as AsyncIterable<Buffer>).catch(() => [])
  const { messages } = JSON.parse(Buffer.concat(chunks).toString()) as { messages: { content: string }[] }
  const stream = new IdleStream(messages[0]!.content, response)
  const own = groups[next++ % GROUPS]!
  own.add(stream)
  response.on('error', () => {})
  response.on('close', () => {
    own.delete(stream)
    if (!stream.over) cut += 1
  })
})

setInterval(() => {
  group = (group + 1) % GROUPS
  for (const stream of groups[group]!) if (!stream.over) stream.tick()
}, TOKEN_MS / GROUPS)

/** An upstream of streams that hardly say anything, for as long as they are let. */
answer(async (question: IdleUpstreamQuestion) => {
  if ('listen' in question) {
    await new Promise<void>((resolve) => server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, resolve))
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }
  if ('finish' in question)
    for (const own of groups) {
      for (const stream of own) stream.finish()
      await new Promise((resolve) => setTimeout(resolve, question.finish / GROUPS))
    }
  const open = groups.reduce((sum, own) => sum + own.size, 0)
  return { open, tokens, cut } satisfies IdleUpstreamCounts
})
