import { luhn, mod11By10, modulo, weigh } from '../checks.ts'
import type { Identifier } from './identifier.ts'

const WORDS = /\b(?:vat|tva|iva|mwst|ust|btw|moms|nip|dph|áfa|alv|pvm|tax)\b|ust-?id/

const row = (
  country: string,
  distinct: string[],
  shapes: string[],
  form: RegExp,
  check = (_: string) => true,
): Identifier => ({
  name: `VAT number of ${country}`,
  category: 'TAX_ID',
  region: country === 'EL' ? 'GR' : country,
  distinct,
  shapes,
  separators: '*',
  valid: (value) => form.test(value) && check(value.slice(2)),
  words: WORDS,
})

/** With the country's letters: formats of the European Commission's VIES, check digits where the state publishes them. */
export const VAT: readonly Identifier[] = [
  row('DE', ['L2D9', 'L2-D9', 'L2-D3-D3-D3'], [], /^DE[1-9]\d{8}$/, mod11By10),
  row('AT', ['L3D8'], ['L3-D8'], /^ATU\d{8}$/),
  row(
    'BE',
    ['L2D10'],
    ['L2-D4-D3-D3', 'L2-D10'],
    /^BE[01]\d{9}$/,
    (digits) => 97 - (Number(digits.slice(0, 8)) % 97) === Number(digits.slice(8)),
  ),
  row(
    'FR',
    ['L2D11'],
    ['L2-D11', 'L2-D2-D3-D3-D3', 'L2-D2-D9'],
    /^FR\d{11}$/,
    (digits) => modulo(`${digits.slice(2)}12`, 97) === Number(digits.slice(0, 2)),
  ),
  row('IT', ['L2D11'], ['L2-D11'], /^IT\d{11}$/, luhn),
  row('NL', ['L2D9L1D2'], ['L2-D9-L1D2'], /^NL\d{9}B\d\d$/),
  row('ES', ['L3D8', 'L2D8L1', 'L3D7L1'], [], /^ES(?:[A-Z]\d{8}|\d{8}[A-Z]|[A-Z]\d{7}[A-Z])$/),
  row(
    'PL',
    ['L2D10'],
    ['L2-D10'],
    /^PL\d{10}$/,
    (digits) => weigh(digits, [6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 === Number(digits[9]),
  ),
  row('PT', ['L2D9'], ['L2-D9'], /^PT[1-35-9]\d{8}$/),
  row('SE', ['L2D12'], ['L2-D12'], /^SE\d{10}01$/, (digits) => luhn(digits.slice(0, 10))),
  row('DK', [], ['L2D8', 'L2-D8'], /^DK[1-9]\d{7}$/, (digits) => weigh(digits, [2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0),
  row('FI', [], ['L2D8', 'L2-D8'], /^FI\d{8}$/, (digits) => weigh(digits, [7, 9, 10, 5, 8, 4, 2, 1]) % 11 === 0),
  row('IE', ['L2D7L1', 'L2D7L2'], [], /^IE\d{7}[A-W][A-I]?$/),
  row('GB', [], ['L2D9', 'L2-D3-D4-D2', 'L2-D9', 'L2D12'], /^GB\d{9}(?:\d{3})?$/),
  row('CZ', [], ['L2D8', 'L2D9', 'L2D10'], /^CZ\d{8,10}$/),
  row('HU', [], ['L2D8'], /^HU\d{8}$/, (digits) => weigh(digits, [9, 7, 3, 1, 9, 7, 3, 1]) % 10 === 0),
  row('RO', [], ['L2D6', 'L2D7', 'L2D8', 'L2D9', 'L2D10'], /^RO\d{2,10}$/),
  row(
    'EL',
    ['L2D9'],
    ['L2-D9'],
    /^EL\d{9}$/,
    (digits) => (weigh(digits, [256, 128, 64, 32, 16, 8, 4, 2]) % 11) % 10 === Number(digits[8]),
  ),
  row('HR', ['L2D11'], ['L2-D11'], /^HR\d{11}$/, mod11By10),
  row('SI', [], ['L2D8'], /^SI[1-9]\d{7}$/),
  row('SK', ['L2D10'], ['L2-D10'], /^SK[1-9]\d{9}$/, (digits) => Number(digits) % 11 === 0),
  row('BG', [], ['L2D9', 'L2D10'], /^BG\d{9,10}$/),
  row(
    'LU',
    [],
    ['L2D8', 'L2-D8'],
    /^LU\d{8}$/,
    (digits) => Number(digits.slice(0, 6)) % 89 === Number(digits.slice(6)),
  ),
  row('LT', [], ['L2D9', 'L2D12'], /^LT(?:\d{9}|\d{12})$/),
  row('LV', [], ['L2D11'], /^LV\d{11}$/),
  row('EE', [], ['L2D9'], /^EE\d{9}$/, (digits) => weigh(digits, [3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 === 0),
  row('MT', [], ['L2D8'], /^MT\d{8}$/),
  row('CY', [], ['L2D8L1'], /^CY\d{8}[A-Z]$/),
]
