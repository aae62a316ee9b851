import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { chunk, DONE, ROLE, SSE, STOP } from '../support/frames.ts'
import { FLOOD_BYTES } from './flood.ts'
import { answer } from './remote.ts'

export type FloodQuestion = { listen: true } | { counts: true }

export interface FloodCounts {
  open: number
  /** Bytes that the other side's system has taken of the stream that got on best, and of all. */
  most: number
  all: number
}

const FRAME = Buffer.from(chunk({ content: 'spring tide '.repeat(80) }))
const FRAMES = Math.ceil(FLOOD_BYTES / FRAME.length)
const streams = new Set<ServerResponse>()

async function flood(response: ServerResponse): Promise<void> {
  streams.add(response)
  response.on('error', () => {}).on('close', () => streams.delete(response))
  response.writeHead(200, SSE)
  response.write(ROLE)
  for (let frame = 0; frame < FRAMES && !response.destroyed; frame += 1)
    if (!response.write(FRAME)) await roomIn(response)
  response.end(STOP + DONE)
}

function roomIn(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done)
      resolve()
    }
    response.on('drain', done).on('close', done)
  })
}

const server = createServer((request, response) => {
  request.resume().on('end', () => void flood(response))
})

/** An upstream that says far more than anybody reads, as fast as it is let. */
answer(async (question: FloodQuestion) => {
  if ('listen' in question) {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  }
  const taken = [...streams].map(({ socket }) => (socket ? socket.bytesWritten - socket.writableLength : 0))
  const all = taken.reduce((sum, bytes) => sum + bytes, 0)
  return { open: streams.size, most: Math.max(0, ...taken), all } satisfies FloodCounts
})
