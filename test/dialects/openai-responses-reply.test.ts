import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ChatEvent } from '../../server/core/events.ts'
import { openaiResponses } from '../../server/dialects/openai-responses/index.ts'
import { recordings, recordingsMissing } from '../support/recordings.ts'
import { CHUNKINGS, checkOrder, errorOf, gist, type Json, OPTIONS, plain, readAll } from './openai-support.ts'

const read = (text: string, size?: number) => readAll(openaiResponses.eventReader(), text, size)
const sse = (...events: Json[]) =>
  events
    .map((event, index) => `event: ${event.type}\ndata: ${JSON.stringify({ sequence_number: index, ...event })}\n\n`)
    .join('')
const response = (output: Json[], more: Json = {}): Json => ({
  id: 'resp_1',
  object: 'response',
  created_at: 1_700_000_000,
  model: 'm',
  status: 'completed',
  output,
  usage: {
    input_tokens: 9,
    input_tokens_details: { cached_tokens: 4 },
    output_tokens: 5,
    output_tokens_details: { reasoning_tokens: 2 },
    total_tokens: 14,
  },
  ...more,
})
const message = (content: Json[], more: Json = {}) => ({
  type: 'message',
  id: 'msg_1',
  role: 'assistant',
  status: 'completed',
  content,
  ...more,
})
const text = (value: string, annotations: Json[] = []) => ({
  type: 'output_text',
  text: value,
  annotations,
  logprobs: [],
})
const parts = (events: ChatEvent[]) => gist(events).choices[0]!.parts
const rewrite = (events: ChatEvent[]) => {
  const writer = openaiResponses.eventWriter(OPTIONS)
  return events.map((event) => writer.write(event)).join('') + writer.end()
}

describe('recorded responses', { skip: recordingsMissing }, () => {
  const all = recordings('openai-responses').filter(({ response: { status } }) => status === 200)
  for (const { name, response: recorded } of all) {
    const streamed = recorded.headers['content-type']!.includes('event-stream')
    it(name, () => {
      const gists = (streamed ? CHUNKINGS : [0]).map((size) => {
        const events = streamed ? read(recorded.body, size) : openaiResponses.readReply(JSON.parse(recorded.body))
        checkOrder(events)
        return gist(events)
      })
      for (const other of gists) assert.deepEqual(other, gists[0])
      const last = streamed
        ? JSON.parse(/data: (.*response\.completed.*)/.exec(recorded.body)![1]!).response
        : JSON.parse(recorded.body)
      assert.deepEqual(gist(openaiResponses.readReply(last)), gists[0], 'a stream says what its last event says')
      assert.equal(gists[0]!.usage!.input + gists[0]!.usage!.cacheRead, last.usage.input_tokens)
    })
    it(`${name} comes out of the writer as it went in`, () => {
      const events = streamed ? read(recorded.body) : openaiResponses.readReply(JSON.parse(recorded.body))
      const written = plain(openaiResponses.writeReply(events, OPTIONS))
      assert.deepEqual(gist(openaiResponses.readReply(written.body)), gist(events))
      assert.deepEqual(gist(read(rewrite(events))), gist(events))
      const last = streamed
        ? JSON.parse(/data: (.*response\.completed.*)/.exec(recorded.body)![1]!).response
        : JSON.parse(recorded.body)
      const output = (list: Json[]) =>
        list.map((item) => ({
          ...item,
          content: (item.content as Json[] | undefined)?.map((part) => ({ logprobs: [], ...part })),
        }))
      assert.deepEqual(
        plain(output(written.body.output as Json[])),
        plain(output(last.output)),
        'its items are the same',
      )
    })
  }
})

