import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { EventStreamCodec } from '@smithy/eventstream-codec'
import { bedrockConverse } from '../../server/dialects/bedrock-converse/index.ts'
import { recordingsMissing } from '../support/recordings.ts'
import { CHUNKINGS, checkOrder, gist, type Json, readAll } from './claude-support.ts'

const { eventReader, readReply } = bedrockConverse
const FOLDER = fileURLToPath(new URL('../../../shared/fixtures/wire/bedrock-converse/', import.meta.url))
const recorded = (shape: string) =>
  recordingsMissing
    ? []
    : readdirSync(FOLDER)
        .filter((file) => file.startsWith(`${shape}-`))
        .map((file) => ({ file, ...JSON.parse(readFileSync(FOLDER + file, 'utf8')) }))

const codec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes as Uint8Array).toString(),
  (text) => Buffer.from(text),
)
const ISSUER = 'bedrock-converse'

function message(headers: Readonly<Record<string, string>>, body: Json): Buffer {
  const typed = Object.entries(headers).map(([name, value]) => [`:${name}`, { type: 'string' as const, value }])
  return Buffer.from(codec.encode({ headers: Object.fromEntries(typed), body: Buffer.from(JSON.stringify(body)) }))
}
const event = (name: string, body: Json) => message({ 'message-type': 'event', 'event-type': name }, body)
const exception = (name: string, body: Json) => message({ 'message-type': 'exception', 'exception-type': name }, body)
const delta = (contentBlockIndex: number, value: Json) =>
  event('contentBlockDelta', { contentBlockIndex, delta: value })
const close = (contentBlockIndex: number) => event('contentBlockStop', { contentBlockIndex })
const stream = (...messages: Buffer[]) => Buffer.concat([event('messageStart', { role: 'assistant' }), ...messages])
const stop = (stopReason: string) => event('messageStop', { stopReason })

test('every recorded stream reads the same at every chunking', { skip: recordingsMissing }, () => {
  const streams = recorded('eventstream')
  assert.equal(streams.length, 6)
  for (const { file, response } of streams) {
    const bytes = Buffer.from(response.body_base64, 'base64')
    const whole = readAll(eventReader(), bytes)
    checkOrder(whole)
    for (const size of CHUNKINGS) assert.deepEqual(readAll(eventReader(), bytes, size), whole, `${file} ${size}`)
    const { choices, usage } = gist(whole)
    assert.ok(
      choices[0]!.parts.some(({ kind, text }) => kind === 'text' && text.length > 30),
      file,
    )
    assert.equal(choices[0]!.finish, choices[0]!.finishRaw === 'end_turn' ? 'stop' : 'content-filter')
    const raw = usage!.raw as Json
    assert.deepEqual([usage!.input, usage!.output], [raw.inputTokens, raw.outputTokens])
  }
})

test('the recorded thoughts keep their signatures', { skip: recordingsMissing }, () => {
  const parts = (name: string) => {
    const { response } = recorded('eventstream').find(({ file }) => file.includes(name))
    return gist(readAll(eventReader(), Buffer.from(response.body_base64, 'base64'))).choices[0]!.parts
  }
  const [thought, answer] = parts('thinking_part_stream')
  assert.match(thought!.text, /^The user has greeted me/)
  assert.match(String((thought!.state!.value as Json).signature), /^Eu0C/)
  assert.equal(answer!.text, "Hello! It's nice to meet you. How can I help you today?")
  const redacted = parts('redacted')
  assert.deepEqual(
    redacted.map(({ kind, text }) => [kind, text === '']),
    [
      ['reasoning', true],
      ['reasoning', true],
      ['text', false],
    ],
  )
  assert.match(String((redacted[0]!.state!.value as Json).redacted), /^RXR/)
})

test('every recorded whole reply is read', { skip: recordingsMissing }, () => {
  const wholes = recorded('json')
  assert.equal(wholes.length, 6)
  for (const { file, response } of wholes) {
    const json = JSON.parse(response.body)
    const events = readReply(json)
    checkOrder(events)
    const { choices, usage } = gist(events)
    const [block] = json.output.message.content
    const [part] = choices[0]!.parts
    if (block.text !== undefined) assert.deepEqual([part!.kind, part!.text], ['text', block.text], file)
    else {
      assert.deepEqual([part!.kind, part!.id, part!.name], ['tool-call', block.toolUse.toolUseId, block.toolUse.name])
      assert.deepEqual(JSON.parse(part!.text), block.toolUse.input)
    }
    assert.equal(choices[0]!.finish, block.text === undefined ? 'tool-calls' : 'stop', file)
    const { input, cacheRead, cacheWrite, output } = usage!
    assert.equal(
      input + cacheRead + cacheWrite + output,
      json.usage.totalTokens,
      'the total counts cached tokens beside',
    )
  }
})

