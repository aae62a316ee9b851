import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Caller } from '../../server/core/caller.ts'
import type { Inbound } from '../../server/core/exchange.ts'
import { FACTS } from '../../server/core/facts.ts'
import { factsOf, factsRecord } from '../../server/pipeline/facts.ts'

const caller: Caller = {
  tenant: 't',
  team: null,
  key: null,
  routes: null,
  session: null,
  user: null,
  metadata: {},
}

function inboundOf(json: Record<string, unknown>): Inbound {
  return { json, raw: Buffer.from(JSON.stringify(json)), head: { stream: false } } as unknown as Inbound
}

const facts = (json: Record<string, unknown>) => factsOf(caller, inboundOf(json))

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

/** The same in every dialect: the last words of the user are Italian, and what stands around them is not. */
const ITALIAN = 'Vorrei sapere quando arriva il mio ordine, per favore.'
const ENGLISH = 'You answer every question in English, whatever is asked.'
const ASKED: Readonly<Record<string, Record<string, unknown>>> = {
  'openai-chat': {
    messages: [
      { role: 'system', content: ENGLISH },
      {
        role: 'user',
        content: [
          { type: 'text', text: ENGLISH },
          { type: 'text', text: ITALIAN },
        ],
      },
      { role: 'assistant', content: ENGLISH, tool_calls: [{}] },
      { role: 'tool', content: ENGLISH },
    ],
  },
  'openai-responses': {
    instructions: ENGLISH,
    input: [
      {
        role: 'user',
        content: [
          { type: 'input_text', text: ITALIAN },
          { type: 'input_image', image_url: 'data:' },
        ],
      },
      { type: 'function_call_output', call_id: '1', output: ENGLISH },
    ],
  },
  'openai-responses with one text': { instructions: ENGLISH, input: ITALIAN },
  'openai-completions': { prompt: ITALIAN },
  'anthropic-messages': {
    system: ENGLISH,
    messages: [
      { role: 'user', content: ITALIAN },
      { role: 'assistant', content: [{ type: 'tool_use', id: '1', name: 'look_up', input: { text: ENGLISH } }] },
      {
        role: 'user',
        content: [{ type: 'tool_result', tool_use_id: '1', content: [{ type: 'text', text: ENGLISH }] }],
      },
    ],
  },
  ollama: {
    messages: [
      { role: 'user', content: ITALIAN },
      { role: 'user', content: ' ', images: ['iVBORw0KGgo='] },
    ],
  },
  'ollama-generate': { system: ENGLISH, prompt: ITALIAN },
  gemini: {
    systemInstruction: { parts: [{ text: ENGLISH }] },
    contents: [
      { parts: [{ text: ITALIAN }, { inlineData: { mimeType: 'image/png', data: '' } }] },
      { role: 'model', parts: [{ text: ENGLISH }] },
    ],
  },
  'embeddings of several texts': { input: [ENGLISH, ITALIAN] },
}

describe('the language of a request', () => {
  for (const [dialect, json] of Object.entries(ASKED))
    it(`is that of the user's last text in ${dialect}`, () => {
      assert.equal(facts(json)('request.language'), 'it')
    })

  const ask = (content: string) => facts({ messages: [{ role: 'user', content }] })('request.language')

  it('is told apart in a dozen languages, from one short sentence', () => {
    const SENTENCES: Readonly<Record<string, string>> = {
      en: 'Why has my order not arrived yet?',
      de: 'Warum ist meine Bestellung noch nicht da?',
      fr: 'Pourquoi ma commande n’est-elle pas encore arrivée ?',
      es: '¿Por qué todavía no ha llegado mi pedido?',
      it: 'Perché il mio ordine non è ancora arrivato?',
      pt: 'Por que meu pedido ainda não chegou?',
      nl: 'Waarom is mijn bestelling nog niet aangekomen?',
      pl: 'Dlaczego moje zamówienie jeszcze nie dotarło?',
      ru: 'Почему мой заказ ещё не пришёл?',
      ja: '注文した商品がまだ届いていません。',
      zh: '我的订单为什么还没有到？',
      ar: 'لماذا لم يصل طلبي حتى الآن؟',
    }
    assert.deepEqual(Object.fromEntries(Object.values(SENTENCES).map((text) => [ask(text), text])), SENTENCES)
  })

  it('is left open where a text is too short, or no prose', () => {
    for (const text of [
      '',
      'ok',
      'Hi',
      '42',
      '👍👍👍👍👍',
      'https://example.com/de/seite',
      '`git commit --amend`',
      '{"a":1}',
    ])
      assert.equal(ask(text), undefined, text)
  })

  it('is that of the prose around a block of code', () => {
    const code = '```python\nfor each in the_list_of_words: print(each, "is one of the words")\n```'
    assert.equal(ask(`${code}\nWarum läuft diese Schleife nicht?`), 'de')
  })

  it('does not depend on how long the text goes on', () => {
    assert.equal(ask('Das ist ein ganz gewöhnlicher Satz. '.repeat(20_000)), 'de')
  })
})

