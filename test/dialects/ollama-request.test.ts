import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ChatRequest, Message, Part, Reasoning } from '../../server/core/request.ts'
import { ollamaChat } from '../../server/dialects/ollama/index.ts'
import { assertRefused, plain, requestOf } from './dialect-support.ts'

const PNG = 'iVBORw0KGgoAAA=='
type Json = Record<string, unknown>

function read(json: Json): ChatRequest {
  const body = plain({ model: 'm', messages: [{ role: 'user', content: 'Hi' }], ...json })
  return ollamaChat.readRequest(body, ollamaChat.readHead(body, {}))
}

function write(members: Partial<ChatRequest>): { body: Json; lost: string[] } {
  return plain(ollamaChat.writeRequest(requestOf(members), 'm', {}))
}

describe('an Ollama chat request, read', () => {
  it('streams unless told not to', () => {
    const streams = [{}, { stream: null }, { stream: true }, { stream: false }].map((json) => read(json).stream)
    assert.deepEqual(streams, [true, true, true, false])
  })

  it('is passed on with another model alone', () => {
    const head = ollamaChat.readHead({ model: 'm', messages: [] }, {})
    assert.deepEqual(ollamaChat.edits({ model: 'm', messages: [] }, head, 'a"b', {}), { model: '"a\\"b"' })
  })

  const refused: [string, Json, string][] = [
    ['no model', { model: '' }, 'model'],
    ['messages that are none', { messages: 'Hi' }, 'messages'],
    ['no messages, which only loads the model', { messages: [] }, 'messages'],
    ['an unknown role', { messages: [{ role: 'bot' }] }, 'messages.0.role'],
    ['content in parts', { messages: [{ role: 'user', content: [] }] }, 'messages.0.content'],
    ['images that are no text', { messages: [{ role: 'user', images: [5] }] }, 'messages.0.images.0'],
    [
      'a call of nothing',
      { messages: [{ role: 'assistant', tool_calls: [{}] }] },
      'messages.0.tool_calls.0.function.name',
    ],
    ['a tool without a name', { tools: [{ type: 'function', function: {} }] }, 'tools.0.function.name'],
    ['a limit that is text', { options: { num_predict: '5' } }, 'options.num_predict'],
    ['a format of another type', { format: 5 }, 'format'],
    ['a level that is none', { think: 'hard' }, 'think'],
    ['a stream that is text', { stream: 'yes' }, 'stream'],
  ]
  for (const [what, json, param] of refused) it(`refuses ${what}`, () => assertRefused(() => read(json), param))

  it('takes empty strings and lists for nothing, as clients send them', () => {
    const request = read({ format: '', options: {}, keep_alive: null, tools: [], think: null })
    const { dialect, model, messages, tools, sampling, output, stream, streamUsage, extra } = request
    assert.deepEqual(request, { dialect, model, messages, tools, sampling, output, stream, streamUsage, extra })
    assert.deepEqual([tools, sampling, output, extra], [[], {}, { type: 'text' }, {}])
  })

  it('finds the calls that results belong to: by id, by name, in order', () => {
    const f = { function: { name: 'f', arguments: { a: 1 } } }
    const { messages } = read({
      messages: [
        {
          role: 'assistant',
          content: '',
          thinking: 'hm',
          tool_calls: [f, { ...f, id: 'x' }, { function: { name: 'g' } }],
        },
        { role: 'tool', content: 'of x', tool_call_id: 'x', tool_name: 'f' },
        { role: 'tool', content: 'of g', tool_name: 'g' },
        { role: 'tool', content: 'of the first' },
      ],
    })
    const [assistant, ...results] = messages
    const calls = assistant!.parts.filter((part) => part.type === 'tool-call')
    assert.deepEqual(
      calls.map(({ name, arguments: text }) => [name, text]),
      [
        ['f', '{"a":1}'],
        ['f', '{"a":1}'],
        ['g', '{}'],
      ],
    )
    assert.deepEqual(assistant!.parts[0], { type: 'reasoning', text: 'hm' })
    assert.equal(new Set(calls.map(({ id }) => id)).size, 3)
    const ids = results.map(({ parts: [part] }) => (part?.type === 'tool-result' ? part.id : ''))
    assert.deepEqual(ids, ['x', calls[2]!.id, calls[0]!.id])
  })

  it('takes images as base64 or as data URLs', () => {
    const { messages } = read({
      messages: [{ role: 'user', content: 'a', images: [PNG, `data:image/png;base64,${PNG}`] }],
    })
    const image: Part = { type: 'media', media: 'image', data: PNG, mime: 'image/png' }
    assert.deepEqual(messages[0]?.parts, [{ type: 'text', text: 'a' }, image, image])
  })
})