test('a stream reads into parts, whatever blocks it has', () => {
  const bytes = stream(
    delta(0, { reasoningContent: { text: 'hm' } }),
    delta(0, { reasoningContent: { signature: 'si' } }),
    delta(0, { reasoningContent: { signature: 'g' } }),
    close(0),
    delta(1, { text: 'See' }),
    delta(1, { citation: { title: 'T', sourceContent: [{ text: 'q' }], location: { web: { url: 'https://a' } } } }),
    close(1),
    event('contentBlockStart', { contentBlockIndex: 2, start: { toolUse: { toolUseId: 't1', name: 'a_x2e_b' } } }),
    delta(2, { toolUse: { input: '{"a"' } }),
    delta(2, { toolUse: { input: ':1}' } }),
    close(2),
    event('contentBlockStart', { contentBlockIndex: 3, start: { toolUse: { toolUseId: 't2', name: 'f' } } }),
    close(3),
    event('contentBlockStart', {
      contentBlockIndex: 4,
      start: { toolUse: { toolUseId: 's1', name: 'nova_grounding', type: 'server_tool_use' } },
    }),
    delta(4, { toolUse: { input: '{"q":1}' } }),
    close(4),
    event('contentBlockStart', { contentBlockIndex: 5, start: { toolResult: { toolUseId: 's1' } } }),
    delta(5, { toolResult: [{ text: 'r' }] }),
    close(5),
    event('neverSeenBefore', { x: 1 }),
    stop('end_turn'),
    event('metadata', {
      usage: { inputTokens: 3, outputTokens: 9, cacheReadInputTokens: 20, cacheWriteInputTokens: 4 },
    }),
  )
  const { choices, usage } = gist(readAll(eventReader(), bytes))
  const server = { toolUseId: 's1', name: 'nova_grounding', type: 'server_tool_use', input: { q: 1 } }
  assert.deepEqual(
    choices[0]!.parts.map(({ kind, id, name, text, value, state }) => [kind, id, name, text, value, state]),
    [
      ['reasoning', null, null, 'hm', undefined, { issuer: ISSUER, value: { signature: 'sig' } }],
      ['text', null, null, 'See', undefined, null],
      ['tool-call', 't1', 'a.b', '{"a":1}', undefined, null],
      ['tool-call', 't2', 'f', '{}', undefined, null],
      ['opaque', null, null, '', { toolUse: server }, null],
      ['opaque', null, null, '', { toolResult: { toolUseId: 's1', content: [{ text: 'r' }] } }, null],
    ],
  )
  const [citation] = choices[0]!.parts[1]!.citations
  assert.deepEqual([citation!.url, citation!.title, citation!.quote], ['https://a', 'T', 'q'])
  assert.deepEqual([choices[0]!.finish, choices[0]!.finishRaw], ['tool-calls', 'end_turn'])
  const { raw: _, ...counts } = usage!
  assert.deepEqual(counts, {
    input: 3,
    cacheRead: 20,
    cacheWrite: 4,
    output: 9,
    reasoning: 0,
    audioInput: 0,
    audioOutput: 0,
    estimated: false,
  })
})

test('a whole reply reads into parts as well', () => {
  const citations = [{ title: 'T', sourceContent: [{ text: 'q' }] }]
  const content = [
    { reasoningContent: { reasoningText: { text: 'hm', signature: 's' } } },
    { reasoningContent: { reasoningText: { text: 'unsigned' } } },
    { reasoningContent: { redactedContent: 'ZW5j' } },
    { citationsContent: { content: [{ text: 'a' }, { text: 'b' }], citations } },
    { image: { format: 'png' } },
    { toolUse: { toolUseId: 't', name: 'f', input: { a: 1 } } },
  ]
  const reply = { output: { message: { content } }, stopReason: 'tool_use', trace: { guardrail: {} } }
  const { choices, extra, usage } = gist(readReply(reply))
  assert.deepEqual(
    choices[0]!.parts.map(({ kind, text, value, state }) => [kind, text, value ?? state?.value]),
    [
      ['reasoning', 'hm', { signature: 's' }],
      ['reasoning', 'unsigned', undefined],
      ['reasoning', '', { redacted: 'ZW5j' }],
      ['text', 'ab', undefined],
      ['opaque', '', { image: { format: 'png' } }],
      ['tool-call', '{"a":1}', undefined],
    ],
  )
  assert.equal(choices[0]!.parts[3]!.citations[0]!.quote, 'q')
  assert.deepEqual([extra, usage], [{ trace: { guardrail: {} } }, null])
})

