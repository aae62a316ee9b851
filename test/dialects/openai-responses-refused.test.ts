import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { GatewayError } from '../../server/core/errors.ts'
import { openaiChat } from '../../server/dialects/openai-chat/index.ts'
import { openaiResponses } from '../../server/dialects/openai-responses/index.ts'
import { errorOf, type Json, read } from './openai-support.ts'
import { output, say, user } from './responses-support.ts'

const ask = (more: Json = {}): Json => ({ model: 'm', input: [user('Hi')], ...more })

describe('requests that cannot be meant', () => {
  const WRONG: readonly (readonly [string, Json])[] = [
    ['model', { input: 'x' }],
    ['input', { model: 'm' }],
    ['input', { model: 'm', input: 5 }],
    ['previous_response_id', ask({ previous_response_id: 'resp_1' })],
    ['conversation', ask({ conversation: { id: 'conv_1' } })],
    ['background', ask({ background: true })],
    ['max_output_tokens', ask({ max_output_tokens: -1 })],
    ['stream', ask({ stream: 'yes' })],
    ['metadata', ask({ metadata: [] })],
    ['input.0', say(null as unknown as Json)],
    ['input.0', say({ type: 'item_reference', id: 'msg_1' })],
    ['input.0', say({ id: 'msg_1' })],
    ['input.0.type', say({ type: 5 })],
    ['input.0.role', say({ role: 'robot', content: 'x' })],
    ['input.0.content', say({ role: 'user', content: 5 })],
    ['input.0.content.0.text', say({ role: 'user', content: [{ type: 'input_text', text: [] }] })],
    ['input.0.call_id', say({ type: 'function_call', name: 'f' })],
    ['input.0.name', say({ type: 'function_call', call_id: 'c' })],
    ['input.0.output', say(output('c', 5))],
    ['tools.0.type', ask({ tools: [{}] })],
    ['tools.0.name', ask({ tools: [{ type: 'function' }] })],
    ['tools.0.tools.0.name', ask({ tools: [{ type: 'namespace', name: 'n', tools: [{}] }] })],
    ['tool_choice', ask({ tool_choice: 'perhaps' })],
    ['text.format', ask({ text: { format: 'json' } })],
    ['include', ask({ include: 'x' })],
  ]
  for (const [param, json] of WRONG)
    it(`${param} ${JSON.stringify(json).slice(0, 60)}`, () => {
      const error = errorOf(() => read(openaiResponses, json))
      assert.deepEqual([error.code, error.param], ['invalid_request', param])
    })

  it('says what to do instead of keeping state', () => {
    for (const name of ['previous_response_id', 'conversation'])
      assert.match(
        errorOf(() => read(openaiResponses, ask({ [name]: 'x' }))).message,
        /whole conversation.*store: false/,
      )
    assert.equal(read(openaiResponses, ask({ previous_response_id: null, store: true, background: false })).model, 'm')
  })

  it('no JSON makes it throw anything but an error of the gateway’s', () => {
    const names =
      'type role content text id call_id name arguments output summary tools format reasoning include input_audio image_url'.split(
        ' ',
      )
    const words = [
      'message',
      'user',
      'assistant',
      'function_call',
      'reasoning',
      'input_text',
      'input_image',
      'custom',
      'namespace',
      'x_call',
    ]
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom(null, 0, '', true, ...words),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...names), tie('any'), { maxKeys: 4 }),
      ),
    })).any
    const item = fc.record({
      type: fc.constantFrom(...words),
      role: fc.constantFrom('user', 'assistant', 'system'),
      content: value,
      call_id: fc.constant('c'),
      name: fc.constant('f'),
      output: value,
      summary: value,
    })
    fc.assert(
      fc.property(fc.array(fc.oneof(item, value), { maxLength: 3 }), value, (input, other) => {
        const json = {
          ...(typeof other === 'object' && other !== null && !Array.isArray(other) ? other : {}),
          model: 'm',
          input,
        }
        try {
          const request = read(openaiResponses, json)
          openaiResponses.writeRequest(request, 'x', {})
          openaiChat.writeRequest(request, 'x', {})
        } catch (error) {
          if (!(error instanceof GatewayError)) throw error
        }
      }),
      { numRuns: 3000 },
    )
  })
})
