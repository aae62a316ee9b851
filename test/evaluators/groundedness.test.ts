import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { RequestView, Score, Subject } from '../../server/core/evaluation.ts'
import { groundedness } from '../../server/evaluators/groundedness.ts'
import { replyOf } from './reply.ts'
import { noServices, requestOf, subjectOf } from './subject.ts'

const POLICY = `Returns. Items bought online may be returned within 30 days of delivery. Items bought in a shop may be returned
within 14 days with the receipt. Gift cards are not refundable. Return postage costs €4.95 unless the item was faulty. The
returns desk in Graz is run by Maria Keller and opened in 1,998 shops. Prices increased by 12 % in May 2024.`

function score(reply: string, more: Partial<Subject> = {}, options: Record<string, unknown> = {}): Score | null {
  const subject = subjectOf(reply, { reference: { context: POLICY }, ...more })
  return groundedness.create(options).score(subject, noServices()) as Score | null
}

/** The places that are pointed at, as they stand in the reply. */
function pointed(reply: string): string[] {
  return (score(reply)?.spans ?? []).map(([start, end]) => reply.slice(start, end))
}

describe('groundedness passes', () => {
  const CASES = {
    'a copy': 'Items bought online may be returned within 30 days of delivery.',
    'a paraphrase': 'You can return online purchases within 30 days of delivery.',
    'numbers in words': 'You have thirty days to return items bought online.',
    'numbers with other marks': 'It opened in 1998 shops.',
    'a percentage in words': 'Prices rose by 12 percent in May 2024.',
    'a negation said the other way': 'No refunds are given for gift cards.',
    'an answer among courtesies':
      'Sure!\n\nGift cards are not refundable. Let me know if you have any other questions!',
    'a citation': 'Gift cards are not refundable [2].',
    'a lead-in with a list': 'The rules are:\n- Gift cards are not refundable.\n- Return postage costs €4.95.',
  }
  for (const [name, reply] of Object.entries(CASES))
    it(name, () => {
      const { passed, reason, spans } = score(reply)!
      assert.deepEqual([passed, spans], [true, undefined], reason)
    })

  it('what only says that it does not know', () =>
    assert.deepEqual(score('The documents do not say when the desk opens.'), {
      score: 0.75,
      passed: true,
      reason: 'The reply says that it does not know, and claims nothing else.',
    }))
})

describe('groundedness fails, and points at', () => {
  const CASES: Readonly<Record<string, readonly [reply: string, places: string[], why: RegExp]>> = {
    'a number that is not there': [
      'Online items may be returned within 45 days of delivery.',
      ['45'],
      /a number that is not in it/,
    ],
    'a number of something else': [
      'Items bought in a shop may be returned within 30 days with the receipt.',
      ['30'],
      /a number that it says of something else/,
    ],
    'a name that is not there': ['The returns desk is run by Stefan Keller.', ['Stefan'], /a name that is not in it/],
    'a negation too few': ['Gift cards are refundable.', ['refundable'], /the contrary of what it says/],
    'a negation too many': ['Items bought online may not be returned within 30 days.', ['not'], /the contrary/],
    'an opposite': ['Prices decreased by 12 % in May 2024.', ['decreased'], /the contrary/],
    'something made up': [
      'Members of the club get a free towel and a bottle of wine.',
      ['Members of the club get a free towel and a bottle of wine.'],
      /words that it does not have/,
    ],
  }
  for (const [name, [reply, places, why]] of Object.entries(CASES))
    it(name, () => {
      const { passed, reason } = score(reply)!
      assert.equal(passed, false)
      assert.match(reason, why)
      assert.deepEqual(pointed(reply), places)
    })

  it('one wrong sentence among right ones, and only that', () => {
    const reply =
      'Gift cards are not refundable. Return postage costs €7.95. Online items may be returned within 30 days.'
    assert.deepEqual(pointed(reply), ['7.95'])
    assert.equal(score(reply)!.reason, '1 of 3 sentences does not rest on the context: a number that is not in it.')
  })

  it('other languages as well', () => {
    const context = 'Die Garantie gilt drei Jahre ab dem Kaufdatum. Sie gilt nicht für Schäden durch Frost.'
    const german = (reply: string) => score(reply, { reference: { context } })!.passed
    assert.equal(german('Die Garantie gilt 3 Jahre ab Kaufdatum.'), true)
    assert.equal(german('Die Garantie gilt fünf Jahre ab Kaufdatum.'), false)
    assert.equal(german('Die Garantie gilt auch für Schäden durch Frost.'), false)
    const japanese = '会議室の利用料金は1時間500円です。月曜日は休館です。'
    assert.equal(score('利用料金は1時間500円です。', { reference: { context: japanese } })!.passed, true)
    assert.equal(score('利用料金は1時間800円です。', { reference: { context: japanese } })!.passed, false)
  })
})

