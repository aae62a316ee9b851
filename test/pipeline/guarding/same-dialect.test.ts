import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type FakeUpstream, startFakeUpstream } from '../../support/fake-upstream.ts'
import { type Json, routesConfig, startGateway, type TestGateway } from '../../support/gateway.ts'

/** A rewritten request goes out in its own dialect as it was, but for what was taken out, and two spellings of the same. */

const EMAIL = 'ada.lovelace@example.org'
let upstream: FakeUpstream
let gateway: TestGateway

before(async () => {
  upstream = await startFakeUpstream(() => ({ status: 400, chunks: ['{"error":{"message":"seen"}}'] }))
  const base_url = upstream.url
  const providers = {
    anthropic: { kind: 'anthropic', base_url, api_key: '${env:KEY}' },
    openai: { kind: 'openai', base_url, api_key: '${env:KEY}' },
    ollama: { kind: 'ollama', base_url },
  }
  const routes = Object.keys(providers).map((provider) => [
    provider,
    {
      targets: [{ provider, model: 'claude-sonnet-4-5' }],
      breaker: { failures: 0 },
      guardrails: [{ use: 'pii', action: 'redact' }],
    },
  ])
  gateway = await startGateway(routesConfig(providers, Object.fromEntries(routes)), { environment: { KEY: 'k' } })
})
after(async () => {
  await gateway.stop()
  await upstream.close()
})

const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const parameters = { type: 'object', properties: { to: { type: 'string' } }, required: ['to'] }

const REQUESTS: Readonly<Record<string, [path: string, body: Json]>> = {
  anthropic: [
    '/v1/messages',
    {
      model: 'anthropic',
      max_tokens: 99,
      temperature: 0.5,
      stop_sequences: ['END'],
      system: [{ type: 'text', text: `You help ${EMAIL}.`, cache_control: { type: 'ephemeral' } }],
      metadata: { user_id: 'u1' },
      tools: [{ name: 'mail', description: 'Mails', input_schema: parameters }],
      tool_choice: { type: 'auto' },
      messages: [
        {
          role: 'user',
          content: [
            { type: 'image', source: { type: 'base64', media_type: 'image/png', data: pixel } },
            { type: 'text', text: `Mail ${EMAIL}` },
          ],
        },
        {
          role: 'assistant',
          content: [
            { type: 'text', text: 'Sure.' },
            { type: 'tool_use', id: 'toolu_1', name: 'mail', input: { to: EMAIL } },
          ],
        },
        {
          role: 'user',
          content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: 'sent' }],
        },
      ],
    },
  ],
  openai: [
    '/v1/chat/completions',
    {
      model: 'openai',
      temperature: 0.5,
      max_completion_tokens: 99,
      seed: 7,
      logit_bias: { 50256: -100 },
      service_tier: 'auto',
      tools: [{ type: 'function', function: { name: 'mail', description: 'Mails', parameters, strict: true } }],
      tool_choice: 'auto',
      messages: [
        { role: 'system', content: `You help ${EMAIL}.` },
        {
          role: 'user',
          content: [
            { type: 'text', text: `Mail ${EMAIL}` },
            { type: 'image_url', image_url: { url: `data:image/png;base64,${pixel}`, detail: 'low' } },
          ],
        },
        {
          role: 'assistant',
          content: null,
          tool_calls: [{ id: 'c1', type: 'function', function: { name: 'mail', arguments: `{"to":"${EMAIL}"}` } }],
        },
        { role: 'tool', tool_call_id: 'c1', content: 'sent' },
      ],
    },
  ],
  ollama: [
    '/api/chat',
    {
      model: 'ollama',
      stream: false,
      keep_alive: '5m',
      options: { temperature: 0.5, num_ctx: 4096, min_p: 0.1 },
      messages: [
        { role: 'system', content: `You help ${EMAIL}.` },
        { role: 'user', content: `Mail ${EMAIL}`, images: [pixel] },
      ],
      tools: [{ type: 'function', function: { name: 'mail', description: 'Mails', parameters } }],
    },
  ],
}

for (const [provider, [path, body]] of Object.entries(REQUESTS))
  test(`${provider}: only the address is another`, async () => {
    upstream.seen.length = 0
    const response = await fetch(gateway.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    await response.text()
    const expected = JSON.parse(JSON.stringify(body).replaceAll(EMAIL, '<EMAIL_1>'))
    const sent = upstream.seen[0]!.json as Json
    assert.deepEqual({ ...sent, model: null }, { ...expected, model: null })
  })
