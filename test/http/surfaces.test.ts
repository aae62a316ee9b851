import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import Anthropic from '@anthropic-ai/sdk'
import { GoogleGenAI } from '@google/genai'
import { Ollama } from 'ollama'
import OpenAI from 'openai'
import { routesConfig, startGateway, type TestGateway } from '../support/gateway.ts'
import { issueKey } from './keys/issue.ts'

type Json = Record<string, unknown>
const say = (content: string) => [{ role: 'user' as const, content }]

describe('what clients ask besides chatting', () => {
  let gateway: TestGateway
  before(async () => {
    gateway = await startGateway(routesConfig({}, { echo: ['sandbox/echo'], broken: ['sandbox/fail-500'] }))
  })
  after(() => gateway.stop())
  const get = async (path: string, headers: Record<string, string> = {}) => {
    const reply = await fetch(gateway.url + path, { headers })
    return { status: reply.status, type: reply.headers.get('content-type') ?? '', text: await reply.text() }
  }

  it('lists routes as models in OpenAI’s, Anthropic’s, Gemini’s and Ollama’s shape', async () => {
    const openai = await new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: 'none' }).models.list()
    assert.deepEqual(
      openai.data.map(({ id }) => id),
      ['echo', 'broken'],
    )
    const anthropic = new Anthropic({ baseURL: gateway.url, apiKey: 'none' })
    const page = await anthropic.models.list()
    assert.deepEqual(
      page.data.map(({ id, type }) => [id, type]),
      [
        ['echo', 'model'],
        ['broken', 'model'],
      ],
    )
    assert.equal((await anthropic.models.retrieve('echo')).display_name, 'echo')
    const google = new GoogleGenAI({ apiKey: 'none', httpOptions: { baseUrl: gateway.url } })
    const names: unknown[] = []
    for await (const model of await google.models.list()) names.push(model.name)
    assert.deepEqual(names, ['models/echo', 'models/broken'])
    const ollama = await new Ollama({ host: gateway.url }).list()
    assert.deepEqual(
      ollama.models.map(({ name }) => name),
      ['echo', 'broken'],
    )
  })

  it('greets Ollama’s clients and shows browsers the UI', async () => {
    const greeting = await get('/')
    assert.deepEqual([greeting.status, greeting.text], [200, 'Ollama is running'])
    assert.equal((await fetch(gateway.url, { method: 'HEAD' })).status, 200)
    const page = await get('/', { accept: 'text/html,application/xhtml+xml' })
    assert.match(page.type, /text\/html|text\/plain/)
    assert.doesNotMatch(page.text, /Ollama is running/)
  })

  it('answers the rest of Ollama’s API', async () => {
    const client = new Ollama({ host: gateway.url })
    assert.match(((await client.version()) as { version: string }).version, /^\d+\.\d+\.\d+$/)
    assert.deepEqual((await client.ps()).models, [])
    const shown = await client.show({ model: 'echo' })
    assert.deepEqual(shown.capabilities, ['completion', 'tools'])
    await assert.rejects(client.show({ model: 'nobody' }), /There is no route `nobody`/)
    await assert.rejects(client.pull({ model: 'x' }), /no POST \/api\/pull/)
  })

  it('takes Ollama’s requests as its own server does: without a content type, and with the tag that it adds', async () => {
    const body = JSON.stringify({ model: 'echo:latest', messages: say('Hi') })
    const reply = await fetch(`${gateway.url}/api/chat`, { method: 'POST', body: new TextEncoder().encode(body) })
    const lines = (await reply.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { done: boolean; message: { content: string } })
    assert.equal(reply.headers.get('content-type'), 'application/x-ndjson')
    assert.equal(lines.map(({ message }) => message.content).join(''), 'Hi')
    assert.deepEqual(
      lines.map(({ done }) => done),
      [...lines.slice(1).map(() => false), true],
    )
    const generated = await new Ollama({ host: gateway.url }).generate({ model: 'echo', prompt: 'Hello there' })
    assert.equal(generated.response, 'Hello there')
    assert.ok(generated.total_duration > 0 && generated.eval_duration > 0 && generated.done)
  })

  it('streams Gemini as events or, when not asked to, as one JSON array, on both versions', async () => {
    const body = JSON.stringify({ contents: [{ role: 'user', parts: [{ text: 'Hello there' }] }] })
    const call = async (path: string) => {
      const headers = { 'content-type': 'application/json' }
      const reply = await fetch(gateway.url + path, { method: 'POST', headers, body })
      return { type: reply.headers.get('content-type'), text: await reply.text() }
    }
    for (const version of ['v1beta', 'v1']) {
      const events = await call(`/${version}/models/echo:streamGenerateContent?alt=sse`)
      assert.equal(events.type, 'text/event-stream')
      const array = await call(`/${version}/models/echo:streamGenerateContent`)
      const chunks = JSON.parse(array.text) as { candidates: { content?: { parts?: { text?: string }[] } }[] }[]
      const text = chunks.map(({ candidates }) => candidates[0]?.content?.parts?.[0]?.text ?? '').join('')
      assert.equal(text, 'Hello there')
      assert.equal(events.text.match(/^data: /gm)!.length, chunks.length)
      const whole = JSON.parse((await call(`/${version}/models/echo:generateContent`)).text)
      assert.equal(whole.candidates[0].content.parts[0].text, 'Hello there')
    }
    const other = await call('/v1beta/models/echo:embedContent')
    assert.match(other.text, /There is no method .*embedContent/)
    assert.equal((JSON.parse(other.text) as { error: Json }).error.status, 'NOT_FOUND')
  })

  it('refuses responses that need memory, saying what to do instead', async () => {
    const client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: 'none', maxRetries: 0 })
    const refused = client.responses.create({ model: 'echo', input: 'x', previous_response_id: 'resp_1' })
    await assert.rejects(refused, (error: InstanceType<typeof OpenAI.APIError>) => {
      assert.deepEqual([error.status, error.param], [400, 'previous_response_id'])
      return /stateless|whole conversation/i.test(error.message)
    })
  })
})

