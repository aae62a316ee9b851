import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { GatewayError } from '../../server/core/errors.ts'
import { openaiChat } from '../../server/dialects/openai-chat/index.ts'
import { checkOrder, errorOf, frames, gist, type Json, OPTIONS, readAll } from './openai-support.ts'

const read = (text: string) => readAll(openaiChat.eventReader(), text)
const delta = (content: Json, more: Json = {}) => ({
  id: 'c1',
  model: 'm',
  created: 1,
  choices: [{ index: 0, delta: content, finish_reason: null, ...more }],
})
const end = delta({}, { finish_reason: 'tool_calls' })
const call = (index: number, text: string, more: Json = {}) => ({ index, ...more, function: { arguments: text } })
const first = (index: number, id: string, name: string, text = '') => ({
  index,
  id,
  type: 'function',
  function: { name, arguments: text },
})
/** The parts of a stream whose chunks have these deltas. */
const partsOf = (...deltas: Json[]) => {
  const events = read(frames(...deltas.map((content) => delta(content)), end, '[DONE]'))
  checkOrder(events)
  return gist(events).choices[0]!.parts
}
const calls = (...list: Json[]) => ({ tool_calls: list })
const tool = (id: string, name: string, text: string) => ({ kind: 'tool-call', id, name, text })

