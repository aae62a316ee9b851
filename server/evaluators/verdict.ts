import type { ReplyView, Score, Subject } from '../core/evaluation.ts'

/** Of evaluators that know no grades: 1 or 0. */
export function verdict(passed: boolean, reason: string): Score {
  return { score: passed ? 1 : 0, passed, reason }
}

/** The model asks for a tool first: what it has to say comes in a later turn, and is judged then. */
export function onlyCallsTools({ text, toolCalls }: ReplyView): boolean {
  return toolCalls.length > 0 && text.trim() === ''
}

/** True where there is no text to judge yet, and none was due in this turn: a reference with a text says that one was. */
export function isBeforeText({ reply, reference }: Subject): boolean {
  return onlyCallsTools(reply) && reference?.text === undefined
}
