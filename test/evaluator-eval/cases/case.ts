/** How a sentence contradicts its context, or goes beyond it. */
export type FaultKind = 'number' | 'name' | 'negation' | 'swap' | 'invented'

/** Something that a context does not bear out. */
export interface Fault {
  kind: FaultKind
  sentence: string
  /** The part of the sentence that is wrong. */
  wrong: string
}

/** A context as products bring it, with sentences that it bears out and sentences that it does not. Our own writing. */
export interface Case {
  name: string
  language: string
  question: string
  context: string
  supported: readonly string[]
  faults: readonly Fault[]
  /** Said by a reply that knows no answer. */
  abstention: string
  /** Said around answers. */
  courtesies: readonly string[]
}
