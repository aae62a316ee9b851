import stableStringify from 'safe-stable-stringify'
import type { EvaluatorKind } from '../core/evaluation.ts'
import { parseJson, unfenced } from '../core/json-schema.ts'
import { choiceOption, optionalTexts } from '../core/options.ts'
import { isBeforeText, verdict } from './verdict.ts'

const IGNORABLE = ['case', 'whitespace', 'punctuation'] as const
type Ignorable = (typeof IGNORABLE)[number]

/** Whether the reply is, letter for letter or value for value, what it should be. */
export const exact: EvaluatorKind = {
  id: 'exact',
  description: 'The reply is exactly the expected text, or the expected JSON value.',
  options: {
    expected: 'text that the reply should be, or with `as: json` any value; where none is given, the reference’s text',
    as: '`text` (default), or `json`: compared as values where both are JSON, so that order of members and layout do not count',
    ignore:
      'what does not count in texts: any of `case`, `whitespace` (all of it) and `punctuation`; blanks at the ends never do',
  },
  create(options) {
    const as = choiceOption(options, 'as', ['text', 'json'])
    const ignore = ignoredOf(options)
    const fixed = expectedOf(options.expected, as)
    return {
      kind: 'exact',
      cost: 'process',
      score(subject) {
        const expected = fixed ?? subject.reference?.text
        if (expected === undefined || isBeforeText(subject)) return null
        const { text } = subject.reply
        const value = as === 'json' ? canonicalOf(expected) : null
        const found = value === null ? null : canonicalOf(text)
        if (value !== null && found !== null)
          return verdict(found === value, `The reply is ${found === value ? '' : 'not '}the expected value.`)
        const same = plain(text, ignore) === plain(expected, ignore)
        return verdict(same, `The reply is ${same ? '' : 'not '}the expected text.`)
      },
    }
  },
}

function ignoredOf(options: Readonly<Record<string, unknown>>): ReadonlySet<Ignorable> {
  const given = optionalTexts(options, 'ignore') ?? []
  const isKnown = (each: string): each is Ignorable => (IGNORABLE as readonly string[]).includes(each)
  if (!given.every(isKnown))
    throw new TypeError('`ignore` may list `case`, `whitespace` and `punctuation`, and nothing else')
  return new Set(given)
}

function expectedOf(expected: unknown, as: 'text' | 'json'): string | undefined {
  if (expected === undefined || typeof expected === 'string') return expected
  if (as !== 'json') throw new TypeError('`expected` must be a text; for another value add `as: json`')
  return JSON.stringify(expected)
}

/** A JSON text so that equal values are equal texts; `null` where it is none, or nested too deeply. */
function canonicalOf(text: string): string | null {
  const whole = text.trim()
  const parsed = parseJson(unfenced(whole) ?? whole)
  if (parsed === null) return null
  try {
    return stableStringify(parsed.value) ?? null
  } catch {
    return null
  }
}

function plain(text: string, ignore: ReadonlySet<Ignorable>): string {
  let kept = text.trim().normalize('NFC')
  if (ignore.has('punctuation')) kept = kept.replace(/\p{P}/gu, '')
  if (ignore.has('whitespace')) kept = kept.replace(/\s/g, '')
  return ignore.has('case') ? kept.toUpperCase().toLowerCase() : kept.trim()
}
