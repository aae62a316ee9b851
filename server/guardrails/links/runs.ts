/** Ends of runs of characters, found once for all that begin in the same run, so that time stays linear. */
export class Runs {
  readonly #text: string
  readonly #stop: number
  readonly #ends: (code: number) => boolean
  #from = 0
  #end = -1

  /** `ends`: whether a UTF-16 unit is the first after a run. */
  constructor(text: string, stop: number, ends: (code: number) => boolean) {
    this.#text = text
    this.#stop = stop
    this.#ends = ends
  }

  /** Where the run from `start` on ends: `stop` at the latest. */
  endFrom(start: number): number {
    if (start < this.#from || start > this.#end) {
      this.#from = start
      this.#end = start
      while (this.#end < this.#stop && !this.#ends(this.#text.charCodeAt(this.#end))) this.#end++
    }
    return this.#end
  }
}

/** Control characters count as blanks. */
export function isBlank(code: number): boolean {
  return code <= 0x20 || code === 0x7f || code === 0xa0 || (code >= 0x2000 && code <= 0x200a) || code === 0x3000
}

/** What nobody takes for part of a raw address. */
export function endsReach(code: number): boolean {
  return isBlank(code) || code === 0x3c || code === 0x22
}

/** Browsers take either for one. */
export function isSlash(code: number): boolean {
  return code === 0x2f || code === 0x5c
}

export function isAlphanumeric(code: number): boolean {
  return (code >= 0x30 && code <= 0x39) || (code >= 0x41 && code <= 0x5a) || (code >= 0x61 && code <= 0x7a)
}
