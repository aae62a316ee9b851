import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { APIError } from 'openai'
import type { ResponseStreamEvent } from 'openai/resources/responses/responses'
import { GatewayError } from '../../server/core/errors.ts'
import type { ChatEvent } from '../../server/core/events.ts'
import { openaiResponses } from '../../server/dialects/openai-responses/index.ts'
import { cut, recordings, recordingsMissing } from '../support/recordings.ts'
import { CHUNKINGS, type Json, OPTIONS, readAll, reply, usage } from './openai-support.ts'
import { accumulate, clientOf, eventsOf, REQUEST, writeStream as write } from './responses-support.ts'

/** A reply of a foreign provider with everything in it. */
const FOREIGN: ChatEvent[] = [
  ...reply(
    [
      {
        start: { kind: 'reasoning' },
        deltas: [{ text: 'Let ' }, { text: 'me.', state: { issuer: 'anthropic-messages', value: 's' } }],
      },
      { start: { kind: 'text' }, deltas: [{ text: 'Grüße ' }, { text: '🎉' }] },
      {
        start: { kind: 'text' },
        deltas: [
          { text: 'Quoted', citation: { url: 'https://a', source: { dialect: 'gemini', value: {} } } },
          { text: '', citation: { source: { dialect: 'gemini', value: {} } } },
        ],
      },
      { start: { kind: 'opaque', dialect: 'gemini' }, deltas: [{ text: '', value: { type: 'executable_code' } }] },
      { start: { kind: 'tool-call', id: 'c1', name: 'crm__find' }, deltas: [{ text: '{"x"' }, { text: ':1}' }] },
      { start: { kind: 'tool-call', id: 'c2', name: 'patch' }, deltas: [{ text: '{"input":' }, { text: '"*** x"}' }] },
      { start: { kind: 'tool-call', id: 'c3', name: 'other', custom: true }, deltas: [{ text: 'free' }] },
    ],
    'tool-calls',
  ),
  { type: 'usage', usage: usage({ input: 3, cacheRead: 2, output: 7, reasoning: 1 }) },
]

describe('a foreign reply as a stream', () => {
  const { text, lost } = write(FOREIGN)
  const events = eventsOf(text)

  it('has the order of events that OpenAI has', () => {
    assert.deepEqual(
      events.map(({ type }) => String(type).replace('response.', '')),
      `created in_progress
      output_item.added reasoning_summary_part.added reasoning_summary_text.delta reasoning_summary_text.delta
      reasoning_summary_text.done reasoning_summary_part.done output_item.done
      output_item.added content_part.added output_text.delta output_text.delta output_text.done content_part.done
      content_part.added output_text.delta output_text.annotation.added output_text.done content_part.done output_item.done
      output_item.added function_call_arguments.delta function_call_arguments.delta function_call_arguments.done output_item.done
      output_item.added custom_tool_call_input.delta custom_tool_call_input.done output_item.done
      output_item.added custom_tool_call_input.delta custom_tool_call_input.done output_item.done
      completed`.split(/\s+/),
    )
    assert.deepEqual(
      events.map((event) => event.sequence_number),
      events.map((_, index) => index),
    )
    assert.ok(!text.includes('[DONE]'))
    for (const [line, kind] of text.matchAll(/^event: (.*)$/gm))
      assert.ok(text.includes(`${line}\ndata: {"type":"${kind}"`))
  })

  it('adds up in OpenAI’s client to what its last event says', async () => {
    const seen: ResponseStreamEvent[] = []
    const stream = clientOf(text).responses.stream({ model: 'm', input: 'x' })
    for await (const event of stream) seen.push(event)
    const final = await stream.finalResponse()
    assert.equal(seen.length, events.length)
    assert.equal(final.output_text, 'Grüße 🎉Quoted')
    const { output } = events.at(-1)!.response as { output: Json[] }
    const done = events.filter(({ type }) => type === 'response.output_item.done').map(({ item }) => item)
    assert.deepEqual(done, output)
    assert.deepEqual(
      output.map(({ type, name, namespace, input, arguments: json }) => [type, name, namespace, input ?? json]),
      [
        ['reasoning', undefined, undefined, undefined],
        ['message', undefined, undefined, undefined],
        ['function_call', 'find', 'crm', '{"x":1}'],
        ['custom_tool_call', 'patch', undefined, '*** x'],
        ['custom_tool_call', 'other', undefined, 'free'],
      ],
    )
    assert.equal(new Set(output.map(({ id }) => id)).size, 5)
    assert.ok(String(output[0]!.id).startsWith(openaiResponses.foreignMark!))
    assert.ok(!('encrypted_content' in output[0]!))
  })

  it('repeats the request and says that nothing is stored', () => {
    for (const { response } of [events[0]!, events.at(-1)!] as { response: Json }[]) {
      assert.match(String(response.id), /^resp_/)
      const { instructions, tools, temperature, top_p, metadata, reasoning, store, previous_response_id } = response
      assert.deepEqual(
        [instructions, tools, temperature, top_p, metadata],
        ['Be brief.', REQUEST.tools, 0.5, 1, { a: 'b' }],
      )
      assert.deepEqual([reasoning, store, previous_response_id], [{ effort: 'low', summary: null }, false, null])
    }
    assert.deepEqual((events.at(-1)!.response as Json).usage, {
      input_tokens: 5,
      input_tokens_details: { cached_tokens: 2, cache_write_tokens: 0 },
      output_tokens: 7,
      output_tokens_details: { reasoning_tokens: 1 },
      total_tokens: 12,
    })
  })

  it('names what it has no place for', () => assert.deepEqual(lost, ['citations', 'executable_code']))

  it('is the same whole', () => {
    const { body, lost: names } = openaiResponses.writeReply(FOREIGN, { ...OPTIONS, request: REQUEST })
    assert.deepEqual({ ...body, completed_at: 0 }, { ...(events.at(-1)!.response as Json), completed_at: 0 })
    assert.deepEqual(names.sort(), lost)
  })

  it('an empty reply is one, too', async () => {
    const empty = write(reply([]))
    assert.deepEqual((await accumulate(empty.text)).output, [])
    const blank = write(reply([{ start: { kind: 'text' }, deltas: [] }]))
    assert.equal((await accumulate(blank.text)).output_text, '')
  })

  it('ends as incomplete where it is', async () => {
    const { text: cutOff } = write(
      reply([{ start: { kind: 'text' }, deltas: [{ text: 'a' }] }], 'length', 'max_tokens'),
    )
    const final = eventsOf(cutOff).at(-1)!
    assert.equal(final.type, 'response.incomplete')
    assert.deepEqual((final.response as Json).incomplete_details, { reason: 'max_output_tokens' })
    assert.equal((final.response as { output: Json[] }).output[0]!.status, 'incomplete')
  })
})

