import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

/** What of https://github.com/nitotm/efficient-language-detector-js is used. */
interface Detector {
  detect(text: string): { language: string; isReliable(): boolean }
  enableTextCleanup(on: boolean): void
}

/** Characters that are looked at; of prose so many, as the detector reads no further. */
const LONGEST = 1000
const LONGEST_PROSE = 400
/** Bytes of letters below which any guess is as good: three words of English, four Chinese characters. */
const SHORTEST = 10
/** Code says nothing of the language of who asks about it. */
const CODE = /```[\s\S]*?(?:```|$)|`[^`\n]*`/g

let detector: Detector | null = null

/** ISO 639-1 code of a text's language, of sixty; `undefined` when it is too short or could be several. */
export function detectLanguage(text: string): string | undefined {
  const prose = text.slice(0, LONGEST).replace(CODE, ' ').slice(0, LONGEST_PROSE)
  if (Buffer.byteLength(prose.replace(/\P{L}+/gu, '')) < SHORTEST) return undefined
  detector ??= load()
  const found = detector.detect(prose)
  return found.language !== '' && found.isReliable() ? found.language : undefined
}

/** Loads the tables now, so that no request waits for them. */
export function loadLanguages(): void {
  detector ??= load()
}

/**
 * Takes some tenths of a second and 30 MB, so only when it is needed; and at once, as facts are asked for at once. The
 * package is an ES module that lets itself be imported only: hence by its file.
 */
function load(): Detector {
  const file = fileURLToPath(import.meta.resolve('eld/extrasmall'))
  const { eld } = createRequire(import.meta.url)(file) as { eld: Detector }
  // Addresses of pages and mail, and codes with digits, are of no language.
  eld.enableTextCleanup(true)
  return eld
}
