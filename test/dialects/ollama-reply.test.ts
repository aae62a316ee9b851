import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { GatewayError } from '../../server/core/errors.ts'
import { ollamaChat } from '../../server/dialects/ollama/index.ts'
import { eventReader } from '../../server/dialects/ollama/read-reply.ts'
import { stopwatch } from '../../server/dialects/ollama/stopwatch.ts'
import { eventWriter } from '../../server/dialects/ollama/write-reply.ts'
import { ollamaGenerate } from '../../server/dialects/ollama-generate/index.ts'
import { cut, recordings, recordingsMissing } from '../support/recordings.ts'
import {
  assertFails,
  linesOf,
  meaning,
  OPTIONS,
  partEvents,
  plain,
  readAll,
  replyEvents,
  SIZES,
  USAGE,
  writeAll,
} from './dialect-support.ts'
import { checkOrder } from './openai-support.ts'

type Json = Record<string, unknown>
const ndjson = (...lines: unknown[]) => lines.map((line) => `${JSON.stringify(line)}\n`).join('')
const done = { done: true, done_reason: 'stop', prompt_eval_count: 3, eval_count: 4 }
const message = (content: Json) => ({
  model: 'm',
  created_at: '2025-01-02T03:04:05.123456789Z',
  message: { role: 'assistant', content: '', ...content },
  done: false,
})

describe('an Ollama reply, read', () => {
  const reasons: [string | undefined, string][] = [
    ['stop', 'stop'],
    ['length', 'length'],
    ['load', 'other'],
    ['unload', 'other'],
    [undefined, 'stop'],
    ['toString', 'other'],
  ]
  for (const [word, reason] of reasons)
    it(`ends with ${word}`, () => {
      const choice = meaning(ollamaChat.readReply({ ...message({}), done: true, done_reason: word })).choices[0]!
      assert.deepEqual([choice.finish, choice.finishRaw], [reason, word ?? null])
    })

  it('reads thoughts, text, calls and images, over several lines', () => {
    const events = readAll(
      eventReader(),
      ndjson(
        message({ thinking: 'h' }),
        message({ thinking: 'm' }),
        {
          ...message({ content: 'Grü' }),
          logprobs: [{ token: 'Grü', logprob: -0.1, top_logprobs: [{ token: 'x', logprob: -2 }] }],
        },
        message({ content: 'ße' }),
        message({
          tool_calls: [
            { id: 'a', function: { index: 0, name: 'f', arguments: { a: 1 } } },
            { function: { name: 'g' } },
          ],
        }),
        message({ tool_calls: [{ function: { name: 'h', arguments: '{"b"' } }] }),
        message({ images: ['AA=='] }),
        { ...message({}), ...done },
      ),
    )
    checkOrder(events)
    const [choice] = meaning(events).choices
    assert.deepEqual(
      choice!.parts.map(({ kind, id, name, text, value }) => [kind, id, name, text, value]),
      [
        ['reasoning', null, null, 'hm', undefined],
        ['text', null, null, 'Grüße', undefined],
        ['tool-call', 'a', 'f', '{"a":1}', undefined],
        ['tool-call', 'made up', 'g', '{}', undefined],
        ['tool-call', 'made up', 'h', '{"b"', undefined],
        ['opaque', null, null, '', { images: ['AA=='] }],
      ],
    )
    assert.deepEqual(choice!.logprobs, [
      {
        content: [
          { token: 'Grü', logprob: -0.1, bytes: null, top_logprobs: [{ token: 'x', logprob: -2, bytes: null }] },
        ],
      },
    ])
    assert.equal(choice!.finish, 'tool-calls')
    assert.deepEqual(events[0], {
      type: 'reply-start',
      id: 'chatcmpl-20250102030405123456789',
      model: 'm',
      created: 1_735_787_045,
    })
  })

  it('says that a stream was cut before its last line', () => {
    const text = ndjson(message({ content: 'a' }), { ...message({}), ...done })
    for (let length = 0; length < text.length - 2; length += 1)
      assertFails(() => readAll(eventReader(), text.slice(0, length)), 'upstream_cut')
    assert.equal(meaning(readAll(eventReader(), text.trimEnd())).choices[0]?.finish, 'stop')
  })

  it('takes errors inside a reply or a stream for failures', () => {
    assertFails(() => ollamaChat.readReply({ error: 'out of memory' }), 'upstream_error')
    assertFails(() => ollamaChat.readReply({ error: 'rate limit exceeded' }), 'upstream_rate_limited')
    const last = readAll(eventReader(), ndjson(message({ content: 'a' }), { error: 'oh' })).at(-1)
    assert.ok(last?.type === 'error' && last.error.message.endsWith('oh'))
  })

  it('refuses what is no reply of its', () => {
    for (const json of [null, 'x', [], {}, { embedding: [] }])
      assertFails(() => ollamaChat.readReply(json), 'upstream_invalid_reply')
    assertFails(() => eventReader().push(Buffer.from('hello\n')), 'upstream_invalid_reply')
  })
})

