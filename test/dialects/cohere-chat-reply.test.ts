import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { cohereChat } from '../../server/dialects/cohere-chat/index.ts'
import { recordings, recordingsMissing } from '../support/recordings.ts'
import { assertFails, meaning, readAll, SIZES } from './dialect-support.ts'
import { checkOrder } from './openai-support.ts'

type Json = Record<string, unknown>

const CITATION = {
  start: 0,
  end: 5,
  text: 'Grüße',
  sources: [
    { type: 'tool', id: 't', tool_output: {} },
    { type: 'document', id: 'd', document: { url: 'https://a', title: 'A' } },
  ],
}
const COUNTS = {
  billed_units: { input_tokens: 1, output_tokens: 2 },
  tokens: { input_tokens: 10, output_tokens: 6 },
  cached_tokens: 4,
}
const WHOLE = {
  id: 'r1',
  finish_reason: 'TOOL_CALL',
  message: {
    role: 'assistant',
    tool_plan: 'plan',
    content: [
      { type: 'thinking', thinking: 'hm' },
      { type: 'text', text: 'Grüße' },
      { type: 'document', document: {} },
    ],
    citations: [CITATION],
    tool_calls: [{ id: 'c1', type: 'function', function: { name: 'f', arguments: '{"a":1}' } }],
  },
  usage: COUNTS,
}
const event = (type: string, message: unknown, index = 0) => ({ type, index, delta: { message } })
const STREAM = [
  { type: 'message-start', id: 'r1', delta: { message: { role: 'assistant' } } },
  event('tool-plan-delta', { tool_plan: 'pl' }),
  event('tool-plan-delta', { tool_plan: 'an' }),
  event('content-start', { content: { type: 'thinking', thinking: '' } }),
  event('content-delta', { content: { thinking: 'hm' } }),
  event('content-end', undefined),
  event('content-start', { content: { type: 'text', text: '' } }, 1),
  event('content-delta', { content: { text: 'Grü' } }, 1),
  event('content-delta', { content: { text: 'ße' } }, 1),
  event('citation-start', { citations: CITATION }),
  event('citation-end', undefined),
  event('content-end', undefined, 1),
  { type: 'debug', prompt: 'x' },
  event('tool-call-start', { tool_calls: { id: 'c1', type: 'function', function: { name: 'f', arguments: '' } } }),
  event('tool-call-delta', { tool_calls: { function: { arguments: '{"a"' } } }),
  event('tool-call-delta', { tool_calls: { function: { arguments: ':1}' } } }),
  event('tool-call-end', undefined),
  { type: 'message-end', delta: { finish_reason: 'TOOL_CALL', usage: COUNTS } },
]
const sse = (...events: Json[]) =>
  events.map((one) => `event: ${String(one.type)}\ndata: ${JSON.stringify(one)}\n\n`).join('')

