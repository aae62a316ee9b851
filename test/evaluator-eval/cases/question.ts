/** A question with answers to it. Our own writing. */
export interface Question {
  language: string
  question: string
  /** A text that holds the answer, where a product would bring one. */
  context: string
  /** As short as people answer. */
  short: string
  /** In a sentence or two. */
  full: string
  /** About the same subject, and no answer to this question. */
  aside: string
}
