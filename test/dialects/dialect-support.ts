import assert from 'node:assert/strict'
import type { EventReader, EventWriter } from '../../server/core/dialect.ts'
import { GatewayError } from '../../server/core/errors.ts'
import type { ChatEvent, PartStart } from '../../server/core/events.ts'
import type { ChatRequest } from '../../server/core/request.ts'
import type { Usage } from '../../server/core/usage.ts'
import { collect } from '../../server/dialects/collect.ts'
import { cut } from '../support/recordings.ts'

export const OPTIONS = { usage: true, request: {}, promptTokens: 5 }
export const SIZES = [1, 2, 3, 7, 64]

export const USAGE: Usage = {
  input: 5,
  cacheRead: 3,
  cacheWrite: 2,
  output: 9,
  reasoning: 4,
  audioInput: 0,
  audioOutput: 0,
  raw: null,
  estimated: false,
}

/** A request of another dialect's that asks for nothing but an answer. */
export function requestOf(members: Partial<ChatRequest> = {}): ChatRequest {
  return {
    dialect: 'openai-chat',
    model: 'm',
    messages: [{ role: 'user', parts: [{ type: 'text', text: 'Hi' }] }],
    tools: [],
    sampling: {},
    output: { type: 'text' },
    stream: false,
    streamUsage: false,
    extra: {},
    ...members,
  }
}

export function plain<T>(value: T): T {
  return JSON.parse(JSON.stringify(value))
}

/** Everything a reader says of these bytes, cut into pieces of `size`. */
export function readAll(reader: EventReader, text: string | Buffer, size = Number.POSITIVE_INFINITY): ChatEvent[] {
  const events = cut(Buffer.from(text), size).flatMap((chunk) => reader.push(chunk))
  return [...events, ...reader.end()]
}

export function writeAll(writer: EventWriter, events: readonly ChatEvent[]): string {
  return events.map((event) => writer.write(event)).join('') + writer.end()
}

/** The bodies of server-sent events. */
export function framesOf(text: string): Record<string, unknown>[] {
  return text
    .split(/\r?\n\r?\n/)
    .filter((frame) => frame.startsWith('data: '))
    .map((frame) => JSON.parse(frame.slice(6)))
}

export function linesOf(text: string): Record<string, unknown>[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
}

/** What a reply says, however its deltas were cut. Made-up ids of tool calls are all the same. */
export function meaning(events: readonly ChatEvent[]) {
  const reply = collect(events)
  return {
    model: reply.model,
    usage: reply.usage,
    choices: reply.choices.map(({ index, parts, finish, finishRaw, logprobs }) => ({
      index,
      finish,
      finishRaw,
      logprobs,
      parts: parts.map((part) => ({ ...part, id: part.id?.replace(/^call_[0-9a-f]{24}$/, 'made up') ?? null })),
    })),
  }
}

/** A part from its start to its end. */
export function partEvents(part: number, start: Partial<PartStart>, ...deltas: Partial<ChatEvent>[]): ChatEvent[] {
  const place = { choice: 0, part, ...('choice' in start ? { choice: start.choice! } : {}) }
  return [
    { type: 'part-start', kind: 'text', ...start, ...place },
    ...deltas.map((delta) => ({ text: '', ...delta, type: 'part-delta', ...place }) as ChatEvent),
    { type: 'part-end', ...place },
  ]
}

/** A reply with these parts, as another provider might have sent it. */
export function replyEvents(
  parts: readonly ChatEvent[],
  finish: Partial<ChatEvent & { type: 'finish' }> = {},
): ChatEvent[] {
  return [
    { type: 'reply-start', id: 'r1', model: 'claude', created: 1_700_000_000 },
    ...parts,
    { type: 'finish', choice: 0, reason: 'stop', raw: 'end_turn', ...finish },
    { type: 'usage', usage: USAGE },
  ]
}

/** Asserts that something is refused, naming the member. */
export function assertRefused(call: () => unknown, param: string): void {
  assert.throws(call, (error) => {
    assert.ok(error instanceof GatewayError, String(error))
    assert.equal(error.code, 'invalid_request')
    assert.equal(error.param, param)
    return true
  })
}

/** Asserts that a reply ends in an error of this code. */
export function assertFails(call: () => unknown, code: string): GatewayError {
  try {
    call()
  } catch (error) {
    assert.ok(error instanceof GatewayError, String(error))
    assert.equal(error.code, code)
    return error
  }
  assert.fail(`nothing was thrown; expected ${code}`)
}
