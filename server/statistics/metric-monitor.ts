import type { Answer, MetricSpec } from '../core/metric-verdict.ts'
import { BlockBuilder } from './blocks.ts'
import { capitalAbove, capitalBelow, meanOf, turned } from './bounded.ts'
import type { Capital } from './capital.ts'
import { barOf, checkSpec, checkValue, evidenceOf } from './evidence-of.ts'
import { answerOf, type JudgedMetric, judgeMetric } from './judge-metric.ts'
import type { SideErrors } from './levels.ts'
import type { Block } from './matcher.ts'
import { capitalOfRatio, shareAbove } from './typical-ratio.ts'

/** The 95th percentiles are looked at anew when there is so much more to look at. Fewer looks are as safe as all. */
const NEXT_LOOK = 1.02

/**
 * One metric, followed as it comes: each block costs the same, however many came before, and the answer is at hand. It is the
 * answer that `judgeMetric` gives of the same blocks. 95th percentiles are worked out when asked for, from all that came,
 * and only when there are 2 % more blocks than at the last look. Keeps every value, so it should end with its purpose.
 */
export class MetricMonitor {
  readonly spec: MetricSpec
  readonly #errors: SideErrors
  readonly #paired: boolean
  readonly #late: boolean
  readonly #builder = new BlockBuilder()
  readonly #capitals: { good: Capital; bad: Capital } | null
  #looked = { blocks: 0, answer: 'not-enough-data' as Answer }
  #missing = 0

  /** `paired`: blocks are pairs. `late`: see `Capital`; for live traffic, where a candidate may turn bad on the way. */
  constructor(spec: MetricSpec, errors: SideErrors, { paired, late }: { paired: boolean; late: boolean }) {
    checkSpec(spec)
    this.spec = spec
    this.#errors = errors
    this.#paired = paired
    this.#late = late
    this.#capitals = capitalsOf(spec, errors, late)
  }

  /** A pair; one that lacks a value on a side counts as missing. Throws a RangeError for a value out of range. */
  pushPair(baseline: number | null, candidate: number | null): void {
    if (baseline === null || candidate === null) this.#missing += 1
    else this.push({ baseline: [baseline], candidate: [candidate] })
  }

  push({ baseline, candidate }: Block): void {
    for (const value of baseline) checkValue(this.spec, value)
    for (const value of candidate) checkValue(this.spec, value)
    this.#builder.add(baseline, candidate)
    if (this.#capitals === null) return
    const { good, bad } = this.#capitals
    if (this.spec.shape === 'bounded') {
      const [one, other] = [meanOf(baseline, 0, baseline.length), meanOf(candidate, 0, candidate.length)]
      const difference = turned(one, other, this.spec.better)
      good.push(1 + difference)
      bad.push(1 - difference)
    } else {
      const quotients: number[] = []
      for (const value of candidate) for (const base of baseline) quotients.push(value / base)
      const share = shareAbove(quotients, 0, quotients.length, barOf(this.spec))
      good.push(1 - share)
      bad.push(share)
    }
  }

  /** `null` for a metric without a margin. */
  get answer(): Answer | null {
    if (this.spec.margin === null) return null
    if (this.#capitals === null) return this.#look()
    return answerOf({ nonInferior: this.#capitals.good.refuted, worse: this.#capitals.bad.refuted })
  }

  /** Everything there is to say of the metric. Costs what the batch costs. */
  judge(): JudgedMetric {
    return judgeMetric({
      spec: this.spec,
      optional: false,
      blocks: this.#builder.blocks(),
      paired: this.#paired,
      missing: this.#missing,
      errors: this.#errors,
      late: this.#late,
      resampling: null,
      noise: null,
    })
  }

  #look(): Answer {
    const { count } = this.#builder
    if (count >= this.#looked.blocks * NEXT_LOOK && count > this.#looked.blocks) {
      const evidence = evidenceOf(this.spec, this.#builder.blocks(), this.#late)
      const nonInferior = evidence.below(0, this.#errors.nonInferior)
      const worse = evidence.above(0, this.#errors.worse)
      this.#looked = { blocks: count, answer: answerOf({ nonInferior, worse }) }
    }
    return this.#looked.answer
  }
}

/** Capitals that answer at the bar; `null` where the shape has none that grow with each block. */
function capitalsOf(spec: MetricSpec, errors: SideErrors, late: boolean): { good: Capital; bad: Capital } | null {
  switch (spec.shape) {
    case 'bounded':
      return {
        good: capitalAbove(barOf(spec), errors.nonInferior),
        bad: capitalBelow(barOf(spec), errors.worse, late),
      }
    case 'ratio-p50':
      return { good: capitalOfRatio(errors.nonInferior, false), bad: capitalOfRatio(errors.worse, late) }
    case 'ratio-p95':
      return null
  }
}
