import type { GuardMatch } from '../../core/guardrail.ts'
import { addEnding, type Found, wellFormedEnd } from '../inspection.ts'
import { compileProgram, type Program } from './program.ts'
import { EarliestThreads, RingThreads, StartMoves, type Threads } from './threads.ts'

/** The assertions of RE2, numbered as in Go’s regexp/syntax. */
const LINE_START = 1
const LINE_END = 2
const TEXT_START = 4
const TEXT_END = 8
const WORD_BOUNDARY = 16
const NO_WORD_BOUNDARY = 32
const NEWLINE = 10

export interface PatternFinder {
  /** UTF-16 units of the longest match. */
  readonly longest: number
  find(text: string): GuardMatch[]
  /** The matches, and where the earliest could begin that ends, or is decided, in what follows the text. */
  findSoFar(text: string): Found
}

/**
 * Finds every part of a text that a pattern matches, where RE2's own search gives one of those that overlap, whichever
 * the search came to first. So what is found at a place depends on nothing further than the longest match. All matches
 * that overlap are one. Longer matches than `longest`, of a pattern that knows no longest, are none.
 *
 * Time grows with the text and, at worst, with the pattern: an automaton is run that keeps, for each of its states, the
 * places where a match that has come there may have begun.
 */
export function patternFinder(pattern: string, option: string, longest: number, category: string): PatternFinder {
  const program = compileProgram(pattern, option)
  const isBounded = program.longest !== Number.POSITIVE_INFINITY
  const starts = new StartMoves(program)
  const run = (text: string, stop: number): Found => {
    const makeThreads = () => (isBounded ? new EarliestThreads(program.size) : new RingThreads(program.size, longest))
    return find(program, starts, [makeThreads(), makeThreads()], text, stop, category)
  }
  return {
    longest: isBounded ? program.longest : longest,
    find: (text) => (program.occursIn(text) ? run(text, text.length).matches : []),
    findSoFar: (text) => run(text, wellFormedEnd(text)),
  }
}

function find(
  program: Program,
  starts: StartMoves,
  threads: [Threads, Threads],
  text: string,
  stop: number,
  category: string,
): Found {
  const matches: GuardMatch[] = []
  let [now, then] = threads
  let previous = -1
  for (let at = 0; ; ) {
    const code = at < text.length ? text.codePointAt(at)! : -1
    const assertions = assertionsAt(previous, code)
    let earliest = at
    let pending = at
    for (let thread = 0; thread < now.count; thread++) {
      const from = now.list[thread]!
      const closure = program.closure(from, assertions)
      const isMatch = closure[0] === program.matched
      if (isMatch) earliest = Math.min(earliest, now.earliest(from, at))
      if (at >= stop) pending = Math.min(pending, now.earliest(from, at))
      else
        for (let leaf = isMatch ? 1 : 0; leaf < closure.length; leaf++)
          if (program.reads(closure[leaf]!, code)) then.join(program.after(closure[leaf]!), now, from)
    }
    if (earliest < at) addEnding(matches, earliest, at, category)
    if (at >= stop) return { matches, pending }
    for (const out of starts.after(assertions, code)) then.begin(out, at)
    at += code > 0xffff ? 2 : 1
    then.forgetUpTo(at)
    now.clear()
    ;[now, then] = [then, now]
    previous = code
  }
}

function assertionsAt(previous: number, next: number): number {
  let assertions = isWord(previous) === isWord(next) ? NO_WORD_BOUNDARY : WORD_BOUNDARY
  if (previous < 0) assertions |= TEXT_START | LINE_START
  else if (previous === NEWLINE) assertions |= LINE_START
  if (next < 0) assertions |= TEXT_END | LINE_END
  else if (next === NEWLINE) assertions |= LINE_END
  return assertions
}

function isWord(code: number): boolean {
  return (
    (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || (code >= 0x30 && code <= 0x39) || code === 0x5f
  )
}
