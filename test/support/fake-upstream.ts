import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/** What the fake upstream does with one request. */
export interface Script {
  /** Accept the request and never answer. */
  silent?: boolean
  /** Milliseconds before the head. */
  headDelayMs?: number
  status?: number
  headers?: Record<string, string>
  /** The body in pieces, each written by itself. */
  chunks?: readonly (Buffer | string)[]
  chunkDelayMs?: number
  /** After the chunks: end in good order, cut the connection, or fall silent. */
  ending?: 'end' | 'cut' | 'hang'
}

export interface SeenRequest {
  path: string
  headers: IncomingHttpHeaders
  raw: Buffer
  json: Record<string, unknown>
}

export interface FakeUpstream {
  url: string
  /** Requests in order of arrival. */
  seen: SeenRequest[]
  /** Responses that the other side gave up before they were complete. */
  abandoned: number
  /** Decides each answer; replace it at any time. */
  answer: (request: SeenRequest, index: number) => Script
  close(): Promise<void>
}

/** A provider on a loopback port that replays and fails as it is told. */
export async function startFakeUpstream(answer: FakeUpstream['answer'] = () => ({})): Promise<FakeUpstream> {
  const upstream: FakeUpstream = { url: '', seen: [], abandoned: 0, answer, close }
  const server = createServer(async (request, response) => {
    const raw = Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>).catch(() => []))
    const seen: SeenRequest = { path: request.url ?? '', headers: request.headers, raw, json: parse(raw) }
    upstream.seen.push(seen)
    response.on('error', () => {})
    response.on('close', () => {
      if (!response.writableFinished) upstream.abandoned += 1
    })
    await play(upstream.answer(seen, upstream.seen.length - 1), response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  upstream.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  async function close(): Promise<void> {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return upstream
}

async function play(script: Script, response: ServerResponse): Promise<void> {
  if (script.silent) return
  if (script.headDelayMs) await sleep(script.headDelayMs)
  response.writeHead(script.status ?? 200, script.headers ?? { 'content-type': 'application/json' })
  response.flushHeaders()
  for (const chunk of script.chunks ?? []) {
    if (script.chunkDelayMs !== undefined) await sleep(script.chunkDelayMs)
    if (response.destroyed) return
    if (!response.write(chunk)) await roomIn(response)
  }
  switch (script.ending ?? 'end') {
    case 'end':
      response.end()
      return
    case 'cut':
      // What was written must be on the wire before the connection breaks.
      await sleep(5)
      response.destroy()
      return
    case 'hang':
  }
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

function parse(raw: Buffer): Record<string, unknown> {
  try {
    return JSON.parse(raw.toString()) as Record<string, unknown>
  } catch {
    return {}
  }
}
