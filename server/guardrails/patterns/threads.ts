import type { Program } from './program.ts'

/** Instructions that matches may have come to, each with the places where they may have begun. */
export interface Threads {
  /** The instructions: the first `count` are meant. */
  readonly list: Int32Array
  readonly count: number
  clear(): void
  /** A match begins at this place. Places only grow. */
  begin(instruction: number, place: number): void
  /** What has come to an instruction of another list, of the same class, goes on here. */
  join(instruction: number, other: Threads, from: number): void
  /** The text was read up to `end`: what has become too long is dropped. */
  forgetUpTo(end: number): void
  /** The earliest place, before `at`, where what has come to an instruction may have begun. */
  earliest(instruction: number, at: number): number
}

/** For patterns that know a longest match: then the earliest place says all. */
export class EarliestThreads implements Threads {
  readonly list: Int32Array
  count = 0
  readonly #places: Int32Array

  constructor(size: number) {
    this.list = new Int32Array(size)
    this.#places = new Int32Array(size).fill(NOWHERE)
  }

  clear(): void {
    for (let thread = 0; thread < this.count; thread++) this.#places[this.list[thread]!] = NOWHERE
    this.count = 0
  }

  begin(instruction: number, place: number): void {
    const known = this.#places[instruction]!
    if (known === NOWHERE) this.list[this.count++] = instruction
    if (place < known) this.#places[instruction] = place
  }

  join(instruction: number, other: EarliestThreads, from: number): void {
    this.begin(instruction, other.#places[from]!)
  }

  forgetUpTo(): void {}

  earliest(instruction: number): number {
    return this.#places[instruction]!
  }
}

const NOWHERE = 0x7fffffff

/** For patterns that know none: all places of the last `longest` units, as bits in a ring. */
export class RingThreads implements Threads {
  readonly list: Int32Array
  count = 0
  readonly #longest: number
  readonly #words: number
  readonly #bits: Int32Array
  readonly #isIn: Uint8Array

  constructor(size: number, longest: number) {
    const words = Math.ceil((longest + 2) / 32)
    this.list = new Int32Array(size)
    this.#longest = longest
    this.#words = words
    this.#bits = new Int32Array(size * words)
    this.#isIn = new Uint8Array(size)
  }

  clear(): void {
    for (let thread = 0; thread < this.count; thread++) this.#isIn[this.list[thread]!] = 0
    this.count = 0
  }

  begin(instruction: number, place: number): void {
    this.#add(instruction)
    const bit = place % (this.#words * 32)
    this.#bits[instruction * this.#words + (bit >> 5)]! |= 1 << (bit & 31)
  }

  join(instruction: number, other: RingThreads, from: number): void {
    this.#add(instruction)
    const [to, source] = [instruction * this.#words, from * this.#words]
    for (let word = 0; word < this.#words; word++) this.#bits[to + word]! |= other.#bits[source + word]!
  }

  forgetUpTo(end: number): void {
    // A character is two units at most.
    for (let place = Math.max(0, end - this.#longest - 2); place < end - this.#longest; place++) this.#forget(place)
  }
  #forget(place: number): void {
    const bit = place % (this.#words * 32)
    for (let thread = 0; thread < this.count; ) {
      const instruction = this.list[thread]!
      const word = instruction * this.#words + (bit >> 5)
      const before = this.#bits[word]!
      this.#bits[word] = before & ~(1 << (bit & 31))
      if (before !== 0 && this.#bits[word] === 0 && this.#isEmpty(instruction)) {
        this.#isIn[instruction] = 0
        this.list[thread] = this.list[--this.count]!
      } else thread++
    }
  }

  earliest(instruction: number, at: number): number {
    for (let place = Math.max(0, at - this.#longest); place < at; ) {
      const bit = place % (this.#words * 32)
      const rest = this.#bits[instruction * this.#words + (bit >> 5)]! >>> (bit & 31)
      if (rest === 0) place += 32 - (bit & 31)
      else return place + 31 - Math.clz32(rest & -rest)
    }
    return at
  }

  #add(instruction: number): void {
    if (this.#isIn[instruction] === 1) return
    this.#isIn[instruction] = 1
    this.list[this.count++] = instruction
    this.#bits.fill(0, instruction * this.#words, (instruction + 1) * this.#words)
  }

  #isEmpty(instruction: number): boolean {
    for (let word = instruction * this.#words; word < (instruction + 1) * this.#words; word++)
      if (this.#bits[word] !== 0) return false
    return true
  }
}

/** Where a match goes that begins with a character: mostly nowhere, and known for the usual characters. */
export class StartMoves {
  readonly #program: Program
  readonly #known: (readonly number[] | undefined)[] = []

  constructor(program: Program) {
    this.#program = program
  }

  after(assertions: number, code: number): readonly number[] {
    if (code >= 128) return this.#after(assertions, code)
    const key = assertions * 128 + code
    this.#known[key] ??= this.#after(assertions, code)
    return this.#known[key]
  }

  #after(assertions: number, code: number): number[] {
    const { start, matched } = this.#program
    const outs: number[] = []
    for (const leaf of this.#program.closure(start, assertions))
      if (leaf !== matched && this.#program.reads(leaf, code)) outs.push(this.#program.after(leaf))
    return outs
  }
}
