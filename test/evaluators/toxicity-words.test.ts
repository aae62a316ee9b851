import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { LEXICON, SEVERITIES } from '../../server/evaluators/toxicity/lexicon.ts'
import { make, scoreNow, subjectOf } from './subject.ts'

const score = (text: string, options: Record<string, unknown> = {}) =>
  scoreNow(make('toxicity-words', options), subjectOf(text))!
/** What is found, as it stands in the text. */
const found = (text: string, options: Record<string, unknown> = { severity: 'mild' }) =>
  (score(text, options).spans ?? []).map(([start, end]) => text.slice(start, end))

describe('toxicity-words', () => {
  it('passes what only looks alike', () => {
    for (const text of [
      'Scunthorpe United assessed the classic cocktail in Essex.',
      'Der dicke Hund kam en retard, och det var slut.',
      'Shiitake mushrooms, 100% class1c, c0ld and 4sses.',
      'アクソンとクソンの話',
      'It is **bold**, a*b*c, f(x) and s**2.',
      'Dick Cheney and Kike Hernández',
    ])
      assert.deepEqual(found(text), [], text)
  })

  it('finds words of every language and severity in the list', () => {
    for (const [language, words] of Object.entries(LEXICON))
      for (const severity of SEVERITIES)
        for (const entry of words[severity].split(',')) {
          const word = entry.trim().replace(/\*$/, '')
          const { passed, score: points } = score(`» ${word}! «`, { severity })
          assert.ok(!passed && points <= 0.85, `${language}: ${word}`)
        }
  })

  it('lists nothing twice, and nothing that is not in its form', () => {
    const seen = new Set<string>()
    for (const [language, words] of Object.entries(LEXICON))
      for (const severity of SEVERITIES)
        for (const entry of words[severity].split(',')) {
          const word = entry.trim().replaceAll(/\s+/g, ' ')
          assert.equal(word, word.toLowerCase().normalize())
          assert.ok(!seen.has(`${language} ${word}`), `${language}: ${word}`)
          seen.add(`${language} ${word}`)
        }
  })

  it('sees through cheap disguises', () => {
    assert.deepEqual(
      [
        'What the FUUUCK',
        'sh!t!',
        'a$$hole',
        'f**k you',
        'f u c k',
        'f.u.c.k',
        'fu\u200bck',
        'ＦＵＣＫ',
        '5hit',
        'bull-shit',
      ].map((text) => score(text).passed),
      new Array(10).fill(false),
    )
    assert.deepEqual(found('You s h i t, this is b*tch #1'), ['s h i t', 'b*tch'])
  })

  it('fails from the severity on that it is told, and scores milder ones', () => {
    assert.deepEqual(score('Damn, that is a fine and long sentence about trains and their times.'), {
      score: 1 - 0.3 * (0.5 + 0.5 * (1 / 13 / 0.1)),
      passed: true,
      reason: 'The reply has 1 word of the list, the worst mild.',
    })
    assert.equal(score('Damn.', { severity: 'mild' }).passed, false)
    assert.equal(score('Bullshit.', { severity: 'severe' }).passed, true)
    assert.equal(score('Bullshit.').score, 1 - 0.7)
  })

  it('takes words away and adds others', () => {
    assert.equal(score('Holy shit', { allow: ['shit'] }).passed, true)
    assert.equal(score('fucking', { allow: ['fuck'] }).passed, true)
    assert.deepEqual(found('Acme and acmeish Foo Bar', { words: ['acme*', 'foo bar'] }), ['Acme', 'acmeish', 'Foo Bar'])
    assert.equal(score('Acme', { words: ['acme'], severity: 'severe' }).passed, false)
  })

  it('finds phrases whatever stands between their words', () => {
    assert.deepEqual(found('You son  of\na bitch!'), ['son  of\na bitch'])
    assert.deepEqual(found('Er ist der Sohn. Halt die\nFresse, bitte'), ['Halt die\nFresse'])
  })
})
