import type { Case } from './case.ts'
import { ENGLISH_HELD_OUT } from './english-held-out.ts'
import { ENGLISH_TUNING } from './english-tuning.ts'
import { LANGUAGES_HELD_OUT } from './languages-held-out.ts'
import { LANGUAGES_TUNING } from './languages-tuning.ts'

export { WRITTEN_LAST } from './written-last.ts'

/** What weights are trained on, beside the labelled dialogues. */
export const TUNING: readonly Case[] = [...ENGLISH_TUNING, ...LANGUAGES_TUNING]

/** What no weight has seen; rules were looked at with them. */
export const HELD_OUT: readonly Case[] = [...ENGLISH_HELD_OUT, ...LANGUAGES_HELD_OUT]
