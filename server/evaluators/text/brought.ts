import type { Subject } from '../../core/evaluation.ts'
import { documentsIn } from './documents.ts'
import { valuesOf } from './number-words.ts'
import { readWords } from './words.ts'

/** Where the text is taken from that a reply may rest on. */
export const CONTEXT_SOURCES = ['auto', 'tools', 'system', 'user', 'all'] as const
export type ContextSource = (typeof CONTEXT_SOURCES)[number]

/** So many characters of it are read: the latest first, the system's last. */
const LONGEST_CONTEXT = 65_536
const LONGEST_ASKED = 4096

/**
 * The text that a reply may rest on: a reference's where there is one, else what the request brings. `auto`: tool
 * results and documents in messages, with the system's text where there are any. `null`: none is brought.
 */
export function contextOf({ reference, request }: Subject, source: ContextSource): string | null {
  if (reference?.context !== undefined) return filled([reference.context])
  const { system, messages } = request
  const latest = [...messages].reverse()
  const tools = latest.flatMap(({ toolResults }) => toolResults.map(({ text }) => text))
  const users = latest.flatMap(({ role, text }) => (role === 'user' ? [text] : []))
  switch (source) {
    case 'tools':
      return filled(tools)
    case 'system':
      return filled([system])
    case 'user':
      return filled(users)
    case 'all':
      return filled([...tools, ...users, system])
    case 'auto': {
      const documents = [...tools, ...users.flatMap(documentsIn), ...documentsIn(system)]
      return filled(documents) === null ? null : filled([...documents, system])
    }
  }
}

/** Stems of what users said, and their numbers: an answer may take them up. */
export function stemsAsked({ request }: Subject): Set<string> {
  const users = [...request.messages].reverse().flatMap(({ role, text }) => (role === 'user' ? [text] : []))
  const words = readWords([request.question, ...users].join('\n').slice(0, LONGEST_ASKED))
  return new Set(words.flatMap(({ stem, kind, text }) => (kind === 'number' ? valuesOf(text).map(String) : [stem])))
}

function filled(texts: readonly string[]): string | null {
  let whole = ''
  for (const text of texts) {
    if (whole.length >= LONGEST_CONTEXT) break
    if (text.trim() !== '') whole += (whole === '' ? '' : '\n\n') + text.slice(0, LONGEST_CONTEXT - whole.length)
  }
  return whole === '' ? null : whole
}
