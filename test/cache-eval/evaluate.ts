import { compareQuestions } from '../../server/cache/guards/index.ts'
import type { Embedder } from '../../server/core/ports.ts'
import { HELD_OUT } from './held-out.ts'
import { judge, rocAuc, timeOf } from './measure.ts'
import { editsOf } from './mechanical.ts'
import { Random } from './random.ts'
import { generate, type PairSet, vary } from './sets.ts'
import { VARIANTS } from './surface-variants.ts'
import { kindTable, resultOf, type SetResult, samples, thresholdTable } from './tables.ts'
import { GENERATOR } from './templates.ts'

/** Two questions that people labelled: 1 where the answer to one serves the other. */
export interface Labelled {
  a: string
  b: string
  label: 0 | 1
}

const THRESHOLDS = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95]
const ROUNDS = 12
const SEED = 5
/** Real questions that are edited and varied. */
const QUESTIONS = 3000
const TIMED = 2000

/** Measures one embedder with both guards on everything there is; `threshold` is the one it ships with. */
export async function evaluate(
  embedder: Embedder,
  threshold: number,
  labelled: readonly Labelled[] | null,
  shown = 0,
): Promise<{ page: string; results: SetResult[] }> {
  const parts: string[] = [`## ${embedder.id}, threshold ${threshold}`]
  const results: SetResult[] = []
  if (labelled === null) parts.push('The labelled pairs are not here (../shared/data/cache): left out.')
  else {
    const pairs = labelled.map(({ a, b, label }) => ({ kind: 'labelled', asked: a, cached: b, same: label === 1 }))
    const judged = await judge(pairs, embedder)
    parts.push(
      `### ${pairs.length} labelled pairs (noisy labels: a seventh of identical pairs is called different)`,
      `Area under the ROC curve of the similarity: ${rocAuc(judged).toFixed(3)}.`,
      thresholdTable(judged, THRESHOLDS),
    )
    results.push(resultOf('labelled', embedder.id, judged, THRESHOLDS))
  }
  const sets: [name: string, set: PairSet][] = [
    ['generated', generate(GENERATOR, ROUNDS, SEED)],
    ['held out', generate(HELD_OUT, ROUNDS, SEED)],
    ...(labelled === null ? [] : [['real questions', realSet(labelled)] as [string, PairSet]]),
  ]
  for (const [name, { edits, variants }] of sets) {
    const [wrong, right] = [await judge(edits, embedder), await judge(variants, embedder)]
    parts.push(
      `### Slot edits, ${name}: wrong hits`,
      kindTable(wrong, threshold, 'wrong'),
      ...samples(wrong, threshold, shown),
      `### Surface variants, ${name}: recall`,
      kindTable(right, threshold, 'recall'),
      ...samples(right, threshold, shown),
    )
    results.push(resultOf(`${name}: edits`, embedder.id, wrong, THRESHOLDS))
    results.push(resultOf(`${name}: variants`, embedder.id, right, THRESHOLDS))
  }
  const timed = sets[0]![1].variants
  const micros = timeOf(TIMED, (index) => {
    const { asked, cached } = timed[index % timed.length]!
    compareQuestions(asked, cached, 'strict')
  })
  parts.push(`A strict comparison takes ${micros.toFixed(0)} µs.`)
  return { page: parts.join('\n\n'), results }
}

/** Edits and variants of the questions that people asked. */
function realSet(labelled: readonly Labelled[]): PairSet {
  const random = new Random(SEED)
  const questions = [...new Set(labelled.map(({ a }) => a))].slice(0, QUESTIONS)
  return {
    edits: questions.flatMap((question) => editsOf(question, random)),
    variants: questions.flatMap((question) => vary(question, VARIANTS, random)),
  }
}