describe('groundedness takes the context', () => {
  const fact = 'The bridge is 412 metres long.'
  const wrong = 'The bridge is 512 metres long.'
  const withResult = (text: string): RequestView => {
    const result = {
      role: 'tool' as const,
      text: '',
      toolCalls: [],
      toolResults: [{ name: 'look_up', text, isError: false }],
    }
    return { ...requestOf('How long?'), messages: [...requestOf('How long?').messages, result] }
  }
  const passes = (request: RequestView, options = {}) =>
    [fact, wrong].map((reply) => score(reply, { reference: null, request }, options)?.passed ?? null)

  it('of a reference before all else', () =>
    assert.equal(score(fact, { reference: { context: 'Nothing of it.' }, request: withResult(fact) })?.passed, false))
  it('of tool results', () =>
    assert.deepEqual(passes(withResult(`{"bridge": {"name": "Veldt bridge", "metres long": 412}}`)), [true, false]))
  it('of documents in messages', () =>
    assert.deepEqual(passes(requestOf(`<document>The Veldt bridge is 412 metres long.</document> How long is it?`)), [
      true,
      false,
    ]))
  it('of the system text where it has a document', () =>
    assert.deepEqual(
      passes(requestOf('How long?', { system: 'Context:\nThe Veldt bridge is 412 metres long, and red.' })),
      [true, false],
    ))
  it('of what the option names', () => {
    const request = requestOf('The bridge is 412 metres long. Right?', { system: 'The tower is old.' })
    assert.deepEqual(passes(request, { context: 'user' }), [true, false])
    assert.deepEqual(passes(request, { context: 'all' }), [true, false])
    assert.deepEqual(passes(request, { context: 'system' }), [false, false])
    assert.deepEqual(passes(request, { context: 'tools' }), [null, null])
  })
  it('nowhere in a plain question', () => assert.deepEqual(passes(requestOf('How long is the bridge?')), [null, null]))
  it('for no reply without text, and in no other language', () => {
    assert.equal(score(' '), null)
    const calls = replyOf('', { toolCalls: [{ name: 'look_up', arguments: '{}' }] })
    assert.equal(
      groundedness.create({}).score(subjectOf(calls, { reference: { context: POLICY } }), noServices()),
      null,
    )
    assert.equal(score('Die Garantie ist nicht im Preis enthalten und wird mit der Rechnung verkauft.'), null)
  })
})

describe('groundedness has options', () => {
  it('a threshold', () => {
    const { score: value } = score('Online items may come back within 30 days.')!
    assert.equal(score('Online items may come back within 30 days.', {}, { threshold: value })!.passed, true)
    assert.equal(
      score('Online items may come back within 30 days.', {}, { threshold: Math.min(1, value + 0.01) })!.passed,
      false,
    )
  })
  it('chatter, which counts where it is told to', () => {
    const reply = 'Gift cards are not refundable. I hope this helps, and do enjoy the sunshine!'
    assert.ok(score(reply)!.score > score(reply, {}, { chatter: 'count' })!.score)
  })
  it('numbers and names that were asked about need no support', () => {
    const reply = 'Returns after 90 days are not possible for Zubrowka gift cards.'
    const asked = { request: requestOf('May I return Zubrowka gift cards after 90 days?') }
    assert.ok(!score(reply, asked)!.reason.includes('number'))
    assert.ok(score(reply)!.reason.includes('number'))
  })
  it('that must make sense', () => {
    for (const options of [{ threshold: 2 }, { threshold: 'high' }, { context: 'web' }, { chatter: true }])
      assert.throws(() => groundedness.create(options), TypeError)
  })
})
