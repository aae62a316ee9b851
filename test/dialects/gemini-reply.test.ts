import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { gemini } from '../../server/dialects/gemini/index.ts'
import { assertFails, framesOf, meaning, OPTIONS, plain, readAll, writeAll } from './dialect-support.ts'

type Json = Record<string, unknown>
const reply = (candidate: Json, more: Json = {}): Json => ({
  candidates: [{ index: 0, finishReason: 'STOP', ...candidate }],
  modelVersion: 'gemini-3-flash',
  responseId: 'r1',
  ...more,
})
const said = (...parts: Json[]) => reply({ content: { role: 'model', parts } })
const partsOf = (json: unknown) => meaning(gemini.readReply(json)).choices[0]!.parts
const sse = (...chunks: unknown[]) => chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\r\n\r\n`).join('')

describe('a Gemini reply, read', () => {
  const reasons: [string, string][] = [
    ['STOP', 'stop'],
    ['MAX_TOKENS', 'length'],
    ['SAFETY', 'content-filter'],
    ['RECITATION', 'content-filter'],
    ['BLOCKLIST', 'content-filter'],
    ['PROHIBITED_CONTENT', 'content-filter'],
    ['SPII', 'content-filter'],
    ['IMAGE_SAFETY', 'content-filter'],
    ['LANGUAGE', 'other'],
    ['MALFORMED_FUNCTION_CALL', 'other'],
    ['UNEXPECTED_TOOL_CALL', 'other'],
    ['TOO_MANY_TOOL_CALLS', 'other'],
    ['MISSING_THOUGHT_SIGNATURE', 'other'],
    ['OTHER', 'other'],
    ['toString', 'other'],
  ]
  for (const [word, reason] of reasons)
    it(`ends with ${word}`, () => {
      const choice = meaning(gemini.readReply(reply({ finishReason: word }))).choices[0]!
      assert.deepEqual([choice.finish, choice.finishRaw], [reason, word])
      assert.equal(
        meaning(
          gemini.readReply(plain(gemini.writeReply(gemini.readReply(reply({ finishReason: word })), OPTIONS).body)),
        ).choices[0]!.finish,
        reason,
      )
    })

  it('ends in tool calls when a function was called', () =>
    assert.equal(meaning(gemini.readReply(said({ functionCall: { name: 'f' } }))).choices[0]!.finish, 'tool-calls'))

  it('joins texts up to one that is signed, and keeps a signature without text', () => {
    const parts = partsOf(
      said(
        { text: 'a' },
        { text: 'b', thoughtSignature: 'YQ==' },
        { text: 'c' },
        { text: '', thoughtSignature: 'Yg==' },
      ),
    )
    assert.deepEqual(
      parts.map(({ kind, text, state }) => [kind, text, state?.value]),
      [
        ['text', 'ab', 'YQ=='],
        ['text', 'c', 'Yg=='],
      ],
    )
  })

  it('reads thoughts, calls and what only Gemini has', () => {
    const own = { executableCode: { code: '1' }, thoughtSignature: 'Yw==' }
    const parts = partsOf(
      said(
        { text: 'hm', thought: true },
        { functionCall: { id: '1', name: 'f', args: { a: 1 } }, thoughtSignature: 'YQ==' },
        { functionCall: { name: 'g' } },
        own,
        { inlineData: { data: 'AA==' } },
        {},
      ),
    )
    assert.deepEqual(
      parts.map(({ kind, id, name, text, state, value }) => ({ kind, id, name, text, state: state?.value, value })),
      [
        { kind: 'reasoning', id: null, name: null, text: 'hm', state: undefined, value: undefined },
        { kind: 'tool-call', id: '1', name: 'f', text: '{"a":1}', state: 'YQ==', value: undefined },
        { kind: 'tool-call', id: 'made up', name: 'g', text: '{}', state: undefined, value: undefined },
        { kind: 'opaque', id: null, name: null, text: '', state: undefined, value: own },
        { kind: 'opaque', id: null, name: null, text: '', state: undefined, value: { inlineData: { data: 'AA==' } } },
      ],
    )
  })

  it('counts cached tokens apart, thoughts as output and what tools fed back as input', () => {
    const usageMetadata = {
      promptTokenCount: 100,
      cachedContentTokenCount: 40,
      candidatesTokenCount: 7,
      thoughtsTokenCount: 5,
      toolUsePromptTokenCount: 11,
      promptTokensDetails: [{ modality: 'AUDIO', tokenCount: 3 }],
    }
    const { usage } = meaning(gemini.readReply({ ...said({ text: 'a' }), usageMetadata }))
    assert.deepEqual(usage, {
      input: 71,
      cacheRead: 40,
      cacheWrite: 0,
      output: 12,
      reasoning: 5,
      audioInput: 3,
      audioOutput: 0,
      raw: usageMetadata,
      estimated: false,
    })
  })

  it('takes a blocked prompt for a refusal', () => {
    const events = gemini.readReply({
      promptFeedback: { blockReason: 'PROHIBITED_CONTENT' },
      usageMetadata: { promptTokenCount: 3 },
    })
    assert.deepEqual(
      events.slice(1).map(({ type }) => type),
      ['finish', 'usage'],
    )
    assert.deepEqual(events[1], { type: 'finish', choice: 0, reason: 'content-filter', raw: 'PROHIBITED_CONTENT' })
  })

  it('reads citations, their places in characters', () => {
    const groundingMetadata = {
      webSearchQueries: ['q'],
      groundingChunks: [{ web: { uri: 'https://a', title: 'A' } }, { retrievedContext: { uri: 'gs://b' } }],
      groundingSupports: [{ segment: { startIndex: 0, endIndex: 7, text: 'Grüße' }, groundingChunkIndices: [0, 1, 9] }],
    }
    const citationMetadata = { citationSources: [{ startIndex: 0, endIndex: 2, uri: 'https://c' }] }
    const json = reply({ content: { parts: [{ text: 'Grüße, x' }] }, groundingMetadata, citationMetadata })
    const [part] = partsOf(json)
    assert.deepEqual(
      part!.citations.map(({ source: _, ...rest }) => rest),
      [
        { url: 'https://a', title: 'A', start: 0, end: 5 },
        { url: 'gs://b', start: 0, end: 5 },
        { url: 'https://c', start: 0, end: 2 },
      ],
    )
    const [candidate] = plain(gemini.writeReply(gemini.readReply(json), OPTIONS).body).candidates as [Json]
    assert.deepEqual([candidate.groundingMetadata, candidate.citationMetadata], [groundingMetadata, citationMetadata])
    const last = framesOf(writeAll(gemini.eventWriter(OPTIONS), gemini.readReply(json))).at(-1)!
    assert.deepEqual((last.candidates as [Json])[0].groundingMetadata, groundingMetadata)
  })

  it('carries log-probabilities there and back', () => {
    const logprobsResult = {
      chosenCandidates: [{ token: 'a', logProbability: -0.1 }],
      topCandidates: [
        {
          candidates: [
            { token: 'a', logProbability: -0.1 },
            { token: 'b', logProbability: -2 },
          ],
        },
      ],
    }
    const json = reply({ content: { parts: [{ text: 'a' }] }, logprobsResult })
    assert.deepEqual(meaning(gemini.readReply(json)).choices[0]!.logprobs, [
      {
        content: [
          {
            token: 'a',
            logprob: -0.1,
            bytes: null,
            top_logprobs: [
              { token: 'a', logprob: -0.1, bytes: null },
              { token: 'b', logprob: -2, bytes: null },
            ],
          },
        ],
      },
    ])
    const [candidate] = plain(gemini.writeReply(gemini.readReply(json), OPTIONS).body).candidates as [Json]
    assert.deepEqual(candidate.logprobsResult, logprobsResult)
  })

  const garbage: [string, unknown][] = [
    ['nothing', null],
    ['a text', 'x'],
    ['an object of another kind', {}],
    ['an empty array', []],
  ]
  for (const [what, json] of garbage)
    it(`refuses ${what}`, () => {
      assertFails(() => gemini.readReply(json), 'upstream_invalid_reply')
    })

  const failures: [Json, string, number, boolean][] = [
    [
      {
        code: 429,
        message: 'slow down',
        status: 'RESOURCE_EXHAUSTED',
        details: [{ '@type': 'x/google.rpc.RetryInfo', retryDelay: '37.5s' }],
      },
      'upstream_rate_limited',
      429,
      true,
    ],
    [{ code: 503, message: 'overloaded', status: 'UNAVAILABLE' }, 'upstream_error', 503, true],
    [{ code: 500, message: 'oh', status: 'INTERNAL' }, 'upstream_error', 502, true],
    [{ code: 400, message: 'bad', status: 'INVALID_ARGUMENT' }, 'upstream_rejected', 400, false],
  ]
  for (const [error, code, status, retryable] of failures)
    it(`takes ${error.status} inside a reply or a stream for a failure`, () => {
      for (const json of [{ error }, [{ error }]]) {
        const failure = assertFails(() => gemini.readReply(json), code)
        assert.deepEqual(
          [failure.status, failure.retryable, failure.retryAfterMs],
          [status, retryable, code === 'upstream_rate_limited' ? 37_500 : null],
        )
      }
      const last = readAll(gemini.eventReader(), sse(reply({ finishReason: undefined }), { error })).at(-1)
      assert.ok(last?.type === 'error' && last.error.code === code)
    })

  it('says that a stream was cut before its finish reason', () => {
    const open = reply({ content: { parts: [{ text: 'a' }] }, finishReason: undefined })
    for (const text of ['', sse(open), sse(open).slice(0, -20), `[${JSON.stringify(open)},`])
      assertFails(() => readAll(gemini.eventReader(), text), 'upstream_cut')
  })
})
