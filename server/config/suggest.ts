import { distance } from 'fastest-levenshtein'

/** `did you mean "x"?` for the nearest of the known words, or `null` when none is near. */
export function suggest(word: string, known: Iterable<string>): string | null {
  let best: string | null = null
  let bestDistance = Math.max(2, Math.floor(word.length / 3)) + 1
  for (const candidate of known) {
    const far = distance(word.toLowerCase(), candidate.toLowerCase())
    if (far < bestDistance) {
      best = candidate
      bestDistance = far
    }
  }
  return best === null ? null : `did you mean "${best}"?`
}
