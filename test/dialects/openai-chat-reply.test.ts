import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ChatEvent } from '../../server/core/events.ts'
import { openaiChat } from '../../server/dialects/openai-chat/index.ts'
import { isThinking } from '../../server/dialects/openai-chat/own-state.ts'
import { recordings, recordingsMissing } from '../support/recordings.ts'
import { CHUNKINGS, checkOrder, gist, type Json, OPTIONS, plain, readAll, reply } from './openai-support.ts'

const VENDORS = ['openai-chat', 'groq', 'mistral', 'openrouter', 'vllm', 'huggingface-tgi', 'deepseek']
const read = (text: string, size?: number) => readAll(openaiChat.eventReader(), text, size)
const whole = (message: Json, more: Json = {}) => ({
  id: 'c1',
  model: 'm',
  created: 1,
  choices: [{ index: 0, message, finish_reason: 'stop', ...more }],
})
const parts = (events: ChatEvent[]) => gist(events).choices[0]!.parts

describe('recorded chat streams', { skip: recordingsMissing }, () => {
  const all = recordings(...VENDORS).filter(({ response }) => response.status === 200)
  for (const { name, response } of all) {
    const streamed = response.headers['content-type']!.includes('event-stream')
    it(name, () => {
      if (!streamed) {
        const events = openaiChat.readReply(JSON.parse(response.body))
        checkOrder(events)
        const { choices, usage: counts } = gist(events)
        assert.ok(choices[0]!.parts.length > 0 && choices[0]!.finish !== null && counts !== null)
        return
      }
      const failed = /"error":/.test(response.body)
      const gists = CHUNKINGS.map((size) => {
        const events = read(response.body, size)
        checkOrder(events.filter(({ type }) => type !== 'error'))
        assert.equal(events.at(-1)!.type === 'error', failed)
        return gist(events.filter(({ type }) => type !== 'error'))
      })
      for (const other of gists) assert.deepEqual(other, gists[0])
      const text = [...response.body.matchAll(/^data: (\{.*)$/gm)]
        .map(([, json]) => JSON.parse(json!).choices?.[0]?.delta?.content)
        .filter((content) => typeof content === 'string')
        .join('')
      const texts = gists[0]!.choices[0]!.parts.filter(({ kind }) => kind === 'text').map((part) => part.text)
      assert.equal(texts.join(''), text)
    })
  }

  /** Mistral's mark of its thinking is for Mistral: to clients of chat the content stays a string. */
  const unmarked = (events: ChatEvent[]): ChatEvent[] =>
    events.map((event) => {
      if (event.type !== 'part-delta' || !isThinking(event.state)) return event
      const { state: _, ...rest } = event
      return rest
    })

  it('come out of the writer as they went in', () => {
    for (const { name, response } of all) {
      if (/"error":/.test(response.body)) continue
      const streamed = response.headers['content-type']!.includes('event-stream')
      const events = streamed ? read(response.body) : openaiChat.readReply(JSON.parse(response.body))
      const written = plain(openaiChat.writeReply(events, OPTIONS)).body
      assert.deepEqual(gist(openaiChat.readReply(written)), gist(unmarked(events)), name)
      const writer = openaiChat.eventWriter(OPTIONS)
      const text = events.map((event) => writer.write(event)).join('') + writer.end()
      assert.deepEqual(gist(read(text)), gist(unmarked(events)), name)
      assert.deepEqual([...writer.lost], [], name)
    }
  })
})

describe('what a message can hold', () => {
  const MESSAGES: readonly (readonly [string, Json, unknown[]])[] = [
    ['text', { content: 'Hi' }, [{ kind: 'text', text: 'Hi' }]],
    [
      'reasoning of vLLM and DeepSeek',
      { reasoning_content: 'Hm', content: 'Hi' },
      [
        { kind: 'reasoning', text: 'Hm' },
        { kind: 'text', text: 'Hi' },
      ],
    ],
    ['refusal', { content: null, refusal: 'No.' }, [{ kind: 'refusal', text: 'No.' }]],
    [
      'a call and a custom one',
      {
        content: '',
        tool_calls: [
          { id: 'a', type: 'function', function: { name: 'f', arguments: '{}' } },
          { id: 'b', type: 'custom', custom: { name: 'g', input: 'x y' } },
        ],
      },
      [
        { kind: 'tool-call', id: 'a', name: 'f', text: '{}' },
        { kind: 'tool-call', id: 'b', name: 'g', custom: true, text: 'x y' },
      ],
    ],
    [
      'a citation',
      {
        content: 'Yes.',
        annotations: [
          { type: 'url_citation', url_citation: { url: 'https://a', title: 'A', start_index: 0, end_index: 3 } },
        ],
      },
      [
        {
          kind: 'text',
          text: 'Yes.',
          citations: [
            {
              url: 'https://a',
              title: 'A',
              start: 0,
              end: 3,
              source: {
                dialect: 'openai-chat',
                value: {
                  type: 'url_citation',
                  url_citation: { url: 'https://a', title: 'A', start_index: 0, end_index: 3 },
                },
              },
            },
          ],
        },
      ],
    ],
    [
      'speech',
      { content: null, audio: { id: 'au', data: 'AA==', transcript: 'Hi', expires_at: 5 } },
      [
        {
          kind: 'opaque',
          value: { type: 'message.audio', value: { id: 'au', data: 'AA==', transcript: 'Hi', expires_at: 5 } },
        },
      ],
    ],
    [
      'a signed call of Gemini',
      {
        tool_calls: [
          {
            id: 'a',
            type: 'function',
            function: { name: 'f', arguments: '{}' },
            extra_content: { google: { thought_signature: 'S' } },
          },
        ],
      },
      [
        {
          kind: 'tool-call',
          id: 'a',
          name: 'f',
          text: '{}',
          state: { extra_content: { google: { thought_signature: 'S' } } },
        },
      ],
    ],
    [
      'reasoning details of OpenRouter',
      {
        content: 'Hi',
        reasoning: 'Hm',
        reasoning_details: [{ type: 'reasoning.text', text: 'Hm', signature: 'S', index: 0 }],
      },
      [
        {
          kind: 'reasoning',
          text: 'Hm',
          state: { reasoning_details: [{ type: 'reasoning.text', text: 'Hm', signature: 'S', index: 0 }] },
        },
        { kind: 'text', text: 'Hi' },
      ],
    ],
  ]
  for (const [name, message, expected] of MESSAGES)
    it(name, () => {
      const events = openaiChat.readReply(whole(message))
      checkOrder(events)
      assert.deepEqual(parts(events), expected)
      const written = plain(openaiChat.writeReply(events, OPTIONS)).body
      assert.deepEqual(parts(openaiChat.readReply(written)), expected)
      const writer = openaiChat.eventWriter(OPTIONS)
      const text = events.map((event) => writer.write(event)).join('') + writer.end()
      assert.deepEqual(parts(read(text)), expected)
    })

  it('reads arguments that are an object, calls without ids, numbers or names', () => {
    const calls = [
      { function: { name: 'f', arguments: { a: 1 } } },
      { function: { name: 'g' } },
      { id: 'x', function: null },
      null,
      {},
    ]
    const found = parts(openaiChat.readReply(whole({ tool_calls: calls })))
    assert.deepEqual(
      found.map(({ name, text }) => [name, text]),
      [
        ['f', '{"a":1}'],
        ['g', undefined],
        ['', undefined],
      ],
    )
    assert.match(found[0]!.id!, /^call_[0-9a-f]{24}$/)
    assert.notEqual(found[0]!.id, found[1]!.id)
  })

  it('answers old clients of `functions` in their own words', () => {
    const request = { functions: [{ name: 'f' }] }
    const start = { kind: 'tool-call', id: 'a', name: 'f' } as const
    const events = reply([{ start, deltas: [{ text: '{}' }] }], 'tool-calls')
    const { body } = plain(openaiChat.writeReply(events, { ...OPTIONS, request }))
    const choice = (body.choices as Json[])[0]!
    assert.equal(choice.finish_reason, 'function_call')
    assert.deepEqual((choice.message as Json).function_call, { name: 'f', arguments: '{}' })
  })

  it('gives a custom tool its text although the provider knew it as a function', () => {
    const request = { tools: [{ type: 'custom', custom: { name: 'patch' } }] }
    const deltas = [{ text: '{"inp' }, { text: 'ut":"*** x"}' }]
    const events = reply([{ start: { kind: 'tool-call', id: 'a', name: 'patch' }, deltas }], 'tool-calls')
    const expected = [{ kind: 'tool-call', id: 'a', name: 'patch', custom: true, text: '*** x' }]
    const { body } = plain(openaiChat.writeReply(events, { ...OPTIONS, request }))
    assert.deepEqual(parts(openaiChat.readReply(body)), expected)
    const writer = openaiChat.eventWriter({ ...OPTIONS, request })
    assert.deepEqual(parts(read(events.map((event) => writer.write(event)).join('') + writer.end())), expected)
  })
})
