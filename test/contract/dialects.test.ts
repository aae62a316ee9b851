import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { GatewayError } from '../../server/core/errors.ts'
import type { ChatEvent } from '../../server/core/events.ts'
import type { Dialect } from '../../server/core/ports.ts'
import type { ChatRequest } from '../../server/core/request.ts'
import { dialects } from '../../server/dialects/index.ts'
import { cut, recordings, recordingsMissing } from '../support/recordings.ts'

/** What every wire format must be able to carry, in the canonical model. */
const REQUEST: ChatRequest = {
  dialect: 'openai-chat',
  model: 'm',
  messages: [
    { role: 'system', parts: [{ type: 'text', text: 'Be brief.' }] },
    { role: 'user', parts: [{ type: 'text', text: 'Wie heißt „das“? 🎉' }] },
    { role: 'assistant', parts: [{ type: 'tool-call', id: 'call_1', name: 'look_up', arguments: '{"word":"das"}' }] },
    {
      role: 'tool',
      parts: [{ type: 'tool-result', id: 'call_1', name: 'look_up', parts: [{ type: 'text', text: 'the' }] }],
    },
  ],
  tools: [
    {
      name: 'look_up',
      description: 'Looks up',
      parameters: { type: 'object', properties: { word: { type: 'string' } } },
    },
  ],
  sampling: { temperature: 0.2, topP: 0.9, maxTokens: 100, stop: ['END'], seed: 7 },
  output: { type: 'json-schema', schema: { type: 'object' } },
  stream: true,
  streamUsage: true,
  extra: {},
}

const REPLY: ChatEvent[] = [
  { type: 'reply-start', id: 'r1', model: 'm', created: 1_700_000_000 },
  { type: 'part-start', choice: 0, part: 0, kind: 'reasoning' },
  { type: 'part-delta', choice: 0, part: 0, text: 'Let me ' },
  { type: 'part-delta', choice: 0, part: 0, text: 'think.' },
  { type: 'part-end', choice: 0, part: 0 },
  { type: 'part-start', choice: 0, part: 1, kind: 'text' },
  { type: 'part-delta', choice: 0, part: 1, text: 'Grüße ' },
  { type: 'part-delta', choice: 0, part: 1, text: '🎉' },
  { type: 'part-end', choice: 0, part: 1 },
  { type: 'part-start', choice: 0, part: 2, kind: 'tool-call', id: 'call_9', name: 'look_up' },
  { type: 'part-delta', choice: 0, part: 2, text: '{"word":"x"}' },
  { type: 'part-end', choice: 0, part: 2 },
  { type: 'finish', choice: 0, reason: 'tool-calls', raw: 'tool_calls' },
  {
    type: 'usage',
    usage: {
      input: 5,
      cacheRead: 0,
      cacheWrite: 0,
      output: 7,
      reasoning: 0,
      audioInput: 0,
      audioOutput: 0,
      raw: null,
      estimated: false,
    },
  },
]

