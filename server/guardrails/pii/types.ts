/** A type of personal data. Its id is the category of matches. */
export interface PiiType {
  id: string
  label: string
  /** Checked by format, check digits or words near it. The others are best effort. */
  structured: boolean
  /** Looked for where the config names no types. */
  standard: boolean
  description: string
}

const type = (id: string, label: string, description: string): PiiType => ({
  id,
  label,
  structured: true,
  standard: true,
  description,
})
const optional = (id: string, label: string, description: string): PiiType => ({
  ...type(id, label, description),
  standard: false,
})
const bestEffort = (id: string, label: string, description: string): PiiType => ({
  ...optional(id, label, `Best effort, by lists, shape and context: expect misses and false finds. ${description}`),
  structured: false,
})

/** All types, as the option `types` names them. */
export const PII_TYPES: readonly PiiType[] = [
  type('EMAIL', 'E-mail address', 'Addresses with a domain that could be one.'),
  type(
    'PHONE',
    'Phone number',
    'Valid for their country where they have a country code or a configured region; else in a phone format, with words that say so.',
  ),
  type('CREDIT_CARD', 'Payment card', 'Issuer, length and Luhn check digit.'),
  type('IBAN', 'Bank account (IBAN)', 'Length of the country and check digits.'),
  type('BANK_ACCOUNT', 'Bank account', 'Account, routing, sort and SWIFT codes, with words that say so.'),
  type('IP_ADDRESS', 'IP address', 'Version 4 and 6; not loopback, masks, or version numbers.'),
  type('MAC_ADDRESS', 'Hardware address', 'Six bytes in pairs, or in three groups; not all zeros or ones.'),
  type('NATIONAL_ID', 'National identity number', 'Of some fifty countries, with their check digits.'),
  type('TAX_ID', 'Tax number', 'VAT, company and personal tax numbers, with their check digits.'),
  type('HEALTH_ID', 'Health insurance number', 'With their check digits.'),
  type('PASSPORT', 'Passport or identity card', 'With words that say so.'),
  type('DRIVER_LICENSE', 'Driving licence', 'With words that say so.'),
  type('DATE_OF_BIRTH', 'Date of birth', 'Dates, with words that say so.'),
  type(
    'CRYPTO',
    'Crypto address',
    'Bitcoin with its checksum, Ethereum with its mixed-case checksum where it has one.',
  ),
  type('URL_CREDENTIALS', 'Web address with a password', 'Web addresses that carry a user and a password.'),
  optional('URL', 'Web address', 'Any address with a scheme, or that begins with www.'),
  bestEffort('PERSON', 'Person', 'Names of people.'),
  bestEffort('LOCATION', 'Place', 'Countries, cities and streets with their numbers.'),
  bestEffort('ORGANIZATION', 'Organisation', 'Companies and institutions.'),
]
