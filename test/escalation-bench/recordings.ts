import { readAnswers, SOURCES } from '../evaluator-eval/data.ts'

/** A recorded reply, with what people said of it. */
export interface Recorded {
  text: string
  /** Everything that it claims rests on its context. */
  grounded: boolean
}

/** A context with every reply that was recorded for it, each once. */
export interface Passage {
  context: string
  grounded: Recorded[]
  ungrounded: Recorded[]
}

/** The labelled replies of all sets, by context: several models were asked, and the sets do not say which said what. */
export function readPassages(): Passage[] {
  const passages = new Map<string, Passage>()
  const seen = new Set<string>()
  for (const { context, answer, label } of SOURCES.flatMap((source) => readAnswers(source))) {
    const passage = passages.get(context) ?? { context, grounded: [], ungrounded: [] }
    passages.set(context, passage)
    const key = `${context}\0${answer.trim()}`
    if (seen.has(key)) continue
    seen.add(key)
    passage[label === 1 ? 'grounded' : 'ungrounded'].push({ text: answer, grounded: label === 1 })
  }
  return [...passages.values()]
}