describe('errors in the client’s own words', () => {
  let gateway: TestGateway
  before(async () => {
    gateway = await startGateway(routesConfig({}, { busy: ['sandbox/fail-429'] }, { anonymous: 'off' }))
  })
  after(() => gateway.stop())

  it('reach every SDK as its own class, with status and message', async () => {
    const { key: apiKey } = issueKey(gateway, { tenant: 'acme' })
    const openai = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey, maxRetries: 0 })
    const anthropic = new Anthropic({ baseURL: gateway.url, apiKey, maxRetries: 0 })
    const google = new GoogleGenAI({ apiKey, httpOptions: { baseUrl: gateway.url } })
    const ollama = new Ollama({ host: gateway.url, headers: { authorization: `Bearer ${apiKey}` } })
    await assert.rejects(openai.chat.completions.create({ model: 'busy', messages: say('x') }), OpenAI.RateLimitError)
    await assert.rejects(openai.responses.create({ model: 'busy', input: 'x' }), OpenAI.RateLimitError)
    await assert.rejects(openai.chat.completions.create({ model: 'nobody', messages: say('x') }), OpenAI.NotFoundError)
    const limited = anthropic.messages.create({ model: 'busy', max_tokens: 9, messages: say('x') })
    await assert.rejects(
      limited,
      (error: unknown) => error instanceof Anthropic.RateLimitError && error.type === 'rate_limit_error',
    )
    const missing = anthropic.messages.create({ model: 'nobody', max_tokens: 9, messages: say('x') })
    await assert.rejects(
      missing,
      (error: unknown) => error instanceof Anthropic.NotFoundError && error.requestID !== null,
    )
    const asked = google.models.generateContent({ model: 'busy', contents: 'x' })
    await assert.rejects(asked, (error: { status?: number }) => error.status === 429)
    await assert.rejects(ollama.chat({ model: 'busy', messages: say('x') }), /sandbox fails with 429/)
  })

  it('ask every client for a key in its own shape', async () => {
    const paths: Readonly<Record<string, (body: Json) => unknown>> = {
      '/v1/chat/completions': ({ error }) => (error as Json).code,
      '/v1/responses': ({ error }) => (error as Json).code,
      '/v1/messages': ({ type, error }) => type === 'error' && (error as Json).type,
      '/api/chat': ({ error }) => typeof error === 'string' && error.slice(0, 4),
      '/v1beta/models/busy:generateContent': ({ error }) => (error as Json).status,
    }
    const got = []
    for (const [path, pick] of Object.entries(paths)) {
      const headers = { 'content-type': 'application/json' }
      const reply = await fetch(gateway.url + path, { method: 'POST', headers, body: '{"model":"busy"}' })
      got.push([reply.status, pick((await reply.json()) as Json)])
    }
    assert.deepEqual(got, [
      [401, 'invalid_api_key'],
      [401, 'invalid_api_key'],
      [401, 'authentication_error'],
      [401, 'This'],
      [401, 'UNAUTHENTICATED'],
    ])
  })

  it('take Google’s key from its header and from the query', async () => {
    const { key } = issueKey(gateway, { tenant: 'acme' })
    const byQuery = await fetch(`${gateway.url}/v1beta/models?key=${key}`)
    const byHeader = await fetch(`${gateway.url}/v1beta/models`, { headers: { 'x-goog-api-key': key } })
    const without = await fetch(`${gateway.url}/v1beta/models`)
    assert.deepEqual([byQuery.status, byHeader.status, without.status], [200, 200, 401])
  })
})
