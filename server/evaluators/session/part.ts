/** One thing that a session is judged by. */
export interface Part {
  /** 0..1. */
  score: number
  /** What is wrong where the score is low: a clause that repeats nothing of the session. */
  fault: string
}

/** Of every text so many characters are read. */
export const LONGEST_TEXT = 4000

export const FINE: Part = { score: 1, fault: '' }