const FOREIGN = replyEvents(
  [
    ...partEvents(0, { kind: 'reasoning' }, { text: 'h' }, { text: 'm' }),
    ...partEvents(
      1,
      { kind: 'text' },
      { text: 'Grü' },
      { text: 'ße', citation: { source: { dialect: 'gemini', value: {} } } },
    ),
    ...partEvents(2, { kind: 'tool-call', id: 't1', name: 'f', namespace: 'ns' }, { text: '{"a"' }, { text: ':1}' }),
    ...partEvents(3, { kind: 'tool-call', id: 't2', name: 'c', custom: true }, { text: 'free' }),
    ...partEvents(4, { kind: 'tool-call', id: 't3', name: 'g' }, { text: '{"a":' }),
    ...partEvents(5, { kind: 'opaque', dialect: 'gemini' }, { value: { executableCode: {} } }),
  ],
  { reason: 'tool-calls', raw: 'tool_use' },
)
const CALLS = [
  { id: 't1', function: { index: 0, name: 'ns__f', arguments: { a: 1 } } },
  { id: 't2', function: { index: 1, name: 'c', arguments: { input: 'free' } } },
  { id: 't3', function: { index: 2, name: 'g', arguments: { arguments: '{"a":' } } },
]
const LAST = { done: true, done_reason: 'stop', prompt_eval_count: 10, eval_count: 9 }

/** What does not depend on when it was written. */
function timeless({
  created_at,
  total_duration,
  load_duration,
  prompt_eval_duration,
  eval_duration,
  ...rest
}: Json): Json {
  assert.ok(Math.abs(Date.parse(String(created_at)) - Date.now()) < 60_000)
  for (const duration of [total_duration, load_duration, prompt_eval_duration, eval_duration])
    if (rest.done === true) assert.ok(Number.isInteger(duration))
    else assert.equal(duration, undefined)
  return rest
}

