import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import OpenAI from 'openai'
import { GatewayError } from '../../server/core/errors.ts'
import type { ChatEvent, FinishReason } from '../../server/core/events.ts'
import { openaiChat } from '../../server/dialects/openai-chat/index.ts'
import { openaiCompletions } from '../../server/dialects/openai-completions/index.ts'
import { cut } from '../support/recordings.ts'
import {
  CHUNKINGS,
  errorOf,
  frames,
  type Json,
  OPTIONS,
  plain,
  read,
  reply,
  translate,
  usage,
} from './openai-support.ts'

const token = (name: string) => ({
  token: name,
  logprob: -1,
  bytes: null,
  top_logprobs: [{ token: name, logprob: -1 }],
})
const REPLY: ChatEvent[] = [
  ...reply([
    { start: { kind: 'reasoning' }, deltas: [{ text: 'Hm' }] },
    {
      start: { kind: 'text' },
      deltas: [
        { text: 'Once ', logprobs: { content: [token('Once ')] } },
        { text: 'upon', logprobs: { content: [token('upon')] } },
      ],
    },
  ]),
  { type: 'usage', usage: usage({ input: 3, cacheRead: 2, output: 4 }) },
]
const whole = (events: ChatEvent[], request: Json = {}) => {
  const { body, lost } = openaiCompletions.writeReply(events, { ...OPTIONS, request })
  return { body: plain(body) as Json & { choices: Json[] }, lost: [...lost].sort() }
}
const stream = (events: ChatEvent[], request: Json = {}, asked = true) => {
  const writer = openaiCompletions.eventWriter({ ...OPTIONS, usage: asked, request })
  const text = events.map((event) => writer.write(event)).join('') + writer.end()
  return { text, lost: [...writer.lost].sort() }
}
const collected = async (text: string) => {
  const fetch = async () => new Response(text, { headers: { 'content-type': 'text/event-stream' } })
  const client = new OpenAI({ apiKey: 'unused', baseURL: 'http://gatehouse.test/v1', maxRetries: 0, fetch })
  const chunks = []
  for await (const chunk of await client.completions.create({ model: 'm', prompt: 'x', stream: true }))
    chunks.push(chunk)
  return chunks
}

describe('requests', () => {
  it('are a chat of one message', () => {
    const json = {
      model: 'm',
      prompt: ['Once'],
      max_tokens: 5,
      temperature: 0.5,
      stop: '\n',
      n: 2,
      best_of: 2,
      logprobs: 3,
      seed: 1,
      echo: true,
      suffix: null,
      logit_bias: { 5: 1 },
      user: 'u',
    }
    const { body, lost } = translate(openaiCompletions, openaiChat, json)
    assert.deepEqual(lost, [])
    assert.deepEqual(body, {
      model: 'm',
      messages: [{ role: 'user', content: 'Once' }],
      max_completion_tokens: 5,
      temperature: 0.5,
      stop: ['\n'],
      n: 2,
      logprobs: true,
      top_logprobs: 3,
      seed: 1,
      logit_bias: { 5: 1 },
      user: 'u',
    })
  })

  it('lose what chat has no place for', () => {
    const { lost } = translate(openaiCompletions, openaiChat, { model: 'm', prompt: 'x', suffix: 'y', best_of: 3 })
    assert.deepEqual(lost, ['best_of', 'suffix'])
  })

  it('with several prompts, or tokens, pass to a provider of completions only', () => {
    for (const prompt of [
      ['a', 'b'],
      [1, 2],
      [[1], [2]],
    ]) {
      assert.equal(openaiCompletions.readHead({ model: 'm', prompt }, {}).model, 'm')
      const error = errorOf(() => read(openaiCompletions, { model: 'm', prompt }))
      assert.deepEqual([error.code, error.param], ['invalid_request', 'prompt'])
    }
  })

  it('that cannot be meant are refused by name', () => {
    const cases: readonly (readonly [string, Json])[] = [
      ['model', { prompt: 'x' }],
      ['prompt', { model: 'm' }],
      ['prompt', { model: 'm', prompt: 5 }],
      ['prompt', { model: 'm', prompt: [] }],
      ['max_tokens', { model: 'm', prompt: 'x', max_tokens: -1 }],
      ['stream', { model: 'm', prompt: 'x', stream: 1 }],
      ['stop', { model: 'm', prompt: 'x', stop: 1 }],
      ['echo', { model: 'm', prompt: 'x', echo: 'yes' }],
    ]
    for (const [param, json] of cases) assert.equal(errorOf(() => read(openaiCompletions, json)).param, param)
    const any = fc.dictionary(
      fc.constantFrom('prompt', 'stop', 'n', 'echo', 'logprobs', 'stream_options', 'seed'),
      fc.jsonValue(),
    )
    fc.assert(
      fc.property(any, (json) => {
        try {
          read(openaiCompletions, { model: 'm', ...json })
        } catch (error) {
          assert.ok(error instanceof GatewayError)
        }
      }),
    )
  })

  it('get usage asked for in passing bytes', () => {
    const json = { model: 'm', prompt: 'x', stream: true }
    const head = openaiCompletions.readHead(json, {})
    assert.deepEqual(openaiCompletions.edits(json, head, 'n', {}), {
      model: '"n"',
      stream_options: '{"include_usage":true}',
    })
  })
})

