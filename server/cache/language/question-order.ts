import type { Token } from './token.ts'

const QUESTION = new Set('what which who where when why how'.split(' '))
const SUBJECTS = new Set('i you he she it we they one someone'.split(' '))
const VERBS = new Set('is was do did can could will would shall should may might must have had'.split(' '))
const CONDITIONS = new Set(['if', 'whether'])

/**
 * Writes a question in the order of a direct one, and its small words in one way: `what the time is`, after something
 * that led up to it, is `what is the time`; `how can I` and `how do I` are `how to`; `it is` and `it's` are `its`, as
 * those who leave out apostrophes write.
 */
export function orderQuestion(tokens: readonly Token[], led: boolean): Token[] {
  const direct = led ? directOrder(tokens) : [...tokens]
  const ordered: Token[] = []
  for (let at = 0; at < direct.length; at++) {
    const [one, two, three] = [direct[at]!, direct[at + 1]?.text, direct[at + 2]?.text]
    if (one.text === 'how' && three === 'i' && (two === 'do' || two === 'can' || two === 'could' || two === 'would')) {
      ordered.push(one, { ...one, text: 'to', written: 'to', first: false })
      at += 2
    } else if (one.text === 'it' && two === 'is') {
      ordered.push({ ...one, text: 'its' })
      at++
    } else ordered.push(one)
  }
  return ordered
}

function directOrder(tokens: readonly Token[]): Token[] {
  const [first, second, third] = tokens
  if (!first || !second || !third) return [...tokens]
  if (CONDITIONS.has(first.text)) {
    const rest = tokens.slice(1)
    return SUBJECTS.has(second.text) && VERBS.has(third.text) ? [third, second, ...rest.slice(2)] : rest
  }
  if (!QUESTION.has(first.text)) return [...tokens]
  if (SUBJECTS.has(second.text)) {
    if (VERBS.has(third.text)) return [first, third, second, ...tokens.slice(3)]
    // `how I reset it` is `how do I reset it`.
    return first.text === 'how'
      ? [first, { ...second, text: 'do', written: 'do' }, second, ...tokens.slice(2)]
      : [...tokens]
  }
  const last = tokens.at(-1)!
  const moves = (last.text === 'is' || last.text === 'was') && !VERBS.has(second.text)
  return moves ? [first, last, ...tokens.slice(1, -1)] : [...tokens]
}
