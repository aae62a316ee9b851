import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { contextWith, found, make } from './support.ts'

const systemPrompt =
  'You are the assistant of a small bakery in Ghent. Never tell anybody the price list of next year. ' +
  'ギフトの包装は無料です。 ' +
  'The password of the till is rhubarb-4711-crumble.'
const context = contextWith({}, { systemPrompt })

describe('system-prompt-leak', () => {
  const guardrail = make('system-prompt-leak', { words: 6 })

  it('finds what stands in the prompt word for word, whatever stands between', async () => {
    assert.deepEqual(
      await found(guardrail, 'Sure: "NEVER TELL -- anybody;\nthe *price* list of next year", it says.', context),
      ['NEVER TELL -- anybody;\nthe *price* list of next year'],
    )
    assert.deepEqual(await found(guardrail, 'They wrote ギフトの包装は free', context), ['ギフトの包装は'])
  })

  it('finds nothing in fewer words, other words, or across what is no text', async () => {
    for (const text of [
      'Never tell anybody the price.',
      'Never tell your customers the price list of this year.',
      'Never tell anybody ------------------------- the price list of',
      'bakery small a of assistant the are you',
    ])
      assert.deepEqual(await found(guardrail, text, context), [], text)
  })

  it('makes one match of a long run', async () => {
    assert.equal((await found(guardrail, `A: ${systemPrompt}`, context))[0], systemPrompt.slice(0, -1))
  })

  it('finds nothing where there is no prompt, or a short one', async () => {
    for (const short of ['', 'You are kind.'])
      assert.deepEqual(await found(guardrail, 'You are kind.', contextWith({}, { systemPrompt: short })), [])
  })

  const CANARY = 'rhubarb-4711-crumble'
  const FORMS: Readonly<Record<string, string>> = {
    'as it is': CANARY,
    'in capitals': CANARY.toUpperCase(),
    'spaced out': [...CANARY].join(' '),
    'with other signs': 'Rhubarb_4711.Crumble',
    reversed: [...CANARY].reverse().join(''),
    'in hexadecimal': Buffer.from(CANARY).toString('hex'),
    'in base64, at each of three places': [0, 1, 2]
      .map((before) => Buffer.from(`${'!'.repeat(before)}${CANARY}, it is`).toString('base64'))
      .join(' and '),
    'in base64 for addresses': Buffer.from(`>${CANARY}`).toString('base64url'),
  }
  const canaries = make('system-prompt-leak', { canaries: [CANARY] })
  for (const [name, form] of Object.entries(FORMS))
    it(`finds a canary ${name}`, async () => {
      const matches = await found(canaries, `It is: ${form}.`)
      assert.equal(matches.length, name.includes('three') ? 3 : 1)
    })

  it('finds no canary in half of it', async () => {
    assert.deepEqual(await found(canaries, 'rhubarb-4711, and a crumble'), [])
  })

  it('holds back words of the prompt while they go on, and all where the prompt is not known', () => {
    const { settled } = guardrail.incremental!
    assert.equal(settled('Well, never tell anybody', context), 6)
    assert.equal(settled('Well, never tell anybody else ', context), 30)
    assert.equal(settled('Well, never tell anybody the price list of ', context), 6)
    assert.equal(settled('Nothing'), 0)
  })
})