describe('an error in a stream', () => {
  const error = new GatewayError('upstream_cut', 'It broke.')
  const fails = async (text: string) => {
    const stream = await clientOf(text).responses.create({ model: 'm', input: 'x', stream: true })
    await assert.rejects(
      async () => {
        for await (const _ of stream);
      },
      (thrown) => thrown instanceof APIError && /It broke\./.test(thrown.message),
    )
    const [last, before] = eventsOf(text).reverse()
    assert.deepEqual([before!.type, last!.type], ['error', 'response.failed'])
    const failed = last!.response as Json
    assert.deepEqual([failed.status, (failed.error as Json).code], ['failed', 'server_error'])
    assert.deepEqual(
      [before!.sequence_number, last!.sequence_number],
      [eventsOf(text).length - 2, eventsOf(text).length - 1],
    )
  }
  it('from the writer', () => {
    const writer = openaiResponses.eventWriter({ ...OPTIONS, request: REQUEST })
    return fails(
      [...FOREIGN.slice(0, 4), { type: 'error', error } as const].map((event) => writer.write(event)).join(''),
    )
  })
  it('from the tap', () => {
    const tap = openaiResponses.tap({ stripUsage: false })
    const begun = write(FOREIGN)
      .text.split(/(?<=\n\n)/)
      .slice(0, 6)
      .join('')
    tap.push(Buffer.from(begun))
    return fails(begun + tap.errorFrame(error))
  })
})

describe('recorded streams', { skip: recordingsMissing }, () => {
  const streams = recordings('openai-responses').filter(({ name }) => name.includes('/sse'))
  for (const { name, response } of streams) {
    it(`${name} passes the tap unchanged, read to its end`, () => {
      for (const size of CHUNKINGS) {
        const tap = openaiResponses.tap({ stripUsage: true })
        const out = cut(Buffer.from(response.body), size).flatMap((chunk) => tap.push(chunk) ?? [])
        const rest = tap.end()
        assert.equal(Buffer.concat([...out, ...(rest ? [rest] : [])]).toString(), response.body)
        const { complete, content, error, id, usage: counts } = tap.state
        assert.deepEqual([complete, content, error], [true, true, null])
        assert.ok(id?.startsWith('resp_') && counts)
      }
    })
    it(`${name} is understood by OpenAI’s client when written again`, async () => {
      const events = readAll(openaiResponses.eventReader(), response.body)
      const final = await accumulate(write(events).text)
      const original = eventsOf(response.body).at(-1)!.response as { id: string; output: Json[] }
      assert.equal(final.id, original.id)
      assert.deepEqual(
        final.output.map(({ id, type }) => [id, type]),
        original.output.map(({ id, type }) => [id, type]),
      )
    })
  }
})