describe('replies', () => {
  it('whole: text without reasoning, log-probabilities side by side', () => {
    const { body, lost } = whole(REPLY)
    assert.deepEqual(lost, [])
    assert.equal(body.object, 'text_completion')
    assert.deepEqual(body.choices, [
      {
        text: 'Once upon',
        index: 0,
        logprobs: {
          tokens: ['Once ', 'upon'],
          token_logprobs: [-1, -1],
          top_logprobs: [{ 'Once ': -1 }, { upon: -1 }],
          text_offset: [0, 5],
        },
        finish_reason: 'stop',
      },
    ])
    assert.equal((body.usage as Json).prompt_tokens, 5)
  })

  it('streamed: OpenAI’s client finds the same', async () => {
    const chunks = await collected(stream(REPLY).text)
    assert.equal(chunks.map(({ choices }) => choices[0]?.text ?? '').join(''), 'Once upon')
    assert.deepEqual(
      chunks.flatMap(({ choices }) => choices[0]?.logprobs?.text_offset ?? []),
      [0, 5],
    )
    assert.deepEqual(chunks.map(({ choices }) => choices[0]?.finish_reason).filter(Boolean), ['stop'])
    assert.equal(chunks.at(-1)!.usage!.total_tokens, 9)
    assert.ok(!stream(REPLY, {}, false).text.includes('"usage"'))
  })

  it('repeat the prompt when asked to', async () => {
    const request = { echo: true, prompt: 'Tell: ' }
    assert.equal(whole(REPLY, request).body.choices[0]!.text, 'Tell: Once upon')
    const chunks = await collected(stream(REPLY, request).text)
    assert.equal(chunks.map(({ choices }) => choices[0]?.text ?? '').join(''), 'Tell: Once upon')
    assert.deepEqual(
      chunks.flatMap(({ choices }) => choices[0]?.logprobs?.text_offset ?? []),
      [6, 11],
    )
    assert.equal((await collected(stream(reply([]), request).text))[0]!.choices[0]!.text, 'Tell: ')
  })

  it('name what cannot be text', () => {
    const events = reply([
      { start: { kind: 'refusal' }, deltas: [{ text: 'No.' }] },
      { start: { kind: 'tool-call', id: 'c', name: 'f' }, deltas: [{ text: '{}' }] },
      { start: { kind: 'opaque', dialect: 'gemini' }, deltas: [{ text: '', value: {} }] },
    ])
    assert.deepEqual(whole(events).lost, ['opaque', 'tool_calls'])
    assert.deepEqual(stream(events).lost, ['opaque', 'tool_calls'])
    assert.equal(whole(events).body.choices[0]!.text, 'No.')
  })

  it('end with one of three words', () => {
    const words: Readonly<Record<FinishReason, string>> = {
      stop: 'stop',
      length: 'length',
      'tool-calls': 'stop',
      'content-filter': 'content_filter',
      other: 'stop',
    }
    for (const [reason, word] of Object.entries(words))
      assert.equal(whole(reply([], reason as FinishReason)).body.choices[0]!.finish_reason, word)
  })

  it('of several choices keep them apart', async () => {
    const events: ChatEvent[] = [
      { type: 'reply-start', id: 'r', model: 'm', created: 1 },
      ...[0, 1].flatMap((choice): ChatEvent[] => [
        { type: 'part-start', choice, part: 0, kind: 'text' },
        { type: 'part-delta', choice, part: 0, text: `t${choice}` },
        { type: 'part-end', choice, part: 0 },
        { type: 'finish', choice, reason: 'stop', raw: null },
      ]),
    ]
    assert.deepEqual(
      whole(events).body.choices.map(({ index, text }) => [index, text]),
      [
        [0, 't0'],
        [1, 't1'],
      ],
    )
    const chunks = await collected(stream(events).text)
    assert.deepEqual(
      chunks.map(({ choices }) => [choices[0]!.index, choices[0]!.text]),
      [
        [0, 't0'],
        [0, ''],
        [1, 't1'],
        [1, ''],
      ],
    )
  })
})

describe('the tap over passing bytes', () => {
  const chunk = (text: string, reason: string | null = null) => ({
    id: 'c',
    model: 'm',
    choices: [{ text, index: 0, finish_reason: reason }],
  })
  const counts = { prompt_tokens: 3, completion_tokens: 4 }
  it('sees content, end and usage, and takes usage out that nobody asked for', () => {
    const kept = frames(chunk('Once'), chunk('', 'length'))
    const bytes = `${kept}${frames({ id: 'c', choices: [], usage: counts }, '[DONE]')}`
    for (const size of CHUNKINGS) {
      const tap = openaiCompletions.tap({ stripUsage: true })
      const out = cut(Buffer.from(bytes), size).flatMap((piece) => tap.push(piece) ?? [])
      tap.end()
      assert.equal(Buffer.concat(out).toString(), `${kept}data: [DONE]\n\n`)
      const { content, complete, finishReason, usage: seen, model } = tap.state
      assert.deepEqual([content, complete, finishReason, seen?.output, model], [true, true, 'length', 4, 'm'])
    }
    const begun = openaiCompletions.tap({ stripUsage: true })
    begun.push(Buffer.from(frames(chunk('Once'))))
    assert.deepEqual([begun.state.content, begun.state.complete], [true, false])
  })

  it('reads a whole reply', () => {
    const state = openaiCompletions.tapReply({ ...chunk('Once', 'stop'), usage: counts })
    assert.deepEqual([state.complete, state.finishReason, state.usage?.input], [true, 'stop', 3])
  })
})
