import type { Candidate } from '../finder/candidate.ts'

/** No private key is longer, armour included. */
export const LONGEST_BLOCK = 16_384

const BEGIN = /-----BEGIN[ A-Z0-9]{0,32}PRIVATE KEY(?: BLOCK)?-----/g
const END = /-----END[ A-Z0-9]{0,32}PRIVATE KEY(?: BLOCK)?-----/g
/** What a key of any kind has at least, in base64. */
const BODY = /[A-Za-z0-9+/=]{32}/
/** Lines of a key that was cut off: base64, line ends plain or escaped, and the fields that may stand before. */
const LINE = /(?:\s|\\[nr])*(?:[A-Z][A-Za-z-]{2,20}: [^\n]{1,100}(?=\n)|[A-Za-z0-9+/=]{16,})/y

/** The last line may be short. */
const LAST_LINE = /(?:\r?\n|\\n)[A-Za-z0-9+/=]{1,76}(?=[\r\n]|\\n|$)/y

/** Private keys in PEM armour, from the first hyphen to the last, also with their line ends escaped; or what is left of one. */
export function findPrivateKeys(text: string, found: Candidate[]): void {
  if (!text.includes('-----BEGIN')) return
  const begins = [...text.matchAll(BEGIN)].map((match) => ({ start: match.index, body: match.index + match[0].length }))
  const ends = [...text.matchAll(END)].map((match) => ({ start: match.index, end: match.index + match[0].length }))
  let next = 0
  for (const [index, { start, body }] of begins.entries()) {
    while (next < ends.length && ends[next]!.start < body) next++
    const close = ends[next]
    const following = begins[index + 1]?.start ?? Number.POSITIVE_INFINITY
    const closed = close !== undefined && close.end - start <= LONGEST_BLOCK && close.end <= following
    const end = closed ? close.end : endOfLines(text, body, start + LONGEST_BLOCK)
    if (end > body && BODY.test(text.slice(body, end))) found.push({ start, end, category: 'PRIVATE_KEY', score: 1 })
  }
}

function endOfLines(text: string, body: number, limit: number): number {
  let end = body
  LINE.lastIndex = body
  while (end < limit && LINE.test(text)) {
    if (LINE.lastIndex > limit) return limit
    end = LINE.lastIndex
  }
  LAST_LINE.lastIndex = end
  return end > body && LAST_LINE.test(text) ? LAST_LINE.lastIndex : end
}

/** Where the last private key begins that may still go on; the end of the text where none may. */
export function openKey(text: string): number {
  const least = Math.max(0, text.length - LONGEST_BLOCK)
  const start = text.lastIndexOf('-----BEGIN')
  if (start < least) return text.length
  const head = text.slice(start, start + 64)
  // Shorter than the longest first line, it may still become one.
  if (!/^-----BEGIN[ A-Z0-9]{0,50}(?:-{1,5}|$)/.test(head)) return text.length
  const line = /^-----BEGIN[ A-Z0-9]{0,50}-----/.exec(head)?.[0]
  if (line !== undefined && !line.includes('PRIVATE KEY')) return text.length
  if (/-----END[ A-Z0-9]{0,50}-----/.test(text.slice(start))) return text.length
  return start
}
