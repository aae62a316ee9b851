import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ChatEvent } from '../../server/core/events.ts'
import { anthropicMessages } from '../../server/dialects/anthropic-messages/index.ts'
import { recordings, recordingsMissing } from '../support/recordings.ts'
import {
  assemble,
  CHUNKINGS,
  checkOrder,
  frames,
  gist,
  type Json,
  messageStart,
  OPTIONS,
  plain,
  readAll,
} from './claude-support.ts'

const { eventReader, eventWriter, readReply, writeReply, foreignMark } = anthropicMessages
const streams = recordings('anthropic-messages').filter(({ shape }) => shape === 'sse')
const wholes = recordings('anthropic-messages').filter(({ shape }) => shape === 'json')

const stop = (reason: string, more: Json = {}) => [
  { type: 'message_delta', delta: { stop_reason: reason, stop_sequence: null }, usage: { output_tokens: 9 }, ...more },
  { type: 'message_stop' },
]
const rewrite = (events: readonly ChatEvent[]) => {
  const writer = eventWriter(OPTIONS)
  const text = events.map((event) => writer.write(event)).join('') + writer.end()
  return { text, lost: [...writer.lost] }
}
/** A reply in no dialect: parts as `[part-start members, ...part-deltas]`. */
const reply = (parts: readonly (readonly [Json, ...Json[]])[], finish: Json = {}, ...rest: Json[]): ChatEvent[] =>
  [
    { type: 'reply-start', id: 'r1', model: 'm', created: 5 },
    ...parts.flatMap(([opening, ...deltas], part) => [
      { type: 'part-start', choice: 0, part, ...opening },
      ...deltas.map((delta) => ({ type: 'part-delta', choice: 0, part, text: '', ...delta })),
      { type: 'part-end', choice: 0, part },
    ]),
    { type: 'finish', choice: 0, reason: 'stop', raw: null, ...finish },
    ...rest,
  ] as ChatEvent[]
const usage = { input: 11, cacheRead: 5, cacheWrite: 2, output: 9, reasoning: 4, audioInput: 0, audioOutput: 0 }

test('every recorded stream reads the same at every chunking', { skip: recordingsMissing }, () => {
  assert.equal(streams.length, 10)
  for (const { name, response } of streams) {
    const whole = readAll(eventReader(), response.body)
    checkOrder(whole)
    for (const size of CHUNKINGS)
      assert.deepEqual(readAll(eventReader(), response.body, size), whole, `${name} ${size}`)
    for (const event of whole) if (event.type === 'finish') assert.notEqual(event.reason, 'other', name)
  }
})

test('every recorded stream comes back as the same message', { skip: recordingsMissing }, () => {
  for (const { name, response } of streams) {
    const sent = assemble(response.body)
    const events = readAll(eventReader(), response.body)
    const { text, lost } = rewrite(events)
    const { usage: counts, ...message } = assemble(text)
    const { usage: before, ...expected } = sent
    assert.deepEqual(message, expected, name)
    assert.deepEqual(lost, [], name)
    for (const [member, value] of Object.entries(before as Json))
      if (member !== 'service_tier') assert.deepEqual((counts as Json)[member], value, `${name} ${member}`)
    const { usage: total, ...whole } = plain(writeReply(events, OPTIONS).body) as Json
    assert.deepEqual(whole, expected, name)
    assert.equal((total as Json).output_tokens, (before as Json).output_tokens)
  }
})

test('every recorded whole reply comes back as it was', { skip: recordingsMissing }, () => {
  assert.equal(wholes.length, 8)
  for (const { name, response } of wholes) {
    const json = JSON.parse(response.body) as Json
    const events = readReply(json)
    checkOrder(events)
    const body = plain(writeReply(events, OPTIONS).body)
    const content = (json.content as Json[]).map(({ caller: _, ...block }) => block)
    const expected = Object.fromEntries(Object.entries({ ...json, content }).filter(([, value]) => value !== null))
    assert.deepEqual({ ...body, stop_sequence: undefined }, { ...expected, stop_sequence: undefined }, name)
    const streamed = assemble(rewrite(events).text)
    assert.deepEqual(streamed.content, content, name)
    assert.equal(streamed.stop_reason, json.stop_reason)
  }
})

