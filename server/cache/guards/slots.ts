import { comparison } from './comparison.ts'
import { language } from './language.ts'
import { dates, numbers, units } from './measures.ts'
import { names } from './names.ts'
import { negation } from './negation.ts'
import { order } from './order.ts'
import { questionWord } from './question-word.ts'
import type { Slot } from './verdict.ts'

/** Everything that must agree, in the order in which it is looked at. */
export const SLOTS: readonly Slot[] = [
  language,
  numbers,
  dates,
  units,
  names,
  negation,
  questionWord,
  comparison,
  order,
]