describe('a foreign reply, written for an Ollama client', () => {
  it('whole', () => {
    const { body, lost } = ollamaChat.writeReply(FOREIGN, OPTIONS)
    assert.deepEqual(timeless(plain(body)), {
      model: 'claude',
      message: { role: 'assistant', content: 'Grüße', thinking: 'hm', tool_calls: CALLS },
      ...LAST,
    })
    assert.deepEqual(lost.sort(), ['citations', 'executableCode'])
  })

  it('streamed, a line each and a call when it is whole', () => {
    const writer = ollamaChat.eventWriter(OPTIONS)
    const lines = linesOf(writeAll(writer, FOREIGN)).map(timeless)
    const line = (content: Json) => ({
      model: 'claude',
      message: { role: 'assistant', content: '', ...content },
      done: false,
    })
    assert.deepEqual(lines, [
      line({ thinking: 'h' }),
      line({ thinking: 'm' }),
      line({ content: 'Grü' }),
      line({ content: 'ße' }),
      ...CALLS.map((call) => line({ tool_calls: [call] })),
      { ...line({}), ...LAST },
    ])
    assert.deepEqual([...writer.lost].sort(), ['citations', 'executableCode'])
  })

  it('measures in nanoseconds, from the first to the last content', () => {
    let now = 1000
    const writer = eventWriter(
      OPTIONS,
      stopwatch(undefined, () => now),
    )
    const text = FOREIGN.map((event) => {
      now += 10
      return writer.write(event)
    }).join('')
    now += 500
    const last = linesOf(text + writer.end()).at(-1)!
    const at = (wanted: (event: (typeof FOREIGN)[number]) => boolean) => (FOREIGN.findIndex(wanted) + 1) * 10
    const first = at((event) => event.type === 'part-delta')
    const end = at((event) => event.type === 'part-end' && event.part === 4)
    assert.deepEqual(
      [last.total_duration, last.load_duration, last.prompt_eval_duration, last.eval_duration],
      [(FOREIGN.length * 10 + 500) * 1e6, 0, first * 1e6, (end - first) * 1e6],
    )
  })

  it('tells the durations of Ollama’s own replies', () => {
    const raw = { total_duration: 9, load_duration: 1, prompt_eval_duration: 2, eval_duration: 3 }
    const events = [
      ...replyEvents(partEvents(0, {}, { text: 'a' })).slice(0, -1),
      { type: 'usage', usage: { ...USAGE, raw } } as const,
    ]
    const { total_duration, load_duration, prompt_eval_duration, eval_duration } = ollamaChat.writeReply(
      events,
      OPTIONS,
    ).body
    assert.deepEqual({ total_duration, load_duration, prompt_eval_duration, eval_duration }, raw)
  })

  it('names the model that was asked for where the provider does not repeat it', () => {
    const events = replyEvents(partEvents(0, {}, { text: 'a' })).map((event) =>
      event.type === 'reply-start' ? { ...event, model: '' } : event,
    )
    const options = { ...OPTIONS, request: { model: 'route' } }
    assert.equal(ollamaChat.writeReply(events, options).body.model, 'route')
    assert.ok(linesOf(writeAll(ollamaChat.eventWriter(options), events)).every(({ model }) => model === 'route'))
  })

  it('has one choice alone', () => {
    const events = [
      ...replyEvents(partEvents(0, {}, { text: 'one' })),
      ...partEvents(0, { choice: 1 }, { text: 'two' }),
    ]
    const writer = ollamaChat.eventWriter(OPTIONS)
    assert.ok(!writeAll(writer, events).includes('two'))
    assert.deepEqual([[...writer.lost], ollamaChat.writeReply(events, OPTIONS).lost], [['n'], ['n']])
  })

  it('says what went wrong in its shape', () => {
    const error = new GatewayError('upstream_timeout', 'Too slow.')
    assert.deepEqual(ollamaChat.writeError(error), { error: error.advice })
    const line = ndjson({ error: error.advice })
    for (const dialect of [ollamaChat, ollamaGenerate]) {
      assert.equal(dialect.tap({ stripUsage: false }).errorFrame(error), line)
      assert.equal(dialect.eventWriter(OPTIONS).write({ type: 'error', error }), line)
    }
  })
})

describe('recorded Ollama traffic', { skip: recordingsMissing }, () => {
  const recorded = recordings('ollama').filter(({ request }) => /api\/(chat|generate)$/.test(request.path))
  for (const { name, request, response, shape } of recorded) {
    const dialect = request.path.endsWith('chat') ? ollamaChat : ollamaGenerate
    it(`reads, writes and follows ${name}`, () => {
      const head = dialect.readHead(request.body, {})
      assert.equal(head.stream, shape === 'ndjson')
      const asked = dialect.readRequest(request.body, head)
      assert.deepEqual([asked.messages.length, asked.extra, asked.sampling], [1, {}, {}])
      const whole =
        shape === 'json' ? ollamaChat.readReply(JSON.parse(response.body)) : readAll(eventReader(), response.body)
      checkOrder(whole)
      const { usage, choices } = meaning(whole)
      assert.ok(usage !== null && usage.output > 0)
      const written = dialect.writeReply(whole, OPTIONS)
      assert.deepEqual(written.lost, [])
      assert.deepEqual(meaning(ollamaChat.readReply(plain(written.body))).choices, choices)
      assert.deepEqual(
        meaning(readAll(eventReader(), writeAll(dialect.eventWriter(OPTIONS), whole), 5)).choices,
        choices,
      )
      if (shape === 'json') assert.equal(dialect.tapReply(JSON.parse(response.body)).complete, true)
      for (const size of shape === 'ndjson' ? SIZES : []) {
        assert.deepEqual(meaning(readAll(eventReader(), response.body, size)), meaning(whole))
        const tap = dialect.tap({ stripUsage: false })
        const out = cut(Buffer.from(response.body), size).flatMap((chunk) => tap.push(chunk) ?? [])
        assert.equal(Buffer.concat(out).toString(), response.body)
        assert.deepEqual([tap.end(), tap.state.complete, tap.state.usage], [null, true, usage])
      }
    })
  }
})
