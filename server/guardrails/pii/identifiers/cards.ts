import { luhn } from '../checks.ts'
import type { Identifier } from './identifier.ts'

/** Issuer identification numbers (ISO/IEC 7812) with lengths, as the networks publish them. */
const ISSUERS: readonly [prefix: RegExp, lengths: readonly number[]][] = [
  [/^4/, [13, 16, 19]],
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^(?:6011|64[4-9]|65)/, [16, 19]],
  [/^35(?:2[89]|[3-8])/, [16, 19]],
  [/^(?:30[0-5]|309|36|3[89])/, [14, 16]],
  [/^62/, [16, 17, 18, 19]],
  [/^(?:5018|5019|502|5038|56|57|58|63|67|6[0-9])/, [12, 13, 14, 15, 16, 17, 18, 19]],
  [/^220[0-4]/, [16]],
  [/^9792/, [16]],
  [/^1/, [15]],
]

/** Those whose bare numbers are known by themselves: the common networks in their common lengths. */
const COMMON =
  /^(?:4\d{15}|(?:5[1-5]|2[2-7])\d{14}|3[47]\d{13}|6(?:011|4[4-9]\d|5\d\d)\d{12}|35\d{14}|3[0689]\d{12}|62\d{14}|5019\d{12}|67\d{14})$/

const WORDS =
  /\b(?:card|credit|debit|visa|master ?card|amex|american express|maestro|discover|diners|jcb|union ?pay|cc|pan|payment|kreditkarte|karte|carte|tarjeta|cartão|carta di credito)\b/

function valid(digits: string): boolean {
  // The cheaper question first: nine numbers of ten have another check digit.
  if (!luhn(digits)) return false
  return ISSUERS.some(([prefix, lengths]) => lengths.includes(digits.length) && prefix.test(digits))
}

export const CARDS: readonly Identifier[] = [
  {
    name: 'payment card',
    category: 'CREDIT_CARD',
    distinct: ['D14', 'D15', 'D16', 'D4-D4-D4-D4', 'D4-D6-D5', 'D4-D6-D4'],
    separators: '- .',
    valid: (digits) => COMMON.test(digits) && valid(digits),
    words: WORDS,
  },
  {
    name: 'payment card of a less common network or length',
    category: 'CREDIT_CARD',
    shapes: ['D12', 'D13', 'D14', 'D15', 'D16', 'D17', 'D18', 'D19', 'D4-D4-D4-D4-D3', 'D4-D4-D4-D4', 'D6-D13'],
    separators: '- .',
    valid,
    words: WORDS,
  },
]
