import { createHash } from 'node:crypto'
import { GatewayError } from '../core/errors.ts'
import type { Provider, Send, WireControl, WireHandlers } from '../core/ports.ts'
import { classifyRefusal } from './classify.ts'
import { type SandboxReply, type SandboxRequest, sandboxReply } from './sandbox-replies.ts'
import { streamFrames, wholeReply } from './sandbox-wire.ts'

/**
 * A deterministic provider inside this process: the same request gets the same reply, made up and marked so. It
 * needs no model, no key and no network, and fails on demand.
 */
export const sandbox: Provider = {
  kind: 'sandbox',
  dialects: ['openai-chat'],
  traits: {
    priceId: null,
    otelName: 'gatehouse.sandbox',
    quirks: {},
    selfHosted: true,
    synthetic: true,
    baseUrl: null,
    label: 'Sandbox',
    docs: 'made up in this process',
    needsKey: false,
    options: {},
  },
  url: () => 'sandbox:/chat/completions',
  headers: () => ({}),
  classify: classifyRefusal,
  answer: ((call, handlers) => {
    const body = call.body.toString()
    const request = JSON.parse(body) as SandboxRequest
    const id = `chatcmpl-sandbox-${createHash('sha256').update(body).digest('hex').slice(0, 20)}`
    return play(sandboxReply(request), request, id, handlers)
  }) satisfies Send,
}

/** Sends a reply's pieces one by one, never inside the caller's own turn. */
function play(reply: SandboxReply, request: SandboxRequest, id: string, handlers: WireHandlers): WireControl {
  let aborted = false
  let paused = false
  let waiting: (() => void) | null = null
  let timer: NodeJS.Timeout | undefined
  const { status, headers, pieces } = script(reply, request, id)

  const step = (run: () => void, delayMs: number) => {
    const guarded = () => {
      if (aborted) return
      if (paused) waiting = run
      else run()
    }
    if (delayMs > 0) timer = setTimeout(guarded, delayMs)
    else setImmediate(guarded)
  }
  const next = (index: number) => {
    const piece = pieces[index]
    if (piece !== undefined) {
      handlers.data(piece)
      if (!aborted) step(() => next(index + 1), reply.pieceDelayMs)
    } else if (reply.ending === 'complete') handlers.end()
    else if (reply.ending === 'cut')
      handlers.failed(new GatewayError('upstream_cut', 'The sandbox cut the reply off, as its model is meant to.'))
  }
  step(() => {
    handlers.connected()
    if (reply.silent || aborted) return
    handlers.head(status, headers)
    if (!aborted) step(() => next(0), reply.pieceDelayMs)
  }, 0)
  return {
    pause() {
      paused = true
    },
    resume() {
      paused = false
      const run = waiting
      waiting = null
      if (run) step(run, 0)
    },
    abort() {
      aborted = true
      clearTimeout(timer)
    },
  }
}

function script(reply: SandboxReply, request: SandboxRequest, id: string) {
  if (reply.failure)
    return {
      status: reply.failure.status,
      headers: { 'content-type': 'application/json', ...reply.failure.headers },
      pieces: [Buffer.from(JSON.stringify({ error: reply.failure.error }))],
    }
  if (reply.garbage !== undefined)
    return { status: 200, headers: { 'content-type': 'text/html' }, pieces: [Buffer.from(reply.garbage)] }
  if (!request.stream) {
    const body = Buffer.from(JSON.stringify(wholeReply(reply, request, id)))
    const sent = reply.ending === 'complete' ? body : body.subarray(0, body.length >> 1)
    return { status: 200, headers: { 'content-type': 'application/json' }, pieces: [sent] }
  }
  const frames = streamFrames(reply, request, id)
  const kept = reply.ending === 'complete' ? frames : frames.slice(0, Math.max(2, frames.length >> 1))
  return {
    status: 200,
    headers: { 'content-type': 'text/event-stream' },
    pieces: kept.map((text) => Buffer.from(text)),
  }
}
