import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { SSE } from '../support/frames.ts'
import type { RequestFault } from './faults.ts'
import { type Piece, PROMPT_TOKENS, streamFrames, wholeReply } from './words.ts'

/** What was asked, and how fast it is answered when nothing goes wrong. */
export interface Order {
  stream: boolean
  usage: boolean
  /** The first word of the reply. */
  from: number
  /** Until the first content; of a whole reply until all of it. */
  latencyMs: number
  frameMs: number
}

/** Tokens that were billed: a provider bills the prompt once it works on it, and what it has said. */
export interface Bill {
  tokens: number
}

const JSON_HEAD = { 'content-type': 'application/json' }
const ERROR = JSON.stringify({ error: { message: 'The laboratory failed, as it was told to.', type: 'server_error' } })
const PAGE = '<!doctype html><title>Sign in to the network</title>'
/** What was written must have been read before a reset, which discards it. */
const BEFORE_RESET_MS = 15

/** Answers one request, or does to it what the fault says. Resolves when nothing more will be sent. */
export async function play(
  fault: RequestFault | null,
  order: Order,
  response: ServerResponse,
  bill: Bill,
): Promise<void> {
  switch (fault?.kind) {
    case 'status': {
      const more = fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter }
      response.writeHead(fault.status, { ...JSON_HEAD, ...more }).end(ERROR)
      return
    }
    case 'web-page':
      response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE)
      return
    case 'stall':
      bill.tokens += PROMPT_TOKENS
      return
    case 'reset':
      if (fault.at === 'middle') break
      bill.tokens += PROMPT_TOKENS
      response.socket?.resetAndDestroy()
      return
    case 'error-in-200':
      if (fault.at === 'middle' && order.stream) break
      bill.tokens += PROMPT_TOKENS
      response.writeHead(200, order.stream ? SSE : JSON_HEAD).end(order.stream ? `data: ${ERROR}\n\n` : ERROR)
      return
  }
  bill.tokens += PROMPT_TOKENS
  const more = fault?.kind === 'slow-start' ? fault.ms : 0
  if (order.stream) await playStream(fault, order, more, response, bill)
  else await playWhole(fault, order, more, response, bill)
}

async function playWhole(
  fault: RequestFault | null,
  order: Order,
  moreMs: number,
  response: ServerResponse,
  bill: Bill,
): Promise<void> {
  await sleep(order.latencyMs + moreMs)
  if (response.destroyed) return
  const { text, tokens } = wholeReply(order.from)
  bill.tokens += tokens
  const half = text.slice(0, text.length / 2)
  // One that ends in good order but for its rest cannot have told its length.
  const length = fault?.kind === 'end-early' ? {} : { 'content-length': Buffer.byteLength(text) }
  response.writeHead(200, { ...JSON_HEAD, ...length })
  if (isInMiddle(fault)) await breakOff(fault, half, response)
  else if (fault?.kind === 'drip') await drip([{ text, tokens: 0 }], fault, response, bill)
  else response.end(text)
}

async function playStream(
  fault: RequestFault | null,
  order: Order,
  moreMs: number,
  response: ServerResponse,
  bill: Bill,
): Promise<void> {
  response.writeHead(200, SSE)
  response.flushHeaders()
  await sleep(order.latencyMs + moreMs)
  const frames = streamFrames(order.from, order.usage)
  if (fault?.kind === 'drip') {
    await drip(frames, fault, response, bill)
    return
  }
  const most = isInMiddle(fault) ? frames.length >> 1 : frames.length
  for (const { text, tokens } of frames.slice(0, most)) {
    if (response.destroyed) return
    response.write(text)
    bill.tokens += tokens
    if (order.frameMs > 0) await sleep(order.frameMs)
  }
  if (isInMiddle(fault)) await breakOff(fault, '', response)
  else response.end()
}

/** So few bytes at a time that frames, and characters, come in parts. */
async function drip(
  pieces: readonly Piece[],
  { bytes, everyMs }: RequestFault & { kind: 'drip' },
  response: ServerResponse,
  bill: Bill,
): Promise<void> {
  for (const { text, tokens } of pieces) {
    const raw = Buffer.from(text)
    for (let at = 0; at < raw.length; at += bytes) {
      if (response.destroyed) return
      response.write(raw.subarray(at, at + bytes))
      await sleep(everyMs)
    }
    bill.tokens += tokens
  }
  response.end()
}

type InMiddle = RequestFault & { kind: 'cut' | 'hang' | 'end-early' | 'reset' | 'error-in-200' }

function isInMiddle(fault: RequestFault | null): fault is InMiddle {
  return fault !== null && ['cut', 'hang', 'end-early', 'reset', 'error-in-200'].includes(fault.kind)
}

async function breakOff(fault: InMiddle, last: string, response: ServerResponse): Promise<void> {
  if (last !== '') response.write(last)
  switch (fault.kind) {
    case 'hang':
      return
    case 'end-early':
      response.end()
      return
    case 'error-in-200':
      response.end(`data: ${ERROR}\n\n`)
      return
    case 'cut':
      await sleep(BEFORE_RESET_MS)
      response.destroy()
      return
    case 'reset':
      await sleep(BEFORE_RESET_MS)
      response.socket?.resetAndDestroy()
  }
}
