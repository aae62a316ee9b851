import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Score, Subject } from '../../server/core/evaluation.ts'
import { placeOf } from '../../server/evaluators/place-of.ts'
import { chrf } from '../../server/evaluators/similarity/chrf.ts'
import { replyOf } from './reply.ts'
import { make, requestOf, scoreNow, services, subjectOf } from './subject.ts'

const toolTurn = replyOf('', { toolCalls: [{ name: 'look_up', arguments: '{}' }], finishReason: 'tool-calls' })

function scorer(kind: string) {
  return (
    options: Record<string, unknown>,
    reply: Parameters<typeof subjectOf>[0],
    more: Partial<Subject> = {},
  ): Score | null => scoreNow(make(kind, options), subjectOf(reply, more))
}

const to = (text: string): Partial<Subject> => ({ reference: { text } })

describe('exact', () => {
  const score = scorer('exact')
  const passes = (...all: Parameters<typeof score>) => score(...all)?.passed ?? null

  it('compares with the reference, or with what is given', () => {
    assert.deepEqual(score({}, ' Paris\n', to('Paris')), {
      score: 1,
      passed: true,
      reason: 'The reply is the expected text.',
    })
    assert.deepEqual(score({}, 'paris', to('Paris')), {
      score: 0,
      passed: false,
      reason: 'The reply is not the expected text.',
    })
    assert.equal(passes({ expected: 'Paris' }, 'Paris', to('London')), true)
    assert.equal(score({}, 'Paris'), null)
  })

  it('ignores what it is told to, and nothing else', () => {
    assert.equal(passes({ ignore: ['case'] }, 'STRASSE', to('straße')), true)
    assert.equal(passes({ ignore: ['whitespace'] }, 'a b\nc', to('abc ')), true)
    assert.equal(passes({ ignore: ['punctuation'] }, '“Yes!”', to('Yes')), true)
    assert.equal(passes({ ignore: ['punctuation'] }, 'yes', to('Yes')), false)
    assert.equal(passes({ ignore: ['case', 'whitespace', 'punctuation'] }, ' It’s so. ', to('ITS SO')), true)
    assert.equal(passes({}, 'e\u0301', to('é')), true)
  })

  it('compares values where both are JSON', () => {
    const json = { as: 'json' }
    assert.equal(passes(json, '```json\n{"b":[1,2.0],"a":null}\n```', to('{"a":null,"b":[1,2]}')), true)
    assert.equal(passes(json, '{"b":[2,1],"a":null}', to('{"a":null,"b":[1,2]}')), false)
    assert.equal(passes({ ...json, expected: { a: 1 } }, '{ "a": 1 }'), true)
    assert.equal(passes(json, 'no JSON', to('no JSON')), true)
    assert.equal(passes(json, `${'['.repeat(100_000)}`, to('[]')), false)
  })

  it('waits for the text of a turn that calls tools, but where one was due', () => {
    assert.equal(score({ expected: 'x' }, toolTurn), null)
    assert.equal(passes({}, toolTurn, to('x')), false)
  })
})

describe('contains', () => {
  const score = scorer('contains')

  it('looks for all, one and none of its texts', () => {
    const options = { all: ['Alps', 'lake'], any: ['train', 'bus'], none: ['plane'] }
    assert.deepEqual(score(options, 'By BUS to the lake in the alps'), {
      score: 1,
      passed: true,
      reason: 'The reply contains what it should, and nothing that it should not.',
    })
    assert.deepEqual(score(options, 'By plane to the lake'), {
      score: 0.25,
      passed: false,
      reason:
        'In the reply, 1 of the texts that must be there is missing; none of those is there of which one must be; 1 of those that may not be there is.',
      spans: [[3, 8]],
    })
  })

  it('minds case where it is told to', () => {
    assert.equal(score({ all: ['Alps'], case: 'sensitive' }, 'alps')?.passed, false)
    assert.equal(score({ none: ['ΟΔΟΣ'] }, 'Η οδος')?.passed, false)
    assert.equal(score({ all: ['İzmir'] }, 'izmir')?.passed, true)
  })

  it('wants the reference’s text where it has no list', () => {
    assert.equal(score({}, 'It is Paris, of course.', to('paris'))?.passed, true)
    assert.equal(score({}, 'It is Rome.', to('paris'))?.score, 0)
    assert.equal(score({}, 'It is Rome.'), null)
    assert.equal(score({}, 'It is Rome.', to(' ')), null)
  })

  it('points at places in the reply only where they are places in the reply', () => {
    assert.deepEqual(score({ none: ['b'] }, 'a\u0301 b')?.spans, undefined)
    assert.deepEqual(score({ none: ['b'] }, 'İ b')?.spans, [[2, 3]])
  })
})

describe('the search for a text', () => {
  it('finds what indexOf finds', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 400 })
    fc.assert(
      fc.property(letters, letters, fc.nat(250), (text, part, length) => {
        const long = part + text.slice(0, length)
        for (const each of [part, long, text.slice(length)]) assert.equal(placeOf(each, text), text.indexOf(each))
      }),
    )
  })

  it('is not slow for long texts that nearly match', () => {
    const half = 'a'.repeat(200_000)
    assert.equal(placeOf(`${half}b${half}`, 'a'.repeat(1_000_000)), -1)
  })
})

