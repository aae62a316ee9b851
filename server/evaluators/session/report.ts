import type { MessageView } from '../../core/evaluation.ts'
import { FINE, LONGEST_TEXT, type Part } from './part.ts'
import type { Called } from './tool-outcomes.ts'

const WORD = /[\p{L}\p{N}]+/gu
/** Words are compared by their beginnings, so that “book” is in “booked”; shorter ones say little. */
const BEGINNING = 4
/** From this share of its words on that the session has had, a reply is about it. */
const ENOUGH = 0.25
const LEAST = 0.3
const ADMITS =
  /\b(?:not|unable|fail\w*|error|problem|unfortunately|could|couldn|leider|nicht|malheureusement|pas|no|lamentablemente|purtroppo|non|infelizmente|não|helaas|niet|niestety|nie)\b/i

/** Whether the last reply tells what came of it: of the goal, and of what the tools brought; and whether it tells the truth. */
export function reportPart(messages: readonly MessageView[], calls: readonly Called[], reply: string): Part {
  const last = calls.findLast(({ outcome }) => outcome !== null)
  if (last === undefined) return FINE
  const text = reply.slice(0, LONGEST_TEXT)
  if (last.outcome === 'failed' && !ADMITS.test(text))
    return { score: 0, fault: 'the last reply does not tell that the last tool failed' }
  const known = new Set<string>()
  for (const { role, text: said } of messages) if (role === 'user') addWords(said, known)
  for (const { text: result, arguments: given } of calls) addWords(`${given} ${result}`, known)
  const said = addWords(text, new Set())
  const shared = [...said].filter((word) => known.has(word)).length
  const share = said.size === 0 ? 0 : shared / said.size
  return {
    score: LEAST + (1 - LEAST) * Math.min(1, share / ENOUGH),
    fault: 'the last reply is not about what the tools brought',
  }
}

function addWords(text: string, words: Set<string>): Set<string> {
  for (const [word] of text.slice(0, LONGEST_TEXT).toLowerCase().matchAll(WORD))
    if (word.length >= BEGINNING || /\d/.test(word)) words.add(word.slice(0, BEGINNING))
  return words
}
