import { connect, type Socket } from 'node:net'
import { answer } from './remote.ts'

export type SlowQuestion = { open: { port: number; models: readonly string[] } } | { counts: true } | { leave: true }

export interface SlowCounts {
  open: number
  bytes: number
}

const EVERY_MS = 1000
const BYTES = 1024
const readers = new Set<Socket>()
let bytes = 0

/** Sends one request on a bare socket; from then on it is read a little at a time. */
function openReader(port: number, model: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const body = JSON.stringify({ model, stream: true, messages: [{ role: 'user', content: 'Tell me all.' }] })
    const head = `POST /v1/chat/completions HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/json\r\n`
    const socket = connect({ port, host: '127.0.0.1' }, () => {
      socket.write(`${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`)
      readers.add(socket)
      resolve()
    })
    socket.pause().on('error', reject)
    socket.on('close', () => readers.delete(socket))
  })
}

setInterval(() => {
  for (const socket of readers) bytes += (socket.read(BYTES) as Buffer | null)?.length ?? 0
}, EVERY_MS)

/** Clients that read a kilobyte a second each. */
answer(async (question: SlowQuestion) => {
  if ('open' in question) await Promise.all(question.open.models.map((model) => openReader(question.open.port, model)))
  if ('leave' in question) for (const socket of readers) socket.destroy()
  return { open: readers.size, bytes } satisfies SlowCounts
})
