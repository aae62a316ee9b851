import { RE2JS } from 're2js'

/** What RE2 makes of a pattern: a program for the machine of K. Thompson, as in Go’s regexp/syntax `Prog`. */
export interface Program {
  size: number
  start: number
  /** UTF-16 units of the longest text that it can match; `Infinity` where there is no longest. */
  longest: number
  /** Is there a match anywhere? Quick, and without regard to how long it is. */
  occursIn(text: string): boolean
  /** Where an instruction leads without reading, if these assertions hold: to `matched`, which is first, or to what reads. */
  closure(at: number, assertions: number): Int32Array
  readonly matched: number
  reads(at: number, code: number): boolean
  /** Where an instruction leads after reading. */
  after(at: number): number
}

interface Instruction {
  op: number
  out: number
  arg: number
  runes: Int32Array
  matchRune(code: number): boolean
}

/** Operations of re2js’s instructions, numbered as it does. A test holds them against its own matcher. */
const [ALT, ALT_MATCH, CAPTURE, EMPTY_WIDTH, FAIL, MATCH, NOP, RUNE, RUNE1, ANY, ANY_BUT_NEWLINE] = [
  1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
]
const NEWLINE = 10
/** Steps that one character may take in all, so that a character costs microseconds at most. */
const LARGEST = 5000

/** Throws a TypeError that names the option. */
export function compileProgram(pattern: string, option: string): Program {
  const re2 = compile(pattern, option)
  const { inst, start } = re2.re2().prog as { inst: Instruction[]; start: number }
  const longest = longestFrom(inst, start)
  const closures: (Int32Array | undefined)[] = new Array(inst.length * 64).fill(undefined)
  const outs = Int32Array.from(inst, ({ out }) => out)
  const known = new Uint8Array(inst.length * ASCII)
  const program: Program = {
    size: inst.length,
    start,
    longest,
    matched: inst.findIndex(({ op }) => op === MATCH),
    occursIn: (text) => re2.test(text),
    closure(at, assertions) {
      const key = at * 64 + assertions
      closures[key] ??= closureOf(inst, at, assertions)
      return closures[key]
    },
    reads(at, code) {
      if (code >= ASCII) return readsOne(inst[at]!, code)
      const key = at * ASCII + code
      if (known[key] === 0) known[key] = readsOne(inst[at]!, code) ? YES : NO
      return known[key] === YES
    },
    after: (at) => outs[at]!,
  }
  const steps = inst.reduce((sum, { op, out }) => sum + (isReading(op) ? program.closure(out, ALL).length : 0), 0)
  if (steps > LARGEST) throw new TypeError(`\`${option}\` is too large a regular expression`)
  return program
}

const ALL = 63
const ASCII = 128
const YES = 1
const NO = 2

function readsOne(instruction: Instruction, code: number): boolean {
  if (instruction.op === ANY) return true
  if (instruction.op === ANY_BUT_NEWLINE) return code !== NEWLINE
  return instruction.matchRune(code)
}

function compile(pattern: string, option: string): RE2JS {
  let compiled: RE2JS
  try {
    compiled = RE2JS.compile(pattern)
  } catch (error) {
    throw new TypeError(`\`${option}\` is no regular expression (RE2 syntax): ${(error as Error).message}`)
  }
  if (compiled.test('')) throw new TypeError(`\`${option}\` is a regular expression that nothing at all would match`)
  return compiled
}

function isReading(op: number): boolean {
  return op === RUNE || op === RUNE1 || op === ANY || op === ANY_BUT_NEWLINE
}

function outsOf({ op, out, arg }: Instruction): number[] {
  if (op === ALT || op === ALT_MATCH) return [out, arg]
  return op === FAIL || op === MATCH ? [] : [out]
}

function closureOf(inst: readonly Instruction[], from: number, assertions: number): Int32Array {
  const seen = new Set<number>()
  const leaves: number[] = []
  const waiting = [from]
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    if (seen.has(at)) continue
    seen.add(at)
    const instruction = inst[at]!
    const { op, arg } = instruction
    if (op === MATCH) leaves.unshift(at)
    else if (isReading(op)) leaves.push(at)
    else if (op === ALT || op === ALT_MATCH || op === CAPTURE || op === NOP) waiting.push(...outsOf(instruction))
    else if (op === EMPTY_WIDTH && (arg & ~assertions) === 0) waiting.push(...outsOf(instruction))
  }
  return Int32Array.from(leaves)
}

/** The longest way through the program, in UTF-16 units: no way at all is the longest where it goes in a circle. */
function longestFrom(inst: readonly Instruction[], start: number): number {
  const known = new Map<number, number>()
  const open = new Set<number>()
  const waiting = [start]
  for (let at = waiting.at(-1); at !== undefined; at = waiting.at(-1)) {
    const instruction = inst[at]!
    const outs = outsOf(instruction)
    if (known.has(at)) {
      waiting.pop()
    } else if (open.has(at)) {
      const units = isReading(instruction.op) ? unitsOf(instruction) : 0
      known.set(at, units + Math.max(0, ...outs.map((out) => known.get(out)!)))
      open.delete(at)
      waiting.pop()
    } else {
      if (outs.some((out) => open.has(out))) return Number.POSITIVE_INFINITY
      open.add(at)
      waiting.push(...outs.filter((out) => !known.has(out)))
    }
  }
  return known.get(start)!
}

function unitsOf({ op, runes }: Instruction): number {
  if (op === ANY || op === ANY_BUT_NEWLINE) return 2
  return runes.at(-1)! > 0xffff ? 2 : 1
}
