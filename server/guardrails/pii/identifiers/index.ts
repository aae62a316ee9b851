import { ASIA } from './asia.ts'
import { CARDS } from './cards.ts'
import { DOCUMENTS } from './documents.ts'
import { EASTERN_EUROPE } from './eastern-europe.ts'
import type { Identifier } from './identifier.ts'
import { NORTH_AMERICA } from './north-america.ts'
import { NORTHERN_EUROPE } from './northern-europe.ts'
import { SOUTHERN_EUROPE } from './southern-europe.ts'
import { SOUTHERN_HEMISPHERE } from './southern-hemisphere.ts'
import { VAT } from './vat.ts'
import { WESTERN_EUROPE } from './western-europe.ts'

/** Every identifier that is known by its shape, its check digits and the words near it. */
export const IDENTIFIERS: readonly Identifier[] = [
  ...CARDS,
  ...NORTH_AMERICA,
  ...WESTERN_EUROPE,
  ...SOUTHERN_EUROPE,
  ...NORTHERN_EUROPE,
  ...EASTERN_EUROPE,
  ...ASIA,
  ...SOUTHERN_HEMISPHERE,
  ...VAT,
  ...DOCUMENTS,
]
