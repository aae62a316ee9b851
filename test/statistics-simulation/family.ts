import type { Answer, MetricSpec } from '../../server/core/metric-verdict.ts'
import { cohortAlpha, sideErrors } from '../../server/statistics/levels.ts'
import { MetricMonitor } from '../../server/statistics/metric-monitor.ts'
import { overallAnswer } from '../../server/statistics/overall.ts'
import { SeededRandom } from '../../server/statistics/random.ts'
import { type DrawPair, logNormalTimes, paretoTimes, SKEWED_MEAN, skewedScores, successes, votes } from './draws.ts'
import { ALPHA } from './simulate.ts'

const COHORTS = 10

interface Member {
  spec: MetricSpec
  onBar: DrawPair
  farAbove: DrawPair
}

const member = (
  id: string,
  shape: MetricSpec['shape'],
  margin: number,
  onBar: DrawPair,
  farAbove: DrawPair,
): Member => ({
  spec: { id, label: id, shape, margin, better: shape === 'bounded' ? 'higher' : 'lower' },
  onBar,
  farAbove,
})

const MEMBERS: readonly Member[] = [
  member('success', 'bounded', 0.02, successes(0.95, 0.93, 0.03), successes(0.7, 0.99, 0)),
  member('votes', 'bounded', 0.05, votes(0.35, 0.3), votes(0.1, 0.8)),
  member('score', 'bounded', 0.04, skewedScores(0.04 / SKEWED_MEAN), successes(0.5, 0.9, 0)),
  member('latency', 'ratio-p50', 0.1, logNormalTimes(1.1, 0.5), logNormalTimes(0.3, 0.5)),
  member('cost', 'ratio-p50', 0.1, paretoTimes(1.1), paretoTimes(0.1)),
]

/** Which metrics lie exactly on the bar, so that any overall answer is a false one. The others are far on the good side. */
export const FAMILIES = {
  'all five metrics on the bar': MEMBERS.map(() => true),
  'one metric on the bar, four far better': MEMBERS.map((_, index) => index === 0),
} as const

export interface FamilyPath {
  all: ReadonlySet<Answer>
  /** Every answer that any of the ten cohorts gave. */
  cohorts: ReadonlySet<Answer>
}

/** One run of five metrics in all traffic and in ten cohorts that come as they come, looked at after every pair. */
export function runFamily(onBar: readonly boolean[], pairs: number, seed: number): FamilyPath {
  const random = new SeededRandom(seed)
  const draws = MEMBERS.map((each, index) => (onBar[index] ? each.onBar : each.farAbove))
  const all = monitors(ALPHA)
  const cohorts = new Map<number, MetricMonitor[]>()
  const seen = { all: new Set<Answer>(), cohorts: new Set<Answer>() }
  for (let pair = 0; pair < pairs; pair += 1) {
    const name = random.below(COHORTS)
    const cohort = cohorts.get(name) ?? monitors(cohortAlpha(ALPHA, cohorts.size))
    cohorts.set(name, cohort)
    for (const [index, draw] of draws.entries()) {
      const [baseline, candidate] = draw(random)
      all[index]!.pushPair(baseline, candidate)
      cohort[index]!.pushPair(baseline, candidate)
    }
    seen.all.add(answerOf(all))
    seen.cohorts.add(answerOf(cohort))
  }
  return seen
}

function monitors(alpha: number): MetricMonitor[] {
  return MEMBERS.map(
    ({ spec }) => new MetricMonitor(spec, sideErrors(alpha, MEMBERS.length), { paired: true, late: false }),
  )
}

function answerOf(list: readonly MetricMonitor[]): Answer {
  return overallAnswer(list.map(({ answer }) => answer!))
}
