import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ClientDialect, Dialect, EventReader } from '../../server/core/dialect.ts'
import { GatewayError } from '../../server/core/errors.ts'
import type { ChatEvent } from '../../server/core/events.ts'
import { clients, plains, upstreams } from '../../server/dialects/index.ts'
import { cut, recordings, recordingsMissing } from '../support/recordings.ts'
import { meaning, SAMPLE_REPLY, sampleRequest, withoutIds } from './dialect-samples.ts'

/** What a format cannot carry of the sample request, and says so. */
const LOST: Readonly<Record<string, readonly string[]>> = {
  'anthropic-messages': ['seed'],
  'openai-responses': ['seed', 'stop'],
}
const OPTIONS = { usage: true, request: {}, promptTokens: 5 }
const ADDRESS = { model: 'other', stream: true }

/** Formats with both sides can be checked against themselves. */
const both = clients.filter((client): client is Dialect => upstreams.has(client.id))

for (const dialect of both) {
  describe(`dialect ${dialect.id}, both sides`, () => {
    const request = sampleRequest(dialect.id)
    const missing = LOST[dialect.id] ?? []
    const read = (body: unknown) => dialect.readRequest(plain(body), dialect.readHead(plain(body), ADDRESS))

    it('carries a request there and back', () => {
      const { body, lost } = dialect.writeRequest(request, 'other', {})
      const back = read(body)
      assert.deepEqual([...lost].sort(), missing)
      assert.equal(back.model, 'other')
      assert.deepEqual(withoutIds(back.messages), withoutIds(request.messages))
      assert.deepEqual(back.tools, request.tools)
      const kept = Object.entries(request.sampling).filter(([name]) => !missing.includes(name))
      assert.deepEqual(back.sampling, Object.fromEntries(kept))
      assert.deepEqual((back.output as { schema?: unknown }).schema, { type: 'object' })
      assert.equal(back.stream, true)
    })

    it('writes a request twice the same', () => {
      const once = dialect.writeRequest(request, 'other', {}).body
      assert.deepEqual(plain(dialect.writeRequest(read(once), 'other', {}).body), plain(once))
    })

    it('carries a reply there and back, whole', () => {
      const { body, lost } = dialect.writeReply(SAMPLE_REPLY, OPTIONS)
      assert.deepEqual(meaning(dialect.readReply(plain(body))), meaning(SAMPLE_REPLY))
      assert.deepEqual(lost, [])
    })

    it('carries a reply there and back, streamed, at every chunking', () => {
      const bytes = written(dialect, SAMPLE_REPLY)
      for (const size of sizesOf(bytes))
        assert.deepEqual(meaning(readAll(dialect.eventReader(), cut(bytes, size))), meaning(SAMPLE_REPLY), `${size}`)
    })

    it('says that a stream was cut off, wherever that happens before its end', () => {
      const writer = dialect.eventWriter(OPTIONS)
      const begun = SAMPLE_REPLY.slice(0, 12).map((event) => writer.write(event))
      const bytes = Buffer.from(begun.join(''))
      for (let length = 0; length <= bytes.length; length += 1)
        assert.throws(
          () => readAll(dialect.eventReader(), [bytes.subarray(0, length)]),
          (error) => error instanceof GatewayError && ['upstream_cut', 'upstream_invalid_reply'].includes(error.code),
        )
    })
  })
}

for (const dialect of clients) {
  describe(`dialect ${dialect.id}, client side`, () => {
    it('has an error shape that names what went wrong', () => {
      const error = new GatewayError('upstream_timeout', 'Too slow.')
      assert.match(JSON.stringify(dialect.writeError(error)), /Too slow\./)
    })

    it('tells an error after the commit point in its streams', () => {
      const error = new GatewayError('upstream_cut', 'It broke.')
      const writer = dialect.eventWriter(OPTIONS)
      for (const event of SAMPLE_REPLY.slice(0, 4)) writer.write(event)
      assert.match(writer.write({ type: 'error', error }), /It broke\./)
      assert.match(dialect.tap({ stripUsage: false }).errorFrame(error) ?? '', /It broke\./)
    })

    it('passes bytes through its tap unchanged at every chunking', () => {
      const bytes = written(dialect, SAMPLE_REPLY)
      for (const size of sizesOf(bytes)) {
        const tap = dialect.tap({ stripUsage: false })
        const out = cut(bytes, size).map((chunk) => tap.push(chunk) ?? Buffer.alloc(0))
        assert.deepEqual(Buffer.concat([...out, tap.end() ?? Buffer.alloc(0)]), bytes, `${size} bytes a piece`)
        const { content, complete, model, usage, error } = tap.state
        assert.deepEqual([content, complete, model, usage?.output, error], [true, true, 'm', 7, null], `${size}`)
      }
    })

    it('never takes a stream that was cut for a whole one', () => {
      const bytes = written(dialect, SAMPLE_REPLY.slice(0, 12), false)
      for (let length = 0; length <= bytes.length; length += 1) {
        const tap = dialect.tap({ stripUsage: false })
        tap.push(bytes.subarray(0, length))
        tap.end()
        assert.equal(tap.state.complete, false, `${length} bytes`)
      }
    })

    it('answers any JSON as a request with a good reading or an error of the gateway’s', () => {
      for (const json of oddRequests(dialect)) {
        try {
          dialect.readRequest(json, dialect.readHead(json, ADDRESS))
        } catch (error) {
          assert.ok(error instanceof GatewayError, `${JSON.stringify(json)}: ${(error as Error).stack}`)
        }
      }
    })
  })
}