describe('the time of a request', () => {
  it('is this machine’s: hours from 0 to 23, days from Monday, 1, to Sunday, 7', () => {
    const at = (now: Date) => {
      const ask = factsOf(caller, inboundOf({}), now)
      return [ask('request.hour'), ask('request.weekday')]
    }
    assert.deepEqual(at(new Date(2026, 5, 1, 0, 30)), [0, 1])
    assert.deepEqual(at(new Date(2026, 5, 7, 23, 59)), [23, 7])
  })
})

describe('what is kept of a request for replaying it', () => {
  const NOW = new Date(2026, 5, 1, 9)
  const request = { messages: [{ role: 'user', content: 'Guten Morgen, wie geht es dir heute?' }], tools: [{}] }

  it('are its facts and its metadata, and nothing of its content', () => {
    const inbound = inboundOf(request)
    assert.deepEqual(factsRecord({ ...caller, metadata: { tier: 'gold', tags: ['a', 1], on: true } }, inbound, NOW), {
      'request.tokens': Math.ceil(inbound.raw.length / 4),
      'request.messages': 1,
      'request.has_tools': true,
      'request.has_images': false,
      'request.stream': false,
      'request.hour': 9,
      'request.weekday': 1,
      'metadata.tier': 'gold',
      'metadata.tags': ['a', 1],
      'metadata.on': true,
    })
  })

  it('has the language where a predicate asked for it', () => {
    for (const [content, expected] of [
      [request.messages[0]!.content, 'de'],
      ['ok', null],
    ]) {
      const inbound = inboundOf({ messages: [{ role: 'user', content }] })
      assert.equal('request.language' in factsRecord(caller, inbound), false)
      factsOf(caller, inbound)('request.language')
      assert.equal(factsRecord(caller, inbound)['request.language'], expected)
    }
  })

  it('leaves out metadata that is long or nested, and stays small whatever is sent', () => {
    const long = 'x'.repeat(257)
    const odd = { long, [long]: 1, deep: { a: 1 }, lists: [[1]], many: Array(33).fill(1), fine: 'y', none: null }
    const kept = factsRecord({ ...caller, metadata: odd }, inboundOf({}), NOW)
    assert.deepEqual(
      Object.keys(kept).filter((path) => path.startsWith('metadata.')),
      ['metadata.fine', 'metadata.none'],
    )
    const many = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`m${index}`, 'x'.repeat(256)]))
    assert.ok(JSON.stringify(factsRecord({ ...caller, metadata: many }, inboundOf({}))).length < 10_000)
  })

  it('agrees with what predicates are told, whatever is asked first', () => {
    const paths = [...Object.keys(FACTS).filter((path) => path.startsWith('request.')), 'metadata.tier', 'metadata.a']
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(SAME), ...Object.values(ASKED)),
        fc.subarray(paths),
        (json, first) => {
          const who = { ...caller, metadata: { tier: 'gold' } }
          const inbound = inboundOf(json)
          const ask = factsOf(who, inbound, NOW)
          const told = first.map((path) => ask(path))
          const kept = factsRecord(who, inbound, NOW)
          assert.deepEqual(
            first.map((path) => kept[path] ?? undefined),
            told,
          )
          assert.deepEqual(
            first.map((path) => ask(path)),
            told,
          )
        },
      ),
    )
  })
})

describe('facts that are none', () => {
  it('have no value', () => {
    for (const path of ['', 'routes', 'metadata', 'metadata.', 'metadata.__proto__', 'constructor', 'request.toString'])
      assert.equal(facts({})(path), undefined, path)
  })
})
