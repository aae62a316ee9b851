import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import fc from 'fast-check'
import { random } from '../../guardrails/secrets/made.ts'
import { goodReply, goodStream, readSse } from '../../support/frames.ts'
import type { Json } from '../../support/gateway.ts'
import { type GuardSite, openGuardSite } from './site.ts'

/**
 * What guardrails promise never to do, driven at random over the socket: what is to be taken out never reaches the
 * provider, another caller, or the store, wherever in a request it stands.
 */

let site: GuardSite
/** Every value that was ever planted; the first is a number, always the same. */
const planted = new Set(['4111111111111111'])
let count = 0

/** An address that nobody has had before. */
function newEmail(): string {
  count += 1
  const email = `person${count}x@corp${count}.example.com`
  planted.add(email)
  return email
}

/** A key of AWS's shape that nobody has had before; made here, so that no scanner takes this file for a leak. */
function newKey(): string {
  count += 1
  const key = `AKIA${random(16, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', `${count}`)}`
  planted.add(key)
  return key
}

const PII = { use: 'pii', action: 'redact' }
const SECRETS = { use: 'secrets', action: 'redact' }

before(async () => {
  site = await openGuardSite({
    redacts: { guardrails: [PII, SECRETS] },
    cached: { guardrails: [PII, SECRETS], cache: { mode: 'exact' } },
    both: { guardrails: [PII, SECRETS, { ...PII, stage: 'post' }, { ...SECRETS, stage: 'post' }] },
    blocks: {
      guardrails: [
        { ...PII, action: 'block' },
        { ...SECRETS, action: 'block' },
      ],
    },
    declines: {
      guardrails: [
        { ...PII, action: 'block' },
        { ...SECRETS, action: 'block' },
      ],
      on_block: 'refusal',
    },
  })
  // Says again all that it was told, in pieces of seven characters.
  site.upstream.answer = ({ json }) => {
    const told = JSON.stringify((json as Json).messages)
    return json.stream ? goodStream(...(told.match(/.{1,7}/gsu) ?? [])) : goodReply(told)
  }
})
after(() => site.close())

/** Where a value stands in a request, and how it is written there. */
const PLACES: Readonly<Record<string, (value: string) => Json>> = {
  user: (value) => ({ messages: [{ role: 'user', content: `Say ${value} now` }] }),
  parts: (value) => ({ messages: [{ role: 'user', content: [{ type: 'text', text: value }] }] }),
  system: (value) => ({
    messages: [
      { role: 'system', content: `Mind ${value}.` },
      { role: 'user', content: 'Hello' },
    ],
  }),
  result: (value) => ({
    messages: [
      { role: 'user', content: 'Look' },
      {
        role: 'assistant',
        content: null,
        tool_calls: [
          { id: 'c1', type: 'function', function: { name: 'f', arguments: JSON.stringify({ [value]: [value] }) } },
        ],
      },
      { role: 'tool', tool_call_id: 'c1', content: JSON.stringify({ found: value }) },
    ],
  }),
  tools: (value) => ({
    messages: [{ role: 'user', content: 'Hello' }],
    tools: [{ type: 'function', function: { name: 'f', description: `for ${value}`, parameters: { title: value } } }],
  }),
  members: (value) => ({
    messages: [{ role: 'user', content: 'Hello', name: 'x' }],
    user: value,
    metadata: { a: value },
  }),
  number: () => ({ messages: [{ role: 'user', content: 'Hello' }], metadata: { card: 4111111111111111 } }),
  unknown: (value) => ({
    messages: [
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Hi' },
          { type: 'odd', odd: { at: [value] } },
        ],
      },
    ],
  }),
}

const asked = fc.record({
  route: fc.constantFrom('redacts', 'cached', 'both', 'blocks', 'declines'),
  place: fc.constantFrom(...Object.keys(PLACES)),
  kind: fc.constantFrom('email', 'key'),
  stream: fc.boolean(),
})

test('what is to be taken out reaches neither the provider, nor another caller, nor the store', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(asked, { minLength: 3, maxLength: 8 }), async (requests) => {
      await Promise.all(
        requests.map(async ({ route, place, kind, stream }) => {
          const own = kind === 'email' ? newEmail() : newKey()
          const reply = await site.gateway.chat({ model: route, stream, ...PLACES[place]!(own) })
          const body = await reply.text()
          const text = stream && reply.status === 200 ? readSse(body).text : body
          for (const value of planted)
            if (value !== own) assert.ok(!text.includes(value), `${route} ${place}: another caller's value`)
          if (route === 'blocks' || route === 'declines') {
            assert.ok(!text.includes(own), `${route} ${place}`)
            assert.equal(reply.status, route === 'blocks' ? 400 : 200)
          } else if (place === 'user') assert.ok(text.includes(own), `${route}: the caller gets it back: ${text}`)
        }),
      )
    }),
    { numRuns: 30, endOnFailure: true },
  )
  for (const body of site.sent()) for (const value of planted) assert.ok(!body.includes(value), body)
})

test('and no file of the gateway holds any of it', async () => {
  const { total } = (await site.gateway.admin<Json>('stats')) as { total: unknown }
  assert.ok(total)
  await site.gateway.stored(50)
  const { folder } = site.gateway.home
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  assert.ok(files.some(({ name }) => name.endsWith('.db')))
  for (const { parentPath, name } of files) {
    const bytes = readFileSync(join(parentPath, name))
    for (const value of planted) assert.ok(!bytes.includes(value), `${name} holds a planted value`)
  }
  for (const line of site.gateway.log) for (const value of planted) assert.ok(!line.includes(value))
})
