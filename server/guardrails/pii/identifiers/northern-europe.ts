import { isDay, luhn, weigh } from '../checks.ts'
import type { Identifier } from './identifier.ts'

const FINNISH = '0123456789ABCDEFHJKLMNPRSTUVWXY'

/** Formats and check digits as the population registers publish them. */
export const NORTHERN_EUROPE: readonly Identifier[] = [
  {
    name: 'Swedish personal number',
    category: 'NATIONAL_ID',
    region: 'SE',
    distinct: ['D6-D4', 'D8-D4', 'D12'],
    shapes: ['D10'],
    separators: '-',
    valid(digits) {
      const short = digits.slice(-10)
      if (digits.length === 12 && !/^(?:18|19|20)/.test(digits)) return false
      // Coordination numbers have 60 added to the day.
      const day = Number(short.slice(4, 6))
      const year = digits.length === 12 ? digits.slice(0, 4) : short.slice(0, 2)
      return isDay(year, short.slice(2, 4), day > 60 ? day - 60 : day) && luhn(short)
    },
    words: /\b(?:personnummer|pnr|pers\.?nr|samordningsnummer|swedish id|svensk)/,
  },
  {
    name: 'Swedish organisation number',
    category: 'TAX_ID',
    region: 'SE',
    shapes: ['D6-D4', 'D10'],
    separators: '-',
    valid: (digits) => Number(digits[2]) >= 2 && luhn(digits),
    words: /\b(?:organisationsnummer|org\.?\s?nr|company identity|orgnr)/,
  },
  {
    name: 'Finnish identity code',
    category: 'NATIONAL_ID',
    region: 'FI',
    distinct: ['D6-D3L1', 'D6-D4', 'D6L1D3L1', 'D6L1D4'],
    separators: '-+',
    valid(value) {
      const century = value.length === 11 ? value[6]! : '-'
      if (!/[-ABCDEFUVWXY]/.test(century)) return false
      const digits = value.slice(0, 6) + value.slice(-4, -1)
      if (!/^\d{9}$/.test(digits) || Number(digits.slice(6)) < 2) return false
      return (
        isDay(value.slice(4, 6), value.slice(2, 4), value.slice(0, 2)) && FINNISH[Number(digits) % 31] === value.at(-1)
      )
    },
    words: /\b(?:hetu|henkilötunnus|personbeteckning|finnish)/,
  },
  {
    name: 'Danish personal number (CPR)',
    category: 'NATIONAL_ID',
    region: 'DK',
    shapes: ['D10', 'D6-D4'],
    valid: (digits) => isDay(digits.slice(4, 6), digits.slice(2, 4), digits.slice(0, 2)),
    words: /\b(?:cpr|personnummer|danish)/,
  },
  {
    name: 'Norwegian birth number',
    category: 'NATIONAL_ID',
    region: 'NO',
    distinct: ['D11', 'D6-D5'],
    valid(digits) {
      // D numbers have 40 added to the day, H numbers 40 to the month.
      const [day, month] = [Number(digits.slice(0, 2)) % 40, Number(digits.slice(2, 4)) % 40]
      const checks = [weigh(digits, [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]), weigh(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1])]
      return isDay(digits.slice(4, 6), month, day) && checks.every((sum) => sum % 11 === 0)
    },
    words: /\b(?:fødselsnummer|fodselsnummer|personnummer|fnr|norwegian|d-nummer)/,
  },
  {
    name: 'Icelandic identity number',
    category: 'NATIONAL_ID',
    region: 'IS',
    distinct: ['D6-D4'],
    shapes: ['D10'],
    valid: (digits) =>
      /[089]$/.test(digits) &&
      isDay(digits.slice(4, 6), digits.slice(2, 4), Number(digits.slice(0, 2)) % 40) &&
      weigh(digits, [3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0,
    words: /\b(?:kennitala|kt\b|icelandic)/,
  },
  {
    name: 'Estonian or Lithuanian personal code',
    category: 'NATIONAL_ID',
    shapes: ['D11'],
    valid(digits) {
      if (!/^[1-8]/.test(digits) || !isDay(digits.slice(1, 3), digits.slice(3, 5), digits.slice(5, 7))) return false
      const first = weigh(digits, [1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11
      const check = first < 10 ? first : (weigh(digits, [3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11) % 10
      return check === Number(digits[10])
    },
    words: /\b(?:isikukood|asmens kodas|personal code|estonian|lithuanian)/,
  },
  {
    name: 'Latvian personal code',
    category: 'NATIONAL_ID',
    region: 'LV',
    shapes: ['D6-D5', 'D11'],
    separators: '-',
    valid: (digits) =>
      digits.startsWith('32') ||
      (isDay(digits.slice(4, 6), digits.slice(2, 4), digits.slice(0, 2)) &&
        (1101 - weigh(digits, [1, 6, 3, 7, 9, 10, 5, 8, 4, 2])) % 11 === Number(digits[10])),
    words: /\b(?:personas kods|personal code|latvian)/,
  },
]
