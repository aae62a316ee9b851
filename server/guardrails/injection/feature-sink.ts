/** Takes the features of a text, token by token in order. */
export interface FeatureSink {
  add(token: number, bucket: number): void
}

/** Tags that keep features of different kinds apart. */
export const TAG = {
  word: 0x11,
  pair: 0x22,
  triple: 0x33,
  skip: 0x44,
  letters: 0x55,
  cue: 0x66,
  cuePair: 0x77,
  cueTriple: 0x88,
  cueWord: 0x99,
  wordCue: 0xaa,
  cueSkip: 0xcc,
  opening: 0xbb,
  openingPair: 0xdd,
  shape: 0xee,
  ending: 0xff,
  endingFrom: 0x101,
} as const