test('reasons to stop', () => {
  const table: [string, string][] = [
    ['end_turn', 'stop'],
    ['stop_sequence', 'stop'],
    ['max_tokens', 'length'],
    ['model_context_window_exceeded', 'length'],
    ['tool_use', 'tool-calls'],
    ['guardrail_intervened', 'content-filter'],
    ['content_filtered', 'content-filter'],
    ['malformed_tool_use', 'other'],
    ['not_known_yet', 'other'],
  ]
  for (const [word, reason] of table) {
    const { finish, finishRaw } = gist(readAll(eventReader(), stream(delta(0, { text: 'a' }), close(0), stop(word))))
      .choices[0]!
    assert.deepEqual([finish, finishRaw], [reason, word])
  }
})

test('exceptions inside a stream', () => {
  const table: [string, string, number, boolean][] = [
    ['throttlingException', 'upstream_rate_limited', 429, true],
    ['ServiceUnavailableException', 'upstream_error', 503, true],
    ['modelStreamErrorException', 'upstream_error', 502, true],
    ['internalServerException', 'upstream_error', 502, true],
    ['modelTimeoutException', 'upstream_timeout', 504, true],
    ['validationException', 'upstream_rejected', 400, false],
    ['neverSeenException', 'upstream_error', 502, true],
  ]
  for (const [name, code, status, retryable] of table) {
    const last = readAll(eventReader(), stream(delta(0, { text: 'a' }), exception(name, { message: 'why' }))).at(-1)!
    assert.ok(last.type === 'error')
    assert.deepEqual([last.error.code, last.error.status, last.error.retryable], [code, status, retryable], name)
    assert.match(last.error.message, /why/)
  }
  const error = message({ 'message-type': 'error', 'error-code': 'InternalFailure', 'error-message': 'why' }, {})
  const last = readAll(eventReader(), stream(error)).at(-1)!
  assert.ok(last.type === 'error' && last.error.message.includes('why'))
  assert.throws(() => readReply({ __type: 'com.amazon#ThrottlingException', message: 'why' }), {
    code: 'upstream_rate_limited',
  })
})

test('streams that are cut, and bytes that are none', () => {
  const bytes = stream(delta(0, { text: 'a' }))
  assert.throws(() => readAll(eventReader(), bytes), { code: 'upstream_cut' })
  assert.throws(() => readAll(eventReader(), bytes.subarray(0, -3)), { code: 'upstream_cut' })
  assert.throws(() => readAll(eventReader(), ''), { code: 'upstream_cut' })
  const broken = Buffer.from(bytes)
  broken[broken.length - 6]! ^= 1
  const huge = Buffer.alloc(64, 0xff)
  const odd = message({ 'message-type': 'event', 'event-type': 'messageStart' }, [1] as unknown as Json)
  for (const garbage of [broken, huge, Buffer.from('{"message":"this is JSON"}'), odd])
    for (const size of [1, 7, Number.POSITIVE_INFINITY])
      assert.throws(() => readAll(eventReader(), garbage, size), { code: 'upstream_invalid_reply' })
  for (const json of [null, 1, 'x', [], {}, { output: { message: {} } }])
    assert.throws(() => readReply(json), { code: 'upstream_invalid_reply' })
  const strange = stream(
    event('contentBlockStart', { start: null }),
    event('contentBlockDelta', { contentBlockIndex: 'x', delta: { toolUse: 5, text: null } }),
    delta(9, { reasoningContent: { text: 7 } }),
    delta(8, { toolUse: { input: 4 } }),
    event('metadata', { usage: 'many' }),
    stop('end_turn'),
  )
  checkOrder(readAll(eventReader(), strange))
})
