import { endOfRun, nextRun, signsOf } from './long-runs.ts'
import { morsePieces } from './morse.ts'
import { replacedView } from './offset-map.ts'
import type { Signals } from './signals.ts'
import type { Piece, View } from './view.ts'

const MOST_PIECES = 64
const LONGEST_PIECE = 16_384
/** So much of decoded bytes must be text. */
const TEXT_SHARE = 0.9
/** Of so many units in all: three escapes of the shortest kind. */
const SHORTEST_ESCAPED = 9

const SHORTEST_BASE64 = 20
const BASE64 = signsOf(/[a-z0-9+/_-]/i)
const SHORTEST_RUN = 20
const DIGITS = signsOf(/[0-9a-f :,\\x]/i)
const MORSE = signsOf(/[./ |-]/)
const HEX = /(?:[0-9a-fA-F]{2}[ :,]?){10,8192}|(?:(?:\\x|0x)[0-9a-fA-F]{2}[ ,]{0,2}){6,4096}/g
const BINARY = /(?:[01]{8} ?){6,2048}/g
const DECIMAL = /(?:\d{2,3}[ ,]{1,2}){8,2048}\d{2,3}/g
/** What stands for one character or byte in a text, each kind for itself. */
const ESCAPES: readonly (readonly [name: string, pattern: RegExp, decode: (match: string) => string])[] = [
  ['URL encoding', /(?:%[0-9a-fA-F]{2}){1,64}/g, (match) => bytesToText(Buffer.from(match.replaceAll('%', ''), 'hex'))],
  ['HTML entities', /&(?:#\d{2,6}|#x[0-9a-fA-F]{2,5}|nbsp|lt|gt|quot|amp);/g, entity],
  [
    'Unicode escapes',
    /\\u\{?[0-9a-fA-F]{4,5}\}?/g,
    (match) => fromPoint(Number.parseInt(match.replace(/[\\u{}]/g, ''), 16)),
  ],
]

/** Encoded pieces of a text, decoded: each a view of its own; escapes are undone in place. */
export function decodedViews(text: string, signals: Signals): View[] {
  const views: View[] = []
  const add = (name: string, pieces: readonly Piece[]) => {
    for (const { start, end, text: decoded } of pieces.slice(0, MOST_PIECES))
      views.push({ name, text: decoded, original: () => ({ start, end }) })
  }
  add('base64', base64Pieces(text))
  if (nextRun(text, 0, DIGITS, SHORTEST_RUN) >= 0) {
    add('hexadecimal', pieces(text, HEX, fromHex))
    add('binary', pieces(text, BINARY, fromBinary))
    add('character codes', pieces(text, DECIMAL, fromDecimal))
  }
  if (nextRun(text, 0, MORSE, SHORTEST_RUN) >= 0) add('Morse code', morsePieces(text))
  if (!signals.escapes) return views
  for (const [name, pattern, decode] of ESCAPES) {
    const view = unescaped(name, text, pattern, decode)
    if (view !== null) views.push(view)
  }
  return views
}

function pieces(text: string, pattern: RegExp, decode: (match: string) => string | null): Piece[] {
  const found: Piece[] = []
  for (const match of text.matchAll(pattern)) {
    const decoded = decode(match[0].slice(0, LONGEST_PIECE))
    if (decoded !== null) found.push({ start: match.index, end: match.index + match[0].length, text: decoded })
    if (found.length === MOST_PIECES) break
  }
  return found
}

/** By hand: a pattern would begin anew at every letter of a text. */
function base64Pieces(text: string): Piece[] {
  const found: Piece[] = []
  let start = nextRun(text, 0, BASE64, SHORTEST_BASE64)
  while (start >= 0 && found.length < MOST_PIECES) {
    let end = endOfRun(text, start, BASE64)
    const decoded = fromBase64(text.slice(start, Math.min(end, start + LONGEST_PIECE)))
    if (decoded !== null) {
      while (text[end] === '=') end++
      found.push({ start, end, text: decoded })
    }
    start = nextRun(text, end, BASE64, SHORTEST_BASE64)
  }
  return found
}

function fromBase64(match: string): string | null {
  // Words and paths are of the same letters; what is encoded mixes capitals with small ones, or has figures.
  if (!/[a-z]/.test(match) || !/[A-Z]/.test(match)) return null
  return textOf(Buffer.from(match, 'base64'))
}

function fromHex(match: string): string | null {
  return textOf(Buffer.from(match.replace(/\\x|0x|[ :,]/g, ''), 'hex'))
}

function fromBinary(match: string): string | null {
  return textOf(Buffer.from((match.match(/[01]{8}/g) ?? []).map((bits) => Number.parseInt(bits, 2))))
}

function fromDecimal(match: string): string | null {
  const codes = match.split(/\D+/).map(Number)
  return codes.every((code) => code > 9 && code < 127) ? textOf(Buffer.from(codes)) : null
}

/** `null` where it is no text. */
function textOf(bytes: Buffer): string | null {
  const text = bytesToText(bytes)
  let letters = 0
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    if (unit === 0xfffd || (unit < 0x20 && unit !== 0x0a && unit !== 0x0d && unit !== 0x09)) continue
    letters++
  }
  return letters >= 6 && letters >= TEXT_SHARE * text.length && /[a-z]{2}/i.test(text) ? text : null
}

function bytesToText(bytes: Buffer): string {
  return bytes.toString('utf8')
}

function unescaped(name: string, text: string, pattern: RegExp, decode: (match: string) => string): View | null {
  const matches = [...text.matchAll(pattern)]
  const escaped = matches.reduce((sum, match) => sum + match[0].length, 0)
  if (escaped < SHORTEST_ESCAPED) return null
  const found = matches.map(({ index, 0: match }) => ({ start: index, end: index + match.length, text: decode(match) }))
  return replacedView(name, text, found)
}

const NAMED: Readonly<Record<string, string>> = { nbsp: ' ', lt: '<', gt: '>', quot: '"', amp: '&' }

function entity(match: string): string {
  const body = match.slice(1, -1)
  if (!body.startsWith('#')) return NAMED[body]!
  return fromPoint(body[1] === 'x' ? Number.parseInt(body.slice(2), 16) : Number(body.slice(1)))
}

function fromPoint(point: number): string {
  return point <= 0x10ffff ? String.fromCodePoint(point) : ''
}
