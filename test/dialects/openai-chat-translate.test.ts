import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Quirks } from '../../server/core/dialect.ts'
import { GatewayError } from '../../server/core/errors.ts'
import type { ChatRequest, Message } from '../../server/core/request.ts'
import { openaiChat } from '../../server/dialects/openai-chat/index.ts'
import { requestOf } from './dialect-support.ts'
import { errorOf, type Json, plain, read, translate } from './openai-support.ts'

const USER = { role: 'user', content: 'Hi' }
const ask = (more: Json = {}): Json => ({ model: 'm', messages: [USER], ...more })
const say = (...messages: Json[]): Json => ({ model: 'm', messages })
const back = (json: Json, quirks: Quirks = {}) => translate(openaiChat, openaiChat, json, quirks)
const f = { type: 'function', function: { name: 'f', parameters: { type: 'object' } } }
const callOf = (id: string, name = 'f', text = '{}') => ({ id, type: 'function', function: { name, arguments: text } })
/** A request of another dialect's client. */
const foreign = (messages: Message[], more: Partial<ChatRequest> = {}) =>
  requestOf({ dialect: 'anthropic-messages', messages, ...more })
const write = (request: ChatRequest, quirks: Quirks = {}) => {
  const { body, lost } = openaiChat.writeRequest(request, 'm', quirks)
  return { body: plain(body) as Json & { messages: Json[] }, lost: [...lost].sort() }
}

describe('departures of vendors', () => {
  const json = ask({
    seed: 3,
    n: 2,
    logit_bias: { 1: 2 },
    max_tokens: 9,
    stream: true,
    stream_options: { include_usage: true },
  })
  it('other names, refused members, the limit’s name, no stream options', () => {
    const quirks: Quirks = {
      renames: { seed: 'random_seed' },
      refuses: ['n', 'logit_bias'],
      maxTokens: 'max_tokens',
      refusesStreamOptions: true,
    }
    const { body, lost } = back(json, quirks)
    assert.deepEqual(body, { ...ask(), max_tokens: 9, random_seed: 3, stream: true })
    assert.deepEqual(lost, ['logit_bias', 'n'])
  })

  it('plain JSON where schemas are not understood', () => {
    const format = { type: 'json_schema', json_schema: { name: 'n', schema: {} } }
    const { body, lost } = back(ask({ response_format: format }), { jsonObjectOnly: true })
    assert.deepEqual([body.response_format, lost], [{ type: 'json_object' }, ['response_format']])
  })

  it('reasoning of earlier turns only where it is taken', () => {
    const turn = (reasoning: string) => say(USER, { role: 'assistant', content: 'x', reasoning_content: reasoning })
    const assistant = (quirks: Quirks, text = 'Hm') => {
      const { body, lost } = back(turn(text), quirks)
      return [(body.messages as Json[])[1], lost]
    }
    assert.deepEqual(assistant({}), [{ role: 'assistant', content: 'x' }, ['reasoning']])
    assert.deepEqual(assistant({}, ''), [{ role: 'assistant', content: 'x' }, []])
    assert.deepEqual(assistant({ reasoning: 'reasoning' }), [{ role: 'assistant', content: 'x', reasoning: 'Hm' }, []])
    const empty = { role: 'assistant', content: 'x', reasoning_content: '' }
    assert.deepEqual(assistant({ reasoning: 'reasoning_content' }, ''), [empty, []])
  })

  it('edits only what passing bytes need', () => {
    const head = (more: Json) => openaiChat.readHead(ask(more), {})
    const edit = (more: Json, model: string, quirks: Quirks = {}) =>
      openaiChat.edits(ask(more), head(more), model, quirks)
    assert.deepEqual(edit({}, 'm'), {})
    assert.deepEqual(edit({}, 'x"y'), { model: '"x\\"y"' })
    const options = { stream: true, stream_options: { include_obfuscation: false } }
    assert.deepEqual(edit(options, 'm'), { stream_options: '{"include_obfuscation":false,"include_usage":true}' })
    assert.deepEqual(edit(options, 'm', { refusesStreamOptions: true }), { stream_options: null })
    assert.deepEqual(edit({ stream: true }, 'm', { refusesStreamOptions: true }), {})
    assert.deepEqual(edit({ stream: true, stream_options: { include_usage: true } }, 'm'), {})
  })
})