describe('an Ollama chat request, read and written for Ollama', () => {
  const kept: [string, Json][] = [
    ['what it keeps in memory', { keep_alive: '5m' }],
    ['options of its own', { options: { num_ctx: 8192, mirostat: 2, num_predict: -1 } }],
    [
      'sampling',
      {
        options: {
          temperature: 0,
          top_p: 0.5,
          top_k: 4,
          num_predict: 5,
          stop: ['a'],
          seed: 6,
          frequency_penalty: 0.1,
          presence_penalty: 0.2,
        },
      },
    ],
    ['JSON', { format: 'json' }],
    ['a schema', { format: { type: 'object' } }],
    ['log-probabilities', { logprobs: true, top_logprobs: 3 }],
    ['log-probabilities of the chosen alone', { logprobs: true }],
    ['no thinking', { think: false }],
    ['thinking', { think: true }],
    ['its highest level', { think: 'max' }],
    [
      'tools',
      { tools: [{ type: 'function', function: { name: 'f', description: 'd', parameters: { type: 'object' } } }] },
    ],
    [
      'a conversation',
      {
        messages: [
          { role: 'system', content: 'Be brief.' },
          { role: 'user', content: 'Hi', images: [PNG] },
          {
            role: 'assistant',
            content: 'a',
            thinking: 'hm',
            tool_calls: [{ id: '1', function: { name: 'f', arguments: { a: 1 } } }],
          },
          { role: 'tool', content: 'x', tool_name: 'f', tool_call_id: '1' },
          { role: 'system', content: 'Now.' },
          { role: 'assistant', content: '' },
        ],
      },
    ],
  ]
  for (const [what, json] of kept)
    it(`keeps ${what}`, () => {
      const { body, lost } = ollamaChat.writeRequest(read(json), 'm', {})
      assert.deepEqual(lost, [])
      assert.deepEqual(plain(body), { model: 'm', messages: [{ role: 'user', content: 'Hi' }], stream: true, ...json })
    })
})

