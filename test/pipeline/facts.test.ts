import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Inbound } from '../../server/core/exchange.ts'
import { factsOf } from '../../server/pipeline/facts.ts'

const caller = { tenant: 't', team: null, key: null, routes: null, session: null, user: null, metadata: {} }

function facts(json: Record<string, unknown>) {
  const raw = Buffer.from(JSON.stringify(json))
  return factsOf(caller, { json, raw, head: { stream: false } } as unknown as Inbound)
}

const image = { data: 'iVBORw0KGgo=', media_type: 'image/png', type: 'base64' }

/** The same in every dialect: two messages, a tool, an image in the second. */
const SAME: Readonly<Record<string, Record<string, unknown>>> = {
  'openai-chat': {
    messages: [
      { role: 'user', content: 'a' },
      { role: 'user', content: [{ type: 'image_url', image_url: { url: 'https://a/b.png' } }] },
    ],
    tools: [{}],
  },
  'openai-responses': {
    input: [
      { role: 'user', content: 'a' },
      { role: 'user', content: [{ type: 'input_image', image_url: 'https://a/b.png' }] },
    ],
    tools: [{}],
  },
  'anthropic-messages': {
    messages: [
      { role: 'user', content: 'a' },
      { role: 'user', content: [{ type: 'tool_result', content: [{ type: 'image', source: image }] }] },
    ],
    tools: [{}],
  },
  ollama: {
    messages: [
      { role: 'user', content: 'a' },
      { role: 'user', content: '', images: ['iVBORw0KGgo='] },
    ],
    tools: [{}],
  },
  gemini: {
    contents: [
      { parts: [{ text: 'a' }] },
      { parts: [{ inlineData: { mimeType: 'image/png', data: 'iVBORw0KGgo=' } }] },
    ],
    tools: [{}],
  },
}

describe('facts for predicates', () => {
  for (const [dialect, json] of Object.entries(SAME))
    it(`are the same for ${dialect}`, () => {
      const asked = facts(json)
      const got = ['request.messages', 'request.has_images', 'request.has_tools'].map((path) => asked(path))
      assert.deepEqual(got, [2, true, true])
      const without = facts(
        JSON.parse(
          JSON.stringify(json, (key, value) => (/image|content|parts|inlineData/i.test(key) ? undefined : value)),
        ),
      )
      assert.equal(without('request.has_images'), false)
    })

  it('count one prompt as one message', () => {
    assert.equal(facts({ prompt: 'Hello' })('request.messages'), 1)
    assert.equal(facts({ input: 'Hello' })('request.messages'), 1)
    assert.equal(facts({ prompt: 'x', images: ['iVBORw0KGgo='] })('request.has_images'), true)
    assert.equal(facts({})('request.messages'), 0)
  })
})
