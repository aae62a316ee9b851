import type { Question } from '../language/read.ts'
import type { Slot } from './verdict.ts'

/** Scripts by the first letter of a word. */
const SCRIPTS = [
  'Latin',
  'Cyrillic',
  'Greek',
  'Arabic',
  'Hebrew',
  'Devanagari',
  'Han',
  'Hiragana',
  'Katakana',
  'Hangul',
  'Thai',
].map((name) => [name, new RegExp(`^\\p{Script=${name}}`, 'u')] as const)

/**
 * An answer is given in the language of its question. English meets English; what is in any other language, or in
 * none, is not understood here, so there every word must be the same.
 */
export const language: Slot = {
  guard: 'language',
  differ(one, other) {
    if (one.english && other.english) return null
    if (one.english !== other.english) return 'one question is in English'
    const scripts = [mainScript(one), mainScript(other)].sort()
    if (scripts[0] !== scripts[1]) return `scripts: ${scripts.join(', ')}`
    return sameTexts(one, other) ? null : 'in a language other than English every word must be the same'
  },
}

function mainScript({ words }: Question): string {
  const counts = new Map<string, number>()
  for (const { text } of words) {
    const script = SCRIPTS.find(([, pattern]) => pattern.test(text))?.[0]
    if (script !== undefined) counts.set(script, (counts.get(script) ?? 0) + 1)
  }
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? 'none'
}

function sameTexts(one: Question, other: Question): boolean {
  return one.words.length === other.words.length && one.words.every(({ text }, at) => text === other.words[at]!.text)
}