describe('requests of foreign clients', () => {
  it('media in results follow behind the last result', () => {
    const result = (id: string, ...parts: Message['parts']): Message => ({
      role: 'tool',
      parts: [{ type: 'tool-result', id, parts }],
    })
    const png = { type: 'media', media: 'image', data: 'AAAA', mime: 'image/png' } as const
    const { body, lost } = write(foreign([result('a', png), result('b', { type: 'text', text: 'two' })]))
    assert.deepEqual(lost, [])
    assert.deepEqual(body.messages, [
      { role: 'tool', tool_call_id: 'a', content: '' },
      { role: 'tool', tool_call_id: 'b', content: 'two' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'From tool call a:' },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,AAAA' } },
        ],
      },
    ])
  })

  it('results and text in one message part ways, in order', () => {
    const parts: Message['parts'] = [
      { type: 'tool-result', id: 'a', parts: [{ type: 'text', text: '1' }] },
      { type: 'text', text: 'Go on.' },
    ]
    const { body } = write(foreign([{ role: 'user', parts }]))
    assert.deepEqual(body.messages, [
      { role: 'tool', tool_call_id: 'a', content: '1' },
      { role: 'user', content: 'Go on.' },
    ])
  })

  it('custom tools are functions, namespaces a part of the name, texts one string', () => {
    const assistant: Message = {
      role: 'assistant',
      parts: [
        { type: 'text', text: 'a' },
        { type: 'text', text: 'b' },
        { type: 'tool-call', id: '1', name: 'patch', arguments: 'x', custom: true },
        { type: 'tool-call', id: '2', name: 'f', namespace: 'n', arguments: '' },
      ],
    }
    const tools: ChatRequest['tools'] = [
      { type: 'custom', name: 'patch', format: { type: 'grammar', syntax: 'lark', definition: 'x' } },
      { type: 'function', name: 'f', namespace: { name: 'n' } },
      { type: 'hosted', name: 'web_search', dialect: 'openai-responses', value: {} },
    ]
    const { body, lost } = write(
      foreign([assistant], { dialect: 'openai-responses', tools, toolChoice: { mode: 'tool', name: 'f' } }),
    )
    assert.deepEqual(body.messages[0], {
      role: 'assistant',
      content: 'ab',
      tool_calls: [callOf('1', 'patch', '{"input":"x"}'), callOf('2', 'n__f')],
    })
    assert.deepEqual(
      (body.tools as { type: string; function: Json }[]).map((tool) => [tool.type, tool.function.name]),
      [
        ['function', 'patch'],
        ['function', 'n__f'],
      ],
    )
    assert.deepEqual(body.tool_choice, { type: 'function', function: { name: 'n__f' } })
    assert.deepEqual(lost, ['tools.patch.format', 'tools.web_search'])
  })

  it('names what has no place, and no more', () => {
    const parts: Message['parts'] = [
      { type: 'text', text: 'a', cache: {} },
      { type: 'media', media: 'video', url: 'https://a' },
      { type: 'media', media: 'file', url: 'https://a' },
      { type: 'opaque', dialect: 'anthropic-messages', value: { type: 'search_result' } },
    ]
    const state = { issuer: 'anthropic-messages', value: 'sig' } as const
    const messages: Message[] = [
      { role: 'user', parts },
      {
        role: 'assistant',
        parts: [
          { type: 'reasoning', text: 'Hm', state },
          { type: 'text', text: 'x', citations: [] },
        ],
      },
    ]
    const extra = { metadata: {}, container: 'c', service_tier: 'auto' }
    const { body, lost } = write(foreign(messages, { extra, reasoning: { budget: 9000 }, sampling: { topK: 5 } }))
    assert.deepEqual(lost, [
      'cache_control',
      'container',
      'file',
      'reasoning',
      'reasoning_budget',
      'search_result',
      'video',
    ])
    assert.deepEqual(body, {
      model: 'm',
      messages: [
        { role: 'user', content: 'a' },
        { role: 'assistant', content: 'x' },
      ],
      top_k: 5,
      reasoning_effort: 'high',
    })
  })
})

