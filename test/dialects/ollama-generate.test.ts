import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ChatRequest } from '../../server/core/request.ts'
import { ollamaChat } from '../../server/dialects/ollama/index.ts'
import { ollamaGenerate } from '../../server/dialects/ollama-generate/index.ts'
import { assertRefused, linesOf, OPTIONS, partEvents, plain, replyEvents, writeAll } from './dialect-support.ts'

const PNG = 'iVBORw0KGgoAAA=='

function read(json: Record<string, unknown>): ChatRequest {
  const body = plain({ model: 'm', prompt: 'Hi', ...json })
  return ollamaGenerate.readRequest(body, ollamaGenerate.readHead(body, {}))
}

describe('an Ollama generate request', () => {
  it('becomes a conversation', () => {
    const json = {
      system: 'Be brief.',
      images: [PNG],
      options: { temperature: 0, num_ctx: 9 },
      format: 'json',
      think: 'low',
      stream: false,
    }
    assert.deepEqual(read(json), {
      dialect: 'ollama-generate',
      model: 'm',
      messages: [
        { role: 'system', parts: [{ type: 'text', text: 'Be brief.' }] },
        {
          role: 'user',
          parts: [
            { type: 'text', text: 'Hi' },
            { type: 'media', media: 'image', data: PNG, mime: 'image/png' },
          ],
        },
      ],
      tools: [],
      sampling: { temperature: 0 },
      output: { type: 'json' },
      reasoning: { effort: 'low', show: true },
      stream: false,
      streamUsage: true,
      extra: { options: { num_ctx: 9 } },
    })
  })

  it('keeps what only Ollama understands, and names it as lost where it is asked for as chat', () => {
    const json = { suffix: 'b', template: 't', context: [1], raw: true, keep_alive: 0 }
    assert.deepEqual(read(json).extra, json)
    assert.deepEqual(ollamaChat.writeRequest(read(json), 'm', {}).lost, ['suffix', 'template', 'context', 'raw'])
    assert.deepEqual(read({ suffix: '', template: '', context: [], raw: false, images: [], system: '' }).extra, {})
  })

  const refused: [string, Record<string, unknown>, string][] = [
    ['no prompt, which only loads the model', { prompt: '' }, 'prompt'],
    ['a prompt of another type', { prompt: ['Hi'] }, 'prompt'],
    ['a system of another type', { system: {} }, 'system'],
    ['images of another type', { images: 'x' }, 'images'],
    ['options of another type', { options: [] }, 'options'],
    ['no model', { model: null }, 'model'],
  ]
  for (const [what, json, param] of refused) it(`refuses ${what}`, () => assertRefused(() => read(json), param))
})

it('writes a reply as text beside thoughts, with no place for calls', () => {
  const parts = [
    ...partEvents(0, { kind: 'reasoning' }, { text: 'hm' }),
    ...partEvents(1, { kind: 'text' }, { text: 'a' }, { text: 'b' }),
    ...partEvents(2, { kind: 'tool-call', id: '1', name: 'f' }, { text: '{}' }),
  ]
  const { body, lost } = ollamaGenerate.writeReply(replyEvents(parts), OPTIONS)
  assert.deepEqual(
    [body.response, body.thinking, body.done, body.done_reason, lost],
    ['ab', 'hm', true, 'stop', ['tool_calls']],
  )
  const writer = ollamaGenerate.eventWriter(OPTIONS)
  const lines = linesOf(writeAll(writer, replyEvents(parts.slice(0, -3))))
  assert.deepEqual(
    lines.map(({ response, thinking, done }) => [response, thinking, done]),
    [
      ['', 'hm', false],
      ['a', undefined, false],
      ['b', undefined, false],
      ['', undefined, true],
    ],
  )
  assert.deepEqual([...writer.lost], [])
})