describe('a foreign request for Ollama', () => {
  const says = (role: Message['role'], ...parts: Part[]): Message => ({ role, parts })

  it('has arguments as objects, whatever the model wrote', () => {
    const call = (id: string, text: string, custom = false): Part => ({
      type: 'tool-call',
      id,
      name: 'f',
      arguments: text,
      custom,
    })
    const messages = [says('assistant', call('1', '{"a":'), call('2', '[1]'), call('3', ''), call('4', 'free', true))]
    const [message] = write({ messages }).body.messages as { tool_calls: { function: Json }[] }[]
    assert.deepEqual(
      message!.tool_calls.map((written) => written.function.arguments),
      [{ arguments: '{"a":' }, { arguments: '[1]' }, {}, { input: 'free' }],
    )
  })

  it('names the tool of a result, and takes documents that are text', () => {
    const document: Part = {
      type: 'media',
      media: 'file',
      data: Buffer.from('the text').toString('base64'),
      mime: 'text/plain',
    }
    const { body, lost } = write({
      messages: [
        says('user', { type: 'text', text: 'Read:' }, document),
        says('assistant', { type: 'tool-call', id: '1', name: 'f', namespace: 'ns', arguments: '{}' }),
        says('tool', { type: 'tool-result', id: '1', parts: [{ type: 'text', text: 'x' }] }),
      ],
    })
    assert.deepEqual(lost, [])
    const [user, , result] = body.messages as Json[]
    assert.equal(user?.content, 'Read:\n\nthe text')
    assert.deepEqual(result, { role: 'tool', content: 'x', tool_name: 'ns__f', tool_call_id: '1' })
  })

  it('takes tools, custom ones as functions, and none where none is to be called', () => {
    const tools: ChatRequest['tools'] = [
      { type: 'custom', name: 'c' },
      { type: 'function', name: 'f' },
    ]
    const names = ({ body }: { body: Json }) =>
      (body.tools as { function: Json }[] | undefined)?.map((tool) => tool.function.name)
    assert.deepEqual(names(write({ tools })), ['c', 'f'])
    assert.equal(names(write({ tools, toolChoice: { mode: 'none' } })), undefined)
  })

  it('finds its options among the members of others', () => {
    const extra = { min_p: 0.1, repetition_penalty: 1.2, keep_alive: '1m', options: { num_ctx: 9 } }
    const { body, lost } = write({ extra, sampling: { temperature: 0.5 } })
    assert.deepEqual(lost, [])
    assert.deepEqual(body.options, { num_ctx: 9, min_p: 0.1, repeat_penalty: 1.2, temperature: 0.5 })
    assert.equal(body.keep_alive, '1m')
    assert.equal(body.min_p, undefined)
  })

  const thinking: [Reasoning, unknown, string[]][] = [
    [{ effort: 'none' }, false, []],
    [{ effort: 'minimal' }, 'low', []],
    [{ effort: 'medium' }, 'medium', []],
    [{ effort: 'xhigh' }, 'high', []],
    [{ effort: 'max' }, 'high', []],
    [{ effort: 'adaptive' }, true, []],
    [{ budget: 2000 }, true, ['reasoning']],
    [{ show: 'summarized' }, true, []],
    [{ show: false }, undefined, []],
  ]
  for (const [reasoning, think, lost] of thinking)
    it(`thinks ${JSON.stringify(reasoning)}`, () => {
      const written = write({ reasoning })
      assert.deepEqual([written.body.think, written.lost], [think, lost])
    })

  const losses: [string, Partial<ChatRequest>][] = [
    ['n', { sampling: { choices: 2 } }],
    ['tool_choice', { tools: [{ type: 'function', name: 'f' }], toolChoice: { mode: 'required' } }],
    ['parallel_tool_calls', { parallelToolCalls: false }],
    ['strict', { tools: [{ type: 'function', name: 'f', strict: true }] }],
    ['tools.web_search', { tools: [{ type: 'hosted', name: 'web_search', dialect: 'openai-responses', value: {} }] }],
    ['cache_control', { tools: [{ type: 'function', name: 'f', cache: {} }] }],
    ['image_url', { messages: [says('user', { type: 'media', media: 'image', url: 'https://a/b.png' })] }],
    ['audio', { messages: [says('user', { type: 'media', media: 'audio', data: 'AA==' })] }],
    ['file', { messages: [says('user', { type: 'media', media: 'file', data: 'JVBERi0', mime: 'application/pdf' })] }],
    ['is_error', { messages: [says('tool', { type: 'tool-result', id: '1', parts: [], isError: true })] }],
    [
      'executableCode',
      { messages: [says('assistant', { type: 'opaque', dialect: 'gemini', value: { executableCode: {} } })] },
    ],
    ['name', { messages: [{ role: 'user', name: 'n', parts: [] }] }],
    ['raw', { dialect: 'ollama-generate', extra: { raw: true, keep_alive: 1, options: { num_ctx: 1 } } }],
    ['logit_bias', { extra: { logit_bias: {}, metadata: {} } }],
  ]
  for (const [name, members] of losses) it(`names ${name} as lost`, () => assert.deepEqual(write(members).lost, [name]))
})
