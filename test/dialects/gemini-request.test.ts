import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { ChatRequest, Part } from '../../server/core/request.ts'
import { gemini } from '../../server/dialects/gemini/index.ts'
import { ollamaChat } from '../../server/dialects/ollama/index.ts'
import { assertRefused, plain } from './dialect-support.ts'

const PNG = 'iVBORw0KGgoAAA=='
const user = (...parts: unknown[]) => ({ role: 'user', parts })
const model = (...parts: unknown[]) => ({ role: 'model', parts })

function read(json: Record<string, unknown>, name = 'gemini-3-flash-preview'): ChatRequest {
  const body = plain({ contents: [user({ text: 'Hi' })], ...json })
  return gemini.readRequest(body, gemini.readHead(body, { model: name, stream: true }))
}

function again(json: Record<string, unknown>, name?: string) {
  const request = read(json, name)
  const { body, lost } = gemini.writeRequest(request, request.model, {})
  assert.deepEqual(lost, [])
  return plain(body)
}

describe('a Gemini request, read', () => {
  it('takes model and stream from the address', () => {
    const head = gemini.readHead({ contents: [user({ text: 'Hi' })], labels: { a: 'b' } }, { model: 'g', stream: true })
    assert.deepEqual(head, { model: 'g', stream: true, streamUsage: true, user: null, metadata: null })
    assert.deepEqual(gemini.edits({}, head, 'other', {}), {})
  })

  const refused: [string, Record<string, unknown>, string][] = [
    ['no contents', { contents: null }, 'contents'],
    ['empty contents', { contents: [] }, 'contents'],
    ['contents of another type', { contents: 'Hi' }, 'contents'],
    ['a content that is no object', { contents: ['Hi'] }, 'contents.0'],
    ['an unknown role', { contents: [{ role: 'assistant', parts: [] }] }, 'contents.0.role'],
    ['parts that are none', { contents: [{ parts: 'Hi' }] }, 'contents.0.parts'],
    ['text of another type', { contents: [user({ text: 5 })] }, 'contents.0.parts.0.text'],
    ['a call without a name', { contents: [model({ functionCall: {} })] }, 'contents.0.parts.0.functionCall.name'],
    ['a call by the user', { contents: [user({ functionCall: { name: 'f' } })] }, 'contents.0.parts.0.functionCall'],
    ['media without data', { contents: [user({ inlineData: {} })] }, 'contents.0.parts.0.inlineData.data'],
    ['a temperature that is text', { generation_config: { temperature: '1' } }, 'generationConfig.temperature'],
    ['tools that are no list', { tools: {} }, 'tools'],
    ['a function without a name', { tools: [{ functionDeclarations: [{}] }] }, 'tools.0.functionDeclarations.0.name'],
  ]
  for (const [what, json, param] of refused) it(`refuses ${what}`, () => assertRefused(() => read(json), param))

  it('refuses an address without a model', () =>
    assertRefused(() => gemini.readHead({ contents: [user()] }, {}), 'model'))

  it('knows both spellings of every member', () => {
    const config = {
      temperature: 0.1,
      top_p: 0.2,
      top_k: 3,
      max_output_tokens: 4,
      stop_sequences: ['END'],
      seed: 5,
      frequency_penalty: 0.6,
      presence_penalty: 0.7,
      candidate_count: 2,
      response_logprobs: true,
      logprobs: 8,
      response_mime_type: 'application/json',
      response_json_schema: { type: 'object' },
      thinking_config: { thinking_level: 'LOW', include_thoughts: true },
    }
    const request = read({ generation_config: config, system_instruction: { parts: [{ text: 'Be brief.' }] } })
    assert.deepEqual(request.sampling, {
      temperature: 0.1,
      topP: 0.2,
      topK: 3,
      maxTokens: 4,
      stop: ['END'],
      seed: 5,
      frequencyPenalty: 0.6,
      presencePenalty: 0.7,
      choices: 2,
      logprobs: 8,
    })
    assert.deepEqual(request.output, { type: 'json-schema', schema: { type: 'object' } })
    assert.deepEqual(request.reasoning, { effort: 'low', show: true })
    assert.deepEqual(request.messages[0], { role: 'system', parts: [{ type: 'text', text: 'Be brief.' }] })
    assert.deepEqual(request.extra, {})
  })

  const parts: [string, unknown, Part][] = [
    ['text', { text: 'a' }, { type: 'text', text: 'a' }],
    [
      'signed text',
      { text: 'a', thoughtSignature: 'c2ln' },
      { type: 'text', text: 'a', state: { issuer: 'gemini', value: 'c2ln' } },
    ],
    [
      'a signature alone',
      { thoughtSignature: 'c2ln' },
      { type: 'text', text: '', state: { issuer: 'gemini', value: 'c2ln' } },
    ],
    ['a thought', { text: 'hm', thought: true }, { type: 'reasoning', text: 'hm' }],
    [
      'an image',
      { inline_data: { mime_type: 'image/png', data: PNG } },
      { type: 'media', media: 'image', data: PNG, mime: 'image/png' },
    ],
    [
      'a video',
      { fileData: { fileUri: 'https://youtu.be/x' } },
      { type: 'media', media: 'video', url: 'https://youtu.be/x' },
    ],
    [
      'a file by its ending',
      { fileData: { fileUri: 'https://a.b/c.mp3' } },
      { type: 'media', media: 'audio', url: 'https://a.b/c.mp3' },
    ],
    [
      'code',
      { executableCode: { code: '1' } },
      { type: 'opaque', dialect: 'gemini', value: { executableCode: { code: '1' } } },
    ],
    [
      'the value that skips the check',
      { text: 'a', thought_signature: 'skip_thought_signature_validator' },
      { type: 'text', text: 'a' },
    ],
    [
      'the same encoded by a client',
      { text: 'a', thoughtSignature: 'skip/thought/signature/validator' },
      { type: 'text', text: 'a' },
    ],
  ]
  for (const [what, json, part] of parts)
    it(`reads ${what}`, () => assert.deepEqual(read({ contents: [model(json)] }).messages[0]?.parts[0], part))

  it('gives calls ids and finds their results by name and order', () => {
    const { messages } = read({
      contents: [
        model(
          { functionCall: { name: 'f', args: { n: 1 } } },
          { functionCall: { name: 'g' } },
          { functionCall: { name: 'f' } },
        ),
        user(
          { functionResponse: { name: 'g', response: { output: 'of g' } } },
          { functionResponse: { name: 'f', response: { a: 1 } } },
          { functionResponse: { name: 'f', response: { error: 'no' } } },
          { text: 'and?' },
        ),
      ],
    })
    const ids = messages[0]!.parts.map((part) => (part.type === 'tool-call' ? part.id : ''))
    assert.equal(new Set(ids).size, 3)
    assert.deepEqual(messages.slice(1), [
      {
        role: 'tool',
        parts: [
          { type: 'tool-result', id: ids[1], name: 'g', parts: [{ type: 'text', text: 'of g' }] },
          { type: 'tool-result', id: ids[0], name: 'f', parts: [{ type: 'text', text: '{"a":1}' }] },
          { type: 'tool-result', id: ids[2], name: 'f', parts: [{ type: 'text', text: 'no' }], isError: true },
        ],
      },
      { role: 'user', parts: [{ type: 'text', text: 'and?' }] },
    ])
  })

  it('turns Gemini’s own schemas into JSON Schema', () => {
    const parameters = {
      type: 'OBJECT',
      properties: {
        type: { type: 'STRING', format: 'enum', enum: ['a'], nullable: true },
        list: { type: 'ARRAY', min_items: '1', items: { any_of: [{ type: 'INTEGER' }, { type: 'NULL' }] } },
      },
      required: ['type'],
    }
    const [tool] = read({ tools: [{ function_declarations: [{ name: 'f', parameters }] }] }).tools
    assert.deepEqual(tool?.type === 'function' && tool.parameters, {
      type: 'object',
      properties: {
        type: { type: ['string', 'null'], enum: ['a', null] },
        list: { type: 'array', minItems: 1, items: { anyOf: [{ type: 'integer' }, { type: 'null' }] } },
      },
      required: ['type'],
    })
  })

  const choices: [unknown, unknown][] = [
    [{ mode: 'AUTO' }, { mode: 'auto' }],
    [{ mode: 'none' }, { mode: 'none' }],
    [{ mode: 'ANY' }, { mode: 'required' }],
    [
      { mode: 'ANY', allowed_function_names: ['f'] },
      { mode: 'tool', name: 'f' },
    ],
    [{ mode: 'ANY', allowedFunctionNames: ['f', 'g'] }, { mode: 'required' }],
  ]
  for (const [config, choice] of choices)
    it(`reads the choice ${JSON.stringify(config)}`, () => {
      const tools = [{ functionDeclarations: [{ name: 'f' }, { name: 'g' }] }]
      const request = read({ tools, tool_config: { function_calling_config: config } })
      assert.deepEqual(request.toolChoice, choice)
      assert.deepEqual(request.extra, {})
    })
})