describe('parallel calls in a stream', () => {
  it('one after the other', () => {
    const parts = partsOf(
      calls(first(0, 'a', 'f')),
      calls(call(0, '{"x"')),
      calls(call(0, ':1}')),
      calls(first(1, 'b', 'g', '{}')),
    )
    assert.deepEqual(parts, [tool('a', 'f', '{"x":1}'), tool('b', 'g', '{}')])
  })

  it('mixed with each other', () => {
    const parts = partsOf(
      calls(first(0, 'a', 'f'), first(1, 'b', 'g')),
      calls(call(1, '{"y"'), call(0, '{"x"')),
      calls(call(1, ':2}')),
      calls(first(2, 'c', 'h', '{"z":3}')),
      calls(call(0, ':1}')),
    )
    assert.deepEqual(parts, [tool('a', 'f', '{"x":1}'), tool('b', 'g', '{"y":2}'), tool('c', 'h', '{"z":3}')])
  })

  it('the open one streams as it comes', () => {
    const reader = openaiChat.eventReader()
    const push = (content: Json) => reader.push(Buffer.from(frames(delta(content)))).map(({ type }) => type)
    assert.deepEqual(push(calls(first(0, 'a', 'f', '{'))), ['reply-start', 'part-start', 'part-delta'])
    assert.deepEqual(push(calls(first(1, 'b', 'g', '{'))), [])
    assert.deepEqual(push(calls(call(0, '}'))), ['part-delta', 'part-end', 'part-start', 'part-delta'])
    assert.deepEqual(push(calls(call(1, '}'))), ['part-delta'])
  })

  it('text in the middle of a call waits for its end', () => {
    const parts = partsOf(
      { content: 'Let me see.' },
      calls(first(0, 'a', 'f', '{"x"')),
      { content: 'Meanwhile' },
      calls(call(0, ':1}')),
      { content: ' more' },
    )
    assert.deepEqual(parts, [
      { kind: 'text', text: 'Let me see.' },
      tool('a', 'f', '{"x":1}'),
      { kind: 'text', text: 'Meanwhile more' },
    ])
  })

  it('arguments that never become JSON lose nothing', () => {
    const parts = partsOf(calls(first(0, 'a', 'f', '{"x"')), calls(first(1, 'b', 'g', '{}')), calls(call(0, ' oops')))
    assert.deepEqual(parts, [tool('a', 'f', '{"x" oops'), tool('b', 'g', '{}')])
  })

  it('whole calls without numbers, with ids or without', () => {
    const whole = (name: string, more: Json = {}) => ({ ...more, function: { name, arguments: '{}' } })
    const parts = partsOf(calls(whole('f', { id: 'a' }), whole('g', { id: 'b' })), calls(whole('h')))
    assert.deepEqual(parts.slice(0, 2), [tool('a', 'f', '{}'), tool('b', 'g', '{}')])
    assert.match(parts[2]!.id!, /^call_/)
    assert.equal(parts[2]!.name, 'h')
  })

  it('one number for all of them, told apart by their ids', () => {
    const parts = partsOf(calls(first(0, 'a', 'f', '{}')), calls(first(0, 'b', 'f', '{"n":2}')))
    assert.deepEqual(parts, [tool('a', 'f', '{}'), tool('b', 'f', '{"n":2}')])
  })

  it('id and name repeated in every piece', () => {
    const parts = partsOf(calls(first(0, 'a', 'f', '{"x"')), calls(first(0, 'a', 'f', ':1}')))
    assert.deepEqual(parts, [tool('a', 'f', '{"x":1}')])
  })

  it('empty ids, or the same for two calls', () => {
    const parts = partsOf(calls(first(0, '', 'f', '{}'), first(1, 'x', 'g', '{}'), first(2, 'x', 'h', '{}')))
    assert.equal(new Set(parts.map(({ id }) => id)).size, 3)
    assert.deepEqual(
      parts.map(({ name }) => name),
      ['f', 'g', 'h'],
    )
  })

  it('a name that comes a chunk later', () => {
    const parts = partsOf(calls({ index: 0, id: 'a' }), calls({ index: 0, function: { name: 'f', arguments: '{}' } }))
    assert.deepEqual(parts, [tool('a', 'f', '{}')])
  })

  it('a whole call said twice is one', () => {
    const parts = partsOf(
      calls(first(0, 'a', 'f', '{"x":1}')),
      calls(first(1, 'b', 'g', '{}')),
      calls(first(0, 'a', 'f', '{"x":1}')),
    )
    assert.deepEqual(parts, [tool('a', 'f', '{"x":1}'), tool('b', 'g', '{}')])
  })

  it('arguments that go on after their end are an error, not another call’s', () => {
    const late = () => partsOf(calls(first(0, 'a', 'f', '{}')), calls(first(1, 'b', 'g', '{')), calls(call(0, '"x"}')))
    assert.equal(errorOf(late).code, 'upstream_invalid_reply')
  })

  it('any mixture of pieces is the same calls', () => {
    const argumentTexts = fc.array(
      fc.dictionary(fc.string(), fc.jsonValue()).map((value) => JSON.stringify(value)),
      {
        minLength: 1,
        maxLength: 4,
      },
    )
    fc.assert(
      fc.property(
        argumentTexts,
        fc.infiniteStream(fc.nat(3)),
        fc.infiniteStream(fc.integer({ min: 1, max: 5 })),
        (texts, order, sizes) => {
          const rest = [...texts]
          const begun = new Set<number>()
          const pieces: Json[] = []
          while (rest.some((text) => text !== '')) {
            const index = order.next().value! % texts.length
            // Vendors begin their calls in order, whatever follows.
            if (rest[index] === '' || (index > 0 && !begun.has(index - 1))) continue
            const size = sizes.next().value!
            const text = rest[index]!.slice(0, size)
            pieces.push(calls(begun.has(index) ? call(index, text) : first(index, `id${index}`, `f${index}`, text)))
            begun.add(index)
            rest[index] = rest[index]!.slice(size)
          }
          assert.deepEqual(
            partsOf(...pieces),
            texts.map((text, index) => tool(`id${index}`, `f${index}`, text)),
          )
        },
      ),
      { numRuns: 200 },
    )
  })
})

