import { uniform } from './checks.ts'
import type { Finder } from './finder.ts'
import { isInternational, isNational } from './numbering.ts'

/** A plus or digits with single separators and parentheses; fifteen digits at most (E.164). */
const NUMBER = /(?<!\d,)(?<![\p{L}\p{N}_+.#$€£¥@=&%-])(?:\+|\(\+|\()?(?:\d\)?[ ./-]?\(?){6,15}/gu
const EXTENSION = /^(?:x|ext\.?|#)\d{1,6}(?![\w])/i
const BEFORE =
  /\b(?:phones?|telephone|tele?|ph|mobile|mob|cell|cellphone|cellular|fax|call|calls|calling|called|whatsapp|sms|texts?|texting|dial|dialed|reach|reached|answering|hotline|landline|contact|ring|handy(?:nummer)?|rufnummer|telefon\w{0,8}|tel[ée]fono|celular|m[óo]vil|t[ée]l[ée]phone|portable|cellulare|telefone|telemóvel|mobil\w{0,8}|gsm|puhelin|cep|numer telefonu|tlf|tfn)\b|電話|电话|手机|携帯|전화|тел|телефон/
const AFTER = /^[\s,;:)(\\-]{0,4}(?:office|fax|mobile|mob|cell|home|work|phone|tel|direct|landline|main|telefon)\b/
const DATE = /^(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d|(?:19|20)\d\d[./-]?\d\d[./-]?\d\d)(?![./-]?\d)/
const AMERICAN = /^(?:1[ .-]?)?(?:\([2-9]\d\d\) ?|[2-9]\d\d[.-])[2-9]\d\d[.-]\d{4}/
const AMERICAN_WHOLE = new RegExp(`${AMERICAN.source}$`)
const FOREIGN = /^\(?(?:\+|00[1-9])/
const PLUS_PARENTHESIS_ZERO = '+(0'
const SEPARATORS = ' ./-'
const TRAILING = ' ./(-'
/** Of a phone number, and what may come after one on the same line. */
const MOST_GROUPS = 9
/** `455 6186 office`: what may say so after it begins close by. */
const LETTER = /\p{L}/u

/**
 * Numbers that are valid for their country: with a country code, or of one of the regions; American ones in their usual
 * form; and whatever is written like a phone number where the words say that it is one.
 */
export function phoneFinder(regions: ReadonlySet<string>): Finder {
  return (text, found, near) => {
    const number = new RegExp(NUMBER)
    for (let match = number.exec(text); match !== null; match = number.exec(text)) {
      const { index: start, 0: run } = match
      // Every start is looked at for itself, whatever came before.
      number.lastIndex = start + 1
      const foreign = PLUS_PARENTHESIS_ZERO.includes(run.charAt(0)) && FOREIGN.test(run)
      const said = near.before(start, BEFORE)
      const labelled = !said && LETTER.test(text.slice(start + run.length, start + run.length + 7))
      if (!foreign && !said && !labelled && regions.size === 0 && !AMERICAN.test(run)) continue
      const value = trimmed(text, start, run)
      if (value === '' || groupsOf(value) > MOST_GROUPS) continue
      const known = said || (labelled && near.after(start, endOf(text, start + value.length), AFTER))
      const end = longest(text, start, value, (part) => scoreOf(part, foreign, known, regions))
      if (end !== null) found.push({ start, end: endOf(text, end.at), category: 'PHONE', score: end.score })
    }
  }
}

/** What comes after may be another number; so the longest start of it that is one. */
function longest(
  text: string,
  start: number,
  whole: string,
  scoreOf: (value: string) => number,
): { at: number; score: number } | null {
  let value = whole
  for (let cut = 0; value !== '' && cut < 5; cut++) {
    const at = start + value.length
    const score = isEnd(text, at) ? scoreOf(value) : 0
    if (score > 0) return { at, score }
    value = balanced(withoutLastGroup(value))
  }
  return null
}

function isEnd(text: string, at: number): boolean {
  return !/[\p{L}\p{N}_%]/u.test(text.charAt(endOf(text, at))) && !/^[.,:/-]\d/.test(text.slice(at, at + 2))
}

/** Runs of digits. */
function groupsOf(value: string): number {
  let groups = 0
  for (let at = 0; at < value.length; at++) if (isDigit(value, at) && !isDigit(value, at - 1)) groups++
  return groups
}

function isDigit(value: string, at: number): boolean {
  const code = value.charCodeAt(at)
  return code >= 48 && code <= 57
}

/** With the extension that is written on to a number. */
function endOf(text: string, end: number): number {
  return end + (EXTENSION.exec(text.slice(end, end + 12))?.[0].length ?? 0)
}

function trimmed(text: string, start: number, run: string): string {
  let value = run
  // Cut within digits: more than a phone number has.
  if (/\d$/.test(value) && /\d/.test(text.charAt(start + value.length))) value = value.replace(/\d{1,15}$/, '')
  return balanced(value)
}

/** Without the digits at its end, and the parentheses and the separator around them. */
function withoutLastGroup(value: string): string {
  let at = value.length
  if (value.charAt(at - 1) === ')') at--
  while (isDigit(value, at - 1)) at--
  if (value.charAt(at - 1) === '(') at--
  if (at > 0 && SEPARATORS.includes(value.charAt(at - 1))) at--
  return value.slice(0, at)
}

function balanced(value: string): string {
  let length = value.length
  while (length > 0 && TRAILING.includes(value.charAt(length - 1))) length--
  const end = value.slice(0, length)
  const [opened, closed] = [end.indexOf('('), end.indexOf(')')]
  if (opened >= 0 && closed < 0) return ''
  return closed >= 0 && opened < 0 ? end.slice(0, closed) : end
}

function scoreOf(value: string, foreign: boolean, said: boolean, regions: ReadonlySet<string>): number {
  const digits = digitsOf(value)
  if (digits.length < 7 || digits.length > 15 || uniform(digits)) return 0
  if (foreign && isInternational(digits.replace(/^00/, ''))) return 0.95
  // `+49 (0)89 …`: the national prefix, which is not dialled after a country code.
  if (foreign && value.includes('(0)') && isInternational(value.replace('(0)', '').replace(/\D/g, ''))) return 0.95
  if (DATE.test(value)) return 0
  if (AMERICAN_WHOLE.test(value)) return said ? 0.9 : 0.75
  if (digits.length <= 12) for (const region of regions) if (isNational(digits, region)) return said ? 0.9 : 0.8
  return said && isWritten(value, digits) ? 0.7 : 0
}

function digitsOf(value: string): string {
  let digits = ''
  for (let at = 0; at < value.length; at++) if (isDigit(value, at)) digits += value.charAt(at)
  return digits
}

/** Groups as in phone numbers, or seven to eleven digits in a row, as many as no year or price has. */
function isWritten(value: string, digits: string): boolean {
  const groups = value.split(/\D+/).filter((group) => group !== '')
  if (groups.length === 1) return true
  return (
    groups.length <= 6 &&
    digits.length <= 13 &&
    groups.every((group) => group.length <= 8) &&
    !/^\d{4} \d{4} \d{4}/.test(value)
  )
}
