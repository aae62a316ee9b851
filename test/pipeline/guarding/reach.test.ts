import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import Anthropic from '@anthropic-ai/sdk'
import { ask, type Json } from '../../support/gateway.ts'
import { type GuardSite, openGuardSite } from './site.ts'

/** No way around the guardrails: other operations, other spellings, direct calls, large texts. */

const PII = { use: 'pii', action: 'redact' }
const WORD = { use: 'keywords', words: ['zebra'], action: 'block' }
const EMAIL = 'ada.lovelace@example.org'
let site: GuardSite

before(async () => {
  site = await openGuardSite(
    {
      redacts: { guardrails: [PII] },
      bare: { guardrails: [] },
      'posts-too': { guardrails: [{ ...PII, stage: 'post' }] },
      monitored: { guardrails: [{ ...WORD, name: 'watch', words: ['quagga'], mode: 'monitor' }] },
      sampled: { guardrails: [{ ...WORD, name: 'rare', words: ['quagga'], sample: 0 }] },
    },
    { guardrails: [WORD], direct_access: true },
  )
})
beforeEach(() => {
  site.upstream.seen.length = 0
  site.say('ok')
})
after(() => site.close())

const post = (path: string, body: unknown) =>
  fetch(site.gateway.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

test('guardrails of all routes stand before each route’s own, and before calls of provider/model', async () => {
  for (const model of ['bare', 'redacts', 'up/m']) {
    const reply = await site.gateway.chat(ask(model, 'zebra'))
    assert.equal(reply.status, 400, model)
    assert.match(await reply.text(), /`keywords`/)
  }
  assert.equal(site.upstream.seen.length, 0)
})

test('every dialect is read: the word is found wherever it stands', async () => {
  const result = (content: unknown) => ({
    model: 'bare',
    max_tokens: 9,
    messages: [
      { role: 'user', content: 'look' },
      { role: 'assistant', content: [{ type: 'tool_use', id: 't1', name: 'look', input: { at: 'that' } }] },
      { role: 'user', content: [{ type: 'tool_result', tool_use_id: 't1', content }] },
    ],
  })
  const document = { type: 'document', source: { type: 'text', media_type: 'text/plain', data: 'a zebra' } }
  const search = { type: 'search_result', source: 'x', title: 't', content: [{ type: 'text', text: 'a zebra' }] }
  const input = { at: { deep: ['zebra'] } }
  const requests: [string, Json][] = [
    ['/v1/messages', { model: 'bare', max_tokens: 9, system: 'zebra', messages: [{ role: 'user', content: 'x' }] }],
    ['/v1/messages', result('a zebra')],
    ['/v1/messages', result([{ type: 'text', text: 'a zebra' }])],
    ['/v1/messages', result([search])],
    ['/v1/messages', { model: 'bare', max_tokens: 9, messages: [{ role: 'user', content: [document] }] }],
    [
      '/v1/messages',
      {
        ...result('x'),
        messages: [
          ...result('x').messages.slice(0, 1),
          { role: 'assistant', content: [{ type: 'tool_use', id: 't1', name: 'look', input }] },
        ],
      },
    ],
    ['/v1/responses', { model: 'bare', input: 'zebra' }],
    ['/v1/responses', { model: 'bare', instructions: 'zebra', input: 'x' }],
    ['/v1/responses', { model: 'bare', input: [{ type: 'function_call_output', call_id: 'c', output: 'zebra' }] }],
    ['/v1/completions', { model: 'bare', prompt: 'zebra' }],
    ['/v1beta/models/bare:generateContent', { contents: [{ role: 'user', parts: [{ text: 'zebra' }] }] }],
    [
      '/v1beta/models/bare:generateContent',
      { contents: [{ role: 'user', parts: [{ functionResponse: { name: 'f', response: { is: 'zebra' } } }] }] },
    ],
    ['/api/chat', { model: 'bare', messages: [{ role: 'user', content: 'zebra' }] }],
    ['/api/generate', { model: 'bare', prompt: 'zebra' }],
    [
      '/v1/chat/completions',
      ask('bare', 'x', { tools: [{ type: 'function', function: { name: 'f', description: 'zebra' } }] }),
    ],
    ['/v1/chat/completions', ask('bare', 'x', { user: 'zebra' })],
    ['/v1/embeddings', { model: 'bare', input: ['a', 'a zebra'] }],
    ['/v1/images/generations', { model: 'bare', prompt: 'a zebra' }],
    ['/v1/audio/speech', { model: 'bare', input: 'a zebra', voice: 'alloy' }],
    ['/v1/moderations', { model: 'bare', input: 'a zebra' }],
    ['/v1/messages/count_tokens', { model: 'bare', messages: [{ role: 'user', content: 'zebra' }] }],
    ['/v2/rerank', { model: 'bare', query: 'x', documents: ['a zebra'] }],
  ]
  for (const [path, body] of requests) {
    const reply = await post(path, body)
    const text = await reply.text()
    assert.equal(reply.status, 400, `${path} ${JSON.stringify(body)}: ${text}`)
    assert.match(text, /keywords/)
  }
  assert.equal(site.upstream.seen.length, 0)
})

test('embeddings go out redacted', async () => {
  site.upstream.answer = () => ({
    headers: { 'content-type': 'application/json' },
    chunks: [
      JSON.stringify({ object: 'list', model: 'm', data: [{ object: 'embedding', index: 0, embedding: [1, 0] }] }),
    ],
  })
  const reply = await post('/v1/embeddings', { model: 'redacts', input: [`Write to ${EMAIL}`] })
  assert.equal(reply.status, 200)
  assert.deepEqual((site.upstream.seen[0]!.json as Json).input, ['Write to <EMAIL_1>'])
  assert.equal(site.upstream.seen[0]!.json.model, 'm')
})

test('a transcript is guarded as a reply is', async () => {
  site.upstream.answer = () => ({
    headers: { 'content-type': 'application/json' },
    chunks: [JSON.stringify({ text: `Mail ${EMAIL}.` })],
  })
  const form = new FormData()
  form.set('model', 'posts-too')
  form.set('file', new Blob(['sound']), 'a.wav')
  const reply = await fetch(`${site.gateway.url}/v1/audio/transcriptions`, { method: 'POST', body: form })
  assert.deepEqual(await reply.json(), { text: 'Mail <REPLY_EMAIL_1>.' })
})

test('a form’s text fields go out redacted', async () => {
  site.upstream.answer = () => ({ headers: { 'content-type': 'application/json' }, chunks: ['{"text":"ok"}'] })
  const form = new FormData()
  form.set('model', 'redacts')
  form.set('prompt', `Names: ${EMAIL}`)
  form.set('file', new Blob(['sound']), 'a.wav')
  const reply = await fetch(`${site.gateway.url}/v1/audio/transcriptions`, { method: 'POST', body: form })
  assert.equal(reply.status, 200)
  const sent = site.sent()[0]!
  assert.match(sent, /Names: <EMAIL_1>/)
  assert.match(sent, /sound/)
  assert.doesNotMatch(sent, /lovelace/)
})

test('Anthropic’s client is told in its own words', async () => {
  const client = new Anthropic({ apiKey: 'any', baseURL: site.gateway.url, maxRetries: 0 })
  const call = client.messages.create({ model: 'bare', max_tokens: 9, messages: [{ role: 'user', content: 'zebra' }] })
  await assert.rejects(call, (error: InstanceType<typeof Anthropic.APIError>) => {
    assert.equal(error.status, 400)
    assert.match(error.message, /blocked by the guardrail `keywords`/)
    return true
  })
})

test('a large text is looked at in another thread, and the answer is the same', async () => {
  const large = 'all is well here. '.repeat(8000)
  assert.equal((await site.gateway.chat(ask('bare', large))).status, 200)
  assert.equal((await site.gateway.chat(ask('bare', `${large} zebra`))).status, 400)
  await site.gateway.chat(ask('redacts', `${large} ${EMAIL}`))
  assert.match(site.sent().at(-1)!, /<EMAIL_1>/)
})

test('a share of requests may be looked at, and what is only watched passes', async () => {
  assert.equal((await site.gateway.chat(ask('sampled', 'quagga'))).status, 200)
  const reply = await site.gateway.chat(ask('monitored', 'quagga'))
  assert.equal(reply.status, 200)
  assert.equal(reply.headers.get('x-gatehouse-guardrail'), 'pass')
})

test('what the reader of a dialect does not know is looked at all the same, and does not go out unread', async () => {
  const odd = (text: string) => [
    { type: 'text', text: 'hello' },
    { type: 'hologram', note: { says: text } },
  ]
  const blocked = await site.gateway.chat({ model: 'bare', messages: [{ role: 'user', content: odd('a zebra') }] })
  assert.equal(blocked.status, 400)
  await site.gateway.chat({ model: 'redacts', messages: [{ role: 'user', content: odd(EMAIL), aside: EMAIL }] })
  assert.equal(site.upstream.seen.length, 1)
  assert.doesNotMatch(site.sent()[0]!, /lovelace/)
})
