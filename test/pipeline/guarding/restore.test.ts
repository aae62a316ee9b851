import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import Anthropic from '@anthropic-ai/sdk'
import { Ollama } from 'ollama'
import OpenAI from 'openai'
import { readSse, toolCall } from '../../support/frames.ts'
import { ask, type Json } from '../../support/gateway.ts'
import { type GuardSite, openGuardSite } from './site.ts'

/** What is taken out of a request stands for itself on the way, and comes back to whoever sent it, and to nobody else. */

const EMAIL = 'ada.lovelace@example.org'
const OTHER = 'grace.hopper@example.net'
const PII = { use: 'pii', stage: 'pre', action: 'redact' }
let site: GuardSite

before(async () => {
  site = await openGuardSite({
    redacts: { guardrails: [PII] },
    keeps: { guardrails: [{ ...PII, restore: false }] },
    masks: { guardrails: [{ ...PII, as: 'mask' }] },
    hashes: { guardrails: [{ ...PII, as: 'hash' }] },
    cached: { guardrails: [PII], cache: { mode: 'exact' } },
    both: { guardrails: [PII, { ...PII, stage: 'post' }] },
  })
})
beforeEach(() => {
  site.upstream.seen.length = 0
  site.say('Wrote to <EMAIL_1>.')
})
after(() => site.close())

/** No character of the address but its shape went to the provider. */
function assertHidden(): void {
  for (const body of site.sent()) {
    assert.doesNotMatch(body, /ada\.|grace\.|lovelace|hopper/i)
    assert.match(body, /<EMAIL_1>/)
  }
}

test('an address goes to the provider as a placeholder and comes back as itself', async () => {
  const reply = await site.gateway.chat(ask('redacts', `Write to ${EMAIL}, please`))
  assert.equal(((await reply.json()) as Json).choices[0].message.content, `Wrote to ${EMAIL}.`)
  assert.equal(reply.headers.get('x-gatehouse-guardrail'), 'pii;stage=pre;verdict=redact;category=EMAIL')
  assertHidden()
})

test('also where the placeholder comes in pieces, at every cut', async () => {
  const text = 'To <EMAIL_1> and <EMAIL_2>, < EMAIL_1>, <EMAIL_3>.'
  const expected = `To ${EMAIL} and ${OTHER}, < EMAIL_1>, <EMAIL_3>.`
  for (let at = 1; at < text.length; at += 3) {
    site.say(text.slice(0, at), text.slice(at))
    const reply = await site.gateway.chat(ask('redacts', `From ${EMAIL} to ${OTHER}`, { stream: true }))
    assert.equal(readSse(await reply.text()).text, expected)
  }
  site.say(...text)
  const reply = await site.gateway.chat(ask('redacts', `From ${EMAIL} to ${OTHER}`, { stream: true }))
  assert.equal(readSse(await reply.text()).text, expected)
  assertHidden()
})

test('through every dialect, with the official clients', async () => {
  const { url } = site.gateway
  const messages = [{ role: 'user' as const, content: `Write to ${EMAIL}` }]
  const openai = new OpenAI({ apiKey: 'any', baseURL: `${url}/v1`, maxRetries: 0 })
  const anthropic = new Anthropic({ apiKey: 'any', baseURL: url, maxRetries: 0 })
  const expected = `Wrote to ${EMAIL}.`
  const responses = await openai.responses.create({ model: 'redacts', input: messages })
  assert.equal(responses.output_text, expected)
  const message = await anthropic.messages.create({ model: 'redacts', max_tokens: 99, messages })
  assert.deepEqual(
    message.content.map((part) => part.type === 'text' && part.text),
    [expected],
  )
  const streamed = await anthropic.messages.stream({ model: 'redacts', max_tokens: 99, messages }).finalText()
  assert.equal(streamed, expected)
  const chat = await new Ollama({ host: url }).chat({ model: 'redacts', messages })
  assert.equal(chat.message.content, expected)
  assertHidden()
})