test('a stream reads into parts, whatever blocks it has', () => {
  const text = frames(
    messageStart({ input_tokens: 3, cache_read_input_tokens: 20, cache_creation_input_tokens: 4, output_tokens: 1 }),
    { type: 'ping' },
    { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '', signature: '' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'hm' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'signature_delta', signature: 'sig' } },
    { type: 'content_block_stop', index: 0 },
    { type: 'content_block_start', index: 1, content_block: { type: 'redacted_thinking', data: 'xxx' } },
    { type: 'content_block_stop', index: 1 },
    { type: 'content_block_start', index: 2, content_block: { type: 'server_tool_use', id: 's', input: {} } },
    { type: 'content_block_delta', index: 2, delta: { type: 'input_json_delta', partial_json: '{"q":' } },
    { type: 'content_block_delta', index: 2, delta: { type: 'input_json_delta', partial_json: '1}' } },
    { type: 'content_block_stop', index: 2 },
    { type: 'content_block_start', index: 3, content_block: { type: 'compaction', content: null } },
    { type: 'content_block_delta', index: 3, delta: { type: 'compaction_delta', content: 'short' } },
    { type: 'content_block_stop', index: 3 },
    { type: 'never_seen_before' },
    { type: 'content_block_start', index: 4, content_block: { type: 'tool_use', id: 't1', name: 'f', input: {} } },
    { type: 'content_block_stop', index: 4 },
    {
      type: 'content_block_start',
      index: 5,
      content_block: { type: 'tool_use', id: 't2', name: 'a_x2e_b', input: {}, caller: { type: 'code', tool_id: 's' } },
    },
    { type: 'content_block_delta', index: 5, delta: { type: 'input_json_delta', partial_json: '{"a":1}' } },
    { type: 'content_block_stop', index: 5 },
    ...stop('end_turn', { usage: { output_tokens: 9, output_tokens_details: { thinking_tokens: 4 } } }),
  )
  const read = gist(readAll(eventReader(), text))
  const issuer = 'anthropic-messages'
  assert.deepEqual(
    read.choices[0]!.parts.map(({ kind, id, name, text, value, state }) => [kind, id, name, text, value, state]),
    [
      ['reasoning', null, null, 'hm', undefined, { issuer, value: { signature: 'sig' } }],
      ['reasoning', null, null, '', undefined, { issuer, value: { redacted: 'xxx' } }],
      ['opaque', null, null, '', { type: 'server_tool_use', id: 's', input: { q: 1 } }, null],
      ['opaque', null, null, '', { type: 'compaction', content: 'short' }, null],
      ['tool-call', 't1', 'f', '{}', undefined, null],
      ['tool-call', 't2', 'a.b', '{"a":1}', undefined, { issuer, value: { caller: { type: 'code', tool_id: 's' } } }],
    ],
  )
  assert.equal(read.choices[0]!.finish, 'tool-calls')
  assert.equal(read.choices[0]!.finishRaw, 'end_turn')
  const { raw: _, ...counts } = read.usage!
  const expected = { ...usage, input: 3, cacheRead: 20, cacheWrite: 4, estimated: false }
  assert.deepEqual(counts, expected)
})

test('reasons to stop, both ways', () => {
  const table: [string, string][] = [
    ['end_turn', 'stop'],
    ['stop_sequence', 'stop'],
    ['max_tokens', 'length'],
    ['model_context_window_exceeded', 'length'],
    ['tool_use', 'tool-calls'],
    ['refusal', 'content-filter'],
    ['pause_turn', 'other'],
    ['not_known_yet', 'other'],
  ]
  for (const [word, reason] of table) {
    const read = gist(readAll(eventReader(), frames(messageStart(), ...stop(word))))
    assert.equal(read.choices[0]!.finish, reason, word)
    const back = assemble(rewrite(readAll(eventReader(), frames(messageStart(), ...stop(word)))).text)
    assert.equal(back.stop_reason, word === 'not_known_yet' ? 'end_turn' : word)
  }
  const ended = frames(messageStart(), ...stop('', { delta: { stop_reason: 'stop_sequence', stop_sequence: 'END' } }))
  assert.equal(gist(readAll(eventReader(), ended)).choices[0]!.stop, 'END')
  const foreignWords: [Json, string, string | null][] = [
    [{ reason: 'stop', raw: 'STOP' }, 'end_turn', null],
    [{ reason: 'stop', raw: 'stop', stop: 'END' }, 'stop_sequence', 'END'],
    [{ reason: 'length', raw: 'MAX_TOKENS' }, 'max_tokens', null],
    [{ reason: 'tool-calls', raw: 'stop' }, 'tool_use', null],
    [{ reason: 'content-filter', raw: 'SAFETY' }, 'refusal', null],
    [{ reason: 'other', raw: null }, 'end_turn', null],
  ]
  for (const [finish, word, sequence] of foreignWords) {
    const { stop_reason, stop_sequence } = assemble(rewrite(reply([], finish)).text)
    assert.deepEqual([stop_reason, stop_sequence], [word, sequence])
    assert.equal(writeReply(reply([], finish), OPTIONS).body.stop_reason, word)
  }
})

