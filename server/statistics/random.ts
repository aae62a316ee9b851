/**
 * Random numbers by a seed: the same seed draws the same again, so the same pairs get the same statistics. xoshiro128**
 * (Blackman and Vigna 2021, https://prng.di.unimi.it/xoshiro128starstar.c), seeded by SplitMix32 so that near seeds are
 * nothing alike.
 */
export class SeededRandom {
  #a: number
  #b: number
  #c: number
  #d: number

  constructor(seed: number) {
    let state = seed | 0
    const next = () => {
      state = (state + 0x9e3779b9) | 0
      let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad)
      mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
      return mixed ^ (mixed >>> 15)
    }
    this.#a = next()
    this.#b = next()
    this.#c = next()
    this.#d = next()
  }

  /** At least 0, less than 1. */
  next(): number {
    return this.#bits() / 2 ** 32
  }

  /** A whole number from 0 to count - 1. Its bias is below count / 2^32. */
  below(count: number): number {
    return Math.floor(this.next() * count)
  }

  #bits(): number {
    const product = Math.imul(this.#b, 5)
    const result = Math.imul((product << 7) | (product >>> 25), 9)
    const shifted = this.#b << 9
    this.#c ^= this.#a
    this.#d ^= this.#b
    this.#b ^= this.#c
    this.#a ^= this.#d
    this.#c ^= shifted
    this.#d = (this.#d << 11) | (this.#d >>> 21)
    return result >>> 0
  }
}
