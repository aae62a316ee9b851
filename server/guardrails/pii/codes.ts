import type { Candidate } from '../finder/candidate.ts'
import type { Surroundings } from './surroundings.ts'

const HONG_KONG = /(?<![A-Za-z0-9])[A-Z]{1,2}\d{6}\([0-9A]\)/g
const BIC = /(?<![A-Za-z0-9])[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?(?![A-Za-z0-9])/g
const BIC_WORDS = /\b(?:swift|bic)\b/

/** Hong Kong identity cards, whose check digit stands in parentheses: weights 9 to 2, a lone letter after a space of 36. */
export function findHongKongCards(text: string, found: Candidate[]): void {
  for (const { index, 0: value } of text.matchAll(HONG_KONG)) {
    const parts = value.replace(/[()]/g, '').padStart(9, ' ')
    const sum = [...parts].reduce(
      (total, each, at) => total + (each === ' ' ? 36 : Number.parseInt(each, 36)) * (9 - at),
      0,
    )
    if (sum % 11 === 0) found.push({ start: index, end: index + value.length, category: 'NATIONAL_ID', score: 0.95 })
  }
}

/** Bank codes (ISO 9362), where the words say so. */
export function findBankCodes(text: string, found: Candidate[], near: Surroundings): void {
  for (const { index, 0: value } of text.matchAll(BIC))
    if (near.before(index, BIC_WORDS))
      found.push({ start: index, end: index + value.length, category: 'BANK_ACCOUNT', score: 0.85 })
}
