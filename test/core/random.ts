/** Chance that is the same in every run, so that a failing case can be looked at again. */
export interface Random {
  /** A whole number from 0 up to, not including, `limit`. */
  below(limit: number): number
  /** True in one of `of` cases. */
  oneIn(of: number): boolean
  pick<T>(list: readonly T[]): T
  /** A word of the given alphabet. */
  text(alphabet: string, longest: number): string
}

/** Marsaglia's xorshift with 32 bits: far from cryptography, but with no visible pattern in a few thousand draws. */
export function seeded(seed: number): Random {
  let state = seed | 1
  const below = (limit: number) => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return Math.floor(((state >>> 0) / 2 ** 32) * limit)
  }
  const pick = <T>(list: readonly T[]): T => list[below(list.length)]!
  return {
    below,
    pick,
    oneIn: (of) => below(of) === 0,
    text(alphabet, longest) {
      const letters = [...alphabet]
      return Array.from({ length: below(longest + 1) }, () => pick(letters)).join('')
    },
  }
}
