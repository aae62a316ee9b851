import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { buildWords, packageFolder } from '../../../scripts/build-words.ts'

function folderOrNull(name: string): string | null {
  try {
    return packageFolder(name)
  } catch {
    return null
  }
}

const [dictionary, wordList] = [folderOrNull('dictionary-en'), folderOrNull('word-list')]
const skip = dictionary === null || wordList === null ? 'dictionary-en and word-list are not installed' : false

test('the shipped words are those of the lists', { skip }, () => {
  const shipped = readFileSync(new URL('../../../resources/words/english.bin', import.meta.url))
  assert.ok(shipped.equals(buildWords(dictionary!, wordList!)), 'run `node scripts/build-words.ts`')
  assert.ok(shipped.length <= 300_000)
})
