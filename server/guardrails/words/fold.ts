/** What has no say in which word it is: accents, and characters that are not seen. */
const IGNORED = /(?=\p{Mn})\p{Script=Inherited}|\p{Default_Ignorable_Code_Point}/u
const BLANK = /\p{White_Space}/u
const WORD = /[\p{L}\p{N}]|(?!\p{Default_Ignorable_Code_Point})\p{M}/u

const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

/** Kept once they were seen. There are few code points above this, and they are folded each time. */
const KEPT = 0x20000
const folds: (string | undefined)[] = new Array(KEPT)

/**
 * What is compared of a code point: compatibility forms apart, without case and accents; `' '` for any blank, and
 * nothing for what is ignored.
 */
export function foldOf(code: number): string {
  if (code >= KEPT) return fold(String.fromCodePoint(code))
  folds[code] ??= fold(String.fromCodePoint(code))
  return folds[code]
}

function fold(character: string): string {
  if (BLANK.test(character)) return ' '
  let folded = ''
  // Upper case first, as only so the sharp s becomes two letters and all forms of sigma become one.
  for (const part of character.normalize('NFKD').toUpperCase().toLowerCase().normalize('NFKD'))
    if (!IGNORED.test(part)) folded += BLANK.test(part) ? ' ' : part
  return folded
}

/** A word or phrase as it is compared, with single blanks. */
export function foldWord(word: string): string {
  let folded = ''
  for (const character of word) folded += foldOf(character.codePointAt(0)!)
  return folded.trim().replace(/ {2,}/g, ' ')
}

/** Is it a letter, a digit or a mark on one? */
export const isWordCharacter = keptTest((character) => WORD.test(character))

/** Is it of a script that writes no blanks between words? */
export const isUnspaced = keptTest((character) => UNSPACED.test(character))

/** Keeps the answers for code points below KEPT. */
function keptTest(test: (character: string) => boolean): (code: number) => boolean {
  const known = new Uint8Array(KEPT)
  return (code) => {
    if (code >= KEPT) return test(String.fromCodePoint(code))
    if (known[code] === 0) known[code] = test(String.fromCodePoint(code)) ? YES : NO
    return known[code] === YES
  }
}

const YES = 1
const NO = 2
