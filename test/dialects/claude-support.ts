import assert from 'node:assert/strict'
import type { EventReader, UpstreamDialect } from '../../server/core/dialect.ts'
import type { ChatEvent } from '../../server/core/events.ts'
import type { ChatRequest, Message } from '../../server/core/request.ts'
import { anthropicMessages } from '../../server/dialects/anthropic-messages/index.ts'
import { collect } from '../../server/dialects/collect.ts'
import { cut } from '../support/recordings.ts'
import { requestOf } from './dialect-support.ts'

export type Json = Record<string, unknown>

export const CHUNKINGS = [1, 2, 3, 7, 64, Number.POSITIVE_INFINITY]
export const OPTIONS = { usage: true, request: {}, promptTokens: 7 }

/** What JSON keeps of a value. */
export function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value))
}

/** Everything a reader says of these bytes. */
export function readAll(reader: EventReader, bytes: Buffer | string, size = Number.POSITIVE_INFINITY): ChatEvent[] {
  return [...cut(Buffer.from(bytes), size).flatMap((chunk) => reader.push(chunk)), ...reader.end()]
}

/** Events without how they were cut: one delta per run of text. */
export function gist(events: readonly ChatEvent[]) {
  return collect(events.filter(({ type }) => type !== 'ping'))
}

/** Checks the order that `ChatEvent` promises. */
export function checkOrder(events: readonly ChatEvent[]): void {
  let open: number | null = null
  let next = 0
  let finished = false
  assert.equal(events[0]?.type, 'reply-start')
  for (const event of events) {
    if (event.type === 'part-start') {
      assert.ok(open === null && !finished && event.part === next, `part-start ${event.part}`)
      open = event.part
      next += 1
    } else if (event.type === 'part-delta' || event.type === 'part-end') {
      assert.equal(event.part, open, event.type)
      if (event.type === 'part-end') open = null
    } else if (event.type === 'finish') {
      assert.ok(open === null && !finished, 'finish')
      finished = true
    } else if (event.type === 'usage') assert.ok(finished, 'usage before finish')
  }
  assert.ok(finished, 'no finish')
}

/** Events as Anthropic's stream. */
export function frames(...events: Json[]): string {
  return events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('')
}

export function messageStart(usage: Json = { input_tokens: 3, output_tokens: 1 }): Json {
  const message = { id: 'msg_1', type: 'message', role: 'assistant', model: 'claude', content: [], usage }
  return { type: 'message_start', message }
}

/** The message that a stream of Anthropic's builds, put together as its SDK does. Fails on a wrong order. */
export function assemble(text: string): Json {
  let message: Json | null = null
  const content: Json[] = []
  let open: number | null = null
  let stopped = false
  for (const piece of text.split(/\r?\n\r?\n/).filter((part) => part.trim() !== '')) {
    const [name, data] = piece.split(/\r?\n/)
    const event = JSON.parse(data!.slice('data: '.length)) as Json
    assert.equal(name, `event: ${event.type}`)
    assert.ok(!stopped, 'nothing comes after message_stop')
    if (event.type === 'ping') continue
    if (event.type === 'message_start') {
      assert.equal(message, null)
      message = { ...(event.message as Json) }
      continue
    }
    assert.ok(message, 'message_start comes first')
    if (event.type === 'content_block_start') {
      assert.equal(open, null)
      assert.equal(event.index, content.length)
      open = content.length
      content.push({ ...(event.content_block as Json), json: '' })
    } else if (event.type === 'content_block_delta') {
      assert.equal(event.index, open)
      grow(content[open!]!, event.delta as Json)
    } else if (event.type === 'content_block_stop') {
      assert.equal(event.index, open)
      open = null
    } else if (event.type === 'message_delta') {
      assert.equal(open, null)
      const usage = Object.entries(event.usage as Json).filter(([, value]) => value !== null)
      Object.assign(message, event.delta, { usage: { ...(message.usage as Json), ...Object.fromEntries(usage) } })
    } else if (event.type === 'message_stop') stopped = true
    else assert.fail(String(event.type))
  }
  assert.ok(stopped, 'message_stop comes last')
  return { ...message, content: content.map(finished) }
}

function grow(block: Json, delta: Json): void {
  if (delta.type === 'text_delta') block.text = `${block.text}${delta.text}`
  else if (delta.type === 'thinking_delta') block.thinking = `${block.thinking}${delta.thinking}`
  else if (delta.type === 'signature_delta') block.signature = delta.signature
  else if (delta.type === 'citations_delta')
    block.citations = [...((block.citations as unknown[] | undefined) ?? []), delta.citation]
  else if (delta.type === 'input_json_delta') block.json = `${block.json}${delta.partial_json}`
  else assert.fail(String(delta.type))
}

function finished({ json, ...block }: Json): Json {
  const { citations, ...rest } = block
  const input = json === '' ? {} : { input: JSON.parse(String(json)) }
  return { ...rest, ...(Array.isArray(citations) && citations.length > 0 ? { citations } : {}), ...input }
}

/** A request as an OpenAI client might have made it. */
export function foreign(members: Partial<ChatRequest> = {}): ChatRequest {
  return requestOf({ model: 'route', messages: [say('user', 'Hi')], ...members })
}

export function say(role: Message['role'], text: string): Message {
  return { role, parts: [{ type: 'text', text }] }
}

/** An Anthropic client's request in the canonical model. */
export function readAnthropic(json: Json): ChatRequest {
  return anthropicMessages.readRequest(json, anthropicMessages.readHead(json, {}))
}

/** A request as it would stand on the wire, and what it lost. */
export function written(dialect: UpstreamDialect, request: ChatRequest, model: string) {
  const { body, lost } = dialect.writeRequest(request, model, {})
  return { body: plain(body), lost: lost.sort() }
}
