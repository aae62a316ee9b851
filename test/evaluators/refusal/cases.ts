import { EAST } from './cases-east.ts'
import { ENGLISH } from './cases-english.ts'
import { GERMANIC } from './cases-germanic.ts'
import { HELD_OUT } from './cases-held-out.ts'
import { LATER } from './cases-later.ts'
import { ROMANCE } from './cases-romance.ts'

/** What a reply is, and the reply. Made up by hand. */
export type RefusalCase = readonly [label: 'refusal' | 'answer' | 'abstention', reply: string]

/** What the phrases were tried on. */
export const CASES: Readonly<Record<string, readonly RefusalCase[]>> = {
  en: ENGLISH,
  ...GERMANIC,
  ...ROMANCE,
  ...EAST,
  unusual: LATER,
}
export { HELD_OUT }
