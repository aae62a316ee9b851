import type { Candidate } from '../finder/candidate.ts'
import { isDay } from './checks.ts'
import type { Surroundings } from './surroundings.ts'

const MONTHS =
  'jan(?:uary|uar|vier)?|feb(?:ruary|ruar)?|mar(?:ch|s)?|apr(?:il)?|may|mai|june?|july?|aug(?:ust)?|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?'
const NUMERIC = /(?<![\w./-])(\d{1,4})[./-](\d{1,2})[./-](\d{2,4})(?![\w/-]|\.\d)/g
/** A year that may end a date in words, and what then stands before it. */
const YEAR = /(?:19|20)\d\d(?![\w年])/g
const DAY_AND_MONTH = new RegExp(
  `(?<![\\w.])(?:\\d{1,2}(?:st|nd|rd|th|\\.)?[ -](?:${MONTHS})\\.?,?[ -]|(?:${MONTHS})\\.? \\d{1,2}(?:st|nd|rd|th)?,? )$`,
  'i',
)
const LONGEST_BEFORE = 24
const EAST = /(?:19|20)\d\d年\d{1,2}月\d{1,2}日/g
const WORDS =
  /\b(?:born|birth|birthday|birthdate|dob|d\.o\.b|bday|geb(?:oren|urtsdatum|urtstag)?|née?|naissance|nacid[oa]|nacimiento|nascid[oa]|nascimento|nat[oa] (?:il|a)|nascita|född|født|geboortedatum|urodz\w{0,6}|synt\w{0,6})\b|生年月日|出生|생년월일|рожден/

/** Dates that the words near them call a date of birth. */
export function findBirthDates(text: string, found: Candidate[], near: Surroundings): void {
  for (const match of text.matchAll(NUMERIC)) {
    const [value, first, middle, last] = match
    add(match.index, value, found, near, () => isDate(first!, middle!, last!))
  }
  for (const { index, 0: year } of text.matchAll(YEAR)) {
    if (text.charCodeAt(index - 1) !== 32 && text.charCodeAt(index - 1) !== 45) continue
    const from = Math.max(0, index - LONGEST_BEFORE)
    const before = DAY_AND_MONTH.exec(text.slice(from, index))
    if (before !== null) add(from + before.index, before[0] + year, found, near)
  }
  for (const { index, 0: value } of text.matchAll(EAST)) add(index, value, found, near)
}

function add(start: number, value: string, found: Candidate[], near: Surroundings, check = () => true): void {
  const end = start + value.length
  if ((near.before(start, WORDS) || near.after(start, end, WORDS)) && check())
    found.push({ start, end, category: 'DATE_OF_BIRTH', score: 0.9 })
}

/** In the order of any country. */
function isDate(first: string, middle: string, last: string): boolean {
  if (first.length === 4) return isDay(first, middle, last)
  if (first.length > 2 || last.length === 3) return false
  return isDay(last, middle, first) || isDay(last, first, middle)
}
