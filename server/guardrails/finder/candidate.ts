/**
 * What a finder proposes. It depends on the text near it alone, so that it is found again in whatever part of the text
 * holds it: on at most `CONTEXT` units before it, on the rest of its last word, and on `LABEL` units of the word after.
 */
export interface Candidate {
  start: number
  end: number
  category: string
  /** 0..1: how sure; where candidates overlap, the surer one has the place, then the longer one. */
  score: number
}

/** UTF-16 units before a candidate in which words may speak for it. */
export const CONTEXT = 80

/** Units after a candidate in which the next word may speak for it, on the same line. */
export const LABEL = 24
