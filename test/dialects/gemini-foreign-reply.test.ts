import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { GatewayError } from '../../server/core/errors.ts'
import type { ChatEvent } from '../../server/core/events.ts'
import { gemini, geminiArray } from '../../server/dialects/gemini/index.ts'
import {
  framesOf,
  meaning,
  OPTIONS,
  partEvents,
  plain,
  readAll,
  replyEvents,
  USAGE,
  writeAll,
} from './dialect-support.ts'

type Json = Record<string, unknown>
const SKIP = 'skip_thought_signature_validator'

describe('a foreign reply, written for a Gemini client', () => {
  const events = replyEvents(
    [
      ...partEvents(0, { kind: 'reasoning' }, { text: 'hm', state: { issuer: 'anthropic-messages', value: 'x' } }),
      ...partEvents(
        1,
        { kind: 'text' },
        { text: 'Grü' },
        {
          text: 'ße',
          citation: {
            url: 'https://a',
            title: 'A',
            start: 0,
            end: 5,
            source: { dialect: 'anthropic-messages', value: {} },
          },
        },
      ),
      ...partEvents(2, { kind: 'tool-call', id: 't1', name: 'f', namespace: 'ns' }, { text: '{"a"' }, { text: ':1}' }),
      ...partEvents(3, { kind: 'tool-call', id: 't2', name: 'c', custom: true }, { text: 'free' }),
      ...partEvents(4, { kind: 'tool-call', id: 't3', name: 'g' }, { text: '{"a":' }),
      ...partEvents(5, { kind: 'opaque', dialect: 'anthropic-messages' }, { value: { type: 'server_tool_use' } }),
      ...partEvents(6, { kind: 'refusal' }, { text: 'No.' }),
    ],
    { reason: 'tool-calls', raw: 'tool_use' },
  )
  const usageMetadata = {
    promptTokenCount: 10,
    candidatesTokenCount: 5,
    totalTokenCount: 19,
    thoughtsTokenCount: 4,
    cachedContentTokenCount: 3,
  }
  const groundingMetadata = {
    groundingChunks: [{ web: { uri: 'https://a', title: 'A' } }],
    groundingSupports: [{ segment: { startIndex: 0, endIndex: 7, text: 'Grüße' }, groundingChunkIndices: [0] }],
  }
  const calls = [
    { functionCall: { id: 't1', name: 'ns__f', args: { a: 1 } }, thoughtSignature: SKIP },
    { functionCall: { id: 't2', name: 'c', args: { input: 'free' } } },
    { functionCall: { id: 't3', name: 'g', args: { arguments: '{"a":' } } },
  ]

  it('whole', () => {
    const { body, lost } = gemini.writeReply(events, OPTIONS)
    const parts = [{ text: 'hm', thought: true }, { text: 'Grüße' }, ...calls, { text: 'No.' }]
    assert.deepEqual(plain(body), {
      candidates: [{ content: { parts, role: 'model' }, finishReason: 'STOP', index: 0, groundingMetadata }],
      usageMetadata,
      modelVersion: 'claude',
      responseId: 'r1',
    })
    assert.deepEqual(lost, ['server_tool_use'])
  })

  it('streamed, a call when it is whole and the end in one chunk', () => {
    const writer = gemini.eventWriter(OPTIONS)
    const text = writeAll(writer, events)
    assert.ok(text.endsWith('}\r\n\r\n'))
    const frames = framesOf(text)
    assert.ok(frames.every(({ modelVersion, responseId }) => modelVersion === 'claude' && responseId === 'r1'))
    const parts = frames.flatMap(({ candidates }) => (candidates as [{ content: { parts: Json[] } }])[0].content.parts)
    assert.deepEqual(parts, [
      { text: 'hm', thought: true },
      { text: 'Grü' },
      { text: 'ße' },
      ...calls,
      { text: 'No.' },
      { text: '' },
    ])
    const last = frames.at(-1)!
    assert.deepEqual(last.usageMetadata, usageMetadata)
    assert.deepEqual((last.candidates as [Json])[0], {
      content: { parts: [{ text: '' }], role: 'model' },
      finishReason: 'STOP',
      index: 0,
      groundingMetadata,
    })
    assert.deepEqual([...writer.lost], ['server_tool_use'])
    assert.deepEqual(readAll(gemini.eventReader(), text).at(-1), {
      type: 'usage',
      usage: { ...USAGE, input: 7, cacheWrite: 0, raw: usageMetadata },
    })
  })

  it('streamed as one JSON array to who did not ask for events', () => {
    assert.equal(geminiArray.streamType, 'application/json')
    const text = writeAll(geminiArray.eventWriter(OPTIONS), events)
    assert.deepEqual(JSON.parse(text), framesOf(writeAll(gemini.eventWriter(OPTIONS), events)))
    assert.deepEqual(meaning(readAll(gemini.eventReader(), text, 5)), meaning(gemini.readReply(JSON.parse(text))))
    assert.equal(geminiArray.eventWriter(OPTIONS).end(), '[]\r\n')
    const writer = geminiArray.eventWriter(OPTIONS)
    const error = new GatewayError('upstream_cut', 'It broke.')
    const failed = [...events.slice(0, 4), { type: 'error', error } as const]
      .map((event) => writer.write(event))
      .join('')
    assert.deepEqual(JSON.parse(failed).at(-1), plain(gemini.writeError(error)))
    assert.equal(writer.end(), '')
  })

  it('signs nothing for models that came before signatures', () => {
    const older = events.map((event) =>
      event.type === 'reply-start' ? { ...event, model: 'gemini-2.5-flash' } : event,
    )
    assert.ok(!writeAll(gemini.eventWriter(OPTIONS), older).includes(SKIP))
    assert.ok(!JSON.stringify(gemini.writeReply(older, OPTIONS)).includes(SKIP))
  })

  it('with several choices', () => {
    const second: ChatEvent[] = [
      ...partEvents(0, { choice: 1 }, { text: 'two' }),
      { type: 'finish', choice: 1, reason: 'length', raw: 'MAX_TOKENS' },
    ]
    const both = [...replyEvents(partEvents(0, {}, { text: 'one' })), ...second]
    const { candidates } = plain(gemini.writeReply(both, OPTIONS).body) as { candidates: Json[] }
    assert.deepEqual(
      candidates.map(({ index, finishReason }) => [index, finishReason]),
      [
        [0, 'STOP'],
        [1, 'MAX_TOKENS'],
      ],
    )
    assert.deepEqual(
      meaning(readAll(gemini.eventReader(), writeAll(gemini.eventWriter(OPTIONS), both))).choices.map(
        ({ parts }) => parts[0]?.text,
      ),
      ['one', 'two'],
    )
  })
})

