import type { Piece } from './view.ts'

/** International Morse code, ITU-R M.1677. */
const LETTERS: Readonly<Record<string, string>> = {
  '.-': 'a',
  '-...': 'b',
  '-.-.': 'c',
  '-..': 'd',
  '.': 'e',
  '..-.': 'f',
  '--.': 'g',
  '....': 'h',
  '..': 'i',
  '.---': 'j',
  '-.-': 'k',
  '.-..': 'l',
  '--': 'm',
  '-.': 'n',
  '---': 'o',
  '.--.': 'p',
  '--.-': 'q',
  '.-.': 'r',
  '...': 's',
  '-': 't',
  '..-': 'u',
  '...-': 'v',
  '.--': 'w',
  '-..-': 'x',
  '-.--': 'y',
  '--..': 'z',
  '-----': '0',
  '.----': '1',
  '..---': '2',
  '...--': '3',
  '....-': '4',
  '.....': '5',
  '-....': '6',
  '--...': '7',
  '---..': '8',
  '----.': '9',
}
const RUN = /[.-][./ |-]{20,8192}/g
const FEWEST_LETTERS = 6

/** Runs of dots and dashes that are Morse code throughout; words are parted by `/`, `|` or three spaces. */
export function morsePieces(text: string): Piece[] {
  const found: Piece[] = []
  for (const match of text.matchAll(RUN)) {
    const words = match[0].trim().split(/ {0,2}[/|] {0,2}| {3}/)
    const decoded = words.map((word) =>
      word
        .split(' ')
        .map((letter) => (letter === '' ? '' : (LETTERS[letter] ?? '?')))
        .join(''),
    )
    const said = decoded.join(' ').trim()
    if (said.length >= FEWEST_LETTERS && !said.includes('?') && new Set(said).size > 4)
      found.push({ start: match.index, end: match.index + match[0].length, text: said })
  }
  return found
}
