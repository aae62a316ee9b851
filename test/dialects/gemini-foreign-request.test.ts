import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ChatRequest, Message, Part, Reasoning } from '../../server/core/request.ts'
import { gemini } from '../../server/dialects/gemini/index.ts'
import { plain, requestOf } from './dialect-support.ts'

const PNG = 'iVBORw0KGgoAAA=='
const SKIP = 'skip_thought_signature_validator'
const FLASH3 = 'gemini-3-flash-preview'
type Json = Record<string, unknown>

function write(members: Partial<ChatRequest>, model = FLASH3): { body: Json; lost: string[] } {
  return plain(gemini.writeRequest(requestOf(members), model, {}))
}

const text = (value: string): Part => ({ type: 'text', text: value })
const says = (role: Message['role'], ...parts: Part[]): Message => ({ role, parts })
const call = (id: string, more: Partial<Part & { type: 'tool-call' }> = {}): Part => ({
  type: 'tool-call',
  id,
  name: `f${id}`,
  arguments: '{"a":1}',
  ...more,
})
const result = (id: string, ...parts: Part[]): Message => says('tool', { type: 'tool-result', id, parts })
const contents = (...messages: Message[]) => write({ messages }).body.contents as { role: string; parts: Json[] }[]

describe('a foreign request for Gemini', () => {
  it('carries sampling, output and tools', () => {
    const { body, lost } = write({
      sampling: {
        temperature: 1,
        topP: 0.5,
        topK: 4,
        maxTokens: 5,
        stop: ['END'],
        seed: 6,
        frequencyPenalty: 0.1,
        presencePenalty: 0.2,
        choices: 2,
        logprobs: 3,
      },
      output: { type: 'json-schema', name: 'n', schema: { type: 'object' }, strict: true },
      tools: [
        { type: 'function', name: 'f', description: 'd', parameters: { type: 'object' }, namespace: { name: 'ns' } },
        { type: 'custom', name: 'c' },
      ],
      toolChoice: { mode: 'tool', name: 'c' },
    })
    assert.deepEqual(lost, [])
    assert.deepEqual(body.generationConfig, {
      temperature: 1,
      topP: 0.5,
      topK: 4,
      maxOutputTokens: 5,
      stopSequences: ['END'],
      seed: 6,
      frequencyPenalty: 0.1,
      presencePenalty: 0.2,
      candidateCount: 2,
      responseLogprobs: true,
      logprobs: 3,
      responseMimeType: 'application/json',
      responseJsonSchema: { type: 'object' },
    })
    const chosen = write({
      tools: [{ type: 'function', name: 'f', namespace: { name: 'ns' } }],
      toolChoice: { mode: 'tool', name: 'f' },
    })
    assert.deepEqual(chosen.body.toolConfig, {
      functionCallingConfig: { mode: 'ANY', allowedFunctionNames: ['ns__f'] },
    })
    const [{ functionDeclarations }] = body.tools as [{ functionDeclarations: Json[] }]
    assert.deepEqual(functionDeclarations[0], {
      name: 'ns__f',
      description: 'd',
      parametersJsonSchema: { type: 'object' },
    })
    assert.equal(functionDeclarations[1]?.name, 'c')
    assert.deepEqual(body.toolConfig, { functionCallingConfig: { mode: 'ANY', allowedFunctionNames: ['c'] } })
  })

  const losses: [string, Partial<ChatRequest>][] = [
    ['parallel_tool_calls', { parallelToolCalls: false }],
    ['strict', { tools: [{ type: 'function', name: 'f', strict: true }] }],
    ['tools.web_search', { tools: [{ type: 'hosted', name: 'web_search', dialect: 'openai-responses', value: {} }] }],
    ['cache_control', { messages: [says('user', { type: 'text', text: 'a', cache: {} })] }],
    ['system_position', { messages: [says('user', text('a')), says('system', text('b'))] }],
    ['name', { messages: [{ role: 'user', name: 'n', parts: [text('a')] }] }],
    ['detail', { messages: [says('user', { type: 'media', media: 'image', data: PNG, detail: 'low' })] }],
    ['image_url', { messages: [says('user', { type: 'media', media: 'image', url: 'file:///a.png' })] }],
    [
      'document',
      { messages: [says('user', { type: 'opaque', dialect: 'anthropic-messages', value: { type: 'document' } })] },
    ],
    [
      'citations',
      {
        messages: [
          says('assistant', {
            type: 'text',
            text: 'a',
            citations: [{ source: { dialect: 'anthropic-messages', value: {} } }],
          }),
        ],
      },
    ],
    ['logit_bias', { extra: { logit_bias: {}, store: true } }],
  ]
  for (const [name, members] of losses) it(`names ${name} as lost`, () => assert.deepEqual(write(members).lost, [name]))

  it('puts instructions apart, and lets them speak where nobody else does', () => {
    const { body } = write({
      messages: [says('system', text('a')), says('system', text('b')), says('user', text('c'))],
    })
    assert.deepEqual(body.systemInstruction, { parts: [{ text: 'a' }, { text: 'b' }] })
    assert.deepEqual(write({ messages: [says('system', text('a'))] }).body, {
      contents: [{ role: 'user', parts: [{ text: 'a' }] }],
    })
  })

  it('merges turns and sorts results by their calls', () => {
    const media: Part = { type: 'media', media: 'audio', data: 'AAAA', mime: 'audio/wav' }
    const written = contents(
      says('user', text('a')),
      says('user', text('b')),
      says('assistant', { type: 'reasoning', text: 'hm' }, text(''), call('1'), call('2')),
      result('2', text('two'), media),
      result('1', text('{"one":1}')),
      says('user', text('c')),
    )
    assert.deepEqual(written, [
      { role: 'user', parts: [{ text: 'a' }, { text: 'b' }] },
      {
        role: 'model',
        parts: [
          { functionCall: { id: '1', name: 'f1', args: { a: 1 } }, thoughtSignature: SKIP },
          { functionCall: { id: '2', name: 'f2', args: { a: 1 } } },
        ],
      },
      {
        role: 'user',
        parts: [
          { functionResponse: { id: '1', name: 'f1', response: { one: 1 } } },
          { functionResponse: { id: '2', name: 'f2', response: { output: 'two' } } },
        ],
      },
      { role: 'user', parts: [{ inlineData: { mimeType: 'audio/wav', data: 'AAAA' } }, { text: 'c' }] },
    ])
  })

  it('writes arguments and results that are no JSON objects', () => {
    const written = contents(
      says(
        'assistant',
        call('1', { arguments: '{"a":' }),
        call('2', { arguments: 'free', custom: true }),
        call('3', { arguments: '' }),
      ),
      says('tool', { type: 'tool-result', id: '1', isError: true, parts: [text('no')] }),
      says('tool', { type: 'tool-result', id: '2', isError: true, parts: [text('{"code":1}')] }),
      result('3', text('[1]')),
    )
    const args = written[0]!.parts.map(({ functionCall }) => (functionCall as Json).args)
    assert.deepEqual(args, [{ arguments: '{"a":' }, { input: 'free' }, {}])
    const responses = written[1]!.parts.map(({ functionResponse }) => (functionResponse as Json).response)
    assert.deepEqual(responses, [{ error: 'no' }, { error: { code: 1 } }, { output: '[1]' }])
  })

  it('signs the first call of each step, with what Gemini gave or with what turns the check off', () => {
    const own = call('1', { state: { issuer: 'gemini', value: 'c2ln' } })
    const foreign = call('2', { state: { issuer: 'anthropic-messages', value: 'x' } })
    const signatures = (model: string, ...messages: Message[]) =>
      (write({ messages }, model).body.contents as { parts: Json[] }[]).flatMap(({ parts }) =>
        parts.filter((part) => part.functionCall).map(({ thoughtSignature }) => thoughtSignature),
      )
    const steps = [says('assistant', own, call('3')), result('1'), says('assistant', foreign, call('4')), result('2')]
    assert.deepEqual(signatures(FLASH3, ...steps), ['c2ln', undefined, SKIP, undefined])
    assert.deepEqual(signatures('gemini-flash-latest', ...steps), ['c2ln', undefined, SKIP, undefined])
    assert.deepEqual(signatures('gemini-2.5-flash', ...steps), ['c2ln', undefined, undefined, undefined])
  })

  it('gives Gemini its own thoughts and texts back signed, and nobody else’s', () => {
    const state = { issuer: 'gemini', value: 'c2ln' } as const
    const foreign = { issuer: 'anthropic-messages', value: 'x' } as const
    const [content] = contents(
      says(
        'assistant',
        { type: 'reasoning', text: 'a', state },
        { type: 'reasoning', text: 'b', state: foreign },
        { type: 'text', text: 'c', state: foreign },
        { type: 'text', text: '', state },
      ),
    )
    assert.deepEqual(content!.parts, [
      { text: 'a', thought: true, thoughtSignature: 'c2ln' },
      { text: 'c' },
      { text: '', thoughtSignature: 'c2ln' },
    ])
  })

  const media: [string, Part, Json | undefined][] = [
    [
      'data without a type',
      { type: 'media', media: 'image', data: PNG },
      { inlineData: { mimeType: 'image/png', data: PNG } },
    ],
    [
      'an address',
      { type: 'media', media: 'image', url: 'https://a.b/c.webp?d' },
      { fileData: { mimeType: 'image/webp', fileUri: 'https://a.b/c.webp?d' } },
    ],
    [
      'an address that says nothing',
      { type: 'media', media: 'image', url: 'https://a.b/c' },
      { fileData: { mimeType: 'image/jpeg', fileUri: 'https://a.b/c' } },
    ],
    [
      'a video',
      { type: 'media', media: 'video', url: 'https://youtu.be/x' },
      { fileData: { fileUri: 'https://youtu.be/x' } },
    ],
    [
      'a document',
      { type: 'media', media: 'file', data: 'SGk=', mime: 'text/plain', name: 'n' },
      { inlineData: { mimeType: 'text/plain', data: 'SGk=' } },
    ],
  ]
  for (const [what, part, expected] of media)
    it(`writes ${what}`, () => assert.deepEqual(contents(says('user', part))[0]?.parts[0], expected))

  it('gives older models no addresses but Google’s own', () => {
    const part = (url: string): Part => ({ type: 'media', media: 'image', url })
    const lost = (url: string) => write({ messages: [says('user', part(url))] }, 'gemini-2.0-flash').lost
    assert.deepEqual(lost('https://a.b/c.png'), ['image_url'])
    assert.deepEqual(lost('gs://b/c.png'), [])
  })

  const thinking: [Reasoning, string, unknown][] = [
    [{ effort: 'none' }, 'gemini-2.5-flash', { thinkingBudget: 0 }],
    [{ effort: 'none' }, 'gemini-2.5-pro', { thinkingBudget: 128 }],
    [{ effort: 'medium' }, 'gemini-2.5-flash', { thinkingBudget: 8192, includeThoughts: true }],
    [{ budget: 100_000 }, 'gemini-2.5-pro', { thinkingBudget: 32_768, includeThoughts: true }],
    [{ budget: 100, show: false }, 'gemini-2.5-flash-lite', { thinkingBudget: 512 }],
    [{ effort: 'adaptive' }, 'gemini-2.5-flash', { thinkingBudget: -1, includeThoughts: true }],
    [{ effort: 'none' }, 'gemini-3-flash-preview', { thinkingLevel: 'minimal' }],
    [{ effort: 'none' }, 'gemini-3.8-flash', { thinkingLevel: 'low' }],
    [{ effort: 'medium' }, 'gemini-3-pro-preview', { thinkingLevel: 'high', includeThoughts: true }],
    [{ effort: 'medium' }, 'gemini-3.1-pro-preview', { thinkingLevel: 'medium', includeThoughts: true }],
    [{ effort: 'max' }, 'gemini-4-hydrogen', { thinkingLevel: 'high', includeThoughts: true }],
    [{ effort: 'minimal' }, 'gemini-3.1-flash-lite', { thinkingLevel: 'minimal', includeThoughts: true }],
    [{ budget: 2000 }, 'gemini-3.5-flash', { thinkingLevel: 'medium', includeThoughts: true }],
    [{ effort: 'adaptive' }, 'gemini-3-flash', { includeThoughts: true }],
    [{ show: 'auto' }, 'gemini-3-flash', { includeThoughts: true }],
    [{ effort: 'high' }, 'gemini-2.0-flash', undefined],
  ]
  for (const [reasoning, model, expected] of thinking)
    it(`thinks ${JSON.stringify(reasoning)} on ${model}`, () => {
      const { body, lost } = write({ reasoning }, model)
      assert.deepEqual((body.generationConfig as Json | undefined)?.thinkingConfig, expected)
      assert.deepEqual(lost, expected === undefined ? ['reasoning'] : [])
    })
})