for (const dialect of upstreams.values()) {
  describe(`dialect ${dialect.id}, upstream side`, () => {
    it('answers random bytes with an error of the gateway’s, never another', () => {
      const random = randomNumbers(42)
      for (let round = 0; round < 1500; round += 1) {
        const text = Array.from({ length: 12 }, () => PIECES[Math.floor(random() * PIECES.length)]).join('')
        for (const attempt of [
          () => readAll(dialect.eventReader(), cut(Buffer.from(text), 1 + Math.floor(random() * 9))),
          () => dialect.readReply(safeParse(text)),
        ])
          try {
            attempt()
          } catch (error) {
            assert.ok(error instanceof GatewayError, `${JSON.stringify(text)}: ${(error as Error).stack}`)
          }
      }
    })
  })
}

describe('every format that is no chat', () => {
  for (const dialect of plains.values())
    it(`${dialect.id} refuses a request without a model and has an error shape`, () => {
      assert.throws(() => dialect.readHead({}), GatewayError)
      assert.match(JSON.stringify(dialect.writeError(new GatewayError('internal', 'Oh no.'))), /Oh no\./)
    })
})

describe('taps over real streams', { skip: recordingsMissing }, () => {
  const families: Readonly<Record<string, readonly string[]>> = {
    'openai-chat': ['openai-chat', 'groq', 'mistral', 'openrouter', 'vllm', 'huggingface-tgi', 'deepseek'],
    'openai-responses': ['openai-responses'],
    'anthropic-messages': ['anthropic-messages'],
    gemini: ['gemini'],
    ollama: ['ollama'],
  }
  for (const dialect of clients)
    for (const recording of recordings(...(families[dialect.id] ?? []))) {
      if (!recording.response.headers['content-type']?.includes(dialect.streamType)) continue
      if (recording.request.path.endsWith('/api/generate')) continue
      it(`${recording.name} says the same byte by byte as whole`, () => {
        const bytes = Buffer.from(recording.response.body)
        const run = (size: number) => {
          const tap = dialect.tap({ stripUsage: true })
          const out = cut(bytes, size).flatMap((chunk) => tap.push(chunk) ?? [])
          const rest = tap.end()
          return { text: Buffer.concat([...out, ...(rest ? [rest] : [])]).toString(), state: tap.state }
        }
        const whole = run(bytes.length)
        for (const size of [1, 2, 3, 7, 64, 1000]) assert.deepEqual(run(size), whole, `${size} bytes a piece`)
        assert.ok(whole.state.content)
        if (!whole.state.error) assert.ok(whole.state.complete)
      })
    }
})

const PIECES = [
  'data: ',
  'event: message_start\n',
  '{',
  '}',
  '"choices":[',
  '"type":"content_block_delta",',
  '"type":"response.output_item.added","item":',
  '"candidates":[{"content":{"parts":[',
  '"delta":null,',
  '"index":7,',
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
  '{"type":"message_stop"}',
  '{"done":true}',
]

/** Every member of a good request replaced by something else, one at a time, at every depth. */
function* oddRequests(dialect: ClientDialect): Generator<Record<string, unknown>> {
  const good =
    'writeRequest' in dialect ? (dialect as Dialect).writeRequest(sampleRequest(dialect.id), 'm', {}).body : {}
  const base = { model: 'm', prompt: 'x', input: 'x', messages: [], contents: [], ...plain(good) }
  for (const odd of [null, 0, '', 'text', true, [], {}, [null], [[]], { type: null }, { type: 'text', text: 5 }])
    yield* replaced(base, odd) as Generator<Record<string, unknown>>
}

function* replaced(value: unknown, odd: unknown): Generator<unknown> {
  if (typeof value !== 'object' || value === null) return
  for (const key of Object.keys(value)) {
    const copy = plain(value)
    copy[key] = odd
    yield copy
    for (const inner of replaced((value as Record<string, unknown>)[key], odd)) yield { ...copy, [key]: inner }
  }
}

function written(dialect: ClientDialect, events: readonly ChatEvent[], whole = true): Buffer {
  const writer = dialect.eventWriter(OPTIONS)
  return Buffer.from(events.map((event) => writer.write(event)).join('') + (whole ? writer.end() : ''))
}

function readAll(reader: EventReader, chunks: readonly Buffer[]): ChatEvent[] {
  const events = chunks.flatMap((chunk) => reader.push(chunk))
  events.push(...reader.end())
  const error = events.find((event) => event.type === 'error')
  if (error) throw error.error
  return events
}

/** Every size where there are few bytes, a sample of them where there are many. */
function sizesOf(bytes: Buffer): number[] {
  const step = Math.max(1, Math.floor(bytes.length / 300))
  return Array.from({ length: bytes.length }, (_, index) => index + 1).filter((size) => size < 70 || size % step === 0)
}

function randomNumbers(start: number): () => number {
  let seed = start
  return () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
    return seed / 2 ** 31
  }
}

function safeParse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return { text }
  }
}

function plain(value: unknown) {
  return JSON.parse(JSON.stringify(value))
}