for (const dialect of Object.values(dialects)) {
  describe(`dialect ${dialect.id}`, () => {
    it('carries a request there and back', () => {
      const { body, lost } = dialect.writeRequest(REQUEST, 'other')
      const back = dialect.readRequest(JSON.parse(JSON.stringify(body)))
      assert.deepEqual(lost, [])
      assert.equal(back.model, 'other')
      assert.deepEqual(withoutIds(back.messages), withoutIds(REQUEST.messages))
      assert.deepEqual(back.tools, REQUEST.tools)
      assert.deepEqual(back.sampling, REQUEST.sampling)
      assert.deepEqual((back.output as { schema?: unknown }).schema, { type: 'object' })
      assert.equal(back.stream, true)
      dialect.readHead(body)
    })

    it('writes a request twice the same', () => {
      const once = dialect.writeRequest(REQUEST, 'm').body
      const again = dialect.writeRequest(dialect.readRequest(JSON.parse(JSON.stringify(once))), 'm').body
      assert.deepEqual(JSON.parse(JSON.stringify(again)), JSON.parse(JSON.stringify(once)))
    })

    it('carries a reply there and back, whole', () => {
      const json = JSON.parse(JSON.stringify(dialect.writeReply(REPLY)))
      assert.deepEqual(meaning(dialect.readReply(json)), meaning(REPLY))
    })

    it('carries a reply there and back, streamed, at every chunking', () => {
      const writer = dialect.eventWriter({ usage: true })
      const bytes = Buffer.from(REPLY.map((event) => writer.write(event)).join('') + writer.end())
      for (let size = 1; size <= bytes.length; size += 1)
        assert.deepEqual(meaning(readAll(dialect, cut(bytes, size))), meaning(REPLY), `${size} bytes a piece`)
    })

    it('says that a stream was cut off, wherever that happens before its end', () => {
      const writer = dialect.eventWriter({ usage: false })
      const bytes = Buffer.from(
        REPLY.slice(0, 12)
          .map((event) => writer.write(event))
          .join(''),
      )
      for (let length = 0; length <= bytes.length; length += 1)
        assert.throws(
          () => readAll(dialect, [bytes.subarray(0, length)]),
          (error) => error instanceof GatewayError && ['upstream_cut', 'upstream_invalid_reply'].includes(error.code),
        )
    })

    it('answers random bytes with an error of the gateway’s, never another', () => {
      let seed = 42
      const random = () => {
        seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
        return seed / 2 ** 31
      }
      const pieces = [
        'data: ',
        '{',
        '}',
        '"choices":[',
        ']',
        'null',
        '\n\n',
        '\n',
        '\r\n',
        ':',
        '{"error":"x"}',
        '[DONE]',
        '\u0000',
        'ß',
        '{"message":{}}',
      ]
      for (let round = 0; round < 2000; round += 1) {
        const text = Array.from({ length: 12 }, () => pieces[Math.floor(random() * pieces.length)]).join('')
        try {
          readAll(dialect, cut(Buffer.from(text), 1 + Math.floor(random() * 9)))
        } catch (error) {
          assert.ok(error instanceof GatewayError, `${JSON.stringify(text)}: ${(error as Error).stack}`)
        }
        try {
          dialect.readReply(safeParse(text))
        } catch (error) {
          assert.ok(error instanceof GatewayError, `${JSON.stringify(text)}: ${(error as Error).stack}`)
        }
      }
    })

    it('has an error shape that it can read back', () => {
      const error = new GatewayError('upstream_timeout', 'Too slow.')
      assert.match(dialect.readErrorMessage(JSON.parse(JSON.stringify(dialect.writeError(error)))) ?? '', /Too slow\./)
    })

    it('passes bytes through its tap unchanged at every chunking', {
      skip: dialect.tap ? false : 'it has no tap',
    }, () => {
      const writer = dialect.eventWriter({ usage: true })
      const bytes = Buffer.from(REPLY.map((event) => writer.write(event)).join('') + writer.end())
      for (let size = 1; size <= bytes.length; size += 1) {
        const tap = dialect.tap!({ stripUsage: false })
        const out = cut(bytes, size).map((chunk) => tap.push(chunk) ?? Buffer.alloc(0))
        assert.deepEqual(Buffer.concat([...out, tap.end() ?? Buffer.alloc(0)]), bytes, `${size} bytes a piece`)
        assert.deepEqual(
          { ...tap.state, usage: tap.state.usage?.output },
          { content: true, complete: true, id: 'r1', model: 'm', finishReason: 'tool-calls', usage: 7, error: null },
        )
      }
    })
  })
}

describe('taps over real streams', { skip: recordingsMissing }, () => {
  const streams = recordings('openai-chat', 'groq', 'mistral', 'openrouter', 'vllm').filter(({ response }) =>
    response.headers['content-type']?.includes('event-stream'),
  )
  for (const recording of streams)
    it(`${recording.name} says the same byte by byte as whole`, () => {
      const bytes = Buffer.from(recording.response.body)
      const run = (size: number) => {
        const tap = dialects['openai-chat'].tap!({ stripUsage: true })
        const out = cut(bytes, size).flatMap((chunk) => tap.push(chunk) ?? [])
        const rest = tap.end()
        return { text: Buffer.concat([...out, ...(rest ? [rest] : [])]).toString(), state: tap.state }
      }
      const whole = run(bytes.length)
      for (const size of [1, 2, 3, 7, 64, 1000]) assert.deepEqual(run(size), whole, `${size} bytes a piece`)
      assert.ok(whole.state.content)
      if (!whole.state.error) assert.ok(whole.state.complete)
    })
})

function readAll(dialect: Dialect, chunks: readonly Buffer[]): ChatEvent[] {
  const reader = dialect.eventReader()
  const events = chunks.flatMap((chunk) => reader.push(chunk))
  events.push(...reader.end())
  const error = events.find((event) => event.type === 'error')
  if (error) throw error.error
  return events
}

/** Texts joined by part, whatever the deltas were. */
function meaning(events: readonly ChatEvent[]) {
  const parts: { kind: string; name?: string | undefined; text: string }[] = []
  const rest: unknown[] = []
  for (const event of events) {
    if (event.type === 'part-start') parts.push({ kind: event.kind, name: event.name, text: '' })
    else if (event.type === 'part-delta') parts.at(-1)!.text += event.text
    else if (event.type === 'finish') rest.push(event.reason)
    else if (event.type === 'usage') rest.push(event.usage.input, event.usage.output)
    else if (event.type === 'reply-start') rest.push(event.model, event.created)
  }
  return { parts, rest }
}

/** Only some formats give tool calls and results ids and names of their own. */
function withoutIds(messages: ChatRequest['messages']) {
  return messages.map((message) => ({
    role: message.role,
    parts: message.parts.map((part) => (part.type === 'tool-result' ? { type: part.type, parts: part.parts } : part)),
  }))
}

function safeParse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return { text }
  }
}