describe('a reply of Cohere', () => {
  it('has plans, thoughts, cited text, calls and counts', () => {
    const { choices, usage } = meaning(cohereChat.readReply(WHOLE))
    assert.deepEqual(
      choices[0]!.parts.map(({ kind, id, name, text: said }) => [kind, id, name, said]),
      [
        ['reasoning', null, null, 'plan'],
        ['reasoning', null, null, 'hm'],
        ['text', null, null, 'Grüße'],
        ['opaque', null, null, ''],
        ['tool-call', 'c1', 'f', '{"a":1}'],
      ],
    )
    assert.deepEqual(choices[0]!.parts[2]!.citations, [
      {
        url: 'https://a',
        title: 'A',
        quote: 'Grüße',
        start: 0,
        end: 5,
        source: { dialect: 'cohere-chat', value: CITATION },
      },
    ])
    assert.deepEqual([choices[0]!.finish, choices[0]!.finishRaw], ['tool-calls', 'TOOL_CALL'])
    assert.deepEqual(usage, {
      input: 6,
      cacheRead: 4,
      cacheWrite: 0,
      output: 6,
      reasoning: 0,
      audioInput: 0,
      audioOutput: 0,
      raw: COUNTS,
      estimated: false,
    })
  })

  it('says the same in a stream, at every chunking', () => {
    const { content, ...message } = WHOLE.message
    const whole = meaning(cohereChat.readReply({ ...WHOLE, message: { ...message, content: content.slice(0, 2) } }))
    for (const size of [...SIZES, 9999]) {
      const events = readAll(cohereChat.eventReader(), `${sse(...STREAM)}data: [DONE]\n\n`, size)
      checkOrder(events)
      assert.deepEqual(meaning(events), whole)
    }
  })

  const reasons: [string, string][] = [
    ['COMPLETE', 'stop'],
    ['STOP_SEQUENCE', 'stop'],
    ['MAX_TOKENS', 'length'],
    ['TOOL_CALL', 'tool-calls'],
    ['TIMEOUT', 'other'],
    ['ERROR_TOXIC', 'content-filter'],
    ['toString', 'other'],
  ]
  for (const [word, reason] of reasons)
    it(`ends with ${word}`, () => {
      for (const events of [
        cohereChat.readReply({ finish_reason: word, message: {} }),
        readAll(cohereChat.eventReader(), sse({ type: 'message-end', delta: { finish_reason: word } })),
      ])
        assert.deepEqual(events.at(-1), { type: 'finish', choice: 0, reason, raw: word })
    })

  it('carries log-probabilities', () => {
    const logprobs = [{ text: 'ab', token_ids: [1, 2], logprobs: [-0.5, -1] }]
    const content = [{ type: 'text', text: 'ab' }]
    const { choices } = meaning(cohereChat.readReply({ message: { content }, logprobs }))
    assert.deepEqual(choices[0]!.logprobs, [
      { content: [{ token: 'ab', logprob: -1.5, bytes: null, top_logprobs: [] }] },
    ])
  })

  it('fails where Cohere says so', () => {
    assertFails(() => cohereChat.readReply({ finish_reason: 'ERROR', message: {} }), 'upstream_error')
    assertFails(() => cohereChat.readReply({ message: 'too many requests' }), 'upstream_rate_limited')
    for (const failure of [
      { type: 'message-end', delta: { finish_reason: 'ERROR', error: 'oh' } },
      { message: 'oh' },
    ]) {
      const last = readAll(cohereChat.eventReader(), sse(...STREAM.slice(0, 9), failure as Json)).at(-1)
      assert.ok(last?.type === 'error' && last.error.code === 'upstream_error' && last.error.message.endsWith('oh'))
    }
  })

  it('is refused where it is none, or cut', () => {
    for (const json of [null, [], {}, { message: [] }])
      assertFails(() => cohereChat.readReply(json), 'upstream_invalid_reply')
    assertFails(() => cohereChat.eventReader().push(Buffer.from('data: x\n\n')), 'upstream_invalid_reply')
    for (const part of ['', sse(...STREAM.slice(0, -1)), sse(...STREAM).slice(0, -30)])
      assertFails(() => readAll(cohereChat.eventReader(), part), 'upstream_cut')
  })
})

describe('recorded Cohere traffic', { skip: recordingsMissing }, () => {
  for (const { name, shape, response } of recordings('cohere'))
    it(`reads ${name}`, () => {
      const events =
        shape === 'json'
          ? cohereChat.readReply(JSON.parse(response.body))
          : readAll(cohereChat.eventReader(), response.body)
      checkOrder(events)
      const { choices, usage } = meaning(events)
      assert.equal(choices[0]!.finish, response.body.includes('"TOOL_CALL"') ? 'tool-calls' : 'stop')
      assert.ok(usage !== null && usage.input > 0 && usage.output > 0)
      if (response.body.includes('cached_tokens')) assert.ok(usage.cacheRead > 0)
      for (const size of shape === 'sse' ? SIZES : [])
        assert.deepEqual(meaning(readAll(cohereChat.eventReader(), response.body, size)), meaning(events))
    })
})
