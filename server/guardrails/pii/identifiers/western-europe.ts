import { ean, isDay, luhn, mod11By10, uniform, weigh } from '../checks.ts'
import type { Identifier } from './identifier.ts'

const SPANISH = 'TRWAGMYFPDXBNJZSQVHLCKE'
const IRISH = 'WABCDEFGHIJKLMNOPQRSTUV'

/** Formats and check digits as the issuing authorities publish them. */
export const WESTERN_EUROPE: readonly Identifier[] = [
  {
    name: 'UK health service number',
    category: 'HEALTH_ID',
    region: 'GB',
    shapes: ['D10', 'D3-D3-D4'],
    valid: (digits) =>
      !uniform(digits) && (11 - (weigh(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11 === Number(digits[9]),
    words: /\b(?:nhs|national health|health service|h&c number|chi number)/,
  },
  {
    name: 'UK national insurance number',
    category: 'NATIONAL_ID',
    region: 'GB',
    distinct: ['L2D6L1', 'L2-D2-D2-D2-L1', 'L2-D6-L1'],
    valid: (value) => /^(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]$/.test(value),
    words: /\b(?:nino|national insurance|ni number|n\.i\.)/,
  },
  {
    name: 'UK taxpayer reference',
    category: 'TAX_ID',
    region: 'GB',
    shapes: ['D10', 'D5-D5'],
    valid: (digits) => '21987654321'[weigh(digits.slice(1), [6, 7, 8, 9, 10, 5, 4, 3, 2]) % 11] === digits[0],
    words: /\b(?:utr|taxpayer reference|self.assessment)/,
  },
  {
    name: 'German tax identification number',
    category: 'TAX_ID',
    region: 'DE',
    distinct: ['D2-D3-D3-D3'],
    shapes: ['D11'],
    separators: ' ',
    valid: isSteuerId,
    words: /\b(?:steuer-?id|steueridentifikation|steuerliche id|idnr|id-nr|tax id|tin|steuernummer)/,
  },
  {
    name: 'German pension insurance number',
    category: 'NATIONAL_ID',
    region: 'DE',
    distinct: ['D8L1D3', 'D2-D6-L1-D3'],
    valid(value) {
      // Those born on the same day may have 50 added to the month's number by the day.
      if (!isDay(value.slice(6, 8), value.slice(4, 6), Number(value.slice(2, 4)) % 50 || 31)) return false
      const letter = String(value.charCodeAt(8) - 64).padStart(2, '0')
      const digits = value.slice(0, 8) + letter + value.slice(9, 11)
      const sum = [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1].reduce(
        (total, weight, at) => total + crossSum(weight * Number(digits[at])),
        0,
      )
      return sum % 10 === Number(value[11])
    },
    words: /\b(?:rentenversicherung|sozialversicherung|rvnr|svnr|versicherungsnummer)/,
  },
  {
    name: 'German health insurance number',
    category: 'HEALTH_ID',
    region: 'DE',
    shapes: ['L1D9'],
    valid(value) {
      const digits = String(value.charCodeAt(0) - 64).padStart(2, '0') + value.slice(1, 9)
      const sum = [...digits].reduce((total, digit, at) => total + crossSum(Number(digit) * ((at % 2) + 1)), 0)
      return sum % 10 === Number(value[9])
    },
    words: /\b(?:kvnr|krankenversicher|krankenkasse|egk|gesundheitskarte|versichertennummer|health insurance)/,
  },
  {
    name: 'French registration number (NIR)',
    category: 'NATIONAL_ID',
    region: 'FR',
    distinct: ['D15', 'D1-D2-D2-D2-D3-D3-D2', 'D13-D2', 'D6L1D8', 'D1-D2-D2-D1L1-D3-D3-D2'],
    separators: ' .-',
    valid(value) {
      const month = Number(value.slice(3, 5))
      if (!/^[12]/.test(value) || month < 1 || (month > 12 && month < 20) || month > 99) return false
      const corsican: Record<string, string> = { '2A': '19', '2B': '18' }
      const place = value.slice(5, 7)
      const number = value.slice(0, 5) + (corsican[place] ?? place) + value.slice(7, 13)
      return /^\d{13}$/.test(number) && 97 - (Number(number) % 97) === Number(value.slice(13))
    },
    words: /\b(?:nir|s[ée]curit[ée] sociale|insee|num[ée]ro de s[ée]cu|social security)/,
  },
  {
    name: 'French tax number',
    category: 'TAX_ID',
    region: 'FR',
    shapes: ['D13', 'D2-D2-D3-D3-D3'],
    separators: ' ',
    valid: (digits) => /^[0-3]/.test(digits) && Number(digits.slice(0, 10)) % 511 === Number(digits.slice(10)),
    words: /\b(?:num[ée]ro fiscal|spi|r[ée]f[ée]rence fiscale|tax number|tin)\b/,
  },
  {
    name: 'French company number',
    category: 'TAX_ID',
    region: 'FR',
    shapes: ['D9', 'D14', 'D3-D3-D3', 'D3-D3-D3-D5'],
    separators: ' ',
    valid: (digits) => luhn(digits) && !uniform(digits),
    words: /\b(?:siren|siret)\b/,
  },
  {
    name: 'Spanish identity number (DNI, NIF)',
    category: 'NATIONAL_ID',
    region: 'ES',
    distinct: ['D8L1', 'D8-L1'],
    shapes: ['D7L1', 'D7-L1'],
    valid: (value) => SPANISH[Number(value.slice(0, -1)) % 23] === value.at(-1),
    words: /\b(?:dni|nif|documento nacional|identidad)/,
  },
  {
    name: "Spanish foreigner's number (NIE)",
    category: 'NATIONAL_ID',
    region: 'ES',
    distinct: ['L1D7L1', 'L1D7-L1', 'L1-D7-L1'],
    valid: (value) =>
      /^[XYZ]/.test(value) && SPANISH[Number('XYZ'.indexOf(value[0]!) + value.slice(1, 8)) % 23] === value[8],
    words: /\b(?:nie|extranjero)/,
  },
  {
    name: 'Spanish company number (CIF)',
    category: 'TAX_ID',
    region: 'ES',
    shapes: ['L1D8', 'L1D7L1', 'L1-D8'],
    valid(value) {
      if (!/^[ABCDEFGHJNPQRSUVW]/.test(value)) return false
      const sum = [...value.slice(1, 8)].reduce(
        (total, digit, at) => total + (at % 2 === 0 ? crossSum(Number(digit) * 2) : Number(digit)),
        0,
      )
      const check = (10 - (sum % 10)) % 10
      return value[8] === String(check) || value[8] === 'JABCDEFGHI'[check]
    },
    words: /\b(?:cif|nif|identificaci[óo]n fiscal)/,
  },
  {
    name: 'Dutch citizen number (BSN)',
    category: 'NATIONAL_ID',
    region: 'NL',
    shapes: ['D9', 'D4-D2-D3', 'D3-D3-D3', 'D8'],
    separators: ' .-',
    valid: (digits) => !uniform(digits) && weigh(digits.padStart(9, '0'), [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0,
    words: /\b(?:bsn|burgerservice|sofi)/,
  },
  {
    name: 'Belgian national register number',
    category: 'NATIONAL_ID',
    region: 'BE',
    distinct: ['D2-D2-D2-D3-D2'],
    shapes: ['D11', 'D6-D3-D2'],
    separators: '*',
    valid(digits) {
      const [number, check] = [digits.slice(0, 9), 97 - Number(digits.slice(9))]
      const month = Number(digits.slice(2, 4)) % 20
      return month <= 12 && (Number(number) % 97 === check || Number(`2${number}`) % 97 === check)
    },
    words: /\b(?:rijksregister|registre national|national register|niss|insz|rrn|nrn)/,
  },
  {
    name: 'Swiss insurance number (AHV, AVS)',
    category: 'NATIONAL_ID',
    region: 'CH',
    distinct: ['D3-D4-D4-D2', 'D13'],
    separators: '. -',
    valid: (digits) => digits.startsWith('756') && ean(digits),
    words: /\b(?:ahv|avs|oasi)/,
  },
  {
    name: 'Austrian insurance number',
    category: 'NATIONAL_ID',
    region: 'AT',
    shapes: ['D10', 'D4-D6', 'D4-D2-D2-D2'],
    separators: ' -.',
    valid: (digits) =>
      /^[1-9]/.test(digits) &&
      weigh(digits, [3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11 === Number(digits[3]) &&
      isDay(digits.slice(8), Math.min(12, Number(digits.slice(6, 8))), digits.slice(4, 6)),
    words: /\b(?:svnr|sv-nummer|sozialversicherung|versicherungsnummer|ssn)/,
  },
  {
    name: 'Irish public service number (PPS)',
    category: 'NATIONAL_ID',
    region: 'IE',
    shapes: ['D7L1', 'D7L2'],
    valid(value) {
      const second = value.length === 9 ? value.charCodeAt(8) - 64 : 0
      const sum = weigh(value, [8, 7, 6, 5, 4, 3, 2]) + 9 * (second === 23 ? 0 : second)
      return IRISH[sum % 23] === value[7]
    },
    words: /\b(?:pps|ppsn|personal public)/,
  },
  {
    name: 'Luxembourg identification number',
    category: 'NATIONAL_ID',
    region: 'LU',
    shapes: ['D13'],
    valid: (digits) => isDay(digits.slice(0, 4), digits.slice(4, 6), digits.slice(6, 8)) && luhn(digits.slice(0, 12)),
    words: /\b(?:matricule|identification|luxemb)/,
  },
]

function isSteuerId(digits: string): boolean {
  if (digits[0] === '0' || !mod11By10(digits)) return false
  // One digit stands twice or three times among the first ten, every other one once at most.
  const counts = new Map<string, number>()
  for (const digit of digits.slice(0, 10)) counts.set(digit, (counts.get(digit) ?? 0) + 1)
  const more = [...counts.values()].filter((count) => count > 1)
  return more.length === 1 && more[0]! <= 3
}

function crossSum(number: number): number {
  return number > 9 ? Math.floor(number / 10) + (number % 10) : number
}
