/** Signs of the first 128 units, as `nextRun` wants them: 1 for each that the pattern knows. */
export function signsOf(pattern: RegExp): Uint8Array {
  return Uint8Array.from({ length: 128 }, (_, unit) => (pattern.test(String.fromCharCode(unit)) ? 1 : 0))
}

/**
 * Where the next run of at least `shortest` of these signs begins, at or after `from`, which must not lie within a run;
 * -1: nowhere. Looks at the far end of a run first, so that most signs of ordinary texts are passed over.
 */
export function nextRun(text: string, from: number, signs: Uint8Array, shortest: number): number {
  let start = from
  while (start + shortest <= text.length) {
    let at = start + shortest - 1
    while (at >= start && isOf(signs, text.charCodeAt(at))) at--
    if (at < start) return start
    start = at + 1
  }
  return -1
}

/** Where the run ends that begins there. */
export function endOfRun(text: string, start: number, signs: Uint8Array): number {
  let at = start
  while (at < text.length && isOf(signs, text.charCodeAt(at))) at++
  return at
}

function isOf(signs: Uint8Array, unit: number): boolean {
  return unit < 128 && signs[unit] === 1
}
