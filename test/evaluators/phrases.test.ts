import assert from 'node:assert/strict'
import { it } from 'node:test'
import { afterPhrase, anyOf, phrases, says, unspaced, wordsOf } from '../../server/evaluators/phrases.ts'

it('makes words of a text', () => {
  assert.equal(wordsOf('  **I’m** (not) sure—really, it’s x-ray!'), " i'm not sure really it's x-ray ")
  assert.equal(wordsOf('…'), '  ')
  assert.equal(wordsOf('E\u0301té'), ' été ')
})

it('finds whole words, and what follows them', () => {
  const list = phrases('no (?:one|body)', 'nothing')
  assert.equal(afterPhrase(wordsOf('There is nobody here'), list), null)
  assert.equal(afterPhrase(wordsOf('There is no body, here'), list), ' here ')
  assert.equal(afterPhrase(wordsOf('nothing nothing'), list), ' nothing ')
  assert.equal(afterPhrase(wordsOf('nothing'), list), ' ')
})

it('bridges gaps of so many words and no more', () => {
  const list = phrases('i ..2 cannot ..1 go')
  const found = (text: string) => says(wordsOf(text), list)
  assert.ok(found('I cannot go') && found('I really just cannot ever go'))
  assert.ok(!found('I really just now cannot go') && !found('I cannot ever ever go'))
  assert.ok(found('I think that I cannot go'), 'the second of both')
  assert.ok(found('I cannot stay, I cannot go'))
  assert.ok(!found('cannot I go'))
})

it('finds parts of what has no blanks', () => {
  assert.equal(afterPhrase(wordsOf('我不知道。好'), [unspaced(/不知道/)]), ' 好 ')
})

it('knows words of a list, and beginnings', () => {
  const isFruit = anyOf('fig pear*')
  assert.deepEqual([' a fig ', ' figs ', ' pears ', " l'fig ", ' appear '].map(isFruit), [
    true,
    false,
    true,
    true,
    false,
  ])
})

it('is not slow where beginnings come again and again', () => {
  const startedAt = performance.now()
  assert.ok(!says(wordsOf('i really '.repeat(100_000)), phrases('i ..2 cannot ..2 go')))
  assert.ok(performance.now() - startedAt < 2000)
})
