/** Finds all of some words in one pass: A. V. Aho and M. J. Corasick, Efficient string matching, CACM 18(6), 1975. */
export interface WordTrie {
  /** The state after one more UTF-16 unit. States are whole numbers; 0 is the start. */
  next(state: number, unit: number): number
  /** UTF-16 units of the longest beginning of a word that the text ends with, in this state. */
  depth(state: number): number
  /** The state of the next shorter such beginning. */
  shorter(state: number): number
  /** The state of the longest whole word that the text ends with, shorter ones by `nextWord`; 0 where there is none. */
  word(state: number): number
  nextWord(state: number): number
}

export function wordTrie(words: Iterable<string>): WordTrie {
  const children: Map<number, number>[] = [new Map()]
  const depths = [0]
  const isWord = [false]
  for (const word of words) {
    let state = 0
    for (let at = 0; at < word.length; at++) {
      const unit = word.charCodeAt(at)
      let child = children[state]!.get(unit)
      if (child === undefined) {
        child = children.push(new Map()) - 1
        children[state]!.set(unit, child)
        depths.push(at + 1)
        isWord.push(false)
      }
      state = child
    }
    isWord[state] = state !== 0
  }

  const fails = new Int32Array(children.length)
  const shorterWords = new Int32Array(children.length)
  const next = (from: number, unit: number): number => {
    for (let state = from; ; state = fails[state]!) {
      const child = children[state]!.get(unit)
      if (child !== undefined) return child
      if (state === 0) return 0
    }
  }
  // In order of depth, so that what a state falls back to is known before it.
  for (const queue = [0]; queue.length > 0; ) {
    const level = queue.splice(0)
    for (const state of level)
      for (const [unit, child] of children[state]!) {
        const fail = state === 0 ? 0 : next(fails[state]!, unit)
        fails[child] = fail
        shorterWords[child] = isWord[fail] ? fail : shorterWords[fail]!
        queue.push(child)
      }
  }
  return {
    next,
    depth: (state) => depths[state]!,
    shorter: (state) => fails[state]!,
    word: (state) => (isWord[state] ? state : shorterWords[state]!),
    nextWord: (state) => shorterWords[state]!,
  }
}