describe('an error in Google’s shape', () => {
  const errors: [GatewayError, number, string][] = [
    [new GatewayError('invalid_request', 'Bad.', { param: 'contents' }), 400, 'INVALID_ARGUMENT'],
    [new GatewayError('unauthenticated', 'Who?'), 401, 'UNAUTHENTICATED'],
    [new GatewayError('route_forbidden', 'No.'), 403, 'PERMISSION_DENIED'],
    [new GatewayError('unknown_route', 'Where?'), 404, 'NOT_FOUND'],
    [new GatewayError('upstream_rate_limited', 'Slow.', { retryAfterMs: 1500 }), 429, 'RESOURCE_EXHAUSTED'],
    [new GatewayError('internal', 'Oh.'), 500, 'INTERNAL'],
    [new GatewayError('upstream_error', 'Oh.'), 502, 'UNAVAILABLE'],
    [new GatewayError('upstream_timeout', 'Late.'), 504, 'DEADLINE_EXCEEDED'],
  ]
  for (const [error, code, status] of errors)
    it(status, () => {
      const body = plain(gemini.writeError(error)) as {
        error: { code: number; status: string; message: string; details: Json[] }
      }
      assert.deepEqual([body.error.code, body.error.status, body.error.message], [code, status, error.advice])
      assert.equal(body.error.details[0]?.reason, error.code.toUpperCase())
      assert.equal(gemini.tap({ stripUsage: false }).errorFrame(error), `data: ${JSON.stringify(body)}\r\n\r\n`)
      if (error.retryAfterMs !== null) assert.equal(body.error.details.at(-1)?.retryDelay, '1.5s')
    })
})
