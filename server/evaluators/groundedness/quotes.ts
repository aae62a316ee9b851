const MOST_TRIES = 64
/** What ends the sentence before, or sets a quotation off, with a blank behind it or none. */
const ENDS_BEFORE = /(?:^|[.!?…。！？:;"'“„«)*|>#\n-] ?|\n)$/
const LETTER = /[\p{L}\p{N}]/u

/** A text in which sentences are looked up word by word, whatever its blanks and capitals. */
export class Quotes {
  readonly #text: string
  /** Made when it is first asked for. */
  #made: string | null = null

  constructor(text: string) {
    this.#text = text
  }

  get #plain(): string {
    this.#made ??= plainText(this.#text)
    return this.#made
  }

  /** Does it say these very words, and not within another sentence, which might deny them? */
  has(sentence: string): boolean {
    const plain = plainText(sentence).trim()
    if (plain === '') return false
    let at = this.#plain.indexOf(plain)
    for (let tries = 0; at >= 0 && tries < MOST_TRIES; tries++) {
      const after = this.#plain[at + plain.length] ?? ''
      if (ENDS_BEFORE.test(this.#plain.slice(Math.max(0, at - 2), at)) && !LETTER.test(after)) return true
      at = this.#plain.indexOf(plain, at + 1)
    }
    return false
  }
}

/** Blanks are one blank, or the end of a line. */
function plainText(text: string): string {
  return text.toLowerCase().replace(/\s+/g, (blanks) => (blanks.includes('\n') ? '\n' : ' '))
}
