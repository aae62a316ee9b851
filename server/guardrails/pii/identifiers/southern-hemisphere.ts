import { isDay, luhn, uniform, weigh } from '../checks.ts'
import type { Identifier } from './identifier.ts'

const CUIT = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]
const CNPJ = [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]

/** Formats and check digits as the issuing authorities publish them. */
export const SOUTHERN_HEMISPHERE: readonly Identifier[] = [
  {
    name: 'Brazilian taxpayer (CPF)',
    category: 'NATIONAL_ID',
    region: 'BR',
    distinct: ['D3-D3-D3-D2'],
    shapes: ['D11', 'D9-D2'],
    separators: '*',
    valid: (digits) => !uniform(digits) && brazilian(digits, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]),
    words: /\b(?:cpf|cadastro de pessoa)/,
  },
  {
    name: 'Brazilian company (CNPJ)',
    category: 'TAX_ID',
    region: 'BR',
    distinct: ['D2-D3-D3-D4-D2'],
    shapes: ['D14'],
    separators: '*',
    valid: (digits) => !uniform(digits) && brazilian(digits, CNPJ),
    words: /\bcnpj/,
  },
  {
    name: 'Argentine tax code (CUIT, CUIL)',
    category: 'TAX_ID',
    region: 'AR',
    distinct: ['D2-D8-D1'],
    shapes: ['D11'],
    valid: (digits) =>
      /^(?:2[034567]|3[034])/.test(digits) && ((11 - (weigh(digits, CUIT) % 11)) % 11) % 10 === Number(digits[10]),
    words: /\b(?:cuit|cuil)/,
  },
  {
    name: 'Argentine identity document',
    category: 'NATIONAL_ID',
    region: 'AR',
    shapes: ['D2-D3-D3', 'D8'],
    separators: '.',
    valid: () => true,
    words: /\b(?:dni|documento nacional)/,
  },
  {
    name: 'Chilean role number (RUT)',
    category: 'NATIONAL_ID',
    region: 'CL',
    distinct: ['D2-D3-D3-D1', 'D2-D3-D3-L1', 'D1-D3-D3-D1', 'D1-D3-D3-L1'],
    shapes: ['D8-D1', 'D8-L1', 'D7-D1', 'D7-L1', 'D9', 'D8L1'],
    separators: '*',
    valid(value) {
      let sum = 0
      for (let at = value.length - 2, weight = 2; at >= 0; at--, weight = weight === 7 ? 2 : weight + 1)
        sum += weight * Number(value[at])
      return '0K987654321'[sum % 11] === value.at(-1)
    },
    words: /\b(?:rut|run)\b/,
  },
  {
    name: 'Colombian identity card or tax number',
    category: 'NATIONAL_ID',
    region: 'CO',
    shapes: ['D1-D3-D3-D3', 'D2-D3-D3', 'D3-D3-D3-D1', 'D9-D1', 'D8', 'D10'],
    separators: '*',
    valid: (digits) => !uniform(digits),
    words: /\b(?:c[ée]dula|c\.c\.|nit|nuip)\b/,
  },
  {
    name: 'Ecuadorian identity card',
    category: 'NATIONAL_ID',
    region: 'EC',
    shapes: ['D10', 'D9-D1'],
    valid: (digits) => /^(?:0[1-9]|1\d|2[0-4]|30)[0-6]/.test(digits) && luhn(digits),
    words: /\bc[ée]dula/,
  },
  {
    name: 'Peruvian identity document',
    category: 'NATIONAL_ID',
    region: 'PE',
    shapes: ['D8', 'D8-D1'],
    valid: (digits) => !uniform(digits),
    words: /\b(?:dni|documento nacional)/,
  },
  {
    name: 'Australian tax file number',
    category: 'TAX_ID',
    region: 'AU',
    shapes: ['D9', 'D3-D3-D3'],
    valid: (digits) => !uniform(digits) && weigh(digits, [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 === 0,
    words: /\b(?:tfn|tax file)/,
  },
  {
    name: 'Australian business number',
    category: 'TAX_ID',
    region: 'AU',
    shapes: ['D11'],
    distinct: ['D2-D3-D3-D3'],
    separators: ' ',
    valid: (digits) => (weigh(digits, [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) - 10) % 89 === 0,
    words: /\b(?:abn|business number)/,
  },
  {
    name: 'Australian company number',
    category: 'TAX_ID',
    region: 'AU',
    shapes: ['D9', 'D3-D3-D3'],
    valid: (digits) => (10 - (weigh(digits, [8, 7, 6, 5, 4, 3, 2, 1]) % 10)) % 10 === Number(digits[8]),
    words: /\b(?:acn|company number)/,
  },
  {
    name: 'Australian Medicare card',
    category: 'HEALTH_ID',
    region: 'AU',
    shapes: ['D10', 'D4-D5-D1', 'D11', 'D4-D5-D2', 'D4-D5-D1-D1'],
    valid: (digits) => /^[2-6]/.test(digits) && weigh(digits, [1, 3, 7, 9, 1, 3, 7, 9]) % 10 === Number(digits[8]),
    words: /\bmedicare/,
  },
  {
    name: 'New Zealand tax number',
    category: 'TAX_ID',
    region: 'NZ',
    shapes: ['D9', 'D8', 'D3-D3-D3', 'D2-D3-D3'],
    valid(digits) {
      const padded = digits.padStart(9, '0')
      const first = (11 - (weigh(padded, [3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11
      const check = first < 10 ? first : (11 - (weigh(padded, [7, 4, 3, 2, 5, 2, 7, 6]) % 11)) % 11
      return check === Number(padded[8])
    },
    words: /\b(?:ird|inland revenue)/,
  },
  {
    name: 'South African identity number',
    category: 'NATIONAL_ID',
    region: 'ZA',
    distinct: ['D13', 'D6-D4-D3', 'D6-D4-D2-D1'],
    separators: ' ',
    valid: (digits) =>
      isDay(digits.slice(0, 2), digits.slice(2, 4), digits.slice(4, 6)) &&
      /^[012][89]/.test(digits.slice(10)) &&
      luhn(digits),
    words: /\b(?:south african|rsa id|sa id|id number|identity number|identiteit)/,
  },
  {
    name: 'Nigerian identification number',
    category: 'NATIONAL_ID',
    region: 'NG',
    shapes: ['D11'],
    valid: (digits) => !uniform(digits),
    words: /\b(?:nin|nimc|national identification|bvn|bank verification)\b/,
  },
  {
    name: 'Kenyan identity number',
    category: 'NATIONAL_ID',
    region: 'KE',
    shapes: ['D7', 'D8'],
    valid: (digits) => !uniform(digits),
    words: /\b(?:huduma|kenyan? (?:national )?id)/,
  },
  {
    name: 'Egyptian identity number',
    category: 'NATIONAL_ID',
    region: 'EG',
    shapes: ['D14'],
    valid: (digits) => /^[23]/.test(digits) && isDay(digits.slice(1, 3), digits.slice(3, 5), digits.slice(5, 7)),
    words: /(?:الرقم القومي|egyptian|national id)/,
  },
]

function brazilian(digits: string, weights: readonly number[]): boolean {
  const check = (count: number) => {
    const rest = weigh(digits, weights.slice(weights.length - count)) % 11
    return (rest < 2 ? 0 : 11 - rest) === Number(digits[count])
  }
  return check(digits.length - 2) && check(digits.length - 1)
}
