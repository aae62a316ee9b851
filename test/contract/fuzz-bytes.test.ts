import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { ClientDialect, UpstreamDialect } from '../../server/core/dialect.ts'
import type { ChatEvent } from '../../server/core/events.ts'
import { clients, upstreams } from '../../server/dialects/index.ts'
import { cut, recordingsMissing } from '../support/recordings.ts'
import { bodyOf, damageable, damaged, damages, oddened, oneOf, survives } from './fuzz-bytes-support.ts'

const SEED = 11
const RUNS = 150
/** No bytes are so hard to read that they take this long. */
const LONGEST_MS = 2000

const chunkSize = fc.oneof(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 8, max: 5000 }))
const noise = fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes))

/** The reader gets everything, and always comes to an end. */
function readTo(dialect: UpstreamDialect, bytes: Buffer, size: number): ChatEvent[] | null {
  const started = performance.now()
  const reader = dialect.eventReader()
  const events = survives(() => cut(bytes, size).flatMap((chunk) => reader.push(chunk)))
  const rest = survives(() => reader.end())
  assert.ok(performance.now() - started < LONGEST_MS, 'took too long')
  return events && rest && [...events, ...rest]
}

function follow(dialect: ClientDialect, bytes: Buffer, size: number, stripUsage: boolean): void {
  const started = performance.now()
  const tap = dialect.tap({ stripUsage })
  const out = survives(() => cut(bytes, size).flatMap((chunk) => tap.push(chunk) ?? []))
  const rest = survives(() => tap.end())
  assert.ok(performance.now() - started < LONGEST_MS, 'took too long')
  if (out && !stripUsage) {
    const passed = Buffer.concat([...out, ...(rest ? [rest] : [])])
    // A last frame that came without its end is closed, or kept back.
    const common = Math.min(passed.length, bytes.length)
    assert.ok(passed.subarray(0, common).equals(bytes.subarray(0, common)), 'bytes were changed')
  }
}

/** Parts open and close one after the other, and nothing comes behind the end of a choice. */
function assertOrder(events: readonly ChatEvent[]): void {
  const open = new Map<number, number>()
  const ended = new Set<number>()
  for (const event of events) {
    if (!('choice' in event)) continue
    const { choice } = event
    assert.ok(!ended.has(choice), `${event.type} behind the end`)
    if (event.type === 'part-start') {
      assert.ok(!open.has(choice), 'two parts are open')
      open.set(choice, event.part)
    } else if (event.type === 'finish') {
      assert.ok(!open.has(choice), 'the end came inside a part')
      ended.add(choice)
    } else {
      assert.equal(event.part, open.get(choice), `${event.type} of a part that is not open`)
      if (event.type === 'part-end') open.delete(choice)
    }
  }
}

for (const dialect of upstreams.values())
  describe(`what a provider may send as ${dialect.id}`, () => {
    it('is read without harm when it is noise', () => {
      fc.assert(
        fc.property(noise, chunkSize, (bytes, size) => {
          readTo(dialect, bytes, size)
        }),
        { seed: SEED, numRuns: RUNS },
      )
    })

    it('is read without harm and in order when a stream was damaged', { skip: recordingsMissing }, () => {
      const streams = oneOf(damageable(dialect.id, 'stream'))
      fc.assert(
        fc.property(streams, damages, chunkSize, ({ body }, list, size) => {
          const events = readTo(dialect, damaged(body, list), size)
          if (events) assertOrder(events)
        }),
        { seed: SEED, numRuns: RUNS },
      )
    })

    it('is read without harm and in order when a whole reply was damaged', { skip: recordingsMissing }, () => {
      const wholes = oneOf(damageable(dialect.id, 'whole'))
      const odd = fc.jsonValue({ maxDepth: 2 })
      fc.assert(
        fc.property(wholes, fc.array(fc.tuple(fc.nat(), odd), { maxLength: 3 }), ({ body }, list) => {
          const json = list.reduce((value, [at, other]) => oddened(value, at, other), JSON.parse(body.toString()))
          const events = survives(() => dialect.readReply(json))
          if (events) assertOrder(events)
        }),
        { seed: SEED, numRuns: RUNS },
      )
    })

    it('is read without harm when it is any JSON', () => {
      fc.assert(
        fc.property(fc.jsonValue(), (json) => {
          survives(() => dialect.readReply(json))
        }),
        { seed: SEED, numRuns: RUNS },
      )
    })
  })

for (const dialect of clients)
  describe(`what passes through the tap of ${dialect.id}`, () => {
    it('is followed without harm when it is noise', () => {
      fc.assert(
        fc.property(noise, chunkSize, fc.boolean(), (bytes, size, strip) => follow(dialect, bytes, size, strip)),
        { seed: SEED, numRuns: RUNS },
      )
    })

    it('is followed without harm when a stream was damaged', { skip: recordingsMissing }, () => {
      // No completions were recorded; chat's frames are near.
      const streams = oneOf(damageable(dialect.id === 'openai-completions' ? 'openai-chat' : dialect.id, 'stream'))
      fc.assert(
        fc.property(streams, damages, chunkSize, fc.boolean(), ({ body }, list, size, strip) =>
          follow(dialect, damaged(body, list), size, strip),
        ),
        { seed: SEED, numRuns: RUNS },
      )
    })

    it('is looked at without harm when it is any JSON', () => {
      fc.assert(
        fc.property(fc.jsonValue(), (json) => {
          survives(() => dialect.tapReply(json))
        }),
        { seed: SEED, numRuns: RUNS },
      )
    })
  })

describe('what these tests have found', () => {
  it('Gemini: a chunk that came twice spoke behind the end', () => {
    const candidate = { content: { parts: [{ text: 'Hi' }] }, finishReason: 'STOP', index: 0 }
    const frame = Buffer.from(`data: ${JSON.stringify({ candidates: [candidate] })}\n\n`)
    const events = readTo(upstreams.get('gemini')!, Buffer.concat([frame, frame]), 10)!
    assertOrder(events)
    assert.equal(events.filter(({ type }) => type === 'finish').length, 1)
  })

  it('Bedrock: blocks behind the stop were parts behind the end', { skip: recordingsMissing }, () => {
    const [recording] = damageable('bedrock-converse', 'stream')
    const body = bodyOf(recording!)
    const events = readTo(upstreams.get('bedrock-converse')!, Buffer.concat([body, body]), 100)!
    assertOrder(events)
    assert.equal(events.filter(({ type }) => type === 'finish').length, 1)
  })
})
