import { urlFinder } from './addresses.ts'
import { findBankCodes, findHongKongCards } from './codes.ts'
import { findCryptoAddresses } from './crypto/index.ts'
import { findBirthDates } from './dates.ts'
import { findEmails } from './email.ts'
import type { Finder } from './finder.ts'
import { findIbans } from './iban.ts'
import { IDENTIFIERS } from './identifiers/index.ts'
import { identifierFinder } from './identifiers/shapes.ts'
import { nameFinder } from './names/find.ts'
import { findAddresses, findHardwareAddresses } from './network.ts'
import { phoneFinder } from './phone.ts'

/** Finders of structured types, for the types asked for. */
export function structuredFinders(types: ReadonlySet<string>, regions: ReadonlySet<string>): Finder[] {
  const finders: [string, Finder][] = [
    ['EMAIL', findEmails],
    ['PHONE', phoneFinder(regions)],
    ['IBAN', findIbans],
    ['BANK_ACCOUNT', findBankCodes],
    ['IP_ADDRESS', findAddresses],
    ['MAC_ADDRESS', findHardwareAddresses],
    ['NATIONAL_ID', findHongKongCards],
    ['DATE_OF_BIRTH', findBirthDates],
    ['CRYPTO', findCryptoAddresses],
  ]
  const chosen = finders.filter(([type]) => types.has(type)).map(([, finder]) => finder)
  if (types.has('URL') || types.has('URL_CREDENTIALS'))
    chosen.push(urlFinder(types.has('URL'), types.has('URL_CREDENTIALS')))
  const identifiers = IDENTIFIERS.filter(({ category }) => types.has(category))
  if (identifiers.length > 0) chosen.push(identifierFinder(identifiers, regions))
  return chosen
}

const NAMED = ['PERSON', 'LOCATION', 'ORGANIZATION']

/** Finders of best-effort types, whose matches have spaces between words of any kind. */
export function bestEffortFinders(types: ReadonlySet<string>): Finder[] {
  return NAMED.some((type) => types.has(type)) ? [nameFinder(types)] : []
}
