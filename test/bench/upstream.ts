import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { MODEL, streamFrames, UNARY_REPLY } from './replies.ts'

/**
 * The fake provider, a process of its own: `node upstream.ts CHUNK_DELAY_MS`. It parses nothing, so that it costs
 * the core that it shares with the load generator as little as can be.
 */
const chunkDelayMs = Number(process.argv[2] ?? 0)
const plainFrames = streamFrames(false)
const usageFrames = streamFrames(true)

const server = createServer((request, response) => {
  const chunks: Buffer[] = []
  response.on('error', () => {})
  request.on('error', () => {})
  request.on('data', (chunk: Buffer) => chunks.push(chunk))
  request.on('end', () => answer(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks), response))
})

function answer(body: Buffer, response: ServerResponse): void {
  if (!body.includes(`"model":"${MODEL}"`)) {
    response.writeHead(400, { 'content-type': 'application/json' })
    response.end(`{"error":{"message":"The model is not ${MODEL}."}}`)
  } else if (body.includes('"stream":true')) {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' })
    const frames = body.includes('"include_usage":true') ? usageFrames : plainFrames
    if (chunkDelayMs > 0) void writeSlowly(frames, response)
    else writeEach(frames, response)
  } else {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': UNARY_REPLY.length })
    response.end(UNARY_REPLY)
  }
}

/** One write a frame and turn of the event loop, so that frames arrive as they would from a model. */
function writeEach(frames: readonly Buffer[], response: ServerResponse): void {
  let next = 0
  const step = () => {
    if (response.destroyed) return
    response.write(frames[next++]!)
    if (next < frames.length) setImmediate(step)
    else response.end()
  }
  step()
}

async function writeSlowly(frames: readonly Buffer[], response: ServerResponse): Promise<void> {
  for (const frame of frames) {
    if (response.destroyed) return
    response.write(frame)
    await sleep(chunkDelayMs)
  }
  response.end()
}

server.keepAliveTimeout = 600_000
server.listen(0, '127.0.0.1', () => process.send!({ port: (server.address() as AddressInfo).port }))
process.on('disconnect', () => process.exit(0))