describe('length', () => {
  const score = scorer('length')

  it('counts in its unit', () => {
    const text = 'One two three. Four, five!'
    const CASES: readonly [unit: string, count: number][] = [
      ['characters', 26],
      ['words', 5],
      ['sentences', 2],
      ['tokens', 8],
    ]
    for (const [unit, count] of CASES) {
      assert.equal(score({ unit, min: count, max: count }, text)?.passed, true, unit)
      assert.equal(score({ unit, max: count - 1 }, text)?.passed, false, unit)
      assert.equal(score({ unit, min: count + 1 }, text)?.passed, false, unit)
    }
    assert.equal(score({ unit: 'words', min: 3 }, '我爱北京天安门。')?.passed, true)
  })

  it('scores how far off it is', () => {
    assert.deepEqual(score({ max: 5 }, '0123456789'), {
      score: 0.5,
      passed: false,
      reason: 'The reply is too long: it has 10 characters of at most 5.',
    })
    assert.equal(score({ min: 10 }, '12')?.score, 0.2)
    assert.equal(score({ max: 0 }, 'x')?.score, 0)
    assert.equal(score({ min: 1 }, '')?.score, 0)
    assert.equal(score({ min: 5 }, toolTurn), null)
  })
})

describe('language', () => {
  const score = scorer('language')
  const german = 'Der Zug nach Hamburg fährt heute leider erst um halb neun ab.'
  const english = 'The train to Hamburg leaves only at half past eight today, I am afraid.'

  it('wants the question’s language, or one of its list', () => {
    const question = { request: requestOf('Wann fährt heute der nächste Zug nach Hamburg ab?') }
    assert.equal(score({}, german, question)?.passed, true)
    assert.deepEqual(score({}, english, question), {
      score: 0,
      passed: false,
      reason: 'The reply’s language, en, is not that of the question.',
    })
    assert.equal(score({ in: ['de', 'fr'] }, english)?.passed, false)
    assert.equal(score({ in: ['de', 'en'] }, english)?.passed, true)
  })

  it('says nothing where the language is not clear', () => {
    assert.equal(score({}, english, { request: requestOf('42?') }), null)
    assert.equal(score({ in: ['de'] }, '42'), null)
    assert.equal(score({ in: ['de'] }, toolTurn), null)
  })
})

describe('similarity', () => {
  const score = scorer('similarity')

  it('is chrF++ by default', () => {
    assert.deepEqual(score({}, 'The cat sat.', to('the CAT sat.')), {
      score: 1,
      passed: true,
      reason: 'The reply is like the reference: 100 of 100.',
    })
    assert.equal(score({}, 'xyz', to('abc'))?.score, 0)
    assert.equal(score({}, 'x'), null)
  })

  it('computes chrF++ as its paper does', () => {
    // Characters 1: 3 of 3 and 3 of 4; 2: 2/2, 2/3; 3: 1/1, 1/2; words 1: 0, 0; longer n-grams are not in both.
    const [precision, recall] = [3 / 4, (3 / 4 + 2 / 3 + 1 / 2) / 4]
    assert.ok(Math.abs(chrf('abc', 'abcd') - (5 * precision * recall) / (4 * precision + recall)) < 1e-12)
    // Recall counts more.
    assert.ok(chrf('The capital of France is Paris.', 'Paris') > chrf('Paris', 'The capital of France is Paris.'))
  })

  it('falls as more is changed', () => {
    const words = 'the quick brown fox jumps over the lazy dog near the old river bank'.split(' ')
    const scores = words.map((_, count) =>
      chrf(words.map((word, at) => (at < count ? 'zzz' : word)).join(' '), words.join(' ')),
    )
    assert.deepEqual(
      scores,
      scores.toSorted((one, other) => other - one),
    )
  })

  it('asks the embedder where it is told to', async () => {
    const VECTORS: Readonly<Record<string, readonly number[]>> = { reply: [1, 0], like: [0.9, 0.1], away: [-1, 0] }
    const asked: (readonly string[])[] = []
    const context = services({
      embed: async (texts) => {
        asked.push(texts)
        return texts.map((text) => Float32Array.from(VECTORS[text] ?? []))
      },
    })
    const evaluator = make('similarity', { by: 'embedder' })
    assert.equal(evaluator.cost, 'call')
    assert.equal(make('similarity', {}).cost, 'process')
    const rate = async (reply: string, reference: string) =>
      evaluator.score(subjectOf(reply, { reference: { text: reference } }), context)
    const near = await rate(' reply ', 'like')
    assert.ok(near?.passed && Math.abs(near.score - 0.9) < 1e-6)
    assert.equal((await rate('reply', 'away'))?.score, 0)
    assert.equal((await rate('', 'like'))?.score, 0)
    assert.deepEqual(asked, [
      ['reply', 'like'],
      ['reply', 'away'],
    ])
    await assert.rejects(rate('reply', 'unknown'), /the embedder did not answer with two vectors/)
  })
})
