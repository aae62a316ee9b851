/** What a judge goes by. */
export interface Criterion {
  text: string
  /** Against the others; above 0. */
  weight: number
}

const EXPECTS = '`rubric` must be a text, or a list of texts or of `{ criterion, weight }`'

/** Throws a TypeError for what is none. */
export function readRubric(rubric: unknown): Criterion[] {
  if (typeof rubric === 'string' && rubric.trim() !== '') return [{ text: rubric, weight: 1 }]
  if (!Array.isArray(rubric) || rubric.length === 0) throw new TypeError(EXPECTS)
  return rubric.map((each) => {
    const { criterion, weight = 1 } = (typeof each === 'string' ? { criterion: each } : (each ?? {})) as {
      criterion?: unknown
      weight?: unknown
    }
    if (typeof criterion !== 'string' || criterion.trim() === '') throw new TypeError(EXPECTS)
    if (typeof weight !== 'number' || !(weight > 0) || weight === Number.POSITIVE_INFINITY)
      throw new TypeError('a `weight` in `rubric` must be a number above 0')
    return { text: criterion, weight }
  })
}

/** For a judge to read. */
export function rubricText(criteria: readonly Criterion[]): string {
  if (criteria.length === 1) return criteria[0]!.text
  return criteria.map(({ text }, index) => `${index + 1}. ${text}`).join('\n')
}
