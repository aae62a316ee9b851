import type { Token } from './token.ts'

const UNITS =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  )
const TENS = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')
const CARDINALS = new Map([
  ...UNITS.map((word, value) => [word, value] as const),
  ...TENS.map((word, index) => [word, 20 + 10 * index] as const),
])
const SCALES = new Map([
  ['hundred', 100],
  ['thousand', 1000],
  ['million', 1e6],
  ['billion', 1e9],
  ['trillion', 1e12],
])
/** `second` is left out: it is a unit as well. */
const ORDINALS = new Map(
  'first  third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth'
    .split(' ')
    .flatMap((word, index) => (word === '' ? [] : [[word, index + 1] as const])),
)
for (const [index, word] of TENS.entries()) ORDINALS.set(word.replace(/y$/, 'ieth'), 20 + 10 * index)
const ORDINAL_DIGITS = /^(\d+)(?:st|nd|rd|th)$/
const LARGEST = Number.MAX_SAFE_INTEGER

/** Words that count. */
export const NUMBER_WORDS: readonly string[] = [...CARDINALS.keys(), ...SCALES.keys(), ...ORDINALS.keys()]

/**
 * Writes numbers in words as digits: `two hundred and fifty` is 250, `1.5 million` 1500000, `twenty-first` and `21st`
 * are `#21`. What is no single number, such as `one two three`, stays several.
 */
export function foldNumbers(tokens: readonly Token[]): Token[] {
  const folded: Token[] = []
  for (let at = 0; at < tokens.length; ) {
    const { token, next } = readNumber(tokens, at)
    folded.push(token)
    at = next
  }
  return folded
}

function readNumber(tokens: readonly Token[], at: number): { token: Token; next: number } {
  const start = tokens[at]!
  const ordinal = ORDINAL_DIGITS.exec(start.text)
  if (ordinal) return made(start, ordinalText(Number(ordinal[1])), at + 1)
  if (start.kind === 'number') {
    const scaled = scaledDigits(tokens, at)
    return scaled ?? { token: start, next: at + 1 }
  }
  const article = start.text === 'a' && isScale(tokens[at + 1])
  if (!article && !CARDINALS.has(start.text)) {
    const value = ORDINALS.get(start.text)
    return value === undefined ? { token: start, next: at + 1 } : made(start, ordinalText(value), at + 1, true)
  }
  return readWords(tokens, at, article)
}

function readWords(tokens: readonly Token[], start: number, article: boolean): { token: Token; next: number } {
  let total = 0
  let group = article ? 1 : 0
  let last: 'none' | 'tens' | 'unit' | 'scale' = article ? 'unit' : 'none'
  let next = article ? start + 1 : start
  for (; next < tokens.length; next++) {
    const word = tokens[next]!.text
    const value = CARDINALS.get(word)
    const ordinal = ORDINALS.get(word)
    const scale = SCALES.get(word)
    if (value !== undefined) {
      if (last === 'unit' || (last === 'tens' && (value === 0 || value > 9))) break
      group += value
      last = value >= 20 ? 'tens' : 'unit'
    } else if (ordinal !== undefined && (last === 'tens' ? ordinal < 10 : last === 'scale')) {
      return made(tokens[start]!, ordinalText(total + group + ordinal), next + 1)
    } else if (scale !== undefined && last !== 'none') {
      if (scale < 1000) group = Math.max(group, 1) * scale
      else {
        total += Math.max(group, 1) * scale
        group = 0
      }
      last = 'scale'
    } else if (!(word === 'and' && last === 'scale' && CARDINALS.has(tokens[next + 1]?.text ?? ''))) break
    if (total + group > LARGEST) break
  }
  return made(tokens[start]!, String(total + group), next, next === start + 1)
}

function scaledDigits(tokens: readonly Token[], at: number): { token: Token; next: number } | null {
  let value = Number(tokens[at]!.text)
  let next = at + 1
  for (; isScale(tokens[next]); next++) value *= SCALES.get(tokens[next]!.text)!
  const exact = Number.isSafeInteger(Math.round(value * 1e6) / 1e6)
  return next > at + 1 && exact ? made(tokens[at]!, String(Math.round(value * 1e6) / 1e6), next) : null
}

function isScale(token: Token | undefined): boolean {
  return token !== undefined && SCALES.has(token.text)
}

function ordinalText(value: number): string {
  return value === 2 ? 'second' : `#${value}`
}

function made(from: Token, text: string, next: number, single = false): { token: Token; next: number } {
  const token: Token = { ...from, text, kind: text === 'second' ? 'word' : 'number' }
  return { token: single ? { ...token, raw: from.text } : token, next }
}
