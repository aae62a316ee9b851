/**
 * Check digits. Every function takes digits, or digits and capitals where it says so, without separators.
 */

/** Luhn, ISO/IEC 7812-1 annex B. */
export function luhn(digits: string): boolean {
  let sum = 0
  for (let at = digits.length - 1, double = false; at >= 0; at--, double = !double) {
    const digit = digits.charCodeAt(at) - 48
    sum += double ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit
  }
  return sum % 10 === 0
}

/** Sum of the digits, each times its weight. */
export function weigh(digits: string, weights: readonly number[]): number {
  let sum = 0
  for (let at = 0; at < weights.length; at++) sum += weights[at]! * (digits.charCodeAt(at) - 48)
  return sum
}

/** Digits and capitals as a number, A = 10 to Z = 35, modulo a divisor under 2^45. */
export function modulo(value: string, divisor: number): number {
  let rest = 0
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at)
    rest = (code > 57 ? rest * 100 + code - 55 : rest * 10 + code - 48) % divisor
  }
  return rest
}

/** ISO/IEC 7064 MOD 97-10 as IBANs have it (ISO 13616): what stands first goes last. */
export function iban(value: string): boolean {
  return modulo(value.slice(4) + value.slice(0, 4), 97) === 1
}

/** ISO/IEC 7064 MOD 11,10: one check digit. */
export function mod11By10(digits: string): boolean {
  let product = 10
  for (const digit of digits.slice(0, -1)) {
    const sum = (Number(digit) + product) % 10 || 10
    product = (sum * 2) % 11
  }
  return (11 - product) % 10 === Number(digits.at(-1))
}

/** ISO/IEC 7064 MOD 11-2: the check character may be X. */
export function mod11By2(value: string): boolean {
  let sum = 0
  for (const digit of value.slice(0, -1)) sum = ((sum + Number(digit)) * 2) % 11
  const check = (12 - sum) % 11
  return value.at(-1) === (check === 10 ? 'X' : String(check))
}

/** EAN-13 and its kin: weights 1 and 3 in turn. */
export function ean(digits: string): boolean {
  let sum = 0
  for (let at = digits.length - 1, weight = 1; at >= 0; at--, weight = 4 - weight)
    sum += weight * (digits.charCodeAt(at) - 48)
  return sum % 10 === 0
}

const DIHEDRAL = ['0123456789', '1234067895', '2340178956', '3401289567', '4012395678']
  .concat(['5987604321', '6598710432', '7659821043', '8765932104', '9876543210'])
  .map(digitsOf)
const PERMUTED = '0123456789 1576283094 5803796142 8916043527 9453126870 4286573901 2793806415 7046913258'
  .split(' ')
  .map(digitsOf)

/** Verhoeff, Error Detecting Decimal Codes (1969): multiplication in the dihedral group D5. */
export function verhoeff(digits: string): boolean {
  let check = 0
  for (let at = digits.length - 1, turn = 0; at >= 0; at--, turn++)
    check = DIHEDRAL[check]![PERMUTED[turn % 8]![digits.charCodeAt(at) - 48]!]!
  return check === 0
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** Whether the calendar has the day; two-digit years are taken as in 2000, whose February has 29 days. */
export function isDay(year: string | number, month: string | number, day: string | number): boolean {
  const [y, m, d] = [Number(year), Number(month), Number(day)]
  if (m < 1 || m > 12 || d < 1) return false
  const leap = y < 100 || (y % 4 === 0 && (y % 100 !== 0 || y % 400 === 0))
  return d <= (m === 2 && leap ? 29 : DAYS[m - 1]!)
}

/** All characters alike, as in numbers that stand for none. */
export function uniform(digits: string): boolean {
  const first = digits.charCodeAt(0)
  for (let at = 1; at < digits.length; at++) if (digits.charCodeAt(at) !== first) return false
  return true
}

function digitsOf(text: string): number[] {
  return [...text].map(Number)
}