test('everywhere in a conversation: system, tools, their calls and what they brought', async () => {
  const call = { id: 'c1', type: 'function', function: { name: 'mail', arguments: JSON.stringify({ to: [EMAIL] }) } }
  const parameters = { type: 'object', properties: { to: { type: 'string', description: `e.g. ${EMAIL}` } } }
  const reply = await site.gateway.chat({
    model: 'redacts',
    user: EMAIL,
    metadata: { who: EMAIL },
    messages: [
      { role: 'system', content: `You write for ${EMAIL}.` },
      { role: 'user', content: [{ type: 'text', text: `Mail ${EMAIL}` }] },
      { role: 'assistant', content: null, tool_calls: [call] },
      { role: 'tool', tool_call_id: 'c1', content: `{"sent":"${EMAIL}"}` },
    ],
    tools: [{ type: 'function', function: { name: 'mail', description: `Mails ${EMAIL}`, parameters } }],
  })
  assert.equal(reply.status, 200)
  assertHidden()
  assert.equal(site.sent()[0]!.match(/<EMAIL_1>/g)!.length, 8)
  assert.doesNotMatch(site.sent()[0]!, /EMAIL_2/)
})

test('into the arguments of a tool call, as JSON', async () => {
  site.upstream.answer = () => toolCall('mail', { to: '<EMAIL_1>' }, false)
  const reply = await site.gateway.chat(ask('redacts', `Mail ${EMAIL}`))
  const { choices } = (await reply.json()) as Json
  assert.deepEqual(JSON.parse(choices[0].message.tool_calls[0].function.arguments), { to: EMAIL })
})

test('what the caller wrote like a placeholder is none', async () => {
  site.say('<EMAIL_1> and <EMAIL_2>')
  const reply = await site.gateway.chat(ask('redacts', `What is <EMAIL_1>? Ask ${EMAIL}`))
  assert.equal(((await reply.json()) as Json).choices[0].message.content, `<EMAIL_1> and ${EMAIL}`)
})

test('restore can be off; masks and hashes never come back', async () => {
  const text = async (route: string) => {
    const reply = await site.gateway.chat(ask(route, `Write to ${EMAIL}`))
    return ((await reply.json()) as Json).choices[0].message.content as string
  }
  assert.equal(await text('keeps'), 'Wrote to <EMAIL_1>.')
  await text('masks')
  assert.match(site.sent()[1]!, /Write to \*\*\*\.\*{8}@\*{7}\.\*\*\*/)
  await text('hashes')
  await text('hashes')
  const [, , one, two] = site.sent()
  const hash = /<EMAIL:([0-9a-f]{12})>/
  assert.equal(hash.exec(one!)![1], hash.exec(two!)![1])
})

test('a kept reply holds placeholders, and each caller gets their own back', async () => {
  const first = await site.gateway.chat(ask('cached', `Write to ${EMAIL}`))
  assert.equal(first.headers.get('x-gatehouse-cache'), 'miss')
  assert.match(await first.text(), new RegExp(EMAIL))
  await site.gateway.recorded(first)
  const second = await site.gateway.chat(ask('cached', `Write to ${OTHER}`))
  assert.equal(second.headers.get('x-gatehouse-cache'), 'hit-exact')
  const text = await second.text()
  assert.match(text, new RegExp(OTHER))
  assert.doesNotMatch(text, /lovelace/i)
  const third = await site.gateway.chat(ask('cached', `Write to ${EMAIL}`, { stream: true }))
  assert.equal(readSse(await third.text()).text, `Wrote to ${EMAIL}.`)
  const { data } = await site.gateway.admin<Json>('cache/entries?limit=10')
  for (const { key } of data)
    assert.doesNotMatch(JSON.stringify(await site.gateway.admin(`cache/entries/${key}`)), /lovelace|hopper/i)
})

test('what the model itself says of others is taken out, what the caller sent comes back', async () => {
  site.say(`I know <EMAIL_1> and `, `joan.clarke@example.com`, ' well.')
  for (const stream of [false, true]) {
    const reply = await site.gateway.chat(ask('both', `Whom does ${EMAIL} know?`, { stream }))
    const body = await reply.text()
    const text = stream ? readSse(body).text : JSON.parse(body).choices[0].message.content
    assert.equal(text, `I know ${EMAIL} and <REPLY_EMAIL_1> well.`)
  }
})

test('no record, span or excerpt holds the address', async () => {
  const reply = await site.gateway.chat(ask('redacts', `Write to ${EMAIL}`))
  const row = await site.gateway.recorded(reply)
  // They are stored together.
  const trace = await site.gateway.admin<Json>(`traces/${row.trace_id}`)
  const verdicts = await site.gateway.admin<Json>(`guardrails/verdicts?request=${row.request_id}`)
  assert.ok(trace.spans.some(({ name }: Json) => name === 'run_guardrail pii'))
  assert.match(verdicts.data[0].excerpt, /^Write to /)
  assert.doesNotMatch(JSON.stringify([row, trace, verdicts]), /lovelace/i)
})
