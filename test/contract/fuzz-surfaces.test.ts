import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import fc from 'fast-check'
import { SURFACES } from '../../server/http/surfaces.ts'
import { type FakeUpstream, startFakeUpstream } from '../support/fake-upstream.ts'
import { type Json, routesConfig, startGateway, type TestGateway } from '../support/gateway.ts'
import { oddened } from './fuzz-bytes-support.ts'

const RUNS = { seed: 17, numRuns: 60 }
const LIMIT_MS = 5000

/** A provider of every format, so that what is asked is translated into each of them; all of them refuse it. */
const PROVIDERS: Readonly<Record<string, Record<string, unknown>>> = {
  chat: { kind: 'openai-compatible' },
  responses: { kind: 'openai', dialects: ['openai-responses'] },
  anthropic: { kind: 'anthropic' },
  ollama: { kind: 'ollama' },
  gemini: { kind: 'gemini' },
  bedrock: { kind: 'bedrock' },
  cohere: { kind: 'cohere' },
  elevenlabs: { kind: 'elevenlabs' },
}

const MESSAGE = {
  role: 'user',
  content: [
    { type: 'text', text: 'Hi', cache_control: { type: 'ephemeral' } },
    { type: 'image_url', image_url: { url: 'data:image/png;base64,iVBORw0KGgo=' } },
    { type: 'image', source: { type: 'url', url: 'https://i.example/a.png' } },
    { type: 'input_text', text: 'Hi' },
  ],
}
const TOOL = { type: 'object', properties: { a: { type: 'string' } } }

/** Something to bend for every surface: a request that says much. */
const GOOD: Readonly<Record<string, Json>> = {
  '/v1/chat/completions': {
    messages: [
      { role: 'developer', content: 'Be brief' },
      { ...MESSAGE, content: MESSAGE.content.slice(0, 2) },
      { role: 'assistant', tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{"a":1}' } }] },
      { role: 'tool', tool_call_id: 'c', content: 'ok' },
    ],
    tools: [{ type: 'function', function: { name: 'f', parameters: TOOL } }],
    tool_choice: { type: 'function', function: { name: 'f' } },
    response_format: { type: 'json_schema', json_schema: { name: 's', schema: TOOL } },
    max_tokens: 5,
    stop: ['x'],
    reasoning_effort: 'low',
    logit_bias: { 5: 1 },
  },
  '/v1/completions': { prompt: ['Hi'], max_tokens: 5, stop: 'x', echo: true, logprobs: 2 },
  '/v1/responses': {
    instructions: 'Be brief',
    input: [
      { role: 'user', content: [MESSAGE.content[3]] },
      { type: 'reasoning', id: 'r', summary: [{ type: 'summary_text', text: 't' }], encrypted_content: 'x' },
      { type: 'function_call', call_id: 'c', name: 'f', arguments: '{}' },
      { type: 'function_call_output', call_id: 'c', output: [{ type: 'input_text', text: 'ok' }] },
    ],
    tools: [
      { type: 'function', name: 'f', parameters: TOOL },
      { type: 'custom', name: 'g', format: { type: 'grammar' } },
      { type: 'namespace', name: 'n', tools: [{ type: 'function', name: 'h', parameters: TOOL }] },
      { type: 'web_search' },
    ],
    reasoning: { effort: 'low', summary: 'auto' },
    text: { format: { type: 'json_schema', name: 's', schema: TOOL }, verbosity: 'low' },
  },
  '/v1/messages': {
    max_tokens: 5000,
    system: [{ type: 'text', text: 'Be brief', cache_control: { type: 'ephemeral' } }],
    messages: [
      { role: 'user', content: [MESSAGE.content[0], MESSAGE.content[2]] },
      {
        role: 'assistant',
        content: [
          { type: 'thinking', thinking: 't', signature: 's' },
          { type: 'tool_use', id: 'c', name: 'f', input: { a: 1 } },
        ],
      },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'c', content: [{ type: 'text', text: 'ok' }] }] },
    ],
    tools: [
      { name: 'f', input_schema: TOOL },
      { type: 'bash_20250124', name: 'bash' },
    ],
    tool_choice: { type: 'auto', disable_parallel_tool_use: true },
    thinking: { type: 'enabled', budget_tokens: 1024 },
    output_config: { effort: 'low', format: { type: 'json_schema', schema: TOOL } },
  },
  '/v1/messages/count_tokens': { messages: [MESSAGE], system: 'Be brief' },
  '/api/chat': {
    messages: [
      { role: 'user', content: 'Hi', images: ['iVBORw0KGgo='] },
      { role: 'assistant', content: '', thinking: 't', tool_calls: [{ function: { name: 'f', arguments: { a: 1 } } }] },
      { role: 'tool', content: 'ok', tool_name: 'f' },
    ],
    tools: [{ type: 'function', function: { name: 'f', parameters: TOOL } }],
    format: TOOL,
    options: { temperature: 1, stop: ['x'], num_predict: 5 },
    think: 'low',
  },
  '/api/generate': { prompt: 'Hi', system: 'Be brief', images: ['iVBORw0KGgo='], format: 'json', suffix: 'x' },
  '/v1beta/models/MODEL:generateContent': {
    systemInstruction: { parts: [{ text: 'Be brief' }] },
    contents: [
      { role: 'user', parts: [{ text: 'Hi' }, { inlineData: { mimeType: 'image/png', data: 'iVBORw0KGgo=' } }] },
      { role: 'model', parts: [{ functionCall: { id: 'c', name: 'f', args: { a: 1 } }, thoughtSignature: 'x' }] },
      { role: 'user', parts: [{ functionResponse: { id: 'c', name: 'f', response: { output: 'ok' } } }] },
    ],
    tools: [{ functionDeclarations: [{ name: 'f', parameters: TOOL }] }, { googleSearch: {} }],
    toolConfig: { functionCallingConfig: { mode: 'ANY', allowedFunctionNames: ['f'] } },
    generationConfig: { maxOutputTokens: 5, responseSchema: TOOL, thinkingConfig: { thinkingBudget: 100 } },
  },
  '/v1/embeddings': { input: ['a', 'b'], encoding_format: 'base64', dimensions: 8 },
  '/api/embed': { input: ['a', 'b'], truncate: true },
  '/api/embeddings': { prompt: 'a' },
  '/v1/rerank': { query: 'q', documents: ['a', { text: 'b' }], top_n: 1 },
  '/v1/audio/speech': { input: 'Hi', voice: 'alloy', response_format: 'mp3', speed: 1 },
}
const OTHERS = Object.fromEntries(
  [...Object.keys(SURFACES), '/v1beta/models/MODEL:streamGenerateContent', '/v1/models/MODEL:generateContent'].map(
    (surface) => [surface, GOOD[surface] ?? GOOD['/v1beta/models/MODEL:generateContent']],
  ),
)

