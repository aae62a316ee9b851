import assert from 'node:assert/strict'
import { test } from 'node:test'
import { GatewayError } from '../../server/core/errors.ts'
import type { ChatEvent, PartKind } from '../../server/core/events.ts'
import { usageOf } from '../../server/core/usage.ts'
import { ReplyViewBuilder, readReplyView } from '../../server/evaluators/reply-view.ts'

function part(choice: number, number: number, kind: PartKind, texts: string[], name?: string): ChatEvent[] {
  return [
    { type: 'part-start', choice, part: number, kind, ...(name === undefined ? {} : { name, id: 'call_1' }) },
    ...texts.map((text): ChatEvent => ({ type: 'part-delta', choice, part: number, text })),
    { type: 'part-end', choice, part: number },
  ]
}

const START: ChatEvent = { type: 'reply-start', id: 'x', model: 'm', created: 0 }

test('of a reply the first choice is seen: text, refusal, tool calls and its end', () => {
  const view = readReplyView([
    START,
    ...part(0, 0, 'reasoning', ['hm']),
    ...part(0, 1, 'text', ['Hel', '', 'lo ']),
    ...part(1, 0, 'text', ['another choice']),
    ...part(0, 2, 'tool-call', ['{"a"', ':1}'], 'first'),
    ...part(0, 3, 'tool-call', [], 'second'),
    ...part(0, 4, 'opaque', ['x']),
    ...part(0, 5, 'text', ['world']),
    ...part(0, 6, 'refusal', ['no']),
    { type: 'ping' },
    { type: 'finish', choice: 1, reason: 'length', raw: null },
    { type: 'finish', choice: 0, reason: 'tool-calls', raw: null },
    { type: 'usage', usage: usageOf({}, null) },
  ])
  assert.deepEqual(view, {
    text: 'Hello world',
    refusal: 'no',
    toolCalls: [
      { name: 'first', arguments: '{"a":1}' },
      { name: 'second', arguments: '' },
    ],
    finishReason: 'tool-calls',
  })
})

test('a reply that nobody has begun, or that broke off, is seen as far as it came', () => {
  assert.deepEqual(readReplyView([]), { text: '', refusal: '', toolCalls: [], finishReason: null })
  const error: ChatEvent = { type: 'error', error: new GatewayError('upstream_cut', 'cut') }
  const cut = readReplyView([START, ...part(0, 0, 'text', ['Hel']).slice(0, 2), error])
  assert.deepEqual(cut, { text: 'Hel', refusal: '', toolCalls: [], finishReason: null })
})

test('a view that was taken does not change any more', () => {
  const builder = new ReplyViewBuilder()
  const events = part(0, 0, 'tool-call', ['{', '}'], 'look_up')
  for (const event of events.slice(0, 2)) builder.see(event)
  const early = builder.view()
  for (const event of events.slice(2)) builder.see(event)
  assert.equal(early.toolCalls[0]!.arguments, '{')
  assert.equal(builder.view().toolCalls[0]!.arguments, '{}')
})
