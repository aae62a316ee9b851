import type { Question, Word } from '../language/read.ts'
import { unitOf } from '../language/units.ts'
import { onlyIn, type Slot } from './verdict.ts'

const CALENDAR = new Set(
  `monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september
october november december today tomorrow yesterday tonight weekend weekday morning afternoon evening noon midnight
spring summer autumn fall winter christmas easter am pm bc ad`.split(/\s+/),
)
/** `may` and `march` are months only where a date stands beside them or a capital says so. */
const ALSO_VERBS = new Set(['may', 'march', 'fall', 'spring', 'ad'])
const RELATIVE = new Set('next last previous current this past coming'.split(' '))
const PERIODS = new Set(
  'day week month year quarter decade century time hour minute semester season weekend monday tuesday wednesday thursday friday saturday sunday'.split(
    ' ',
  ),
)

export const numbers: Slot = {
  guard: 'numbers',
  differ: (one, other) => onlyIn('numbers', numbersOf(one), numbersOf(other)),
}

export const dates: Slot = {
  guard: 'dates',
  differ: (one, other) => onlyIn('dates', datesOf(one), datesOf(other)),
}

export const units: Slot = {
  guard: 'units',
  differ: (one, other) => onlyIn('units', unitsOf(one), unitsOf(other)),
}

/** Numbers in their order, with the signs of arithmetic: 2 - 3 is not 3 - 2. */
function numbersOf({ words }: Question): string[] {
  return words.filter(hasDigits).map(({ text }) => text)
}

function hasDigits({ text, kind }: Word): boolean {
  return kind === 'number' || kind === 'symbol' || (kind === 'word' && /\d/.test(text))
}

function datesOf({ words }: Question): string[] {
  return words.flatMap((word, at) => {
    if (word.kind !== 'word') return []
    const text = CALENDAR.has(word.stem) ? word.stem : word.text
    if (CALENDAR.has(text)) return ALSO_VERBS.has(text) && !isDate(words, at) ? [] : [text]
    const period = words[at + 1]?.stem ?? ''
    return RELATIVE.has(text) && PERIODS.has(period)
      ? [`${text === 'past' || text === 'previous' ? 'last' : text} ${period}`]
      : []
  })
}

function isDate(words: readonly Word[], at: number): boolean {
  const before = words[at - 1]
  return words[at]!.capital || before?.kind === 'number' || words[at + 1]?.kind === 'number' || before?.text === 'in'
}

function unitsOf({ words }: Question): Set<string> {
  return new Set(
    words.flatMap(({ text, kind }, at) => {
      if (kind !== 'word') return []
      const unit = unitOf(text)
      return unit !== null && (unit !== 'second' || words[at - 1]?.kind === 'number') ? [unit] : []
    }),
  )
}
