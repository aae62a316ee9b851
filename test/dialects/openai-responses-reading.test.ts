import assert from 'node:assert/strict'
import { it } from 'node:test'
import fc from 'fast-check'
import { GatewayError } from '../../server/core/errors.ts'
import { openaiResponses } from '../../server/dialects/openai-responses/index.ts'
import { gist, readAll } from './openai-support.ts'
import { accumulate, eventsOf, writeStream as write } from './responses-support.ts'

it('reasoning of OpenAI’s own keeps its paragraphs and its seal in a stream', async () => {
  const item = {
    type: 'reasoning',
    id: 'rs_1',
    summary: ['A', 'B'].map((text) => ({ type: 'summary_text', text })),
    content: [{ type: 'reasoning_text', text: 'C' }],
    encrypted_content: 'E',
  }
  const whole = { id: 'resp_1', created_at: 1, model: 'm', status: 'completed', output: [item] }
  const { text } = write(openaiResponses.readReply(whole))
  assert.deepEqual((await accumulate(text)).output, [item])
  const said = eventsOf(text).filter(({ type }) => /reasoning.*(delta|added)|content_part.added/.test(String(type)))
  assert.deepEqual(
    said.map(({ delta, summary_index, content_index }) => [delta, summary_index, content_index]),
    [
      [undefined, undefined, 0],
      ['C', undefined, 0],
      [undefined, 0, undefined],
      ['A', 0, undefined],
      [undefined, 1, undefined],
      ['B', 1, undefined],
    ],
  )
  assert.deepEqual(gist(readAll(openaiResponses.eventReader(), text)), gist(openaiResponses.readReply(whole)))
})

it('no JSON makes a reader throw anything but an error of the gateway’s', () => {
  const types = [
    'response.created',
    'response.output_item.added',
    'response.output_item.done',
    'response.output_text.delta',
    'response.reasoning_text.delta',
    'response.function_call_arguments.delta',
    'response.output_text.annotation.added',
    'response.completed',
    'response.failed',
    'error',
    'message',
    'function_call',
    'reasoning',
    'refusal',
  ]
  const names =
    'type item response output content output_index content_index delta error usage text summary status annotations call_id incomplete_details'.split(
      ' ',
    )
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom(null, 0, 1, '', true, ...types),
      fc.array(tie('any'), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...names), tie('any'), { maxKeys: 5 }),
    ),
  })).any
  const event = fc.record({
    type: fc.constantFrom(...types),
    item: value,
    response: value,
    output_index: fc.constantFrom(0, 1, null),
    delta: value,
    part: value,
  })
  const only = (step: () => unknown) => {
    try {
      step()
    } catch (error) {
      if (!(error instanceof GatewayError)) throw error
    }
  }
  fc.assert(
    fc.property(fc.array(event, { maxLength: 6 }), value, (list, json) => {
      only(() => openaiResponses.readReply(json))
      only(() => openaiResponses.tapReply(json))
      only(() => readAll(openaiResponses.eventReader(), list.map((one) => `data: ${JSON.stringify(one)}\n\n`).join('')))
    }),
    { numRuns: 2000 },
  )
})
