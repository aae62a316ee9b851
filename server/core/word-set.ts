/**
 * Sets of words in few bytes: Bloom filters (Bloom 1970). A word that is in a set is always found; one that is not is
 * found with a small chance, which whoever asks must be able to bear. With m bits and n words, k = (m/n)·ln 2 probes
 * are best, and that chance is 2^-k.
 */

/** Answers for words in small letters. */
export interface WordSet {
  has(word: string): boolean
}

/** One set of the file: little-endian 32-bit number of bits, number of probes, then the bits, padded to 4 bytes. */
export interface WordSetSource {
  words: readonly string[]
  bitsPerWord: number
}

const HEADER_BYTES = 8
/** FNV-1a, 32 bits (http://www.isthe.com/chongo/tech/comp/fnv/). */
const FNV_OFFSET = 0x811c9dc5
const FNV_PRIME = 0x01000193
const OTHER_OFFSET = 0x9747b28c

/** The bytes of several sets, one after the other. */
export function writeWordSets(sources: readonly WordSetSource[]): Buffer {
  return Buffer.concat(
    sources.map(({ words, bitsPerWord }) => {
      const bytes = Math.ceil((words.length * bitsPerWord) / 32) * 4
      const probes = Math.max(1, Math.round(bitsPerWord * Math.LN2))
      const block = Buffer.alloc(HEADER_BYTES + bytes)
      block.writeUInt32LE(bytes * 8, 0)
      block.writeUInt32LE(probes, 4)
      for (const word of words)
        eachBit(word, bytes * 8, probes, (bit) => {
          block[HEADER_BYTES + (bit >>> 3)]! |= 1 << (bit & 7)
          return true
        })
      return block
    }),
  )
}

/** The sets of such bytes, in order. Throws where they end too early. */
export function readWordSets(bytes: Uint8Array): WordSet[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const sets: WordSet[] = []
  for (let at = 0; at < bytes.byteLength; ) {
    const bits = view.getUint32(at, true)
    const probes = view.getUint32(at + 4, true)
    const start = at + HEADER_BYTES
    at = start + bits / 8
    if (at > bytes.byteLength) throw new RangeError('the word sets are cut off')
    sets.push({
      has: (word) => eachBit(word, bits, probes, (bit) => (bytes[start + (bit >>> 3)]! & (1 << (bit & 7))) !== 0),
    })
  }
  return sets
}

/** Visits a word's bits for as long as `visit` says true; `true` when it has seen all of them. */
function eachBit(word: string, bits: number, probes: number, visit: (bit: number) => boolean): boolean {
  let first = FNV_OFFSET
  let second = OTHER_OFFSET
  for (let index = 0; index < word.length; index++) {
    const unit = word.charCodeAt(index)
    first = Math.imul(first ^ unit, FNV_PRIME)
    second = Math.imul(second ^ unit, 0x5bd1e995)
    second ^= second >>> 15
  }
  // Kirsch and Mitzenmacher 2006: two hashes serve for any number of probes.
  const step = (second | 1) >>> 0
  let position = first >>> 0
  for (let probe = 0; probe < probes; probe++) {
    if (!visit(position % bits)) return false
    position = (position + step) % 0x100000000
  }
  return true
}
