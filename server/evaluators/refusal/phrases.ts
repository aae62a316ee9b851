import type { Phrase } from '../phrases.ts'

/**
 * How a language refuses. Expressions are looked for in one sentence at a time, as `wordsOf` gives it; those of languages that
 * write no blanks between words find parts of it.
 */
export interface RefusalPhrases {
  /** Refuses whatever else is said: I must decline, that is against my rules. */
  refuses: readonly Phrase[]
  /** I cannot, I will not: refuses where something that assistants are asked to do stands in the sentence as well. */
  unable: readonly Phrase[]
  /** Whether such stands in a sentence, of which `after` follows that it cannot. */
  namesDeed(sentence: string, after: string): boolean
  /** Has no knowledge, or too little to go by, and says so; or asks for what is missing. */
  abstains: readonly Phrase[]
  /** Turns to what the reply is about to do all the same: but here is, however I can tell you. */
  goesOn: RegExp
  /** Sends people elsewhere instead: consult, contact. */
  refers: RegExp
}
