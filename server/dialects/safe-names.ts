import { createHash } from 'node:crypto'

/** What Anthropic and Bedrock take in names of tools and ids of their calls. */
const SAFE = /^[a-zA-Z0-9_-]+$/
const UNSAFE_CHARACTER = /[^a-zA-Z0-9_-]/gu
const MOST_ID_LENGTH = 64

/**
 * A tool-call id that these formats take: the same one for the same id, so that a call and its result stay together.
 * What is taken anyway comes back as it is.
 */
export function safeId(id: string): string {
  if (SAFE.test(id) && id.length <= MOST_ID_LENGTH) return id
  const digest = createHash('sha256').update(id).digest('hex').slice(0, 16)
  return `${id.replace(UNSAFE_CHARACTER, '_').slice(0, 40)}_${digest}`
}

/** A tool's name with what these formats refuse written as its code: `files.read` is `files_x2e_read`. */
export function safeName(name: string): string {
  return name.replace(UNSAFE_CHARACTER, (character) => `_x${character.codePointAt(0)!.toString(16)}_`)
}

/** The name that `safeName` was given. */
export function plainName(name: string): string {
  return name.replace(/_x([0-9a-f]{2,5})_/g, (written, code: string) => {
    const character = String.fromCodePoint(Number.parseInt(code, 16))
    return SAFE.test(character) ? written : character
  })
}
