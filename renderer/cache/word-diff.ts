/** Which words of two texts differ. */

export interface DiffWord {
  text: string
  /** The other text has no such word at this place. */
  differs: boolean
}

/** A word, or the marks between two, with the white space after it. */
const WORDS = /^\s+|[\p{L}\p{M}\p{N}'’]+\s*|[^\s\p{L}\p{M}\p{N}'’]+\s*/gu
/** Beyond so many words the texts are shown as they are. */
const LONGEST = 600

/**
 * The words of both texts; those that a longest common subsequence leaves out differ, and case does not matter.
 * Joined, the words are the text again.
 */
export function diffWords(one: string, other: string): [DiffWord[], DiffWord[]] {
  const [left, right] = [wordsOf(one), wordsOf(other)]
  if (left.length > LONGEST || right.length > LONGEST) return [plain(left), plain(right)]
  const rest = lengths(left, right)
  const [before, after] = [plain(left), plain(right)]
  let [row, column] = [0, 0]
  while (row < left.length || column < right.length) {
    if (row < left.length && column < right.length && isSame(left[row]!, right[column]!)) {
      row += 1
      column += 1
    } else if (column >= right.length || (row < left.length && rest[row + 1]![column]! >= rest[row]![column + 1]!))
      before[row++]!.differs = true
    else after[column++]!.differs = true
  }
  return [before, after]
}

/** `lengths[i][j]`: the longest common subsequence of what follows `i` and `j`. */
function lengths(left: readonly string[], right: readonly string[]): Uint16Array[] {
  const rows = Array.from({ length: left.length + 1 }, () => new Uint16Array(right.length + 1))
  for (let row = left.length - 1; row >= 0; row -= 1)
    for (let column = right.length - 1; column >= 0; column -= 1)
      rows[row]![column] = isSame(left[row]!, right[column]!)
        ? rows[row + 1]![column + 1]! + 1
        : Math.max(rows[row + 1]![column]!, rows[row]![column + 1]!)
  return rows
}

function isSame(one: string, other: string): boolean {
  return one.trimEnd().toLowerCase() === other.trimEnd().toLowerCase()
}

function wordsOf(text: string): string[] {
  return text.match(WORDS) ?? []
}

function plain(words: readonly string[]): DiffWord[] {
  return words.map((text) => ({ text, differs: false }))
}
