import type { Answer, ChangeVerdict, CohortVerdict } from '../core/metric-verdict.ts'
import { answerOf, type JudgedMetric } from './judge-metric.ts'
import { count, needOf } from './words.ts'

/** One answer of all decisive metrics: worse by any, else non-inferior by all. Its error is bounded as `levels.ts` says. */
export function overall(
  judged: readonly JudgedMetric[],
  about: { cohort: string | null; pairs: number; alpha: number; change: ChangeVerdict | null },
): CohortVerdict {
  const decisive = judged.filter(({ verdict }) => verdict.answer !== null)
  const answer = overallAnswer(decisive.map(({ verdict }) => verdict.answer!))
  const morePairs = answer === 'not-enough-data' ? morePairsOf(decisive) : null
  return {
    ...about,
    answer,
    morePairs,
    why: why(decisive, answer, morePairs),
    decisive: decisive.map(({ verdict }) => verdict.id),
    metrics: judged.map(({ verdict }) => verdict),
  }
}

export function overallAnswer(answers: readonly Answer[]): Answer {
  return answerOf({
    worse: answers.includes('worse'),
    nonInferior: answers.length > 0 && answers.every((answer) => answer === 'non-inferior'),
  })
}

/** The first metric to turn out worse decides; if none is heading there, the last to turn out non-inferior. */
function morePairsOf(decisive: readonly JudgedMetric[]): number | null {
  const open = decisive.filter(({ verdict }) => verdict.answer === 'not-enough-data')
  const worse = open.flatMap(({ outlook }) => (outlook?.heading === 'worse' ? [outlook.more] : []))
  if (worse.length > 0) return Math.min(...worse)
  if (open.length === 0 || open.some(({ outlook }) => outlook === null)) return null
  return Math.max(...open.map(({ outlook }) => outlook!.more))
}

function why(decisive: readonly JudgedMetric[], answer: Answer, morePairs: number | null): string {
  const labels = (wanted: Answer) =>
    decisive.flatMap(({ verdict }) => (verdict.answer === wanted ? [verdict.label] : [])).join(', ')
  if (decisive.length === 0) return 'No metric has a margin, so nothing can be decided.'
  if (answer === 'worse') return `Worse by ${labels('worse')}.`
  if (answer === 'non-inferior') return `Non-inferior by every metric that decides: ${labels('non-inferior')}.`
  const open = decisive.filter(({ verdict }) => verdict.answer === 'not-enough-data').length
  const many = decisive.length === 1 ? '' : ` (${count(open)} of ${count(decisive.length)} metrics)`
  return `Not decided yet: ${labels('not-enough-data')}${many}. ${needOf(morePairs)}`
}
