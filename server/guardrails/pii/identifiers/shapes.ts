import type { Candidate } from '../../finder/candidate.ts'
import type { Finder } from '../finder.ts'
import type { Surroundings } from '../surroundings.ts'
import type { Identifier } from './identifier.ts'

/** A run of ASCII letters and digits in the text, e.g. `AB123`, with its mask, e.g. `L2D3`. */
interface Run {
  start: number
  end: number
  mask: string
}

/** What shapes begin alike share a path of masks. */
interface Node {
  next: Map<string, Node>
  known: { identifier: Identifier; allowed: string; distinct: boolean }[]
}

interface Search {
  text: string
  runs: readonly Run[]
  regions: ReadonlySet<string>
  found: Candidate[]
  near: Surroundings
}

/** Longer runs are no identifiers. */
const LONGEST = 24
const DIGITS = Array.from({ length: LONGEST + 1 }, (_, count) => `D${count}`)
const DIGIT = 1
const LETTER = 2
/** Letters of other alphabets, and the underscore: part of the word, and of no identifier. */
const OTHER = 3
const [SPACE, PERCENT, COMMA, HYPHEN, DOT] = [32, 37, 44, 45, 46]
const CURRENCY = '$€£¥#'
const SEPARATORS = ' -./'
/** Of separators that differ. */
const MIXED = 'mixed'

/** How sure: by its looks and check digits; with words that say so as well; by a configured region alone. */
const DISTINCT = 0.9
const SAID = 0.95
const REGIONAL = 0.7

/** Finds every identifier whose shape, check digits and, where they are needed, words near it agree. */
export function identifierFinder(identifiers: readonly Identifier[], regions: ReadonlySet<string>): Finder {
  const root: Node = { next: new Map(), known: [] }
  for (const identifier of identifiers) {
    for (const shape of identifier.shapes ?? []) plant(root, shape, identifier, false)
    for (const shape of identifier.distinct ?? []) plant(root, shape, identifier, true)
  }
  return (text, found, near) => {
    const runs = runsOf(text)
    const search = { text, runs, regions, found, near }
    for (let index = 0; index < runs.length; index++) {
      walk(index, runs[index]!, root, search)
      const before = letterRunBefore(text, runs[index]!)
      if (before !== null) walk(index - 1, before, root, search)
    }
  }
}

/** Every run that has a digit. */
function runsOf(text: string): Run[] {
  const runs: Run[] = []
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 48 || code > 57) continue
    const run = runAround(text, at)
    runs.push(run)
    at = run.end
  }
  return runs
}

function plant(root: Node, shape: string, identifier: Identifier, distinct: boolean): void {
  let node = root
  for (const mask of shape.split('-')) {
    const next: Node = node.next.get(mask) ?? { next: new Map(), known: [] }
    node.next.set(mask, next)
    node = next
  }
  node.known.push({ identifier, allowed: identifier.separators ?? '- ', distinct })
}

/** Follows the runs from the first one on as long as some shape goes so. */
function walk(index: number, first: Run, root: Node, search: Search): void {
  const { text, runs } = search
  let node = root.next.get(first.mask)
  let run = first
  let separator = ''
  let value = ''
  for (let next = index + 1; node !== undefined; ) {
    value += text.slice(run.start, run.end)
    if (node.known.length > 0) judge(first.start, run.end, value, separator, node, search)
    const after = text.charAt(run.end)
    if (node.next.size === 0 || after === '' || !SEPARATORS.includes(after)) return
    separator = separator === '' || separator === after ? after : MIXED
    const start = run.end + 1
    if (runs[next]?.start === start) run = runs[next++]!
    else if (kindAt(text, start) !== 0) run = runAround(text, start)
    else return
    node = node.next.get(run.mask)
  }
}

function fits(separator: string, allowed: string): boolean {
  return separator === '' || allowed === '*' || (separator !== MIXED && allowed.includes(separator))
}

function judge(start: number, end: number, written: string, separator: string, node: Node, search: Search): void {
  const { text, regions, found, near } = search
  if (isPartOfNumber(text, start, end)) return
  const value = written.toUpperCase()
  for (const { identifier, allowed, distinct } of node.known) {
    if (!fits(separator, allowed) || !identifier.valid(value)) continue
    const { category, words, region } = identifier
    if (near.before(start, words) || near.after(start, end, words)) found.push({ start, end, category, score: SAID })
    else if (distinct) found.push({ start, end, category, score: DISTINCT })
    else if (region !== undefined && regions.has(region)) found.push({ start, end, category, score: REGIONAL })
  }
}

/** `0.4111…`, `1,234…`, `$123…`, `#123…`, `…%`: digits of something else. */
function isPartOfNumber(text: string, start: number, end: number): boolean {
  const before = text.charCodeAt(start - 1)
  if (before !== SPACE && start > 0) {
    if ((before === DOT || before === COMMA) && kindAt(text, start - 2) === DIGIT) return true
    if (CURRENCY.includes(text.charAt(start - 1))) return true
    if (before === HYPHEN && kindAt(text, start - 2) !== 0 && !isLetters(text, start - 2)) return true
  }
  const after = text.charCodeAt(end)
  if (after === PERCENT) return true
  if (after === HYPHEN && kindAt(text, end + 1) !== 0) return !isLetters(text, end + 1)
  return (after === DOT || after === COMMA) && kindAt(text, end + 1) === DIGIT
}

function isLetters(text: string, at: number): boolean {
  return /^L\d+$/.test(runAround(text, at).mask)
}

/** The whole run of letters and digits around a place; with another mask where something else is part of the word. */
function runAround(text: string, at: number): Run {
  let start = at
  while (at - start <= LONGEST && kindAt(text, start - 1) !== 0) start--
  let end = at + 1
  while (end - start <= LONGEST && kindAt(text, end) !== 0) end++
  if (end - start > LONGEST) {
    while (kindAt(text, end) !== 0) end++
    return { start, end, mask: '' }
  }
  let digits = start
  while (digits < end && kindAt(text, digits) === DIGIT) digits++
  if (digits === end) return { start, end, mask: DIGITS[end - start]! }
  let mask = ''
  for (let from = start, to = start; from < end; from = to) {
    const kind = kindAt(text, from)
    if (kind === OTHER) return { start, end, mask: '' }
    while (to < end && kindAt(text, to) === kind) to++
    mask += (kind === DIGIT ? 'D' : 'L') + (to - from)
  }
  return { start, end, mask }
}

/** `AA` of `AA 12 34 56 C`. */
function letterRunBefore(text: string, { start }: Run): Run | null {
  if (!SEPARATORS.includes(text.charAt(start - 1) || 'x') || kindAt(text, start - 2) !== LETTER) return null
  const run = runAround(text, start - 2)
  return /^L[1-6]$/.test(run.mask) ? run : null
}

function kindAt(text: string, at: number): number {
  const code = text.charCodeAt(at)
  if (code >= 48 && code <= 57) return DIGIT
  if ((code >= 65 && code <= 90) || (code >= 97 && code <= 122)) return LETTER
  if (code === 95 || (code >= 0xc0 && code < 0x600 && code !== 0xd7 && code !== 0xf7)) return OTHER
  return 0
}
