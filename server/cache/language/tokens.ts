import { splitChunk } from './chunk.ts'
import type { Token } from './token.ts'

const FENCE = '```'
/** Ends of lines and openings that prose does not have. */
const CODE_END = /(?:[{};]|\)\s*=>|\\)\s*$/
const CODE_START =
  /^\s*(?:\/\/|\/\*|#include|#!|<\/?[a-z][\w-]*[\s>]|[}\])]|[{[]\s*["'{[]|["'][^"']*["']\s*:|(?:def|class|func|fn|impl|public|private|static|const|let|var|elif|async|return)\s+[\w$<({['"-]+.*[=({:;]|(?:import|from)\s+[\w.'"{*]+.*(?:import|from|;)|(?:if|for|while|switch|catch)\s*\(|SELECT\s.*\sFROM\s|@\w+\()/
/** Stars and underlines around words, as Markdown has them. */
const EMPHASIS = /(^|[\s("'])(\*\*|\*|__|_)(?=[^\s*_])([^*_]{1,200})\2(?=$|[\s.,;:!?)"'])/g
const QUOTE = /^["'](?=.)/
const CLOSING_MARKS = /["').,;:!?\]]+$/
/** Characters at either end. */
const JUDGED_BY = 100
const INDENTED = /^(?: {4}|\t)/

/**
 * Cuts a cleaned text into tokens, in order and in time linear in its length. Punctuation that only divides is left
 * out; signs that mean something stay. Code, in fences, back quotes or by its looks, stays line by line as it is.
 */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  for (;;) {
    const open = text.indexOf(FENCE, at)
    readProse(text.slice(at, open < 0 ? text.length : open), tokens)
    if (open < 0) return tokens
    const close = text.indexOf(FENCE, open + FENCE.length)
    const end = close < 0 ? text.length : close
    for (const line of text.slice(open + FENCE.length, end).split('\n')) pushCode(line.trimEnd(), tokens)
    at = Math.min(text.length, end + FENCE.length)
  }
}

function readProse(text: string, tokens: Token[]): void {
  const lines = text.split('\n')
  let inCode = false
  for (const line of lines) {
    const code: boolean = looksLikeCode(line, inCode, lines.length > 1)
    inCode = code || (inCode && line.trim() === '')
    if (code) pushCode(line.trimEnd(), tokens)
    else readLine(line, tokens)
  }
}

/** By its beginning and its end; a line that stands alone must look like code at both. */
function looksLikeCode(line: string, afterCode: boolean, among: boolean): boolean {
  if (afterCode && INDENTED.test(line) && line.trim() !== '') return true
  const starts = CODE_START.test(line.slice(0, JUDGED_BY))
  const ends = CODE_END.test(line.slice(-JUDGED_BY))
  return among ? starts || ends : starts && ends
}

function pushCode(line: string, tokens: Token[]): void {
  if (line !== '') tokens.push({ text: line, written: line, kind: 'code', first: false, pause: true })
}

function readLine(line: string, tokens: Token[]): void {
  let first = true
  const pieces = line.split('`')
  pieces.forEach((piece, index) => {
    // What stands between two back quotes is code; the last one of an odd number is only a sign.
    if (index % 2 === 1 && index < pieces.length - 1) {
      pushCode(piece, tokens)
      return
    }
    const chunks = piece.replace(EMPHASIS, '$1$3').trim().split(/\s+/)
    let quote = ''
    chunks.forEach((chunk, at) => {
      quote ||= QUOTE.exec(chunk)?.[0] ?? ''
      const before = tokens.length
      if (chunk !== '') first = splitChunk(chunk, first, at === chunks.length - 1, tokens)
      if (quote === '') return
      for (const token of tokens.slice(before)) token.quoted = true
      if (chunk.length > 1 && CLOSING_MARKS.exec(chunk)?.[0].includes(quote)) quote = ''
    })
  })
}
