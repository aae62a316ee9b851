import { createRequire } from 'node:module'

// A hundredth of a second to load, and many texts have no phone number.
const require = createRequire(import.meta.url)

/** What is used of libphonenumber's metadata, in its compact form: a country's code, pattern and national prefix. */
type Country = readonly [
  code: string,
  exit: string,
  pattern: string,
  lengths: unknown,
  formats: unknown,
  prefix?: string | 0,
]
interface Metadata {
  country_calling_codes: Record<string, readonly string[]>
  countries: Record<string, Country>
  nonGeographic: Record<string, Country>
}

let metadata: Metadata | undefined
const patterns = new Map<Country, RegExp>()

/** Whether digits with a country code, without plus, are a number of one of the countries that have the code. */
export function isInternational(digits: string): boolean {
  const { country_calling_codes: codes, countries, nonGeographic } = load()
  for (let length = 1; length <= 3; length++) {
    const code = digits.slice(0, length)
    const all = (codes[code] ?? []).map((country) => countries[country]!)
    const shared = nonGeographic[code]
    if (shared !== undefined) all.push(shared)
    if (all.some((country) => patternOf(country).test(digits.slice(length)))) return true
  }
  return false
}

/** Whether digits as they are dialled within a country, with its prefix for other areas or without, are a number of it. */
export function isNational(digits: string, country: string): boolean {
  const known = load().countries[country]
  if (known === undefined) return false
  const prefix = known[5]
  const within = prefix && digits.startsWith(prefix) ? digits.slice(prefix.length) : digits
  return patternOf(known).test(within)
}

function patternOf(country: Country): RegExp {
  let pattern = patterns.get(country)
  if (pattern === undefined) {
    pattern = new RegExp(`^(?:${country[2]})$`)
    patterns.set(country, pattern)
  }
  return pattern
}

function load(): Metadata {
  metadata ??= require('libphonenumber-js/metadata.min.json') as Metadata
  return metadata
}
