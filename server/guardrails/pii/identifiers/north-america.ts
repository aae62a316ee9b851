import { isDay, luhn, uniform, weigh } from '../checks.ts'
import type { Identifier } from './identifier.ts'

const CURP = '0123456789ABCDEFGHIJKLMN\u00d1OPQRSTUVWXYZ'

/** Formats: SSA, IRS, CMS, FRB; CRA; RENAPO and SAT. */
export const NORTH_AMERICA: readonly Identifier[] = [
  {
    name: 'US social security number',
    category: 'NATIONAL_ID',
    region: 'US',
    shapes: ['D9', 'D3-D2-D4'],
    separators: '- .',
    valid: isSsn,
    words: /\b(?:ssn|ssns|social security|social sec|soc sec|sin number|ss ?#|ss number|taxpayer)/,
  },
  {
    name: 'US social security number, hyphened',
    category: 'NATIONAL_ID',
    region: 'US',
    distinct: ['D3-D2-D4'],
    separators: '-',
    valid: isSsn,
    words: /\bssn\b/,
  },
  {
    name: 'US individual taxpayer number',
    category: 'TAX_ID',
    region: 'US',
    distinct: ['D3-D2-D4'],
    shapes: ['D9', 'D3-D6', 'D5-D4'],
    valid: (digits) => /^9\d\d(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])(?!0000)\d{4}$/.test(digits),
    words: /\b(?:itin|individual taxpayer|taxpayer id|tax id)/,
  },
  {
    name: 'US employer number',
    category: 'TAX_ID',
    region: 'US',
    shapes: ['D2-D7', 'D9'],
    separators: '-',
    valid: (digits) => !/^(?:0[0789]|[12][789]|49|69|70|78|79|89|9[67])/.test(digits) && !uniform(digits),
    words: /\b(?:ein|fein|employer id|employer identification|federal tax)/,
  },
  {
    name: 'US Medicare beneficiary',
    category: 'HEALTH_ID',
    region: 'US',
    distinct: ['D1L2D1-L2D1-L2D2', 'D1L1D2-L1D2-L2D2', 'D1L2D1-L1D2-L2D2', 'D1L1D2-L2D1-L2D2'],
    shapes: ['D1L2D1L2D1L2D2', 'D1L1D2L1D2L2D2', 'D1L2D1L1D2L2D2', 'D1L1D2L2D1L2D2'],
    valid: (value) =>
      /^[1-9][AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\d[AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\d[AC-HJKMNP-RT-Y]{2}\d\d$/.test(
        value,
      ),
    words: /\b(?:mbi|medicare|beneficiary)/,
  },
  {
    name: 'US healthcare provider',
    category: 'HEALTH_ID',
    region: 'US',
    shapes: ['D10'],
    valid: (digits) => /^[12]/.test(digits) && luhn(`80840${digits}`),
    words: /\b(?:npi|national provider)/,
  },
  {
    name: 'US bank routing',
    category: 'BANK_ACCOUNT',
    region: 'US',
    shapes: ['D9', 'D4-D4-D1'],
    separators: '-',
    valid: (digits) =>
      /^(?:0\d|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)/.test(digits) &&
      weigh(digits, [3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 === 0,
    words: /\b(?:aba|routing|rtn|transit|bank ?#)/,
  },
  {
    name: 'Canadian social insurance number',
    category: 'NATIONAL_ID',
    region: 'CA',
    shapes: ['D9', 'D3-D3-D3'],
    valid: (digits) => /^[1-79]/.test(digits) && luhn(digits),
    words: /\b(?:sin|social insurance|n\.?a\.?s\b|assurance sociale|canad)/,
  },
  {
    name: 'Mexican population key (CURP)',
    category: 'NATIONAL_ID',
    region: 'MX',
    distinct: ['L4D6L6D2', 'L4D6L7D1'],
    valid(value) {
      if (!/^[A-Z][AEIOUX][A-Z]{2}\d{6}[HMX][A-Z]{2}[B-DF-HJ-NP-TV-Z]{3}[0-9A-Z]\d$/.test(value)) return false
      if (!isDay(value.slice(4, 6), value.slice(6, 8), value.slice(8, 10))) return false
      const sum = [...value.slice(0, 17)].reduce((total, each, at) => total + CURP.indexOf(each) * (18 - at), 0)
      return (10 - (sum % 10)) % 10 === Number(value[17])
    },
    words: /\bcurp\b/,
  },
  {
    name: 'Mexican taxpayer (RFC)',
    category: 'TAX_ID',
    region: 'MX',
    shapes: [
      'L4D6L3',
      'L4D6L2D1',
      'L4D9',
      'L4D6L1D2',
      'L4D7L2',
      'L4D7L1D1',
      'L4D8L1',
      'L4D6L1D1L1',
      'L3D6L2D1',
      'L3D6L3',
      'L3D9',
      'L3D7L1D1',
    ],
    valid: (value) => isDay(...tail(value.slice(value.length - 9, value.length - 3))),
    words: /\brfc\b/,
  },
]

function isSsn(digits: string): boolean {
  if (!/^(?!000|666|9)\d{3}(?!00)\d\d(?!0000)\d{4}$/.test(digits)) return false
  // Printed in a wallet and in an advertisement, and withdrawn since.
  return digits !== '078051120' && digits !== '219099999' && !uniform(digits)
}

function tail(date: string): [string, string, string] {
  return [date.slice(0, 2), date.slice(2, 4), date.slice(4, 6)]
}