describe('what a response can hold', () => {
  const url = { type: 'url_citation', url: 'https://a', title: 'A', start_index: 0, end_index: 3 }
  const file = { type: 'file_citation', file_id: 'file-1', filename: 'a.pdf', index: 3 }
  const reasoning = {
    type: 'reasoning',
    id: 'rs_1',
    summary: [
      { type: 'summary_text', text: 'A' },
      { type: 'summary_text', text: 'B' },
    ],
    encrypted_content: 'E',
  }
  const search = { type: 'web_search_call', id: 'ws_1', status: 'completed', action: { type: 'search', query: 'q' } }
  const ITEMS: readonly (readonly [string, Json[], unknown[]])[] = [
    [
      'a message',
      [message([text('Hi')], { phase: 'final_answer' })],
      [{ kind: 'text', text: 'Hi', state: { item: { id: 'msg_1', phase: 'final_answer' } } }],
    ],
    [
      'two messages of several parts',
      [
        message([text('a'), { type: 'refusal', refusal: 'No.' }], { id: 'msg_0', phase: 'commentary' }),
        message([text('b'), text('c')]),
      ],
      [
        { kind: 'text', text: 'a', state: { item: { id: 'msg_0', phase: 'commentary' } } },
        { kind: 'refusal', text: 'No.' },
        { kind: 'text', text: 'b', state: { item: { id: 'msg_1' } } },
        { kind: 'text', text: 'c' },
      ],
    ],
    [
      'citations',
      [message([text('Yes.', [url, file])])],
      [
        {
          kind: 'text',
          text: 'Yes.',
          state: { item: { id: 'msg_1' } },
          citations: [
            { url: 'https://a', title: 'A', start: 0, end: 3, source: { dialect: 'openai-responses', value: url } },
            { title: 'a.pdf', source: { dialect: 'openai-responses', value: file } },
          ],
        },
      ],
    ],
    [
      'thoughts, a search and calls',
      [
        reasoning,
        search,
        {
          type: 'function_call',
          id: 'fc_1',
          call_id: 'c1',
          name: 'f',
          namespace: 'n',
          arguments: '{"x":1}',
          status: 'completed',
        },
        { type: 'custom_tool_call', id: 'ctc_1', call_id: 'c2', name: 'patch', input: '*** x', status: 'completed' },
      ],
      [
        { kind: 'reasoning', text: 'A\n\nB', state: reasoning },
        { kind: 'opaque', value: search },
        { kind: 'tool-call', id: 'c1', name: 'f', text: '{"x":1}', state: { item: { id: 'fc_1' } } },
        { kind: 'tool-call', id: 'c2', name: 'patch', custom: true, text: '*** x', state: { item: { id: 'ctc_1' } } },
      ],
    ],
  ]
  for (const [name, items, expected] of ITEMS)
    it(name, () => {
      const events = openaiResponses.readReply(response(items))
      checkOrder(events)
      assert.deepEqual(parts(events), expected)
      assert.deepEqual(gist(events).usage, { ...gist(events).usage, input: 5, cacheRead: 4, output: 5, reasoning: 2 })
      const { body } = plain(openaiResponses.writeReply(events, OPTIONS))
      assert.deepEqual(body.output, items)
      const streamed = rewrite(events)
      assert.deepEqual(parts(read(streamed)), expected)
      // The same from a server that leaves out all but the ends of items, or all but the end.
      const bare = sse(
        { type: 'response.created', response: response([]) },
        ...items.map((item, output_index) => ({ type: 'response.output_item.done', output_index, item })),
        { type: 'response.completed', response: response([]) },
      )
      assert.deepEqual(parts(read(bare)), expected)
      assert.deepEqual(parts(read(sse({ type: 'response.completed', response: response(items) }))), expected)
    })

  it('a call without an id gets one', () => {
    const [part] = parts(openaiResponses.readReply(response([{ type: 'function_call', name: 'f', arguments: '{}' }])))
    assert.match(part!.id!, /^call_/)
  })

  it('items that overlap come one after the other', () => {
    const call = (id: string) => ({ type: 'function_call', id, call_id: id, name: 'f', arguments: '' })
    const piece = (output_index: number, delta: string) => ({
      type: 'response.function_call_arguments.delta',
      output_index,
      delta,
    })
    const done = (output_index: number, id: string, json: string) => ({
      type: 'response.output_item.done',
      output_index,
      item: { ...call(id), arguments: json },
    })
    const events = read(
      sse(
        { type: 'response.created', response: response([]) },
        { type: 'response.output_item.added', output_index: 0, item: call('a') },
        { type: 'response.output_item.added', output_index: 1, item: call('b') },
        piece(1, '{"y"'),
        piece(0, '{"x"'),
        piece(1, ':2}'),
        done(1, 'b', '{"y":2}'),
        piece(0, ':1}'),
        done(0, 'a', '{"x":1}'),
        { type: 'response.completed', response: response([]) },
      ),
    )
    checkOrder(events)
    assert.deepEqual(
      parts(events).map(({ id, text: json }) => [id, json]),
      [
        ['a', '{"x":1}'],
        ['b', '{"y":2}'],
      ],
    )
  })
})

