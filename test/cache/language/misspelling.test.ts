import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isMisspelling } from '../../../server/cache/language/misspelling.ts'
import { readQuestion, type Word } from '../../../server/cache/language/read.ts'
import { isOneSlip } from '../../../server/cache/language/slip.ts'
import { isCommonWord, isKnownWord, isSubstance } from '../../../server/core/lexicon.ts'
import { readWordSets, writeWordSets } from '../../../server/core/word-set.ts'

const wordOf = (word: string): Word => readQuestion(`is the ${word} here`).words.at(-2)!
const forgiven = (one: string, other: string) => isMisspelling(wordOf(one), wordOf(other))

test('one slip of the hand is forgiven', () => {
  for (const [slip, word] of [
    ['passwrod', 'password'],
    ['pasword', 'password'],
    ['passwword', 'password'],
    ['passwird', 'password'],
    ['importent', 'important'],
    ['kilometes', 'kilometers'],
    ['Wedensday', 'Wednesday'],
    ['decrpyt', 'decrypt'],
  ] as const) {
    assert.ok(forgiven(slip, word), slip)
    assert.ok(forgiven(word, slip), slip)
  }
})

test('another word, name, number, unit or substance is none', () => {
  for (const [one, other] of [
    ['form', 'from'],
    ['prescribe', 'proscribe'],
    ['hypertension', 'hypotension'],
    ['iran', 'iraq'],
    ['Anna', 'Hanna'],
    ['Petersen', 'Peterson'],
    ['Brown', 'Browne'],
    ['react', 'preact'],
    ['pandas', 'panda'],
    ['butane', 'butene'],
    ['nitrate', 'nitrite'],
    ['afferent', 'efferent'],
    ['adduct', 'abduct'],
    ['sixteen', 'sixten1'],
    ['eighth', 'eigth'],
    ['Novotel', 'Novatel'],
    ['xylofane', 'xylofone'],
    ['passwrd', 'password1'],
    ['paswrod', 'password'],
    ['teh', 'the'],
  ] as const)
    assert.ok(!forgiven(one, other), `${one} / ${other}`)
})

test('a slip is what Damerau counted', () => {
  const words = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 })
  fc.assert(
    fc.property(words, words, (one, other) => {
      assert.equal(isOneSlip(one, other), distance(one, other) === 1)
      assert.equal(isOneSlip(one, other), isOneSlip(other, one))
    }),
    { numRuns: 3000 },
  )
})

/** The textbook's table (optimal string alignment). */
function distance(one: string, other: string): number {
  const rows = Array.from({ length: one.length + 1 }, (_, row) =>
    Array.from({ length: other.length + 1 }, (_, column) => row + column),
  )
  for (let row = 1; row <= one.length; row++)
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1]
      rows[row]![column] = Math.min(
        rows[row - 1]![column]! + 1,
        rows[row]![column - 1]! + 1,
        rows[row - 1]![column - 1]! + (same ? 0 : 1),
      )
      if (row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1])
        rows[row]![column] = Math.min(rows[row]![column]!, rows[row - 2]![column - 2]! + 1)
    }
  return rows[one.length]![other.length]!
}

test('the shipped words are there, and what is none is mostly not', () => {
  for (const word of ['the', 'password', 'dogs', 'children', 'reset']) assert.ok(isCommonWord(word), word)
  for (const word of ['iran', 'anna', 'preact', 'kubernetes', 'proscribe', 'fluorene'])
    assert.ok(isKnownWord(word), word)
  assert.ok(isSubstance('metformin') && !isSubstance('house'))
  const noWords = Array.from({ length: 3000 }, (_, index) => `zq${index.toString(36)}xv`)
  assert.ok(noWords.filter(isCommonWord).length < 60)
  assert.ok(noWords.filter(isKnownWord).length < 120)
})

test('a word set finds every word that was put into it', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1 }), (words) => {
      const [set] = readWordSets(writeWordSets([{ words, bitsPerWord: 10 }]))
      for (const word of words) assert.ok(set!.has(word))
    }),
  )
  const bytes = writeWordSets([{ words: ['a'], bitsPerWord: 64 }])
  assert.throws(() => readWordSets(bytes.subarray(0, -1)), /cut off/)
})
