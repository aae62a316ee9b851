import { isDay, uniform, weigh } from '../checks.ts'
import type { Identifier } from './identifier.ts'

/** Formats and check digits as the issuing authorities publish them. */
export const EASTERN_EUROPE: readonly Identifier[] = [
  {
    name: 'Polish population number (PESEL)',
    category: 'NATIONAL_ID',
    region: 'PL',
    shapes: ['D11'],
    valid: (digits) =>
      weigh(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0 &&
      isDay(digits.slice(0, 2), Number(digits.slice(2, 4)) % 20, digits.slice(4, 6)),
    words: /\bpesel/,
  },
  {
    name: 'Polish tax number (NIP)',
    category: 'TAX_ID',
    region: 'PL',
    shapes: ['D10', 'D3-D3-D2-D2', 'D3-D2-D2-D3'],
    valid: (digits) => !uniform(digits) && weigh(digits, [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 === Number(digits[9]),
    words: /\b(?:nip|vat|tax)\b/,
  },
  {
    name: 'Polish company number (REGON)',
    category: 'TAX_ID',
    region: 'PL',
    shapes: ['D9'],
    valid: (digits) => (weigh(digits, [8, 9, 2, 3, 4, 5, 6, 7]) % 11) % 10 === Number(digits[8]),
    words: /\bregon/,
  },
  {
    name: 'Czech or Slovak birth number',
    category: 'NATIONAL_ID',
    distinct: ['D6-D4'],
    shapes: ['D10'],
    separators: '/',
    valid: (digits) =>
      isDay(digits.slice(0, 2), (Number(digits.slice(2, 4)) % 50) % 20, digits.slice(4, 6)) &&
      Number(digits) % 11 === 0,
    words: /\b(?:rodn[ée]|rodného|rč|birth number)/,
  },
  {
    name: 'Hungarian insurance number (TAJ)',
    category: 'HEALTH_ID',
    region: 'HU',
    shapes: ['D9', 'D3-D3-D3'],
    valid: (digits) => !uniform(digits) && weigh(digits, [3, 7, 3, 7, 3, 7, 3, 7]) % 10 === Number(digits[8]),
    words: /\b(?:taj|társadalombiztosítás)/,
  },
  {
    name: 'Hungarian tax number',
    category: 'TAX_ID',
    region: 'HU',
    shapes: ['D10'],
    valid: (digits) => digits[0] === '8' && weigh(digits, [1, 2, 3, 4, 5, 6, 7, 8, 9]) % 11 === Number(digits[9]),
    words: /\b(?:adóazonosító|adószám|tax)/,
  },
  {
    name: 'Romanian personal number (CNP)',
    category: 'NATIONAL_ID',
    region: 'RO',
    distinct: ['D13'],
    valid(digits) {
      const check = weigh(digits, [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11
      return (
        /^[1-8]/.test(digits) &&
        isDay(digits.slice(1, 3), digits.slice(3, 5), digits.slice(5, 7)) &&
        /^(?:0[1-9]|[1-3]\d|4[0-8]|5[12]|70)$/.test(digits.slice(7, 9)) &&
        (check === 10 ? 1 : check) === Number(digits[12])
      )
    },
    words: /\b(?:cnp|cod numeric)/,
  },
  {
    name: 'Bulgarian citizen number (EGN)',
    category: 'NATIONAL_ID',
    region: 'BG',
    shapes: ['D10'],
    valid: (digits) =>
      isDay(digits.slice(0, 2), Number(digits.slice(2, 4)) % 20, digits.slice(4, 6)) &&
      (weigh(digits, [2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11) % 10 === Number(digits[9]),
    words: /(?:\begn\b|егн)/,
  },
  {
    name: 'Russian insurance number (SNILS)',
    category: 'NATIONAL_ID',
    region: 'RU',
    distinct: ['D3-D3-D3-D2'],
    shapes: ['D11'],
    separators: '*',
    valid: (digits) =>
      Number(digits.slice(0, 9)) > 1_001_998 &&
      (weigh(digits, [9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101) % 100 === Number(digits.slice(9)),
    words: /(?:\bsnils\b|снилс)/,
  },
  {
    name: 'Russian taxpayer number (INN)',
    category: 'TAX_ID',
    region: 'RU',
    shapes: ['D10', 'D12'],
    valid(digits) {
      const weights = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]
      const check = (count: number) => (weigh(digits, weights.slice(11 - count)) % 11) % 10 === Number(digits[count])
      return digits.length === 10 ? check(9) : check(10) && check(11)
    },
    words: /(?:\binn\b|инн)/,
  },
  {
    name: 'Ukrainian taxpayer number',
    category: 'TAX_ID',
    region: 'UA',
    shapes: ['D10'],
    valid: (digits) => (weigh(digits, [-1, 5, 7, 9, 4, 6, 10, 5, 7]) % 11) % 10 === Number(digits[9]),
    words: /(?:\brnokpp\b|рнокпп|іпн|\bipn\b)/,
  },
  {
    name: 'Kazakh identification number',
    category: 'NATIONAL_ID',
    region: 'KZ',
    shapes: ['D12'],
    valid(digits) {
      const first = weigh(digits, [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]) % 11
      const check = first < 10 ? first : weigh(digits, [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]) % 11
      return isDay(digits.slice(0, 2), digits.slice(2, 4), digits.slice(4, 6)) && check === Number(digits[11])
    },
    words: /(?:\biin\b|иин|жсн)/,
  },
]
