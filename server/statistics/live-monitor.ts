import type { Answer, CohortVerdict, MetricSpec } from '../core/metric-verdict.ts'
import { isPresent } from './blocks.ts'
import { checkValue } from './evidence-of.ts'
import { ALPHA } from './judge.ts'
import { sideErrors } from './levels.ts'
import { type Arm, Matcher } from './matcher.ts'
import { MetricMonitor } from './metric-monitor.ts'
import { overall, overallAnswer } from './overall.ts'

/**
 * Compares a candidate with the baseline while both serve live traffic, each request served by one of them, by lot. Nothing
 * is paired, so replies are matched into blocks (`Matcher`); a `ratio-p50` is then the ratio that a reply of the candidate and
 * a reply of the baseline to another request lie above as often as below. In the verdict `pairs` are blocks, at a small
 * share for the candidate as many as its replies.
 *
 * "Worse" is looked for from the start and from every later reply on as well, so that a candidate that turns bad after
 * thousands of good replies is found out soon. A new step of a promotion takes a new monitor: the share is the same from its
 * first reply to its last.
 */
export class LiveMonitor {
  readonly #alpha: number
  readonly #metrics: readonly { monitor: MetricMonitor; matcher: Matcher }[]

  /** The metrics, with their margins fixed beforehand. Throws a RangeError for one that makes no sense. */
  constructor(metrics: readonly MetricSpec[], alpha: number = ALPHA) {
    const decisive = metrics.filter(({ margin }) => margin !== null).length
    this.#alpha = alpha
    this.#metrics = metrics.map((spec) => {
      const errors = sideErrors(alpha, spec.margin === null ? 1 : decisive)
      return { monitor: new MetricMonitor(spec, errors, { paired: false, late: true }), matcher: new Matcher() }
    })
  }

  /** A reply of an arm, with a value for each metric, in their order; `null`: it lacks it. */
  push(arm: Arm, values: ArrayLike<number | null>): void {
    for (const [index, { monitor, matcher }] of this.#metrics.entries()) {
      const value = values[index]
      if (!isPresent(value)) continue
      checkValue(monitor.spec, value)
      const block = matcher.push(arm, value)
      if (block !== null) monitor.push(block)
    }
  }

  /** The overall answer now. */
  get answer(): Answer {
    return overallAnswer(this.#metrics.flatMap(({ monitor }) => monitor.answer ?? []))
  }

  /** Everything there is to say: costs what a batch of all that came costs. */
  verdict(): CohortVerdict {
    const judged = this.#metrics.map(({ monitor }) => monitor.judge())
    const pairs = Math.max(0, ...judged.map(({ verdict }) => verdict.pairs))
    return overall(judged, { cohort: null, pairs, alpha: this.#alpha, change: null })
  }
}
