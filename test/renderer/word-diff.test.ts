import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { type DiffRun, diffWords } from '../../renderer/parts/word-diff.ts'

const marked = (runs: readonly DiffRun[]) => runs.filter(({ differs }) => differs).map(({ text }) => text.trim())
const joined = (runs: readonly DiffRun[]) => runs.map(({ text }) => text).join('')
const kept = (runs: readonly DiffRun[]) =>
  runs.flatMap(({ text, differs }) => (differs ? [] : (text.toLowerCase().match(/[a-z]+|\?+/g) ?? [])))

/** The length of a longest common subsequence, by the book. */
function commonLength(one: readonly string[], other: readonly string[]): number {
  const row = new Array<number>(other.length + 1).fill(0)
  for (const word of one) {
    let diagonal = 0
    for (const [index, each] of other.entries()) {
      const above = row[index + 1]!
      row[index + 1] = word === each ? diagonal + 1 : Math.max(above, row[index]!)
      diagonal = above
    }
  }
  return row[other.length]!
}

test('words that differ are told', () => {
  const { one, other } = diffWords('Cheap flights to Paris on 3 May', 'Cheap flights to Rome on 3 May')
  assert.deepEqual([marked(one), marked(other)], [['Paris'], ['Rome']])
  const negated = diffWords('do NOT  delete the file', 'Do delete the file?')
  assert.deepEqual([marked(negated.one), marked(negated.other)], [['NOT'], ['?']])
})

test('case matters where it is asked for, white space never', () => {
  const { one, other } = diffWords('Do  it now', 'do it\nNOW', { exact: true })
  assert.deepEqual(
    [marked(one), marked(other)],
    [
      ['Do', 'now'],
      ['do', 'NOW'],
    ],
  )
})

test('a word that two quite different passages happen to share is no landmark', () => {
  const { one, other } = diffWords(
    'Yes. Open the settings page and choose a new password there. Bye.',
    'Yes. We never store what you and your team type into forms. Bye.',
  )
  assert.deepEqual(marked(one), ['Open the settings page and choose a new password there'])
  assert.deepEqual(marked(other), ['We never store what you and your team type into forms'])
})

test('the texts stay what they are, and what is not marked is the same on both sides', () => {
  const text = fc.stringMatching(/^[aAbc? \n]{0,24}$/)
  fc.assert(
    fc.property(text, text, (left, right) => {
      const { one, other, tooFar } = diffWords(left, right)
      assert.ok(!tooFar)
      assert.equal(joined(one), left)
      assert.equal(joined(other), right)
      assert.deepEqual(kept(one), kept(other))
      if (left === right) assert.deepEqual(marked(one), [])
    }),
  )
})

test('no more words are marked than have to be', () => {
  const words = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 })
  fc.assert(
    fc.property(words, words, (left, right) => {
      const { one } = diffWords(left.join(' '), right.join(' '))
      const longest = commonLength(left, right)
      // Each side keeps a longest common subsequence, but for a single word between two times two others: a crumb.
      const mayBeCrumb = longest === 1 && left.length === 3 && right.length === 3
      if (mayBeCrumb) assert.ok(kept(one).length <= longest)
      else assert.equal(kept(one).length, longest)
    }),
  )
})

test('long texts are compared, too', () => {
  const words = Array.from({ length: 9000 }, (_, index) => `word${index % 700}`)
  const changed = words.with(4000, 'other').toSpliced(6000, 1)
  const { one, other } = diffWords(words.join(' '), changed.join(' '))
  assert.deepEqual(marked(one), [words[4000], words[6000]])
  assert.deepEqual(marked(other), ['other'])
})

test('texts with next to nothing in common are left as they are beyond a size, and it is told', () => {
  const text = (word: string) => Array.from({ length: 3000 }, (_, index) => `${word}${index}`).join(' ')
  const { one, other, tooFar } = diffWords(text('a'), text('b'))
  assert.ok(tooFar)
  assert.deepEqual([one.length, other.length, marked(one), marked(other)], [1, 1, [], []])
})