test('a foreign reply is written in blocks, in a stream and whole', () => {
  const citation = { url: 'https://a', title: 'A', quote: 'q', source: { dialect: 'openai-responses', value: {} } }
  const events = reply(
    [
      [{ kind: 'reasoning' }, { text: 'hm' }, { state: { issuer: 'gemini', value: 'x' } }],
      [{ kind: 'reasoning' }],
      [{ kind: 'text' }, { text: 'A' }, { text: 'B', citation }],
      [{ kind: 'opaque', dialect: 'gemini' }, { value: { type: 'executableCode' } }],
      [{ kind: 'tool-call', id: 'c1', name: 'f', namespace: 'g' }, { text: '{"a"' }, { text: ':1}' }],
      [{ kind: 'tool-call', id: 'c2', name: 'patch', custom: true }, { text: 'two "' }, { text: 'lines\n' }],
      [{ kind: 'refusal' }, { text: 'No.' }],
    ],
    {},
    { type: 'usage', usage: { ...usage, raw: null, estimated: false } },
  )
  const cited = { type: 'web_search_result_location', url: 'https://a', title: 'A', cited_text: 'q' }
  const content = [
    { type: 'thinking', thinking: 'hm', signature: foreignMark },
    { type: 'text', text: 'AB', citations: [{ ...cited, encrypted_index: foreignMark }] },
    { type: 'tool_use', id: 'c1', name: 'g__f', input: { a: 1 } },
    { type: 'tool_use', id: 'c2', name: 'patch', input: { input: 'two "lines\n' } },
    { type: 'text', text: 'No.' },
  ]
  const counts = {
    input_tokens: 11,
    cache_creation_input_tokens: 2,
    cache_read_input_tokens: 5,
    output_tokens: 9,
    output_tokens_details: { thinking_tokens: 4 },
  }
  const { text, lost } = rewrite(events)
  const expected = { id: 'r1', type: 'message', role: 'assistant', model: 'm', content, usage: counts }
  assert.deepEqual(assemble(text), { ...expected, stop_reason: 'refusal', stop_sequence: null })
  const whole = writeReply(events, OPTIONS)
  assert.deepEqual(plain(whole.body), { ...expected, stop_reason: 'refusal', stop_sequence: null })
  assert.deepEqual([lost, whole.lost], [['executableCode'], ['executableCode']])
})

test('the frames of a stream, to the letter', () => {
  const writer = eventWriter(OPTIONS)
  const out = [...reply([[{ kind: 'text' }, { text: 'Hi' }]]), { type: 'usage', usage } as ChatEvent].map((event) =>
    writer.write(event),
  )
  assert.match(out[0]!, /^event: message_start\ndata: \{"type":"message_start",.*"input_tokens":7,.*\n\nevent: ping\n/)
  assert.equal(out[1], '')
  assert.equal(
    out[2],
    'event: content_block_start\ndata: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}\n\n' +
      'event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hi"}}\n\n',
  )
  assert.equal(out[4], '', 'message_delta waits for the usage')
  assert.match(
    out[5]!,
    /^event: message_delta\n.*"input_tokens":11.*\n\nevent: message_stop\ndata: \{"type":"message_stop"\}\n\n$/,
  )
  assert.equal(writer.end(), '')
})

test('what a message cannot show is lost by name', () => {
  const second = { type: 'part-start', choice: 1, part: 0, kind: 'text' } as ChatEvent
  const nowhere = { title: 'x', source: { dialect: 'gemini', value: {} } }
  const events = reply([[{ kind: 'text' }, { text: 'a', logprobs: { content: [] }, citation: nowhere }]])
  for (const lost of [rewrite([...events, second]).lost, writeReply([...events, second], OPTIONS).lost])
    assert.deepEqual([...lost].sort(), ['citations', 'logprobs', 'n'])
})
