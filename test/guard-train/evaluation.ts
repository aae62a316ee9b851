import { calibrated } from '../../server/guardrails/injection/calibration.ts'
import { SHIPPED_THRESHOLD } from '../../server/guardrails/injection/classifier.ts'
import { HEADS, type HeadName } from '../../server/guardrails/injection/weights.ts'
import { FALSE_ALARMS, type Judged } from './fit-calibration.ts'
import type { Trained } from './train.ts'

/** A source as judged by heads that were trained without it. */
export interface SourceResult {
  source: string
  texts: number
  /** Share at or above the threshold: recall of attacks, false alarms of the others. */
  flagged: number
}

export interface HeadResult {
  attacks: SourceResult[]
  benign: SourceResult[]
  /** Area under the curve over all sources, each with the same weight. */
  auc: number
}

/** What `evaluation.json` holds. */
export interface Evaluation {
  falseAlarmsAimedAt: Readonly<Record<HeadName, number>>
  leaveOneSourceOut: Record<HeadName, HeadResult>
}

export function evaluationOf({ unseen, calibrations }: Trained): Evaluation {
  const leaveOneSourceOut = {} as Record<HeadName, HeadResult>
  for (const name of HEADS) {
    const { coefficients, intercept } = calibrations[name]
    const scores = unseen[name].map(({ evidence }) => calibrated(evidence, coefficients, intercept))
    leaveOneSourceOut[name] = {
      attacks: resultsOf(unseen[name], scores, 1),
      benign: resultsOf(unseen[name], scores, 0),
      auc: round(auc(unseen[name], scores)),
    }
  }
  return { falseAlarmsAimedAt: FALSE_ALARMS, leaveOneSourceOut }
}

function resultsOf(judged: readonly Judged[], scores: readonly number[], label: 0 | 1): SourceResult[] {
  const bySource = new Map<string, number[]>()
  judged.forEach((each, index) => {
    if (each.label === label) bySource.set(each.source, [...(bySource.get(each.source) ?? []), scores[index]!])
  })
  return [...bySource]
    .map(([source, values]) => ({
      source,
      texts: values.length,
      flagged: round(values.filter((value) => value >= SHIPPED_THRESHOLD).length / values.length),
    }))
    .sort((one, other) => (one.source < other.source ? -1 : 1))
}

/** The chance that an attack scores higher than another text, drawn by source first. */
function auc(judged: readonly Judged[], scores: readonly number[]): number {
  const keyOf = ({ source, label }: Judged) => `${source} ${label}`
  const counts = new Map<string, number>()
  for (const each of judged) counts.set(keyOf(each), (counts.get(keyOf(each)) ?? 0) + 1)
  const order = scores.map((_, index) => index).sort((one, other) => scores[one]! - scores[other]!)
  let below = 0
  let area = 0
  let attacks = 0
  for (const index of order) {
    const weight = 1 / counts.get(keyOf(judged[index]!))!
    if (judged[index]!.label === 0) below += weight
    else {
      area += weight * below
      attacks += weight
    }
  }
  return area / (attacks * below)
}

function round(value: number): number {
  return Number(value.toFixed(4))
}
