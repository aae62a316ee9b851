import type { Candidate } from '../finder/candidate.ts'
import { iban } from './checks.ts'

/** Lengths by country, from the SWIFT IBAN Registry and, for those outside of it, their central banks. */
const LENGTHS = new Map(
  Object.entries({
    15: 'NO',
    16: 'BE',
    18: 'DK FI FO GL NL SD FK',
    19: 'MK SI',
    20: 'AT BA EE KZ LT LU XK MN',
    21: 'CH CR HR LI LV',
    22: 'BG BH DE GB GE IE ME RS VA',
    23: 'AE GI IL IQ OM SO TL',
    24: 'AD CZ ES MD PK RO SA SE SK TN VG AO CV MZ GW',
    25: 'LY PT ST',
    26: 'IS TR',
    27: 'BI DJ FR GR IT MC MR SM CF CG CM GA GQ KM MG TD',
    28: 'AL AZ BY CY DO GT HU LB NI PL SV BF BJ CI ML NE SN TG HN MA DZ',
    29: 'BR EG PS QA UA',
    30: 'JO KW MU YE',
    31: 'MT SC',
    32: 'LC',
    33: 'RU',
  }).flatMap(([length, countries]) => countries.split(' ').map((country) => [country, Number(length)] as const)),
)
const STARTS = /(?<![A-Za-z0-9_])[A-Za-z]{2}\d{2}(?=[ -]?[A-Za-z0-9]{4})/g

/** Account numbers (ISO 13616) of the length that their country has, with the check digits right. */
export function findIbans(text: string, found: Candidate[]): void {
  for (const { index, 0: head } of text.matchAll(STARTS)) {
    const length = LENGTHS.get(head.slice(0, 2).toUpperCase())
    if (length === undefined) continue
    const end = endOf(text, index, length)
    if (end === null || !iban(text.slice(index, end).replace(/[ -]/g, '').toUpperCase())) continue
    found.push({ start: index, end, category: 'IBAN', score: 1 })
  }
}

/** Where so many letters and digits end, with at most one space or hyphen between any two; `null` where they do not. */
function endOf(text: string, start: number, length: number): number | null {
  let at = start
  for (let left = length; left > 0; left--, at++) {
    const code = text.charCodeAt(at)
    if (at > start && (code === 32 || code === 45)) at++
    if (!isWord(text.charCodeAt(at))) return null
  }
  return /[A-Za-z0-9_]/.test(text.charAt(at)) ? null : at
}

function isWord(code: number): boolean {
  return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122)
}
