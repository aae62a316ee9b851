import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import Anthropic from '@anthropic-ai/sdk'
import { Ollama } from 'ollama'
import OpenAI from 'openai'
import { readSse } from '../../support/frames.ts'
import { ask, type Json } from '../../support/gateway.ts'
import { type GuardSite, openGuardSite } from './site.ts'

/** What a client gets of what is blocked, before and after its reply has begun. */

const WORD = { use: 'keywords', words: ['zebra'], action: 'block' }
let site: GuardSite

before(async () => {
  site = await openGuardSite({
    pre: { guardrails: [WORD] },
    declines: { guardrails: [WORD], on_block: 'refusal', refusal: 'Not here.' },
    context: { guardrails: [{ ...WORD, stage: 'context', name: 'no-zebras' }] },
    post: { guardrails: [{ ...WORD, stage: 'post' }] },
    'post-declines': { guardrails: [{ ...WORD, stage: 'post' }], on_block: 'refusal', refusal: 'Not here.' },
    monitor: { guardrails: [{ ...WORD, mode: 'monitor' }] },
    warns: { guardrails: [{ ...WORD, action: 'warn' }] },
    escalates: {
      guardrails: [{ ...WORD, action: 'escalate', escalate_to: 'sandbox/echo' }],
    },
  })
})
beforeEach(() => {
  site.upstream.seen.length = 0
  site.say('ok')
})
after(() => site.close())

test('a request is blocked before anybody is called, with the guardrail, the place and no word of the text', async () => {
  const reply = await site.gateway.chat(ask('pre', 'I saw a Zebra today'))
  assert.equal(reply.status, 400)
  const { error } = (await reply.json()) as Json
  assert.equal(error.code, 'guardrail_blocked')
  assert.match(error.message, /`keywords` \(messages\[0\]\): KEYWORD/)
  assert.doesNotMatch(JSON.stringify(error), /zebra/i)
  assert.equal(reply.headers.get('x-gatehouse-guardrail'), 'keywords;stage=pre;verdict=block;category=KEYWORD')
  assert.equal(site.upstream.seen.length, 0)
})

test('what passes says so', async () => {
  const reply = await site.gateway.chat(ask('pre', 'I saw a horse'))
  assert.equal(reply.status, 200)
  assert.equal(reply.headers.get('x-gatehouse-guardrail'), 'pass')
})

test('a route may decline in a reply, streamed or not, in the words of each dialect', async () => {
  const openai = new OpenAI({ apiKey: 'any', baseURL: `${site.gateway.url}/v1`, maxRetries: 0 })
  const anthropic = new Anthropic({ apiKey: 'any', baseURL: site.gateway.url, maxRetries: 0 })
  const ollama = new Ollama({ host: site.gateway.url })
  const messages = [{ role: 'user' as const, content: 'zebra' }]

  const whole = await openai.chat.completions.create({ model: 'declines', messages })
  assert.equal(whole.choices[0]!.message.refusal, 'Not here.')
  assert.equal(whole.choices[0]!.finish_reason, 'content_filter')
  const pieces = await Array.fromAsync(
    await openai.chat.completions.create({ model: 'declines', messages, stream: true }),
  )
  assert.equal(pieces.map((piece) => piece.choices[0]?.delta.refusal ?? '').join(''), 'Not here.')
  assert.equal(pieces.at(-1)!.choices[0]!.finish_reason, 'content_filter')

  const message = await anthropic.messages.create({ model: 'declines', max_tokens: 9, messages })
  assert.equal(message.stop_reason, 'refusal')
  const streamed = await anthropic.messages.stream({ model: 'declines', max_tokens: 9, messages }).finalMessage()
  assert.equal(streamed.stop_reason, 'refusal')
  assert.match(JSON.stringify(streamed.content), /Not here\./)

  const chat = await ollama.chat({ model: 'declines', messages })
  assert.equal(chat.message.content, 'Not here.')
  assert.equal(site.upstream.seen.length, 0)
})

test('third-party text is told from what the user typed', async () => {
  const call = { id: 'c1', type: 'function', function: { name: 'look', arguments: '{}' } }
  const turn = (user: string, result: string) => ({
    model: 'context',
    messages: [
      { role: 'user', content: user },
      { role: 'assistant', content: null, tool_calls: [call] },
      { role: 'tool', tool_call_id: 'c1', content: result },
    ],
  })
  const typed = await site.gateway.chat(turn('zebra', 'fine'))
  assert.equal(typed.status, 200)
  const brought = await site.gateway.chat(turn('look', 'a zebra'))
  assert.equal(brought.status, 400)
  assert.match(((await brought.json()) as Json).error.message, /`no-zebras` \(messages\[2\]\)/)
  assert.equal(site.upstream.seen.length, 1)
})

test('a whole reply is blocked as a request is', async () => {
  site.say('There is a ', 'zebra here')
  const error = await site.gateway.chat(ask('post'))
  assert.equal(error.status, 400)
  assert.match(await error.text(), /guardrail_blocked/)
  const refusal = await site.gateway.chat(ask('post-declines'))
  assert.equal(refusal.status, 200)
  assert.equal(((await refusal.json()) as Json).choices[0].message.refusal, 'Not here.')
})

test('a stream that has begun ends with a refusal, and the word never leaves', async () => {
  site.say('There is a ', 'ze', 'bra', ' here')
  const reply = await site.gateway.chat(ask('post', 'hello', { stream: true }))
  assert.equal(reply.status, 200)
  const body = await reply.text()
  const { text, done, error } = readSse(body)
  assert.equal(text, 'There is a ')
  assert.ok(done)
  assert.equal(error, undefined)
  assert.match(body, /"finish_reason":"content_filter"/)
  assert.doesNotMatch(body, /ze/)
  const row = await site.gateway.recorded(reply)
  assert.equal(row.error, 'guardrail_blocked')
})

test('a stream that is blocked at its first word is an error, or a refusal from the start', async () => {
  site.say('zebra', ' here')
  const error = await site.gateway.chat(ask('post', 'hello', { stream: true }))
  assert.equal(error.status, 400)
  const refusal = await site.gateway.chat(ask('post-declines', 'hello', { stream: true }))
  assert.equal(refusal.status, 200)
  assert.match(await refusal.text(), /Not here\./)
})

test('monitor records what it would have done, and warn says it beside the reply', async () => {
  const monitored = await site.gateway.chat(ask('monitor', 'zebra'))
  assert.equal(monitored.status, 200)
  assert.equal(monitored.headers.get('x-gatehouse-guardrail'), 'pass')
  const warned = await site.gateway.chat(ask('warns', 'zebra'))
  assert.equal(warned.headers.get('x-gatehouse-guardrail'), 'keywords;stage=pre;verdict=warn;category=KEYWORD')
})

test('escalate sends the request to the target that it names', async () => {
  const reply = await site.gateway.chat(ask('escalates', 'zebra'))
  assert.equal(reply.headers.get('x-gatehouse-provider'), 'sandbox')
  assert.equal(site.upstream.seen.length, 0)
  const other = await site.gateway.chat(ask('escalates', 'horse'))
  assert.equal(other.headers.get('x-gatehouse-provider'), 'up')
})
