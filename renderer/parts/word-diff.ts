/** Which words of two texts differ. */

/** A stretch of a text. */
export interface DiffRun {
  text: string
  /** The other text has nothing of the kind at this place. */
  differs: boolean
}

export interface WordDiff {
  /** Joined, the runs are the text again. */
  one: DiffRun[]
  other: DiffRun[]
  /** The texts have too little in common for their size to be compared: nothing is marked. */
  tooFar: boolean
}

/** A word, or the marks between two, with the white space after it. */
const WORDS = /^\s+|[\p{L}\p{M}\p{N}'’]+\s*|[^\s\p{L}\p{M}\p{N}'’]+\s*/gu
/** Words that are left out or put in at the most. The time taken grows with this times the length of the texts. */
const MOST_EDITS = 2000

/**
 * Compares two texts word by word, by the fewest words to be left out and put in (Myers 1986, "An O(ND) difference
 * algorithm and its variations"). White space does not matter, nor does case unless `exact`.
 */
export function diffWords(one: string, other: string, { exact = false } = {}): WordDiff {
  const words = [wordsOf(one), wordsOf(other)] as const
  const [left, right] = numbered(words, exact)
  const steps = stepsBetween(left, right)
  if (steps === null) return { one: plain(one), other: plain(other), tooFar: true }
  const hunks = withoutCrumbs(hunksOf(steps))
  return { one: runsOf(words[0], hunks, 0), other: runsOf(words[1], hunks, 1), tooFar: false }
}

function wordsOf(text: string): string[] {
  return text.match(WORDS) ?? []
}

function plain(text: string): DiffRun[] {
  return text === '' ? [] : [{ text, differs: false }]
}

/** The same number for the same word. */
function numbered(texts: readonly (readonly string[])[], exact: boolean): readonly [Int32Array, Int32Array] {
  const numbers = new Map<string, number>()
  const numberOf = (word: string) => {
    const key = exact ? word.trimEnd() : word.trimEnd().toLowerCase()
    const known = numbers.get(key) ?? numbers.size
    numbers.set(key, known)
    return known
  }
  return [Int32Array.from(texts[0]!, numberOf), Int32Array.from(texts[1]!, numberOf)]
}

type Step = 'same' | 'left' | 'right'

/** The way from one to the other, word by word; `null` where it is too long. */
function stepsBetween(left: Int32Array, right: Int32Array): Step[] | null {
  const begin = commonStart(left, right)
  const end = commonEnd(left, right, begin)
  const middle = editsBetween(left.subarray(begin, left.length - end), right.subarray(begin, right.length - end))
  if (middle === null) return null
  return [...Array<Step>(begin).fill('same'), ...middle, ...Array<Step>(end).fill('same')]
}

function commonStart(left: Int32Array, right: Int32Array): number {
  let count = 0
  while (count < left.length && count < right.length && left[count] === right[count]) count += 1
  return count
}

function commonEnd(left: Int32Array, right: Int32Array, begin: number): number {
  const most = Math.min(left.length, right.length) - begin
  let count = 0
  while (count < most && left[left.length - 1 - count] === right[right.length - 1 - count]) count += 1
  return count
}

/** Goes ever further along each diagonal, one edit at a time, and remembers how far it came. */
function editsBetween(left: Int32Array, right: Int32Array): Step[] | null {
  const most = Math.min(left.length + right.length, MOST_EDITS)
  if (fewestEdits(left, right) > most) return null
  const reached = new Int32Array(2 * most + 3)
  const trace: Int32Array[] = []
  const middle = most + 1
  for (let edits = 0; edits <= most; edits += 1) {
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      const fromRight = comesFromRight(reached, middle, diagonal, edits)
      let x = fromRight ? reached[middle + diagonal + 1]! : reached[middle + diagonal - 1]! + 1
      while (x < left.length && x - diagonal < right.length && left[x] === right[x - diagonal]) x += 1
      reached[middle + diagonal] = x
      if (x >= left.length && x - diagonal >= right.length) return walkBack(trace, left.length, right.length)
    }
    trace.push(reached.slice(middle - edits, middle + edits + 1))
  }
  return null
}

/** What it takes at least: every word that the other text has too few of, wherever it stands. */
function fewestEdits(left: Int32Array, right: Int32Array): number {
  const surplus = new Map<number, number>()
  for (const word of left) surplus.set(word, (surplus.get(word) ?? 0) + 1)
  for (const word of right) surplus.set(word, (surplus.get(word) ?? 0) - 1)
  let edits = 0
  for (const count of surplus.values()) edits += Math.abs(count)
  return edits
}

/** Whether the furthest way onto a diagonal puts a word of the right text in. */
function comesFromRight(reached: Int32Array, middle: number, diagonal: number, edits: number): boolean {
  if (diagonal === -edits) return true
  return diagonal !== edits && reached[middle + diagonal - 1]! < reached[middle + diagonal + 1]!
}

function walkBack(trace: readonly Int32Array[], leftLength: number, rightLength: number): Step[] {
  const steps: Step[] = []
  let [x, y] = [leftLength, rightLength]
  for (let edits = trace.length; edits > 0; edits -= 1) {
    const before = trace[edits - 1]!
    const middle = edits - 1
    const diagonal = x - y
    const isRight = comesFromRight(before, middle, diagonal, edits)
    const from = before[middle + diagonal + (isRight ? 1 : -1)]!
    const start = isRight ? from : from + 1
    for (; x > start; x -= 1) steps.push('same')
    steps.push(isRight ? 'right' : 'left')
    x = from
    y = from - (isRight ? diagonal + 1 : diagonal - 1)
  }
  for (; x > 0; x -= 1) steps.push('same')
  return steps.reverse()
}

/** So many words of the one and of the other text that are the same, or that stand in each other's place. */
interface Hunk {
  words: readonly [left: number, right: number]
  differs: boolean
}

function hunksOf(steps: readonly Step[]): Hunk[] {
  const hunks: Hunk[] = []
  for (const step of steps) {
    const differs = step !== 'same'
    const more = [step === 'right' ? 0 : 1, step === 'left' ? 0 : 1] as const
    joinTo(hunks, { words: more, differs })
  }
  return hunks
}

function joinTo(hunks: Hunk[], { words: [left, right], differs }: Hunk): void {
  const last = hunks.at(-1)
  if (last?.differs === differs)
    hunks[hunks.length - 1] = { words: [last.words[0] + left, last.words[1] + right], differs }
  else hunks.push({ words: [left, right], differs })
}

/** A word or two that happen to stand in both of two quite different passages tell nothing: they go with these. */
function withoutCrumbs(hunks: readonly Hunk[]): Hunk[] {
  const sizeOf = (hunk: Hunk | undefined) => (hunk ? Math.max(...hunk.words) : 0)
  const joined: Hunk[] = []
  for (const [index, hunk] of hunks.entries()) {
    const around = Math.min(sizeOf(joined.at(-1)), sizeOf(hunks[index + 1]))
    const isCrumb = !hunk.differs && hunk.words[0] * 2 <= around
    joinTo(joined, isCrumb ? { ...hunk, differs: true } : hunk)
  }
  return joined
}

function runsOf(words: readonly string[], hunks: readonly Hunk[], side: 0 | 1): DiffRun[] {
  let at = 0
  return hunks.flatMap(({ words: counts, differs }) => {
    const text = words.slice(at, at + counts[side]).join('')
    at += counts[side]
    return text === '' ? [] : [{ text, differs }]
  })
}
