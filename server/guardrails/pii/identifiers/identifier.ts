/** A number that an authority or a company gives to somebody: what it looks like and how it is told from others. */
export interface Identifier {
  /** For people and tests, e.g. `US social security number`. */
  name: string
  category: 'NATIONAL_ID' | 'TAX_ID' | 'CREDIT_CARD' | 'BANK_ACCOUNT' | 'PASSPORT' | 'DRIVER_LICENSE' | 'HEALTH_ID'
  /** ISO 3166-1 of who gives it, where it is one country. */
  region?: string
  /**
   * Runs of digits (D) and ASCII letters (L) with their lengths, `-` for one separator: `D3-D2-D4`, `L2D6L1`. These need
   * words near it that say what it is, or the region configured.
   */
  shapes?: readonly string[]
  /** Shapes that are known by themselves, because hardly anything else looks so and passes `valid`. */
  distinct?: readonly string[]
  /** The separators it is written with, one and the same throughout; `*`: any, mixed. `- ` where absent. */
  separators?: string
  /** Of the value in capitals without separators. */
  valid(value: string): boolean
  /** Words that say what it is, in lower case. */
  words: RegExp
}
