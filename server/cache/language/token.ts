/** A piece of a text as it was written. */
export interface Token {
  /** In small letters, unless letters in both sizes are what it is about: code, ids. */
  text: string
  /** As written. */
  written: string
  /** The one word that it was, where `text` is another name of it. */
  raw?: string
  kind: TokenKind
  /** What comes first in a sentence is written with a capital whatever it is. */
  first: boolean
  /** Punctuation follows. */
  pause: boolean
  /** It stands in quotation marks: its form counts. */
  quoted?: boolean
}

/** A `character` is one of a script that writes no spaces. `code` is compared as it stands. */
export type TokenKind = 'word' | 'number' | 'symbol' | 'code' | 'character'
