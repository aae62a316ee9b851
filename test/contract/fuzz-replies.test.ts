import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Dialect } from '../../server/core/dialect.ts'
import type { ChatEvent } from '../../server/core/events.ts'
import type { Usage } from '../../server/core/usage.ts'
import { clients, upstreams } from '../../server/dialects/index.ts'
import { cut } from '../support/recordings.ts'
import { type Abilities, replies, saidBy } from './fuzz-replies-support.ts'

const RUNS = { seed: 5, numRuns: 150 }
const OPTIONS = { usage: true, request: {}, promptTokens: 5 }

const ALL_COUNTS: readonly (keyof Usage)[] = ['input', 'cacheRead', 'cacheWrite', 'output', 'reasoning']
const EVERY_FINISH = ['stop', 'length', 'content-filter'] as const

const ABILITIES: Readonly<Record<string, Abilities>> = {
  'openai-chat': { ordered: false, choices: 3, citations: 'text', finishes: EVERY_FINISH, counts: ALL_COUNTS },
  'openai-responses': { ordered: true, choices: 1, citations: 'text', finishes: EVERY_FINISH, counts: ALL_COUNTS },
  'anthropic-messages': { ordered: true, choices: 1, citations: 'text', finishes: EVERY_FINISH, counts: ALL_COUNTS },
  ollama: { ordered: false, choices: 1, citations: 'none', finishes: ['stop', 'length'], counts: ['output'] },
  gemini: {
    ordered: true,
    choices: 3,
    citations: 'reply',
    finishes: EVERY_FINISH,
    counts: ['cacheRead', 'output', 'reasoning'],
  },
}

for (const dialect of clients.filter((client): client is Dialect => upstreams.has(client.id)))
  describe(`random replies in ${dialect.id}`, () => {
    const abilities = ABILITIES[dialect.id]!
    const arbitrary = replies(dialect.id, abilities)

    it('come back equal, streamed at any chunking', () => {
      fc.assert(
        fc.property(arbitrary, fc.integer({ min: 1, max: 200 }), (events, size) => {
          const writer = dialect.eventWriter(OPTIONS)
          const bytes = Buffer.from(events.map((event) => writer.write(event)).join('') + writer.end())
          assert.deepEqual([...writer.lost], [])
          assert.deepEqual(saidBy(readAll(dialect, cut(bytes, size)), abilities), saidBy(events, abilities))
        }),
        RUNS,
      )
    })

    it('come back equal, whole', () => {
      fc.assert(
        fc.property(arbitrary, (events) => {
          const { body, lost } = dialect.writeReply(events, OPTIONS)
          assert.deepEqual(lost, [])
          assert.deepEqual(saidBy(dialect.readReply(plain(body)), abilities), saidBy(events, abilities))
        }),
        RUNS,
      )
    })

    it('are written again as they were read', () => {
      const again = (body: Record<string, unknown>) =>
        plain(dialect.writeReply(dialect.readReply(plain(body)), OPTIONS).body)
      fc.assert(
        fc.property(arbitrary, (events) => {
          // Texts that follow each other may have become one.
          const once = again(dialect.writeReply(events, OPTIONS).body)
          assert.deepEqual(timeless(again(once)), timeless(once))
        }),
        RUNS,
      )
    })

    it('are followed by the tap as the reader reads them', () => {
      fc.assert(
        fc.property(arbitrary, fc.integer({ min: 1, max: 200 }), (events, size) => {
          const writer = dialect.eventWriter(OPTIONS)
          const bytes = Buffer.from(events.map((event) => writer.write(event)).join('') + writer.end())
          const tap = dialect.tap({ stripUsage: false })
          const out = cut(bytes, size).flatMap((chunk) => tap.push(chunk) ?? [])
          const rest = tap.end()
          assert.deepEqual(Buffer.concat([...out, ...(rest ? [rest] : [])]), bytes)
          const counted = events.findLast((event) => event.type === 'usage')!.usage
          const { complete, content, error, usage } = tap.state
          assert.deepEqual([complete, content, error, usage?.output], [true, true, null, counted.output])
        }),
        RUNS,
      )
    })
  })

function readAll(dialect: Dialect, chunks: readonly Buffer[]): ChatEvent[] {
  const reader = dialect.eventReader()
  const events = chunks.flatMap((chunk) => reader.push(chunk))
  return [...events, ...reader.end()]
}

/** Ollama's lines say when they were written. */
function timeless(body: Record<string, unknown>): Record<string, unknown> {
  const { created_at: _, completed_at: __, ...rest } = body
  return rest
}

function plain(value: unknown) {
  return JSON.parse(JSON.stringify(value))
}
