/**
 * Digests of keys that their owners published to be seen: those of https://github.com/firebase/firebase-android-sdk, which
 * the scanner gitleaks passes over as well. Digests, so that no scanner trips over this file.
 */
const PUBLISHED: ReadonlySet<number> = new Set([
  0xf0951274, 0x0af7ca9d, 0x4e1351cb, 0xb8782c2e, 0x1845a427, 0x00d9b068, 0xaf8fab00, 0x722ef8d0, 0xc8a510e9,
  0x1751c16c, 0xf50c0e72, 0x6a41f911, 0x8ee1d847, 0xb1887211, 0x965bd60a, 0x96bca470,
])

/** Whether a key is one that everybody knows; another value is taken for one in one of 10^8 cases. */
export function isPublished(value: string): boolean {
  return PUBLISHED.has(digest(value))
}

/** FNV-1a, 32 bits: http://www.isthe.com/chongo/tech/comp/fnv/. */
function digest(value: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < value.length; at++) hash = Math.imul(hash ^ value.charCodeAt(at), 0x01000193) >>> 0
  return hash
}
