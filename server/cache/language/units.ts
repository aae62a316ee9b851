import type { Token } from './token.ts'

/** Names of one unit, the first of them being the one that is used. Every name may have an `s` at its end. */
const NAMES = `
kilometer kilometre km kms|meter metre|centimeter centimetre cm|millimeter millimetre mm|micrometer micrometre micron|
nanometer nanometre nm|mile|yard yd|foot feet ft|inch inches|
kilogram kilogramme kg kilo|gram gramme|milligram mg|microgram mcg µg μg|tonne|ton|pound lb lbs|ounce oz|stone|
liter litre ltr|milliliter millilitre ml|deciliter decilitre dl|gallon gal|pint|quart|teaspoon tsp|tablespoon tbsp|
second sec secs|minute mins|hour hr hrs|day|week wk wks|month|year yr yrs|millisecond ms msec|microsecond|nanosecond|decade|century centuries|
byte|kilobyte kb|megabyte mb|gigabyte gb|terabyte tb|kilobit kbit|megabit mbit|gigabit gbit|
hertz hz|kilohertz khz|megahertz mhz|gigahertz ghz|
watt|kilowatt kw|milliwatt|megawatt|kilowatt-hour kwh|volt|amp ampere|milliamp ma|ohm|joule|kilojoule kj|calorie cal|kilocalorie kcal|
kilometer-per-hour kph kmh kmph|mile-per-hour mph|
celsius centigrade|fahrenheit|kelvin|degree|percent pct|
acre|hectare|square|cubic|pascal|kilopascal kpa|bar|psi|
usd|euro eur|gbp|yen jpy|rupee inr|franc chf|cad|aud|nzd|yuan cny rmb|peso mxn|won krw|ruble rouble rub|lira|rand zar|
dollar buck|cent|penny pence|krona sek|krone|zloty pln|real brl`
  .replace(/\s*\n\s*/g, '')
  .split('|')
  .map((names) => names.trim().split(' '))

const UNITS = new Map<string, string>()
for (const names of NAMES)
  for (const name of names) {
    UNITS.set(name, names[0]!)
    if (name.length > 2 && !UNITS.has(`${name}s`)) UNITS.set(`${name}s`, names[0]!)
  }
/** Only after a number: alone they are other words. */
const AFTER_NUMBER = new Map([
  ['g', 'gram'],
  ['l', 'liter'],
  ['h', 'hour'],
  ['min', 'minute'],
  ['s', 'second'],
  ['m', 'm'],
  ['c', 'celsius'],
  ['f', 'fahrenheit'],
  ['w', 'watt'],
  ['v', 'volt'],
  ['t', 'tonne'],
  ['am', 'am'],
  ['pm', 'pm'],
])
/** Other words as well: units after a number only. */
const AMBIGUOUS = new Set(
  'ma ms kilo cal gal square cubic bar won real rand pct foot feet stone bucks buck rub cad inch pounds'.split(' '),
)
/** Where the size of the letters tells a million from a thousandth, bits from bytes. */
const SIZED: Readonly<Record<string, string>> = {
  MW: 'megawatt',
  mW: 'milliwatt',
  Mb: 'megabit',
  Gb: 'gigabit',
  Kb: 'kilobit',
  kb: 'kilobyte',
}
const SIGNS: Readonly<Record<string, string>> = {
  '%': 'percent',
  $: 'dollar',
  '€': 'euro',
  '£': 'gbp',
  '¥': 'yen',
  '₹': 'rupee',
  '₽': 'ruble',
  '₩': 'won',
  '₺': 'lira',
  '₿': 'bitcoin',
  '¢': 'cent',
  '°': 'degree',
}
const CURRENCY_SIGN = /^(\p{L}{0,2})([$€£¥₹₽₩₺₿¢])$/u
const NUMBER_AND_UNIT = /^(-?\d+(?:[.,:]\d+)*)(\p{L}{1,4})$/u

/** One name for every unit and currency, after the number it belongs to: `$50` and `50 dollars`, `5km` and `5 km`. */
export function foldUnits(tokens: readonly Token[]): Token[] {
  const folded: Token[] = []
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]!
    const next = tokens[at + 1]
    const [, country = '', sign] = CURRENCY_SIGN.exec(token.text) ?? []
    if (sign !== undefined && next?.kind === 'number') {
      // `A$50` is no dollar of the United States.
      const unit = country === '' || country === 'us' ? SIGNS[sign]! : `${country} ${SIGNS[sign]}`
      folded.push(next, { ...token, text: unit, kind: 'word', first: false })
      at++
    } else if (token.kind === 'word' && /^-?\d/.test(token.text)) folded.push(...splitUnit(token))
    else if (token.text === 'per' && /^cents?$/.test(next?.text ?? '')) {
      folded.push({ ...token, text: 'percent' })
      at++
    } else folded.push(foldOne(token, folded.at(-1)))
  }
  return folded
}

/** Everything that units are called. */
export const UNIT_WORDS: readonly string[] = [...UNITS.keys()]

/** The unit of a name, which may mean something else as well. */
export function unitNamed(word: string): string | null {
  return UNITS.get(word) ?? null
}

/** The unit that a word names, whatever stands before it. */
export function unitOf(word: string): string | null {
  return AMBIGUOUS.has(word) ? null : (UNITS.get(word) ?? null)
}

function foldOne(token: Token, before: Token | undefined): Token {
  if (token.kind === 'symbol') {
    const unit = SIGNS[token.text]
    return unit === undefined ? token : { ...token, text: unit, kind: 'word' }
  }
  if (token.kind !== 'word') return token
  const unit =
    before?.kind === 'number' || before?.text === 'degree'
      ? unitAfterNumber(token.text, token.written)
      : unitOf(token.text)
  return unit === null || unit === token.text ? token : { ...token, text: unit, raw: token.text, kind: 'word' }
}

function unitAfterNumber(text: string, written: string): string | null {
  return SIZED[written] ?? AFTER_NUMBER.get(text) ?? UNITS.get(text) ?? null
}

/** `10km` is a number and a unit; `5G`, `4K` and `3D` are names. */
function splitUnit(token: Token): Token[] {
  const found = NUMBER_AND_UNIT.exec(token.written)
  const unit =
    found && (found[2]!.length > 1 || /[mhl]/.test(found[2]!))
      ? unitAfterNumber(found[2]!.toLowerCase(), found[2]!)
      : null
  if (!found || unit === null) return [token]
  return [
    { ...token, text: found[1]!.replaceAll(',', ''), written: found[1]!, kind: 'number' },
    { ...token, text: unit, written: found[2]!, first: false },
  ]
}
