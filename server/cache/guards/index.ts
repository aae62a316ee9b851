import { type Question, readQuestion } from '../language/read.ts'
import { saySameWords } from './align.ts'
import { SLOTS } from './slots.ts'
import type { GuardMode, GuardVerdict } from './verdict.ts'

export type { GuardMode, GuardName, GuardVerdict } from './verdict.ts'

const PASSED: GuardVerdict = { passed: true, guard: null, detail: null }

/**
 * May the answer to one question serve the other? `strict`: only where both say the same words in the same order, up
 * to their normal form and slips of the hand. `loose`: where everything agrees that decides an answer — numbers, dates,
 * units, names, negation, what is asked for, the direction of comparisons, who does what to whom, the language — and
 * the rest may be said in other words. What strict passes, loose passes. The verdict is the same both ways round; it
 * names the first guard that objected. Takes time linear in the texts' lengths.
 */
export function compareQuestions(asked: string, cached: string, mode: GuardMode): GuardVerdict {
  if (asked === cached) return PASSED
  // In one order, so that what is said of a pair does not depend on which of them was there first.
  const [one, other] =
    asked < cached ? [readQuestion(asked), readQuestion(cached)] : [readQuestion(cached), readQuestion(asked)]
  if (saySameWords(one, other)) return PASSED
  const slot = firstDifference(one, other)
  if (slot !== null) return slot
  if (mode === 'loose') return PASSED
  return { passed: false, guard: 'words', detail: 'the words differ' }
}

function firstDifference(one: Question, other: Question): GuardVerdict | null {
  for (const { guard, differ } of SLOTS) {
    const detail = differ(one, other)
    if (detail !== null) return { passed: false, guard, detail }
  }
  return null
}
