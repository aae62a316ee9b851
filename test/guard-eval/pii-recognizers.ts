import type { GuardMatch } from '../../server/core/guardrail.ts'
import type { RecognizerCase } from './pii-data.ts'

/** Presidio's recognisers that we have a type for; the others' rows are left out, and named. */
const TYPES: Readonly<Record<string, string>> = {
  aba_routing: 'BANK_ACCOUNT',
  au_abn: 'TAX_ID',
  au_acn: 'TAX_ID',
  au_medicare: 'HEALTH_ID',
  au_tfn: 'TAX_ID',
  ca_sin: 'NATIONAL_ID',
  credit_card: 'CREDIT_CARD',
  crypto: 'CRYPTO',
  de_health_insurance: 'HEALTH_ID',
  de_passport: 'PASSPORT',
  de_social_security: 'NATIONAL_ID',
  de_tax_id: 'TAX_ID',
  de_vat_id: 'TAX_ID',
  email: 'EMAIL',
  es_nie: 'NATIONAL_ID',
  es_nif: 'NATIONAL_ID',
  fi_personal_identity_code: 'NATIONAL_ID',
  iban: 'IBAN',
  in_aadhaar: 'NATIONAL_ID',
  in_gstin: 'TAX_ID',
  in_pan: 'TAX_ID',
  ip: 'IP_ADDRESS',
  it_fiscal_code: 'NATIONAL_ID',
  it_vat_code: 'TAX_ID',
  kr_brn: 'TAX_ID',
  kr_rrn: 'NATIONAL_ID',
  mac: 'MAC_ADDRESS',
  ng_nin: 'NATIONAL_ID',
  ph_tin: 'TAX_ID',
  phone: 'PHONE',
  pl_pesel: 'NATIONAL_ID',
  se_organisationsnummer: 'TAX_ID',
  se_personnummer: 'NATIONAL_ID',
  sg_fin: 'NATIONAL_ID',
  th_tnin: 'NATIONAL_ID',
  tr_national_id: 'NATIONAL_ID',
  uk_driving_licence: 'DRIVER_LICENSE',
  uk_nhs: 'HEALTH_ID',
  uk_nino: 'NATIONAL_ID',
  url: 'URL',
  us_bank: 'BANK_ACCOUNT',
  us_itin: 'TAX_ID',
  us_mbi: 'HEALTH_ID',
  us_npi: 'HEALTH_ID',
  us_passport: 'PASSPORT',
  us_ssn: 'NATIONAL_ID',
  za_id_number: 'NATIONAL_ID',
}

interface Agreement {
  recognizer: string
  type: string
  /** Texts where Presidio finds something, and those of them where we do. */
  there: number
  found: number
  /** Texts where Presidio finds nothing, and those of them where neither do we. */
  empty: number
  silent: number
}

export function agreements(
  rows: readonly RecognizerCase[],
  find: (text: string) => readonly GuardMatch[],
): { supported: Agreement[]; unsupported: string[] } {
  const supported = new Map<string, Agreement>()
  const unsupported = new Set<string>()
  for (const { text, expected_len: expected, source } of rows) {
    const recognizer = source.replace(/^test_|_recognizer\.py$/g, '')
    const type = TYPES[recognizer]
    if (type === undefined) unsupported.add(recognizer)
    if (type === undefined || expected === null || expected < 0) continue
    const row = supported.get(recognizer) ?? { recognizer, type, there: 0, found: 0, empty: 0, silent: 0 }
    supported.set(recognizer, row)
    const hits = find(text).filter(({ category }) => category === type).length
    if (expected > 0) {
      row.there++
      if (hits > 0) row.found++
    } else {
      row.empty++
      if (hits === 0) row.silent++
    }
  }
  return {
    supported: [...supported.values()].sort((a, b) => (a.recognizer < b.recognizer ? -1 : 1)),
    unsupported: [...unsupported].sort(),
  }
}
