/** Seeded vectors of the two kinds that embedders make: the same seed gives the same ones. */

export const DIMENSIONS = 384

export type Kind = 'clustered' | 'hashed'

export interface Generator {
  /** A question to keep. */
  next(): Float32Array
  /** One close to a question that was kept: another wording of it. */
  near(kept: Float32Array): Float32Array
}

const TOPICS = 300
const WORDS = 5000
/** Features of a word: itself and its runs of letters. */
const FEATURES = 6

export function generatorOf(kind: Kind, seed: number): Generator {
  return kind === 'clustered' ? clustered(randomOf(seed)) : hashed(randomOf(seed))
}

/** Dense, as models make them: topics, subjects within a topic, and questions around a subject. */
function clustered(random: () => number): Generator {
  const noise = (scale: number) => scale * (random() + random() + random() + random() - 2) * Math.sqrt(3)
  const around = (centre: Float32Array, scale: number) => centre.map((value) => value + noise(scale))
  const topics = Array.from({ length: TOPICS }, () => around(new Float32Array(DIMENSIONS), 1))
  const subjects = topics.flatMap((topic) => Array.from({ length: 10 }, () => around(topic, 0.7)))
  return {
    next: () => unit(around(subjects[Math.floor(random() * subjects.length)]!, 0.5)),
    near: (kept) => unit(around(kept, 0.4 / Math.sqrt(DIMENSIONS))),
  }
}

/** Sparse, as signed hashing makes them: each word adds its weight to a few places, up or down. */
function hashed(random: () => number): Generator {
  const features = () =>
    Array.from({ length: FEATURES }, () => ({
      place: Math.floor(random() * DIMENSIONS),
      weight: (random() < 0.5 ? -1 : 1) * (0.3 + 0.5 * random()),
    }))
  const words = Array.from({ length: WORDS }, features)
  // Few words make up most of a text.
  const word = () => words[Math.floor(WORDS * random() ** 3)]!
  const add = (vector: Float32Array, more: ReturnType<typeof word>) => {
    for (const { place, weight } of more) vector[place]! += weight
    return vector
  }
  return {
    next() {
      const vector = new Float32Array(DIMENSIONS)
      for (let count = 5 + Math.floor(random() * 8); count > 0; count -= 1) add(vector, word())
      return unit(vector)
    },
    near: (kept) =>
      unit(
        add(
          kept.map((value) => value * 5),
          word(),
        ),
      ),
  }
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector)
  return vector.map((value) => value / length)
}

/** Numbers in [0, 1): mulberry32 by Tommy Ettinger, public domain. */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
