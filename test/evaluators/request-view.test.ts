import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ChatRequest, Message, Part, Tool } from '../../server/core/request.ts'
import { readRequestView } from '../../server/evaluators/request-view.ts'

function requestWith(messages: Message[], tools: Tool[] = []): ChatRequest {
  return {
    dialect: 'openai-chat',
    model: 'm',
    messages,
    tools,
    sampling: {},
    output: { type: 'text' },
    stream: false,
    streamUsage: false,
    extra: {},
  }
}

const text = (text: string): Part => ({ type: 'text', text })
const document = (text: string): Part => ({
  type: 'media',
  media: 'file',
  mime: 'text/plain',
  data: Buffer.from(text).toString('base64'),
})
const view = (role: 'user' | 'assistant' | 'tool', more: object) => ({
  role,
  text: '',
  toolCalls: [],
  toolResults: [],
  ...more,
})

test('system messages are joined wherever they stand, the others keep their order', () => {
  const request = requestWith([
    { role: 'system', parts: [text('Be kind.'), text('Be brief.')] },
    { role: 'user', parts: [text('One?')] },
    { role: 'assistant', parts: [text('Yes.')] },
    { role: 'system', parts: [text('Be careful.')] },
    { role: 'system', parts: [] },
    { role: 'user', parts: [text('Two?')] },
  ])
  assert.deepEqual(readRequestView(request), {
    system: 'Be kind.\n\nBe brief.\n\nBe careful.',
    question: 'Two?',
    messages: [view('user', { text: 'One?' }), view('assistant', { text: 'Yes.' }), view('user', { text: 'Two?' })],
    tools: [],
  })
})

test('of parts only text is seen, and documents that are given as text', () => {
  const parts: Part[] = [
    text('Before'),
    document('Größe: 3'),
    { type: 'media', media: 'image', mime: 'image/png', data: 'aGk=' },
    { type: 'media', media: 'file', mime: 'text/plain', url: 'https://example.com/a.txt' },
    { type: 'reasoning', text: 'hm' },
    { type: 'opaque', dialect: 'gemini', value: { text: 'x' } },
    text(''),
    text('After'),
  ]
  const { messages, question } = readRequestView(requestWith([{ role: 'user', parts }]))
  assert.equal(messages[0]!.text, 'Before\n\nGröße: 3\n\nAfter')
  assert.equal(question, 'Before\n\nAfter')
})

test('the question is what the user wrote last, or else a document', () => {
  const ask = (...messages: Message[]) => readRequestView(requestWith(messages)).question
  const user = (...parts: Part[]): Message => ({ role: 'user', parts })
  assert.equal(ask(), '')
  assert.equal(ask({ role: 'assistant', parts: [text('Hello')] }), '')
  assert.equal(ask(user(text('One?')), user(document('Two?'))), 'Two?')
  assert.equal(
    ask(user(text('One?')), user({ type: 'media', media: 'image', url: 'https://example.com/a.png' })),
    'One?',
  )
  assert.equal(ask(user(text('One?')), { role: 'assistant', parts: [text('…')] }), 'One?')
})

test('what a model said is one text: it was split where something is cited; refusals are said too', () => {
  const parts: Part[] = [text('It is 3'), text(' metres.'), { type: 'refusal', text: ' No more.' }]
  const { messages } = readRequestView(requestWith([{ role: 'assistant', parts }]))
  assert.equal(messages[0]!.text, 'It is 3 metres. No more.')
})

test('tool results have the name of their tool, by the result or by the call', () => {
  const call = (id: string, name: string, given: string): Part => ({ type: 'tool-call', id, name, arguments: given })
  const result = (id: string, more: Partial<Part & { type: 'tool-result' }>): Part => ({
    type: 'tool-result',
    id,
    parts: [],
    ...more,
  })
  const { messages } = readRequestView(
    requestWith([
      {
        role: 'assistant',
        parts: [text('Let me see.'), call('a', 'weather', '{"city":"Oslo"}'), call('b', 'time', '')],
      },
      { role: 'tool', parts: [result('b', { parts: [text('12:00')] })] },
      { role: 'tool', parts: [result('a', { parts: [text('4 °C'), document('cloudy')], isError: true })] },
      { role: 'tool', parts: [result('c', { name: 'other' }), result('d', {})] },
      { role: 'user', parts: [result('a', { parts: [text('again')] }), text('And now?')] },
    ]),
  )
  assert.deepEqual(messages, [
    view('assistant', {
      text: 'Let me see.',
      toolCalls: [
        { name: 'weather', arguments: '{"city":"Oslo"}' },
        { name: 'time', arguments: '' },
      ],
    }),
    view('tool', { toolResults: [{ name: 'time', text: '12:00', isError: false }] }),
    view('tool', { toolResults: [{ name: 'weather', text: '4 °C\n\ncloudy', isError: true }] }),
    view('tool', {
      toolResults: [
        { name: 'other', text: '', isError: false },
        { name: '', text: '', isError: false },
      ],
    }),
    view('user', { text: 'And now?', toolResults: [{ name: 'weather', text: 'again', isError: false }] }),
  ])
})

test('tools are those that the model can call', () => {
  const parameters = { type: 'object' }
  const { tools } = readRequestView(
    requestWith(
      [],
      [
        { type: 'function', name: 'weather', parameters },
        { type: 'function', name: 'ping' },
        { type: 'custom', name: 'patch', format: {} },
        { type: 'hosted', name: 'web_search', dialect: 'openai-responses', value: {} },
      ],
    ),
  )
  assert.deepEqual(tools, [{ name: 'weather', parameters }, { name: 'ping' }, { name: 'patch' }])
})
