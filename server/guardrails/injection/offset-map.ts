import type { Piece, View } from './view.ts'

/** Builds a text with, for each of its units, where in the original it comes from. */
export class MappedText {
  #parts: string[] = []
  #length = 0
  #from: Int32Array
  #to: Int32Array

  /** Room for so many units; more is made when it is needed. */
  constructor(size: number) {
    this.#from = new Int32Array(size)
    this.#to = new Int32Array(size)
  }

  /** Adds units that all stand for the original's `from` to `to`. */
  add(units: string, from: number, to: number): void {
    this.#reserve(units.length)
    this.#parts.push(units)
    for (let count = 0; count < units.length; count++) {
      this.#from[this.#length] = from
      this.#to[this.#length++] = to
    }
  }

  /** Adds `from` to `to` of the original as it is. */
  copy(original: string, from: number, to: number): void {
    if (from >= to) return
    this.#reserve(to - from)
    this.#parts.push(original.slice(from, to))
    for (let at = from; at < to; at++) {
      this.#from[this.#length] = at
      this.#to[this.#length++] = at + 1
    }
  }

  text(): string {
    return this.#parts.join('')
  }

  /** The original's piece for a piece of the text. */
  original = (start: number, end: number): { start: number; end: number } => {
    if (this.#length === 0) return { start: 0, end: 0 }
    const first = Math.min(start, this.#length - 1)
    const last = Math.min(Math.max(first, end - 1), this.#length - 1)
    return { start: this.#from[first]!, end: this.#to[last]! }
  }

  #reserve(units: number): void {
    if (this.#length + units <= this.#from.length) return
    const size = 2 * (this.#length + units)
    const [from, to] = [new Int32Array(size), new Int32Array(size)]
    from.set(this.#from)
    to.set(this.#to)
    this.#from = from
    this.#to = to
  }
}

/** The text with pieces of it replaced, which are in order. */
export function replacedView(name: string, text: string, pieces: readonly Piece[]): View {
  const mapped = new MappedText(text.length)
  let at = 0
  for (const { start, end, text: replacement } of pieces) {
    mapped.copy(text, at, start)
    mapped.add(replacement, start, end)
    at = end
  }
  mapped.copy(text, at, text.length)
  return { name, text: mapped.text(), original: mapped.original }
}
