import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ChatEvent } from '../../server/core/events.ts'
import { openaiChat } from '../../server/dialects/openai-chat/index.ts'
import { errorOf, frames, gist, type Json, OPTIONS, readAll, reply, usage } from './openai-support.ts'

const read = (text: string, size?: number) => readAll(openaiChat.eventReader(), text, size)
const delta = (content: Json, more: Json = {}) => ({
  id: 'c1',
  model: 'm',
  created: 1,
  choices: [{ index: 0, delta: content, finish_reason: null, ...more }],
})
const end = (word: string) => delta({}, { finish_reason: word })
const whole = (message: Json, more: Json = {}) => ({
  id: 'c1',
  model: 'm',
  created: 1,
  choices: [{ index: 0, message, finish_reason: 'stop', ...more }],
})

describe('foreign replies', () => {
  it('names what has no place and writes the rest', () => {
    const foreign = { dialect: 'anthropic-messages', value: { type: 'char_location' } } as const
    const events = reply([
      {
        start: { kind: 'text' },
        deltas: [
          { text: 'Hi', citation: { source: foreign } },
          { text: '', citation: { url: 'https://a', source: foreign } },
        ],
      },
      {
        start: { kind: 'opaque', dialect: 'anthropic-messages' },
        deltas: [{ text: '', value: { type: 'server_tool_use' } }],
      },
      { start: { kind: 'tool-call', id: 't', name: 'f', namespace: 'n' }, deltas: [{ text: '{}' }] },
    ])
    const { body, lost } = openaiChat.writeReply(events, OPTIONS)
    const message = (body.choices as { message: Json }[])[0]!.message
    assert.deepEqual(lost.sort(), ['citations', 'server_tool_use'])
    assert.deepEqual(message.annotations, [
      { type: 'url_citation', url_citation: { url: 'https://a', title: '', start_index: 0, end_index: 2 } },
    ])
    assert.equal((message.tool_calls as { function: Json }[])[0]!.function.name, 'n__f')
    const writer = openaiChat.eventWriter(OPTIONS)
    for (const event of events) writer.write(event)
    assert.deepEqual([...writer.lost].sort(), ['citations', 'server_tool_use'])
  })

  it('leaves another format’s top-level members out', () => {
    const start: ChatEvent = {
      type: 'reply-start',
      id: 'r',
      model: 'm',
      created: 0,
      extra: { stop_sequence: 'x', container: {}, service_tier: 'flex' },
    }
    const { body } = openaiChat.writeReply([start, ...reply([]).slice(1)], OPTIONS)
    assert.deepEqual(Object.keys(body).sort(), ['choices', 'created', 'id', 'model', 'object', 'service_tier'])
    assert.ok((body.created as number) > 1_700_000_000, 'a time is made up where none is known')
  })

  it('writes usage in a stream only to those who ask, once, at the end', () => {
    const events: ChatEvent[] = [
      ...reply([{ start: { kind: 'text' }, deltas: [{ text: 'Hi' }] }]),
      { type: 'usage', usage: usage({ input: 1 }) },
      { type: 'usage', usage: usage({ input: 3, cacheRead: 2, output: 4, reasoning: 1 }) },
    ]
    const write = (asked: boolean) => {
      const writer = openaiChat.eventWriter({ ...OPTIONS, usage: asked })
      return events.map((event) => writer.write(event)).join('') + writer.end()
    }
    assert.ok(!write(false).includes('usage'))
    const last = JSON.parse(write(true).split('\n\n').at(-3)!.slice(6))
    assert.deepEqual(last.choices, [])
    assert.deepEqual(
      [last.usage.prompt_tokens, last.usage.prompt_tokens_details.cached_tokens, last.usage.total_tokens],
      [5, 2, 9],
    )
  })
})

describe('finish reasons', () => {
  const WORDS: readonly (readonly [string, string, string])[] = [
    ['stop', 'stop', 'stop'],
    ['eos', 'stop', 'eos'],
    ['length', 'length', 'length'],
    ['model_length', 'length', 'model_length'],
    ['tool_calls', 'tool-calls', 'tool_calls'],
    ['function_call', 'tool-calls', 'tool_calls'],
    ['content_filter', 'content-filter', 'content_filter'],
    ['constructor', 'other', 'stop'],
  ]
  for (const [word, reason, back] of WORDS)
    it(word, () => {
      const events = openaiChat.readReply(whole({ content: 'x' }, { finish_reason: word }))
      assert.equal(gist(events).choices[0]!.finish, reason)
      const { body } = openaiChat.writeReply(events, OPTIONS)
      assert.equal((body.choices as Json[])[0]!.finish_reason, back)
    })

  it('is tool calls where there are any, although the provider said stop', () => {
    const call = { index: 0, id: 'a', function: { name: 'f', arguments: '{}' } }
    const events = read(frames(delta({ tool_calls: [call] }), end('stop'), '[DONE]'))
    const finish = events.find((event) => event.type === 'finish')
    assert.deepEqual([finish?.reason, finish?.raw], ['tool-calls', 'stop'])
  })
})

describe('errors inside a reply', () => {
  const ERRORS: readonly (readonly [unknown, string, number, boolean])[] = [
    [{ error: { message: 'slow down', code: 'rate_limit_exceeded' } }, 'upstream_rate_limited', 429, true],
    [{ error: { message: 'x', code: 429 } }, 'upstream_rate_limited', 429, true],
    [{ error: { message: 'x', code: 'insufficient_quota' } }, 'upstream_error', 402, false],
    [
      { error: { message: 'x', type: 'invalid_request_error', code: 'tool_use_failed', status_code: 400 } },
      'upstream_error',
      400,
      false,
    ],
    [{ error: 'busy', error_type: 'overloaded' }, 'upstream_error', 503, true],
    [{ error: { message: 'x', code: 500 } }, 'upstream_error', 502, true],
    [{ object: 'error', message: 'x', code: 400 }, 'upstream_error', 400, false],
    [{ error: {} }, 'upstream_error', 502, true],
  ]
  for (const [json, code, status, retryable] of ERRORS)
    it(JSON.stringify(json), () => {
      const thrown = errorOf(() => openaiChat.readReply(json))
      assert.deepEqual([thrown.code, thrown.status, thrown.retryable], [code, status, retryable])
      const events = read(frames(delta({ content: 'a' }), json))
      const last = events.at(-1)
      assert.ok(last?.type === 'error' && last.error.code === code)
    })
})