describe('any JSON at any endpoint is answered below 500, in the endpoint’s own shape', () => {
  let upstream: FakeUpstream
  let gateway: TestGateway
  before(async () => {
    upstream = await startFakeUpstream(() => ({
      status: 400,
      chunks: ['{"error":{"message":"The provider refuses."}}'],
    }))
    const providers = Object.entries(PROVIDERS).map(([name, members]) => [
      name,
      { ...members, base_url: upstream.url, api_key: '${env:KEY}' },
    ])
    const routes = Object.fromEntries(Object.keys(PROVIDERS).map((name) => [name, [`${name}/m`]]))
    const config = routesConfig(Object.fromEntries(providers), { ...routes, echo: ['sandbox/echo'] })
    gateway = await startGateway(config, { environment: { KEY: 'test-credential' } })
  })
  after(async () => {
    await gateway.stop()
    await upstream.close()
  })

  const route = fc.constantFrom('echo', ...Object.keys(PROVIDERS))
  const odd = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(null, '', -1, 1e308, [null], [[]], {}, [{}]))
  const bends = fc.array(fc.tuple(fc.nat(), odd), { maxLength: 3 })
  const stream = fc.constantFrom({}, { stream: true }, { stream: false })

  for (const [surface, good] of Object.entries({ ...OTHERS, ...GOOD }))
    it(surface, async () => {
      const bent = fc
        .tuple(bends, stream)
        .map(([list, more]) =>
          list.reduce((value, [at, other]) => oddened(value, at, other), { ...good, ...more } as unknown),
        )
      const body = fc.oneof({ weight: 4, arbitrary: bent }, { weight: 1, arbitrary: fc.jsonValue() })
      await fc.assert(
        fc.asyncProperty(route, body, async (model, json) => {
          const named = typeof json === 'object' && !Array.isArray(json) ? { model, ...json } : json
          const { status, type, text } = await post(gateway.url + surface.replace('MODEL', model), named)
          assert.ok(status >= 200 && status < 500, `${status}: ${text}`)
          if (status >= 400) assertShape(surface, status, JSON.parse(text))
          else assert.match(type, /json|event-stream|audio/)
          assert.deepEqual(gateway.log.splice(0), [])
        }),
        RUNS,
      )
    })

  it('which is a question of many formats, as much of it gets as far as a provider', () => {
    const asked = new Set(upstream.seen.map(({ path }) => path.replace(/\?.*/, '')))
    const chats = ['/chat/completions', '/responses', '/messages', '/api/chat', '/models/m:generateContent', '/v2/chat']
    for (const path of [...chats, '/model/m/converse', '/embeddings', '/audio/speech']) assert.ok(asked.has(path), path)
  })
})

async function post(url: string, body: unknown): Promise<{ status: number; type: string; text: string }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(LIMIT_MS),
  })
  return { status: response.status, type: response.headers.get('content-type') ?? '', text: await response.text() }
}

/** Errors as each vendor's own clients expect them. */
function assertShape(surface: string, status: number, body: Json): void {
  const text = JSON.stringify(body)
  // What the provider said in the client's own format goes through as it is.
  if (body.error?.message === 'The provider refuses.') return
  if (surface.startsWith('/api/')) assert.equal(typeof body.error, 'string', text)
  else if (surface.startsWith('/v1/messages')) {
    assert.equal(body.type, 'error', text)
    assert.deepEqual([typeof body.error.type, typeof body.error.message], ['string', 'string'], text)
  } else if (surface.includes('/models/')) {
    assert.deepEqual(
      [body.error.code, typeof body.error.message, typeof body.error.status],
      [status, 'string', 'string'],
    )
  } else if (body.error)
    assert.deepEqual([typeof body.error.message, typeof body.error.type], ['string', 'string'], text)
  else assert.equal(typeof body.message, 'string', text)
}
