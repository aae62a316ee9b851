import { isDay, luhn, mod11By2, uniform, verhoeff, weigh } from '../checks.ts'
import type { Identifier } from './identifier.ts'

const BASE36 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'

const JAPANESE = [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]

/** Formats and check digits as the issuing authorities publish them. */
export const ASIA: readonly Identifier[] = [
  {
    name: 'Indian identity number (Aadhaar)',
    category: 'NATIONAL_ID',
    region: 'IN',
    shapes: ['D12', 'D4-D4-D4'],
    valid: (digits) => /^[2-9]/.test(digits) && verhoeff(digits) && digits !== [...digits].toReversed().join(''),
    words: /(?:\baa?dhaar|\buidai?\b|\buid\b|आधार)/,
  },
  {
    name: 'Indian tax account (PAN)',
    category: 'TAX_ID',
    region: 'IN',
    distinct: ['L5D4L1'],
    valid: (value) => /^[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z]$/.test(value),
    words: /\b(?:pan|permanent account)\b/,
  },
  {
    name: 'Indian goods and services tax number',
    category: 'TAX_ID',
    region: 'IN',
    distinct: ['D2L5D4L1D1L1D1', 'D2L5D4L1D1L2'],
    valid(value) {
      if (!/^(?:0[1-9]|[12]\d|3[0-8]|9[79])[A-Z]{5}\d{4}[A-Z][1-9A-Z]Z[0-9A-Z]$/.test(value)) return false
      let sum = 0
      for (let at = 0; at < 14; at++) {
        const product = BASE36.indexOf(value[at]!) * ((at % 2) + 1)
        sum += Math.floor(product / 36) + (product % 36)
      }
      return BASE36[(36 - (sum % 36)) % 36] === value[14]
    },
    words: /\b(?:gstin|gst)/,
  },
  {
    name: 'Indian voter card',
    category: 'NATIONAL_ID',
    region: 'IN',
    shapes: ['L3D7'],
    valid: () => true,
    words: /\b(?:voter|epic|electoral|election)/,
  },
  {
    name: 'Chinese resident identity number',
    category: 'NATIONAL_ID',
    region: 'CN',
    distinct: ['D18', 'D17L1'],
    valid: (value) =>
      /^[1-8]\d{16}[\dX]$/.test(value) &&
      /^(?:18|19|20)/.test(value.slice(6)) &&
      isDay(value.slice(6, 10), value.slice(10, 12), value.slice(12, 14)) &&
      mod11By2(value),
    words: /(?:身份证|resident id|chinese id|id card)/,
  },
  {
    name: 'Taiwanese identity number',
    category: 'NATIONAL_ID',
    region: 'TW',
    shapes: ['L1D9'],
    valid(value) {
      if (!/^[A-Z][1289]/.test(value)) return false
      const letter = 10 + 'ABCDEFGHJKLMNPQRSTUVXYWZIO'.indexOf(value[0]!)
      return weigh(`${letter}${value.slice(1)}`, [1, 9, 8, 7, 6, 5, 4, 3, 2, 1, 1]) % 10 === 0
    },
    words: /(?:身分證|國民|taiwan|national id|id number)/,
  },
  {
    name: 'Japanese individual number (My Number)',
    category: 'NATIONAL_ID',
    region: 'JP',
    shapes: ['D12', 'D4-D4-D4'],
    valid(digits) {
      const rest = weigh(digits, JAPANESE) % 11
      return !uniform(digits) && (rest < 2 ? 0 : 11 - rest) === Number(digits[11])
    },
    words: /(?:マイナンバー|個人番号|my number|individual number)/,
  },
  {
    name: 'Korean resident registration number',
    category: 'NATIONAL_ID',
    region: 'KR',
    distinct: ['D6-D7'],
    shapes: ['D13'],
    separators: '-',
    // Since October 2020 the last six digits are drawn by lot; so the check digit says nothing.
    valid: (digits) =>
      /^[1-8]/.test(digits.slice(6)) && isDay(digits.slice(0, 2), digits.slice(2, 4), digits.slice(4, 6)),
    words: /(?:주민등록|주민번호|외국인등록|\brrn\b|\bfrn\b|resident registration|korean)/,
  },
  {
    name: 'Korean business number',
    category: 'TAX_ID',
    region: 'KR',
    shapes: ['D10', 'D3-D2-D5'],
    separators: '-',
    valid: (digits) =>
      (weigh(digits, [1, 3, 7, 1, 3, 7, 1, 3, 5, 1]) + Math.floor((Number(digits[8]) * 5) / 10)) % 10 === 0,
    words: /(?:사업자|\bbrn\b|business registration)/,
  },
  {
    name: 'Singaporean identity number (NRIC, FIN)',
    category: 'NATIONAL_ID',
    region: 'SG',
    distinct: ['L1D7L1'],
    valid(value) {
      if (!/^[STFGM]/.test(value)) return false
      const base = weigh(value.slice(1), [2, 7, 6, 5, 4, 3, 2])
      const offset = /^[TG]/.test(value) ? 4 : value[0] === 'M' ? 3 : 0
      const rest = (base + offset) % 11
      if (/^[ST]/.test(value)) return 'JZIHGFEDCBA'[rest] === value[8]
      return (value[0] === 'M' ? 'XWUTRQPNJLK'[10 - rest] : 'XWUTRQPNMLK'[rest]) === value[8]
    },
    words: /\b(?:nric|fin|singapore)/,
  },
  {
    name: 'Malaysian identity card (MyKad)',
    category: 'NATIONAL_ID',
    region: 'MY',
    distinct: ['D6-D2-D4'],
    shapes: ['D12'],
    separators: '-',
    valid: (digits) =>
      isDay(digits.slice(0, 2), digits.slice(2, 4), digits.slice(4, 6)) &&
      !/^(?:00|1[789]|20|6[9]|7[03]|8[01]|9[4-7])/.test(digits.slice(6)),
    words: /\b(?:mykad|nric|kad pengenalan|ic number|malaysia)/,
  },
  {
    name: 'Indonesian identity number (NIK)',
    category: 'NATIONAL_ID',
    region: 'ID',
    shapes: ['D16'],
    valid: (digits) =>
      /^[1-9]/.test(digits) && isDay(digits.slice(10, 12), digits.slice(8, 10), Number(digits.slice(6, 8)) % 40),
    words: /\b(?:nik|ktp|kependudukan)/,
  },
  {
    name: 'Thai identity number',
    category: 'NATIONAL_ID',
    region: 'TH',
    distinct: ['D1-D4-D5-D2-D1'],
    shapes: ['D13'],
    valid: (digits) =>
      /^[1-8]/.test(digits) &&
      !uniform(digits) &&
      (11 - (weigh(digits, [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 10 === Number(digits[12]),
    words: /(?:บัตรประชาชน|ประจำตัวประชาชน|thai|citizen id)/,
  },
  {
    name: 'Vietnamese citizen number',
    category: 'NATIONAL_ID',
    region: 'VN',
    shapes: ['D12'],
    valid: (digits) => /^0\d\d[0-9]/.test(digits),
    words: /\b(?:cccd|căn cước|citizen id|vietnam)/,
  },
  {
    name: 'Philippine system number',
    category: 'NATIONAL_ID',
    region: 'PH',
    shapes: ['D4-D4-D4-D4', 'D2-D7-D1', 'D12', 'D16', 'D10'],
    valid: (digits) => !uniform(digits),
    words: /\b(?:philsys|psn|sss number|sss no|philhealth|umid|pag-?ibig)/,
  },
  {
    name: 'Philippine taxpayer number',
    category: 'TAX_ID',
    region: 'PH',
    shapes: ['D3-D3-D3', 'D3-D3-D3-D3', 'D3-D3-D3-D5', 'D9', 'D12'],
    separators: '-',
    valid: (digits) => weigh(digits, [1, 2, 3, 4, 5, 6, 7, 8]) % 11 === Number(digits[8]),
    words: /\b(?:tin|bir)\b/,
  },
  {
    name: 'Pakistani identity card',
    category: 'NATIONAL_ID',
    region: 'PK',
    distinct: ['D5-D7-D1'],
    shapes: ['D13'],
    separators: '-',
    valid: (digits) => /^[1-7]/.test(digits),
    words: /\b(?:cnic|nadra|nicop)/,
  },
  {
    name: 'Israeli identity number',
    category: 'NATIONAL_ID',
    region: 'IL',
    shapes: ['D9', 'D8-D1'],
    valid: (digits) => !uniform(digits) && luhn(digits),
    words: /(?:teudat|תעודת זהות|ת\.ז|israeli id|id number)/,
  },
  {
    name: 'Emirates identity number',
    category: 'NATIONAL_ID',
    region: 'AE',
    distinct: ['D15', 'D3-D4-D7-D1'],
    valid: (digits) => /^784(?:19|20)/.test(digits) && luhn(digits),
    words: /\bemirates/,
  },
  {
    name: 'Saudi identity number',
    category: 'NATIONAL_ID',
    region: 'SA',
    shapes: ['D10'],
    valid: (digits) => /^[12]/.test(digits) && luhn(digits),
    words: /(?:\biqama|saudi|national id|الهوية|إقامة)/,
  },
]
