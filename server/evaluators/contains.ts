import type { EvaluatorKind, Score } from '../core/evaluation.ts'
import { choiceOption, optionalTexts } from '../core/options.ts'
import { placeOf } from './place-of.ts'
import { isBeforeText } from './verdict.ts'

const LISTS = ['all', 'any', 'none'] as const

/**
 * Looks for texts in the reply. Every text of `all`, `any` as one, and every text of `none` are conditions; the score is
 * the share of those that hold, and all must hold to pass.
 */
export const contains: EvaluatorKind = {
  id: 'contains',
  description: 'Given texts stand in the reply, or do not.',
  options: {
    all: 'texts that must all stand in the reply',
    any: 'texts of which one must stand in it',
    none: 'texts that may not stand in it; where no list is given, the reference’s text must stand in it',
    case: '`ignored` (default) or `sensitive`',
  },
  create(options) {
    const fold = choiceOption(options, 'case', ['ignored', 'sensitive']) === 'ignored' ? folded : unchanged
    const [all, any, none] = LISTS.map((name) => optionalTexts(options, name)?.map(fold))
    const isFixed = LISTS.some((name) => options[name] !== undefined)
    return {
      kind: 'contains',
      cost: 'process',
      score(subject) {
        const reference = subject.reference?.text?.trim()
        if (isBeforeText(subject) || (!isFixed && !reference)) return null
        const text = fold(subject.reply.text)
        const placesOf = (list: readonly string[]) =>
          list.map((each) => ({ at: placeOf(each, text), length: each.length }))
        const required = placesOf(isFixed ? (all ?? []) : [fold(reference!)])
        const choices = placesOf(any ?? [])
        const forbidden = placesOf(none ?? [])
        const missing = required.filter(({ at }) => at < 0).length
        const anyMissing = choices.length > 0 && choices.every(({ at }) => at < 0)
        const wrong = forbidden.filter(({ at }) => at >= 0)
        const conditions = required.length + Math.min(1, choices.length) + forbidden.length
        const broken = missing + Number(anyMissing) + wrong.length
        return {
          score: 1 - broken / conditions,
          passed: broken === 0,
          reason: reasonOf(missing, anyMissing, wrong.length),
          ...(wrong.length > 0 && isNormal(subject.reply.text) ? { spans: spansOf(wrong) } : {}),
        }
      },
    }
  },
}

function reasonOf(missing: number, anyMissing: boolean, wrong: number): string {
  const faults = [
    ...(missing > 0 ? [`${missing} of the texts that must be there ${missing === 1 ? 'is' : 'are'} missing`] : []),
    ...(anyMissing ? ['none of those is there of which one must be'] : []),
    ...(wrong > 0 ? [`${wrong} of those that may not be there ${wrong === 1 ? 'is' : 'are'}`] : []),
  ]
  if (faults.length === 0) return 'The reply contains what it should, and nothing that it should not.'
  return `In the reply, ${faults.join('; ')}.`
}

function spansOf(found: readonly { at: number; length: number }[]): NonNullable<Score['spans']> {
  return found.map(({ at, length }) => [at, at + length] as const).sort((one, other) => one[0] - other[0])
}

/** Only then do places in what is searched stand for places in the reply. */
function isNormal(text: string): boolean {
  return text === text.normalize()
}

function unchanged(text: string): string {
  return text.normalize()
}

/** As long as the normalised text: the one letter that grows when it is made small is replaced first. */
function folded(text: string): string {
  return text.normalize().replaceAll('İ', 'i').toLowerCase().replaceAll('ς', 'σ')
}