describe('requests that cannot be meant', () => {
  const WRONG: readonly (readonly [string, Json])[] = [
    ['messages.0.role', say({ role: 'robot', content: 'x' })],
    ['messages.0.content', say({ role: 'user', content: 5 })],
    ['messages.0.content.1', say({ role: 'user', content: [{ type: 'text', text: 'x' }, null] })],
    ['messages.0.content.0.text', say({ role: 'user', content: [{ type: 'text', text: {} }] })],
    ['messages.0.content.0.type', say({ role: 'user', content: [{ text: 'x' }] })],
    ['messages.0.content.0.image_url.url', say({ role: 'user', content: [{ type: 'image_url', image_url: {} }] })],
    ['messages.0.content.0.input_audio.data', say({ role: 'user', content: [{ type: 'input_audio' }] })],
    ['messages.0.tool_calls', say({ role: 'assistant', tool_calls: 'x' })],
    ['messages.0.tool_calls.0.function.name', say({ role: 'assistant', tool_calls: [{ id: 'a', function: {} }] })],
    ['messages.0.tool_calls.0.id', say({ role: 'assistant', tool_calls: [{ function: { name: 'f' } }] })],
    ['messages.0.tool_call_id', say({ role: 'tool', content: 'x' })],
    ['messages.0.name', say({ role: 'function', name: 'f', content: 'x' })],
    ['tools.0.function.name', ask({ tools: [{ type: 'function' }] })],
    ['tools.0.type', ask({ tools: [{}] })],
    ['tool_choice', ask({ tools: [f], tool_choice: 'perhaps' })],
    ['stop', ask({ stop: [1] })],
    ['top_k', ask({ top_k: 'x' })],
    ['response_format', ask({ response_format: 'json' })],
    ['response_format.json_schema', ask({ response_format: { type: 'json_schema' } })],
  ]
  for (const [param, json] of WRONG)
    it(param, () => {
      const error = errorOf(() => read(openaiChat, json))
      assert.deepEqual([error.code, error.param], ['invalid_request', param])
      assert.ok(error.message.includes(param))
    })

  it('no JSON makes it throw anything but an error of the gateway’s', () => {
    const names =
      'role content type text tool_calls function name arguments id tools tool_choice stop reasoning n image_url file'.split(
        ' ',
      )
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom(null, 0, '', 'user', 'assistant', 'tool', 'text', 'function', 'image_url', true),
        fc.array(tie('any'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom(...names), tie('any'), { maxKeys: 4 }),
      ),
    })).any
    const message = fc.record({
      role: fc.constantFrom('user', 'assistant', 'tool', 'system', 'x'),
      content: value,
      tool_calls: value,
      function_call: value,
      reasoning_details: value,
    })
    fc.assert(
      fc.property(fc.array(message, { minLength: 1, maxLength: 3 }), value, (messages, other) => {
        const json = {
          ...(typeof other === 'object' && other !== null && !Array.isArray(other) ? other : {}),
          model: 'm',
          messages,
        }
        try {
          openaiChat.writeRequest(read(openaiChat, json), 'x', {})
        } catch (error) {
          if (!(error instanceof GatewayError)) throw error
        }
      }),
      { numRuns: 3000 },
    )
  })
})
