import { noEvidence } from '../../server/guardrails/injection/calibration.ts'
import { HEADS, type HeadName } from '../../server/guardrails/injection/weights.ts'
import { Random } from '../cache-eval/random.ts'
import { Corpus } from './corpus.ts'
import { type Calibration, FALSE_ALARMS, fitCalibration, type Judged } from './fit-calibration.ts'
import { FOLDS } from './folds.ts'
import type { Item } from './item.ts'
import type { Regression } from './regression.ts'
import { type Sample, trainHead } from './train-head.ts'

const SEED = 3

export interface Trained {
  heads: Record<HeadName, Regression>
  calibrations: Record<HeadName, Calibration>
  /** By head: what a head that had not seen the source said of each text. */
  unseen: Record<HeadName, Judged[]>
}

/** Trains both heads, and for each fold heads without its sources. The same items give the same heads. */
export function train(items: readonly Item[], folds = FOLDS, say: (line: string) => void = () => {}): Trained {
  const corpus = new Corpus()
  const texts = items.map(({ text }) => corpus.add(text))
  say(`${items.length} texts, ${corpus.size} features`)
  const result = { heads: {}, calibrations: {}, unseen: {} } as Trained
  for (const name of HEADS) {
    const samples = samplesOf(items, texts, name)
    result.unseen[name] = folds.flatMap((fold) => {
      const left = samples.filter(({ source }) => fold.includes(source))
      if (left.length === 0) return []
      const seen = samples.filter(({ source }) => !fold.includes(source))
      const head = trainHead(corpus, seen, new Random(SEED))
      say(`${name}: without ${fold.join(', ')}`)
      return left.map((sample) => judge(corpus, head, sample))
    })
    result.calibrations[name] = fitCalibration(result.unseen[name], FALSE_ALARMS[name])
    result.heads[name] = trainHead(corpus, samples, new Random(SEED))
  }
  return result
}

function samplesOf(items: readonly Item[], texts: readonly number[], head: HeadName): Sample[] {
  return items.flatMap((item, index): Sample[] => {
    const label = item[head]
    if (label === undefined) return []
    const sample = { text: texts[index]!, label, source: item.source, weight: item.weight ?? 1 }
    return [item.span === undefined ? sample : { ...sample, span: item.span }]
  })
}

function judge(corpus: Corpus, head: Regression, { text, source, label }: Sample): Judged {
  const evidence = noEvidence()
  for (const window of corpus.windows(text)) {
    const logit = head.score(corpus, window)
    evidence.windows++
    if (logit > evidence.tops[window.span]!) evidence.tops[window.span] = logit
  }
  return { source, label, evidence }
}
