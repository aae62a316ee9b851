import { isDay, luhn, mod11By10, uniform, weigh } from '../checks.ts'
import type { Identifier } from './identifier.ts'

const ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21]
const ODD_LETTERS = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23]

/** Formats and check digits as the issuing authorities publish them. */
export const SOUTHERN_EUROPE: readonly Identifier[] = [
  {
    name: 'Italian fiscal code',
    category: 'NATIONAL_ID',
    region: 'IT',
    distinct: ['L6D2L1D2L1D3L1'],
    valid(value) {
      if (!/^[A-Z]{6}\d\d[A-EHLMPRST]\d\d[A-Z]\d{3}[A-Z]$/.test(value)) return false
      if (Number(value.slice(9, 11)) % 40 > 31) return false
      let sum = 0
      for (let at = 0; at < 15; at++) {
        const digit = /\d/.test(value[at]!)
        const worth = digit ? Number(value[at]) : value.charCodeAt(at) - 65
        sum += at % 2 === 1 ? worth : digit ? ODD[worth]! : ODD_LETTERS[worth]!
      }
      return String.fromCharCode(65 + (sum % 26)) === value[15]
    },
    words: /\b(?:codice fiscale|c\.f\.|fiscal code)/,
  },
  {
    name: 'Italian VAT number',
    category: 'TAX_ID',
    region: 'IT',
    shapes: ['D11'],
    valid: (digits) => luhn(digits) && !uniform(digits),
    words: /\b(?:p\.? ?iva|partita iva|vat)\b/,
  },
  {
    name: 'Portuguese tax number (NIF)',
    category: 'TAX_ID',
    region: 'PT',
    shapes: ['D9', 'D3-D3-D3'],
    valid(digits) {
      const check = 11 - (weigh(digits, [9, 8, 7, 6, 5, 4, 3, 2]) % 11)
      return /^[1-35-9]/.test(digits) && (check > 9 ? 0 : check) === Number(digits[8])
    },
    words: /\b(?:nif|nipc|contribuinte|n[úu]mero fiscal)/,
  },
  {
    name: 'Greek insurance number (AMKA)',
    category: 'NATIONAL_ID',
    region: 'GR',
    shapes: ['D11'],
    valid: (digits) => isDay(digits.slice(4, 6), digits.slice(2, 4), digits.slice(0, 2)) && luhn(digits),
    words: /(?:\bamka\b|αμκα)/,
  },
  {
    name: 'Greek tax number (AFM)',
    category: 'TAX_ID',
    region: 'GR',
    shapes: ['D9'],
    valid: (digits) =>
      !uniform(digits) && (weigh(digits, [256, 128, 64, 32, 16, 8, 4, 2]) % 11) % 10 === Number(digits[8]),
    words: /(?:\bafm\b|αφμ|\bvat\b|\btin\b)/,
  },
  {
    name: 'Croatian identification number (OIB)',
    category: 'NATIONAL_ID',
    region: 'HR',
    shapes: ['D11'],
    valid: mod11By10,
    words: /\b(?:oib|osobni)/,
  },
  {
    name: 'Citizen number of former Yugoslavia (JMBG, EMŠO)',
    category: 'NATIONAL_ID',
    distinct: ['D13'],
    valid(digits) {
      const year = Number(digits.slice(4, 7))
      const check = 11 - (weigh(digits, [7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11)
      return (
        (year >= 900 || year < 30) &&
        isDay(year < 900 ? 2000 + year : 1000 + year, digits.slice(2, 4), digits.slice(0, 2)) &&
        (check > 9 ? 0 : check) === Number(digits[12])
      )
    },
    words: /\b(?:jmbg|emšo|emso|embg)/,
  },
  {
    name: 'Turkish identity number',
    category: 'NATIONAL_ID',
    region: 'TR',
    distinct: ['D11'],
    valid(digits) {
      if (digits[0] === '0') return false
      const odd = weigh(digits, [1, 0, 1, 0, 1, 0, 1, 0, 1])
      const even = weigh(digits, [0, 1, 0, 1, 0, 1, 0, 1])
      const tenth = (((7 * odd - even) % 10) + 10) % 10
      return tenth === Number(digits[9]) && (odd + even + tenth) % 10 === Number(digits[10])
    },
    words: /\b(?:tckn|t\.?c\.? ?kimlik|kimlik|vatandaşlık)/,
  },
]
