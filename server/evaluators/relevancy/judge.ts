import type { Score } from '../../core/evaluation.ts'
import { relevanceOf, type Signals } from './signals.ts'
import { WEIGHTS } from './weights.ts'

/** From this share of the question's words on a reply speaks of what was asked. */
const ON_SUBJECT = 0.3

/** The verdict on a reply with these signals. */
export function judge(signals: Signals, threshold: number): Score {
  const score = relevanceOf(signals, WEIGHTS)
  const passed = score >= threshold
  return { score, passed, reason: passed ? reasonToPass(signals) : reasonToFail(signals) }
}

function reasonToPass({ near, brief, fits, coverage }: Signals): string {
  if (near > ON_SUBJECT) return 'The reply says what the context has next to the words of the question.'
  if (brief > 0 && coverage < ON_SUBJECT) return 'The reply is short, and of the kind that the question asks for.'
  if (fits > 0 && coverage < ON_SUBJECT) return 'The reply has the form that was asked for.'
  return 'The reply speaks of what was asked.'
}

function reasonToFail({ evades, echoes, foreign, empty, coverage, lacks, misses, odd }: Signals): string {
  if (evades > 0) return 'The reply says that it cannot or will not answer, or does not know.'
  if (echoes > 0) return 'The reply repeats the question and adds next to nothing.'
  if (empty > 0) return 'The reply says nothing of its own.'
  if (foreign > 0) return 'The reply is in another language than the question, and hardly speaks of what was asked.'
  if (misses > 0 && coverage >= ON_SUBJECT)
    return 'The reply speaks of the subject, but has no answer of the kind that the question asks for.'
  if (coverage >= ON_SUBJECT) return 'The reply speaks of the subject, but not as the question asks for it.'
  if (lacks > 0) return 'The reply has neither the words of the question nor the kind of answer that it asks for.'
  if (odd > 0) return 'The reply hardly has a word of the question, and a form that nobody asked for.'
  return 'The reply hardly has a word of what was asked.'
}