describe('streams as vendors make them', () => {
  it('choices mixed with each other', () => {
    const chunk = (index: number, content: string, reason: string | null = null) => ({
      id: 'c',
      model: 'm',
      choices: [{ index, delta: { content }, finish_reason: reason }],
    })
    const text = frames(chunk(1, 'b'), chunk(0, 'a'), chunk(1, 'B', 'stop'), chunk(0, 'A', 'length'), '[DONE]')
    const events = read(text)
    checkOrder(events)
    const found = gist(events).choices.map(({ index, finish, parts }) => [index, finish, parts[0]!.text])
    assert.deepEqual(found, [
      [0, 'length', 'aA'],
      [1, 'stop', 'bB'],
    ])
    const writer = openaiChat.eventWriter(OPTIONS)
    const back = read(events.map((event) => writer.write(event)).join('') + writer.end())
    assert.deepEqual(gist(back), gist(events))
  })

  it('reasoning details in pieces, the sealed one after the text', () => {
    const details = (piece: Json) => ({ reasoning: piece.text ?? null, reasoning_details: [piece] })
    const parts = partsOf(
      details({ type: 'reasoning.text', text: 'Let ', index: 0 }),
      details({ type: 'reasoning.text', text: 'me', index: 0, signature: 'S' }),
      { content: 'Hi' },
      details({ type: 'reasoning.encrypted', data: 'E', index: 1 }),
    )
    assert.deepEqual(parts, [
      {
        kind: 'reasoning',
        text: 'Let me',
        state: { reasoning_details: [{ type: 'reasoning.text', text: 'Let me', index: 0, signature: 'S' }] },
      },
      { kind: 'text', text: 'Hi' },
      { kind: 'reasoning', state: { reasoning_details: [{ type: 'reasoning.encrypted', data: 'E', index: 1 }] } },
    ])
  })

  it('log-probabilities of text and of a refusal', () => {
    const token = (name: string) => ({ token: name, logprob: -1, bytes: null, top_logprobs: [] })
    const text = frames(
      delta({ content: 'a' }, { logprobs: { content: [token('a')], refusal: null } }),
      delta({ refusal: 'no' }, { logprobs: { content: null, refusal: [token('no')] } }),
      end,
      '[DONE]',
    )
    const { body } = openaiChat.writeReply(read(text), OPTIONS)
    assert.deepEqual((body.choices as Json[])[0]!.logprobs, { content: [token('a')], refusal: [token('no')] })
  })

  it('speech in pieces', () => {
    const parts = partsOf({ audio: { id: 'au', transcript: 'He' } }, { audio: { transcript: 'llo', data: 'AA==' } })
    assert.deepEqual(parts[0]!.value, { type: 'message.audio', value: { id: 'au', transcript: 'Hello', data: 'AA==' } })
  })

  it('an end without [DONE], an end without a reason, and no end', () => {
    assert.equal(gist(read(frames(delta({ content: 'a' }), end))).choices[0]!.finish, 'tool-calls')
    assert.equal(gist(read(frames(delta({ content: 'a' }), '[DONE]'))).choices[0]!.finish, 'stop')
    assert.equal(errorOf(() => read(frames(delta({ content: 'a' })))).code, 'upstream_cut')
    assert.equal(errorOf(() => read('')).code, 'upstream_cut')
    assert.equal(errorOf(() => read(frames('[DONE]'))).code, 'upstream_invalid_reply')
    assert.equal(errorOf(() => read(frames('<html>'))).code, 'upstream_invalid_reply')
  })

  it('no JSON makes it throw anything but an error of the gateway’s', () => {
    const members = [
      'choices',
      'delta',
      'message',
      'tool_calls',
      'function',
      'error',
      'usage',
      'content',
      'index',
      'id',
      'reasoning_details',
      'annotations',
      'audio',
      'custom',
    ]
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom(null, 0, '', 'x', true),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...members), tie('any'), { maxKeys: 4 }),
      ),
    })).any
    const only = (step: () => unknown) => {
      try {
        step()
      } catch (error) {
        if (!(error instanceof GatewayError)) throw error
      }
    }
    fc.assert(
      fc.property(value, value, (choices, other) => {
        const json = { id: 'c', choices, ...(typeof other === 'object' ? other : {}) }
        only(() => openaiChat.readReply(json))
        only(() => read(frames(json, other, '[DONE]')))
        only(() => openaiChat.tapReply(json))
      }),
      { numRuns: 2000 },
    )
  })
})
