import assert from 'node:assert/strict'
import { test } from 'node:test'
import { GatewayError } from '../../server/core/errors.ts'
import { anthropicMessages } from '../../server/dialects/anthropic-messages/index.ts'
import { recordings, recordingsMissing } from '../support/recordings.ts'
import { assemble, frames, type Json, messageStart, OPTIONS, readAll } from './claude-support.ts'

const { eventReader, eventWriter, readReply } = anthropicMessages
const streams = recordings('anthropic-messages').filter(({ shape }) => shape === 'sse')

test('errors inside a stream, and errors that are written', () => {
  const table: [string, string, number, boolean][] = [
    ['overloaded_error', 'upstream_error', 529, true],
    ['api_error', 'upstream_error', 502, true],
    ['rate_limit_error', 'upstream_rate_limited', 429, true],
    ['timeout_error', 'upstream_timeout', 504, true],
    ['billing_error', 'upstream_rejected', 402, false],
    ['invalid_request_error', 'upstream_rejected', 400, false],
    ['authentication_error', 'upstream_unauthorized', 502, false],
  ]
  for (const [type, code, status, retryable] of table) {
    const json = { type: 'error', error: { type, message: 'why' } }
    const last = readAll(eventReader(), frames(messageStart(), json)).at(-1)!
    assert.ok(last.type === 'error')
    assert.deepEqual([last.error.code, last.error.status, last.error.retryable], [code, status, retryable])
    assert.match(last.error.message, /why/)
    assert.throws(() => readReply(json), { code })
  }
  const types: [number, boolean, string][] = [
    [400, false, 'invalid_request_error'],
    [401, false, 'authentication_error'],
    [403, false, 'permission_error'],
    [404, false, 'not_found_error'],
    [413, false, 'request_too_large'],
    [422, false, 'invalid_request_error'],
    [429, true, 'rate_limit_error'],
    [502, true, 'api_error'],
    [503, true, 'overloaded_error'],
    [504, true, 'timeout_error'],
    [529, true, 'overloaded_error'],
  ]
  for (const [status, retryable, type] of types) {
    const error = new GatewayError('upstream_error', 'Why', { status, retryable })
    assert.deepEqual(anthropicMessages.writeError(error), { type: 'error', error: { type, message: 'Why' } })
  }
  const writer = eventWriter(OPTIONS)
  const out = writer.write({ type: 'error', error: new GatewayError('upstream_cut', 'Cut.') })
  assert.equal(out, 'event: error\ndata: {"type":"error","error":{"type":"api_error","message":"Cut."}}\n\n')
  assert.equal(writer.end(), '')
})

test('streams that are cut, and bytes that are none', () => {
  const text = frames(messageStart(), {
    type: 'content_block_start',
    index: 0,
    content_block: { type: 'text', text: 'a' },
  })
  assert.throws(() => readAll(eventReader(), text), { code: 'upstream_cut' })
  assert.throws(() => readAll(eventReader(), ''), { code: 'upstream_cut' })
  assert.throws(() => readAll(eventReader(), 'data: {nonsense\n\n'), { code: 'upstream_invalid_reply' })
  for (const json of [null, 1, 'x', [], {}, { content: 'x' }])
    assert.throws(() => readReply(json), { code: 'upstream_invalid_reply' })
  const odd = ['null', '{}', '{"type":"content_block_delta","delta":null}', '{"type":"message_delta","delta":[]}']
  for (const data of odd) {
    const reader = eventReader()
    try {
      reader.push(Buffer.from(`data: ${data}\n\n`))
      reader.end()
    } catch (error) {
      assert.ok(error instanceof GatewayError, String(error))
    }
  }
})

test('a tap sees what passes through untouched', { skip: recordingsMissing }, () => {
  for (const { response } of streams) {
    const tap = anthropicMessages.tap({ stripUsage: false })
    const bytes = Buffer.from(response.body)
    const out = Buffer.concat([tap.push(bytes) ?? Buffer.alloc(0), tap.end() ?? Buffer.alloc(0)])
    assert.deepEqual(out, bytes)
    assert.ok(tap.state.complete && tap.state.content && tap.state.id?.startsWith('msg_'))
    assert.equal(tap.state.usage?.output, (assemble(response.body).usage as Json).output_tokens)
  }
})
