import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { found, inspect, make, unitsOf } from './support.ts'

const WORDS = ['Café', 'credit card', 'card number', 'straße', 'office', 'abc', 'bcd']

describe('keywords', () => {
  const words = make('keywords', { words: WORDS })
  const parts = make('keywords', { words: WORDS, match: 'part' })

  const SAME: Readonly<Record<string, [text: string, found: string]>> = {
    'other cases': ['the CAFÉ', 'CAFÉ'],
    'accents or none': ['a cafe!', 'cafe'],
    'accents by themselves, which go with their letter': ['Cafe\u0301.', 'Cafe\u0301'],
    'sharp s in capitals': ['STRASSE 5', 'STRASSE'],
    ligatures: ['an oﬃce', 'oﬃce'],
    'wide letters': ['ｃａｆｅ', 'ｃａｆｅ'],
    'letters of mathematics, two units each': ['x 𝐚𝐛𝐜 y', '𝐚𝐛𝐜'],
    'characters that are not seen': ['a\u200bb\u00adc', 'a\u200bb\u00adc'],
    'any blanks for a blank': ['credit \n\u00a0card', 'credit \n\u00a0card'],
  }
  for (const [name, [text, match]] of Object.entries(SAME))
    it(`takes for the same: ${name}`, async () => assert.deepEqual(await found(words, text), [match]))

  it('wants no letter or digit beside a word, but within other words where it may be a part', async () => {
    for (const text of ['abcs', 'xabc', 'abc1', '1abc', 'abc\u0301s', 'äabc', '漢abc']) {
      assert.deepEqual(await found(words, text), [], text)
      assert.equal((await found(parts, text)).length, 1, text)
    }
    for (const text of ['abc-x', '_abc_', '(abc)', '😀abc😀']) assert.deepEqual(await found(words, text), ['abc'], text)
  })

  it('makes one match of those that overlap', async () => {
    assert.deepEqual(await found(words, 'a credit card number.'), ['credit card number'])
    assert.deepEqual(await found(parts, 'xabcdx'), ['abcd'])
    assert.deepEqual(await found(parts, 'abcabc'), ['abc', 'abc'])
  })

  it('finds what a search word by word finds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom('a', 'b', 'c', 'd', ' ', 'ab', 'bcd')), async (pieces) => {
        const text = pieces.join('')
        const covered = new Set<number>()
        for (const word of ['abc', 'bcd'])
          for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1))
            for (let unit = at; unit < at + word.length; unit++) covered.add(unit)
        const { matches } = await inspect(parts, text)
        assert.deepEqual(
          unitsOf(matches),
          [...covered].sort((a, b) => a - b),
        )
      }),
    )
  })

  it('holds back the longest end that may become a word, and no more', () => {
    const { settled } = words.incremental!
    assert.equal(settled('my credi'), 3)
    assert.equal(settled('my credix'), 9)
    assert.equal(settled('xcredi'), 6)
    assert.equal(settled('my credit card'), 3)
    assert.equal(settled('my credit card,'), 15)
  })

  it('calls it what it is told to', async () => {
    assert.equal((await inspect(words, 'abc')).category, 'KEYWORD')
    assert.equal((await inspect(make('keywords', { words: ['abc'], category: 'RIVAL' }), 'abc')).category, 'RIVAL')
  })
})