describe('how a response ends', () => {
  const call = { type: 'function_call', id: 'fc_1', call_id: 'c1', name: 'f', arguments: '{}', status: 'completed' }
  const incomplete = (reason: string) => ({ status: 'incomplete', incomplete_details: { reason } })
  const ENDS: readonly (readonly [string, Json[], Json, string])[] = [
    ['completed', [message([text('a')])], {}, 'stop'],
    ['calls', [call], {}, 'tool-calls'],
    ['too long', [message([text('a')], { status: 'incomplete' })], incomplete('max_output_tokens'), 'length'],
    ['filtered', [message([text('a')], { status: 'incomplete' })], incomplete('content_filter'), 'content-filter'],
    ['steered', [message([text('a')], { status: 'incomplete' })], incomplete('steered'), 'other'],
  ]
  for (const [name, items, more, reason] of ENDS)
    it(name, () => {
      const whole = response(items, more)
      const events = openaiResponses.readReply(whole)
      assert.equal(gist(events).choices[0]!.finish, reason)
      const { body } = plain(openaiResponses.writeReply(events, OPTIONS))
      assert.deepEqual([body.status, body.incomplete_details], [whole.status, whole.incomplete_details ?? null])
      assert.deepEqual(body.output, items)
      assert.equal(gist(read(rewrite(events))).choices[0]!.finish, reason)
    })

  const FAILURES: readonly (readonly [Json, string, number, boolean])[] = [
    [{ type: 'error', code: 'rate_limit_exceeded', message: 'x', param: null }, 'upstream_rate_limited', 429, true],
    [{ type: 'error', error: { type: 'server_error', code: null, message: 'x' } }, 'upstream_error', 502, true],
    [
      { type: 'response.failed', response: { status: 'failed', error: { code: 'server_error', message: 'x' } } },
      'upstream_error',
      502,
      true,
    ],
    [
      { type: 'response.failed', response: { error: { code: 'insufficient_quota', message: 'x' } } },
      'upstream_error',
      402,
      false,
    ],
    [
      { type: 'response.failed', response: { error: { code: 'context_length_exceeded', message: 'x' } } },
      'upstream_error',
      400,
      false,
    ],
    [{ type: 'response.failed' }, 'upstream_error', 502, true],
  ]
  for (const [event, code, status, retryable] of FAILURES)
    it(JSON.stringify(event), () => {
      const last = read(sse({ type: 'response.created', response: response([]) }, event)).at(-1)
      assert.ok(last?.type === 'error')
      assert.deepEqual([last.error.code, last.error.status, last.error.retryable], [code, status, retryable])
    })

  it('fails, is cut off, is something else', () => {
    assert.equal(
      errorOf(() =>
        openaiResponses.readReply(response([], { status: 'failed', error: { code: 'server_error', message: 'x' } })),
      ).code,
      'upstream_error',
    )
    assert.equal(errorOf(() => openaiResponses.readReply({})).code, 'upstream_invalid_reply')
    assert.equal(errorOf(() => read(sse({ type: 'response.created', response: response([]) }))).code, 'upstream_cut')
    assert.equal(errorOf(() => read('data: <html>\n\n')).code, 'upstream_invalid_reply')
    assert.equal(
      errorOf(() => openaiResponses.writeReply(read(sse({ type: 'error', message: 'x' })), OPTIONS)).code,
      'upstream_error',
    )
  })
})