describe('a Gemini request, read and written for Gemini', () => {
  const kept: [string, Record<string, unknown>][] = [
    ['members of its own', { safetySettings: [{ category: 'x' }], cachedContent: 'c', labels: { a: 'b' } }],
    [
      'settings of its own',
      { generationConfig: { responseModalities: ['TEXT'], speechConfig: { voice: 'v' }, imageConfig: { size: 1 } } },
    ],
    [
      'a media type of its own',
      { generationConfig: { responseMimeType: 'text/x.enum', responseSchema: { type: 'STRING' } } },
    ],
    ['built-in tools', { tools: [{ googleSearch: {} }, { urlContext: { a: 1 } }] }],
    [
      'what else it says of functions',
      {
        tools: [
          { functionDeclarations: [{ name: 'f', behavior: 'BLOCKING', responseJsonSchema: { type: 'object' } }] },
        ],
      },
    ],
    [
      'how to choose among functions',
      {
        tools: [{ functionDeclarations: [{ name: 'f' }, { name: 'g' }, { name: 'h' }] }],
        toolConfig: {
          functionCallingConfig: { mode: 'VALIDATED', allowedFunctionNames: ['f', 'g'] },
          retrievalConfig: { languageCode: 'de' },
        },
      },
    ],
    ['a budget', { generationConfig: { thinkingConfig: { thinkingBudget: 0 } } }],
    ['a dynamic budget', { generationConfig: { thinkingConfig: { thinkingBudget: -1, includeThoughts: false } } }],
    ['a level', { generationConfig: { thinkingConfig: { thinkingLevel: 'high', includeThoughts: true } } }],
    [
      'media with what is said of it',
      {
        contents: [
          user(
            { fileData: { fileUri: 'gs://b/v.mp4', mimeType: 'video/mp4' }, videoMetadata: { fps: 2 } },
            { inlineData: { mimeType: 'image/png', data: PNG }, mediaResolution: { level: 'MEDIA_RESOLUTION_LOW' } },
            { inlineData: { mimeType: 'image/png', data: PNG }, mediaResolution: { level: 'MEDIA_RESOLUTION_MEDIUM' } },
          ),
          model({ inlineData: { mimeType: 'image/png', data: PNG }, thoughtSignature: 'c2ln' }),
        ],
      },
    ],
    [
      'what the model thought, signed and ran',
      {
        contents: [
          user({ text: 'Hi' }),
          model(
            { text: 'hm', thought: true },
            { executableCode: { code: '1' }, thoughtSignature: 'YQ==' },
            { codeExecutionResult: { outcome: 'OUTCOME_OK' } },
            { text: '', thoughtSignature: 'Yg==' },
            { functionCall: { id: '1', name: 'f', args: {} }, thoughtSignature: 'Yw==' },
          ),
          user({
            functionResponse: {
              id: '1',
              name: 'f',
              response: { a: 1 },
              parts: [{ inlineData: { mimeType: 'image/png', data: PNG } }],
            },
          }),
        ],
      },
    ],
  ]
  for (const [what, json] of kept)
    it(`keeps ${what}`, () => assert.deepEqual(again(json), { contents: [user({ text: 'Hi' })], ...json }))

  it('asks for JSON in one way', () => {
    const schema = { type: 'object' }
    const expected = { responseMimeType: 'application/json', responseJsonSchema: schema }
    for (const config of [
      expected,
      { responseMimeType: 'application/json', responseSchema: { type: 'OBJECT' } },
      { responseFormat: [{ text: { mimeType: 'APPLICATION_JSON', schema } }] },
    ])
      assert.deepEqual(again({ generationConfig: config }).generationConfig, expected)
  })
})

it('has its own members named where another provider cannot have them, but not those that say nothing', () => {
  const generationConfig = { responseModalities: ['TEXT'], speechConfig: {}, temperature: 1 }
  const request = read({ cachedContent: 'c', labels: {}, generationConfig, tools: [{ googleSearch: {} }] })
  const { lost } = ollamaChat.writeRequest(request, 'm', {})
  assert.deepEqual(lost.sort(), ['cachedContent', 'generationConfig.speechConfig', 'tools.googleSearch'])
})
