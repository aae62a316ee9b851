/**
 * Builds `resources/words/english.bin`, the two sets of words with which the cache tells a misspelling from another
 * word: words that everybody knows, and everything else that is a word or a name. The same lists make the same bytes.
 *
 * Lists: `dictionary-en` (SCOWL, permissive licences), `word-list` (after atebits/Words, MIT) and our own
 * `resources/words/terms.txt`. Their licences stand in `resources/words/LICENSES.txt`.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { writeWordSets } from '../server/core/word-set.ts'

const FOLDER = fileURLToPath(new URL('../resources/words/', import.meta.url))
/** Shorter words are never taken for misspellings, longer ones are too few to matter. */
const SHORTEST_RARE = 5
const LONGEST_RARE = 16
/** One in three hundred words that nobody knows passes for a common one, one in a hundred and twenty for a rare one. */
const COMMON_BITS = 12
const RARE_BITS = 10
const SUBSTANCE_BITS = 20

/** The file's bytes, from folders with the files of the packages `dictionary-en` and `word-list`. */
export function buildWords(dictionary: string, wordList: string): Buffer {
  const { common, names } = readHunspell(dictionary)
  const [terms = [], substances = [], everyday = []] = readFileSync(join(FOLDER, 'terms.txt'), 'utf8')
    .replace(/^#.*$/gm, '')
    .split(/^= .*$/m)
    .map((part) => part.split(/\s+/).filter((word) => word !== ''))
  for (const word of everyday) common.add(word)
  const rare = rareWords(new Set(readFileSync(join(wordList, 'words.txt'), 'utf8').split('\n')), common)
  for (const word of [...names, ...terms, ...substances]) if (word.length > 2) rare.add(word)
  for (const word of common) rare.delete(word)
  return writeWordSets([
    { words: [...common].sort(), bitsPerWord: COMMON_BITS },
    { words: [...rare].sort(), bitsPerWord: RARE_BITS },
    { words: [...substances].sort(), bitsPerWord: SUBSTANCE_BITS },
  ])
}

/** What the list has and the dictionary has not; of plurals only the singulars, as whoever asks for one asks for both. */
function rareWords(listed: ReadonlySet<string>, common: ReadonlySet<string>): Set<string> {
  const fits = [...listed].filter((word) => word.length >= SHORTEST_RARE && word.length <= LONGEST_RARE)
  const singular = (word: string) => word.slice(0, -1)
  return new Set(
    fits.filter((word) => !(word.endsWith('s') && (listed.has(singular(word)) || common.has(singular(word))))),
  )
}

/** Where an installed package lies. */
export function packageFolder(name: string): string {
  return dirname(createRequire(import.meta.url).resolve(name))
}

/** Entries of a Hunspell dictionary with every affix applied: in small letters, and the ones that are always capitals. */
function readHunspell(folder: string): { common: Set<string>; names: Set<string> } {
  const affixes = readAffixes(readFileSync(join(folder, 'index.aff'), 'utf8'))
  const common = new Set<string>()
  const names = new Set<string>()
  for (const line of readFileSync(join(folder, 'index.dic'), 'utf8').split('\n').slice(1)) {
    const [stem = '', flags = ''] = line.trim().split('/')
    if (!/^[\p{L}]+$/u.test(stem)) continue
    for (const form of inflect(stem, flags, affixes)) {
      const plain = form.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
      if (plain.includes("'")) continue
      if (stem === stem.toLowerCase()) common.add(plain)
      else names.add(plain)
    }
  }
  return { common, names }
}

interface Affix {
  prefix: boolean
  strip: string
  add: string
  when: RegExp
}

function readAffixes(source: string): ReadonlyMap<string, Affix[]> {
  const affixes = new Map<string, Affix[]>()
  for (const line of source.split('\n')) {
    const [kind, flag = '', strip = '', add = '', condition] = line.trim().split(/\s+/)
    if ((kind !== 'PFX' && kind !== 'SFX') || condition === undefined) continue
    const prefix = kind === 'PFX'
    const when = new RegExp(prefix ? `^${condition}` : `${condition}$`)
    const affix = { prefix, strip: strip === '0' ? '' : strip, add, when }
    affixes.set(flag, [...(affixes.get(flag) ?? []), affix])
  }
  return affixes
}

function inflect(stem: string, flags: string, affixes: ReadonlyMap<string, Affix[]>): string[] {
  const given = [...flags].flatMap((flag) => affixes.get(flag) ?? [])
  const suffixed = given
    .filter(({ prefix, when }) => !prefix && when.test(stem))
    .map(({ strip, add }) => stem.slice(0, stem.length - strip.length) + add)
  const forms = [stem, ...suffixed]
  const prefixed = given.filter(({ prefix }) => prefix).flatMap(({ add }) => forms.map((form) => add + form))
  return [...forms, ...prefixed]
}

/** What the lists' authors want to stand beside what was made of them. */
function licences(dictionary: string, wordList: string): string {
  const parts = [
    ['english.bin was built from the following word lists by scripts/build-words.ts.'],
    ['dictionary-en, https://github.com/wooorm/dictionaries', readFileSync(join(dictionary, 'license'), 'utf8')],
    ['word-list, https://github.com/sindresorhus/word-list', readFileSync(join(wordList, 'license'), 'utf8')],
  ]
  return `${parts.map((part) => part.map((text) => text.trim()).join('\n\n')).join(`\n\n${'-'.repeat(80)}\n\n`)}\n`
}

if (import.meta.main) {
  // Folders may be given where the packages are not installed.
  const [dictionary = packageFolder('dictionary-en'), wordList = packageFolder('word-list')] = process.argv.slice(2)
  const bytes = buildWords(dictionary, wordList)
  writeFileSync(join(FOLDER, 'english.bin'), bytes)
  writeFileSync(join(FOLDER, 'LICENSES.txt'), licences(dictionary, wordList))
  console.log(`resources/words/english.bin: ${bytes.length} bytes`)
}
