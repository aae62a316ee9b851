import { isCommonWord, isKnownWord } from '../../core/lexicon.ts'
import { cleanText } from './clean.ts'
import { expandContractions } from './contractions.ts'
import { stripCourtesy } from './courtesy.ts'
import { foldNumbers } from './numbers.ts'
import { singular } from './plurals.ts'
import { orderQuestion } from './question-order.ts'
import { foldSpelling } from './spelling.ts'
import type { Token, TokenKind } from './token.ts'
import { tokenize } from './tokens.ts'
import { foldUnits, unitOf } from './units.ts'

/** One word of a question in its normal form. */
export interface Word {
  text: string
  /** In small letters, before spelling, number and unit were made one. */
  raw: string
  /** The same of a noun's plural and singular. */
  stem: string
  kind: TokenKind
  /** Written with a capital where only names are. */
  capital: boolean
  /** Capitals mean something in this text. */
  cased: boolean
  /** It stands in quotation marks, so its form counts. */
  quoted: boolean
  /** It begins a sentence with a capital, so whether it is a name cannot be seen. */
  first: boolean
}

/** A question in its normal form. */
export interface Question {
  words: Word[]
  /** Most of its words are English: only then rules of that language were applied. */
  english: boolean
}

/** Words that are written small wherever capitals mean something. */
const SMALL = new Set(
  'the of to in for on with is are my and or a an do does can from by at it this that be have'.split(' '),
)
/** Words of other languages that English texts have rarely. */
const FOREIGN = new Set(
  `el la los las un una unos unas que de del en por para con se lo al mi su es son esta como cual donde cuando quien der die das
den dem des ein eine einen einem ist sind und oder nicht ich wie wo wer was warum kann mit von zu im auf mein le les du au aux
une et est sont dans sur avec pour je il elle nous vous mon ma qui quoi comment pourquoi quel quelle il di che e per un uno
della nel come dove quando perche sono o os um uma do da na no em com nao qual quem onde het een en van ik je niet hoe wat
waar og er det en et jeg ikke hvor hvad hvordan att och jag inte hur vad var`.split(/\s+/),
)
/** As nobody writes a common word who means something by its capitals, but for `eBook` and its kind. */
const ODD_CAPITALS = /^(?![eim]\p{Lu})\p{Ll}+\p{Lu}|^\p{Lu}{2,}\p{Ll}/u
const ENGLISH_MARKS = new Set(
  `the is are of to and in for with my do does can how what why when where who which that this you your i it be have not from
should would could will at on if or a`.split(/\s+/),
)
const ENGLISH_SHARE = 0.6
/** Longer texts hold documents or code; they are compared line by line as they stand. */
const LONGEST = 10_000
const SHORTEST_PLAIN = 4
/** After these a single `a` is a name and no article. */
const LETTERED = new Set(
  `vitamin hepatitis plan type grade class option appendix section part group team blood influenza exhibit schedule form series
phase level tier zone category model figure table chapter variant version point line`.split(/\s+/),
)
const FORMS_OF_VERBS: Readonly<Record<string, string>> = { are: 'is', am: 'is', does: 'do', has: 'have', were: 'was' }

/**
 * Reads a text in its normal form: clean characters, small letters, no punctuation; and in English no contractions, no
 * courtesies, no articles, one spelling, numbers as digits, one name for each unit. Linear in the text's length. Two
 * questions that read the same ask the same; the embedder and the guards see only this. Texts of more than 10,000
 * characters are not read, but cut into lines.
 */
export function readQuestion(text: string): Question {
  if (text.length > LONGEST) return { words: linesOf(text), english: false }
  const tokens = tokenize(cleanText(text))
  const expanded = expandContractions(tokens)
  const cased = capitalsMatter(tokens)
  const english = isEnglish(expanded, cased)
  const { tokens: bare, led } = english ? stripCourtesy(expanded) : { tokens, led: false }
  const folded = english ? orderQuestion(foldVerbs(foldUnits(foldNumbers(bare))), led) : foldUnits(bare)
  const kept = english ? folded.filter((token, at) => !isArticle(token, folded[at - 1], folded[at + 1], cased)) : folded
  return { words: kept.map((token) => toWord(token, english, cased)), english }
}

function toWord({ text, written, raw, kind, first, quoted = false }: Token, english: boolean, cased: boolean): Word {
  const spelled = english && kind === 'word' ? foldSpelling(foldAccents(text)) : text
  return {
    text: spelled,
    raw: raw ?? text,
    stem: english && kind === 'word' ? singular(spelled) : spelled,
    kind,
    capital: cased && !first && /\p{Lu}/u.test(written),
    cased,
    quoted,
    first: first && /^\p{Lu}/u.test(written),
  }
}

function linesOf(text: string): Word[] {
  const lines = cleanText(text)
    .split('\n')
    .filter((line) => line.trim() !== '')
  return lines.map((written) => {
    const line = written.trimEnd()
    return { text: line, raw: line, stem: line, kind: 'code', capital: false, cased: false, quoted: true, first: false }
  })
}

/** `a` is none where it names a variant, or where `a few` is more than `few`. */
function isArticle(token: Token, before: Token | undefined, after: Token | undefined, cased: boolean): boolean {
  if (token.kind !== 'word') return false
  if (token.text === 'the' || token.text === 'an') return after !== undefined
  if (token.text !== 'a' || after === undefined || after.kind !== 'word') return false
  if (after.text === 'few' || after.text === 'little' || after.text.length === 1) return false
  if (SMALL.has(after.text) && after.text !== 'do') return false
  return !LETTERED.has(before?.text ?? '') && (token.written === 'a' || token.first || !cased)
}

function foldVerbs(tokens: readonly Token[]): Token[] {
  return tokens.map((token) => {
    const form = token.kind === 'word' ? FORMS_OF_VERBS[token.text] : undefined
    return form === undefined ? token : { ...token, text: form }
  })
}

function isEnglish(tokens: readonly Token[], cased: boolean): boolean {
  let [words, common, foreign, marks] = [0, 0, 0, 0]
  for (const { text, written, kind, first } of tokens) {
    if (kind === 'character') words++
    if (kind !== 'word' || !/^\p{L}/u.test(text)) continue
    if (FOREIGN.has(text)) foreign++
    if (ENGLISH_MARKS.has(text)) marks++
    const known = isCommonWord(foldAccents(text)) || text.includes("'") || text.length === 1 || unitOf(text) !== null
    // Names are of no language.
    if (!known && ((cased && !first && written !== text) || isKnownWord(text))) continue
    words++
    if (known) common++
  }
  return common >= words * ENGLISH_SHARE ? foreign <= Math.max(1, marks) : marks >= 2 && marks > 2 * foreign
}

/** `café` is written `cafe` by many. */
function foldAccents(text: string): string {
  if (/^[a-z0-9']*$/.test(text)) return text
  const plain = text.normalize('NFD').replace(/\p{M}/gu, '')
  return plain.length >= SHORTEST_PLAIN && isKnownWord(plain) ? plain : text
}

/** Not in a text all small or all in capitals, nor in one Where Every Word Has One. */
function capitalsMatter(tokens: readonly Token[]): boolean {
  let [small, capital, raised, lowered] = [false, false, 0, 0]
  for (const { text, written, kind, first } of tokens) {
    if (kind !== 'word') continue
    if (ODD_CAPITALS.test(written) && isCommonWord(text)) return false
    if (!first && SMALL.has(text)) {
      if (written === text) lowered++
      else raised++
    }
    if (written !== text) capital = true
    else if (/^\p{Ll}/u.test(text)) small = true
  }
  return small && capital && raised <= lowered
}
