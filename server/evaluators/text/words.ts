import { plainFigures, valuesOf, valuesOfWord } from './number-words.ts'
import { stemOf } from './stems.ts'

/** A word of a text, a number in figures, or two neighbouring characters of a script that writes no spaces. */
export interface Word {
  /** In small letters, without accents. */
  text: string
  /** What its forms share; of a number, in figures or in one word, its value in figures. */
  stem: string
  kind: 'word' | 'number' | 'characters'
  /** `[start, end)` in UTF-16 units of the text. */
  start: number
  end: number
  /** Written with a capital, and in capitals only, of which there are several. */
  capital: boolean
  capitals: boolean
  /** A comma, a bracket, an end of a sentence follows before the next word. */
  pause: boolean
}

/** Scripts that write no spaces, or hang particles on words: read in pairs of characters. */
const UNSPACED = '\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}\\p{sc=Thai}\\p{sc=Laoo}\\p{sc=Khmr}\\p{sc=Mymr}\\p{sc=Hang}ー'
const PIECE = new RegExp(
  `[${UNSPACED}][${UNSPACED}\\p{M}]*|\\p{Nd}+(?:[.,]\\p{Nd}+)*|(?:(?![${UNSPACED}])[\\p{L}\\p{M}])+`,
  'gu',
)
const PLAIN_PIECE = /[0-9]+(?:[.,][0-9]+)*|[A-Za-z]+/g
const UNSPACED_START = new RegExp(`^[${UNSPACED}]`, 'u')
// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant.
const PLAIN = /^[\x00-\x7f]*$/
const MARKS = /\p{M}/gu
const LATIN = /^[\p{sc=Latn}\p{M}]/u
const DIGIT = /^\p{Nd}/u
/** `deliveryDays`, `PayPal`; not `iPhone`. */
const HUMPS = /\p{Ll}{2}\p{Lu}\p{Ll}/u
const HUMP = /(?<=\p{Ll})(?=\p{Lu})/u
const PAUSES = new Set(',;.!?()[]{}"|…–—，、。；！？「」『』（）।؟،')
/** Longer ones are no words. */
const LONGEST = 40
const CONTRACTED: Readonly<Record<string, string>> = { re: 'are', ve: 'have', ll: 'will', m: 'am', d: 'would' }
const ODD_NEGATIONS: Readonly<Record<string, string>> = { can: 'can', won: 'will', shan: 'shall', ain: 'is' }

/** What a piece is, wherever it stands. */
interface Form extends Pick<Word, 'text' | 'stem' | 'kind' | 'capital' | 'capitals'> {
  /** Words within a word, where capitals set them apart. */
  parts: readonly string[] | null
}

/** Texts repeat their words: each is looked at once. */
const forms = new Map<string, Form>()
const MOST_FORMS = 20_000

/** The words of a text or a part of it, in order, in time linear in its length. `don't` is read as `do` and `not`. */
export function readWords(text: string, from = 0, to = text.length): Word[] {
  const part = from === 0 && to === text.length ? text : text.slice(from, to)
  const words: Word[] = []
  for (const { 0: written, index } of part.matchAll(PLAIN.test(part) ? PLAIN_PIECE : PIECE)) {
    const start = from + index
    markPause(words, text, start)
    const form = formOf(written)
    if (form.kind === 'characters') addPairs(written, start, words)
    else if (form.kind === 'number') words.push(wordOf(form, written, start))
    else addWord(form, written, start, text, words)
  }
  return words
}

function markPause(words: readonly Word[], text: string, start: number): void {
  const before = words.at(-1)
  if (before === undefined) return
  for (let at = before.end; at < start && !before.pause; at++) before.pause = PAUSES.has(text[at]!)
}

function addWord(form: Form, written: string, start: number, text: string, words: Word[]): void {
  if (form.parts !== null) {
    let at = start
    for (const part of form.parts) {
      words.push(wordOf(formOf(part), part, at))
      at += part.length
    }
    return
  }
  const before = words.at(-1)
  const joined = before !== undefined && before.end === start - 1 && isApostrophe(text[start - 1]!)
  if (joined && form.text === 't' && before.kind === 'word' && before.text.endsWith('n'))
    addNot(before, start + 1, words)
  // Of a genitive or of `the '70s` the letter says nothing.
  else if (!(form.text === 's' && start > 0 && (joined || before?.end === start) && before.kind !== 'characters'))
    words.push(wordOf(joined ? formOf(CONTRACTED[form.text] ?? written) : form, written, start))
}

/** `doesn` and `t` are `does` and `not`; where `n't` was written apart, the verb is there already. */
function addNot(before: Word, end: number, words: Word[]): void {
  const verb = ODD_NEGATIONS[before.text] ?? before.text.slice(0, -1)
  const start = verb === '' ? before.start : before.end - 1
  words.pop()
  if (verb !== '') words.push({ ...before, text: verb, stem: stemOf(verb), end: start })
  words.push({ ...before, text: 'not', stem: 'not', start, end, capital: false, capitals: false, pause: false })
}

function addPairs(written: string, start: number, words: Word[]): void {
  const plain = written.normalize('NFKC')
  // Half-width syllables become fewer: then one word, whose place is known.
  if (written.length <= 2 || plain.length !== written.length) words.push(wordOf(formOf(plain), written, start))
  else
    for (let at = 0; at + 2 <= plain.length; at++) {
      const pair = plain.slice(at, at + 2)
      words.push(wordOf(formOf(pair), pair, start + at))
    }
}

function wordOf({ text, stem, kind, capital, capitals }: Form, written: string, start: number): Word {
  return { text, stem, kind, start, end: start + written.length, capital, capitals, pause: false }
}

function formOf(written: string): Form {
  const known = forms.get(written)
  if (known !== undefined) return known
  if (forms.size >= MOST_FORMS) forms.clear()
  const form = readForm(written)
  // A slice would keep the whole text that it is of.
  if (written.length <= LONGEST) forms.set(Buffer.from(written, 'utf16le').toString('utf16le'), form)
  return form
}

function readForm(written: string): Form {
  const none = { capital: false, capitals: false, parts: null }
  if (UNSPACED_START.test(written)) return { text: written, stem: written, kind: 'characters', ...none }
  if (DIGIT.test(written)) {
    const text = plainFigures(written)
    return { text, stem: String(valuesOf(text)[0] ?? text), kind: 'number', ...none }
  }
  const text = fold(written)
  const [value = 0] = valuesOfWord(text)
  const capital = written[0] !== written[0]!.toLowerCase()
  return {
    text,
    // `one` is a pronoun more often.
    stem: value < 2 ? stemOf(text) : String(value),
    kind: 'word',
    capital,
    capitals: capital && written.length > 1 && written === written.toUpperCase(),
    parts: HUMPS.test(written) && written.length <= LONGEST ? written.split(HUMP) : null,
  }
}

/** Small letters of one spelling: accents of Latin letters count as left out. */
function fold(written: string): string {
  const small = (written.length > LONGEST ? written.slice(0, LONGEST) : written).toLowerCase()
  if (PLAIN.test(small)) return small
  const plain = small.normalize('NFKD')
  return LATIN.test(plain) ? plain.replace(MARKS, '').replaceAll('ß', 'ss') : plain.normalize('NFC')
}

function isApostrophe(character: string): boolean {
  return character === "'" || character === '’'
}
