import { compareQuestions } from '../../server/cache/guards/index.ts'
import type { Embedder } from '../../server/core/ports.ts'
import type { MeasuredQuality } from '../../server/http/admin/cache-quality-schemas.ts'
import { HELD_OUT } from './held-out.ts'
import { judge, rocAuc, timeOf } from './measure.ts'
import { editsOf } from './mechanical.ts'
import { Random } from './random.ts'
import { generate, type PairSet, vary } from './sets.ts'
import { type Defaults, type JudgedSet, summarize, summaryTable } from './summary.ts'
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

/** What came of an evaluation: `page` for people, `results` for programs, `summary` in short. */
export interface Evaluation {
  page: string
  results: SetResult[]
  /** Over the sets that are made here, so that it is the same wherever it is measured. */
  summary: MeasuredQuality
}

/** Measures one embedder with both guards on everything there is; `shown` pairs that came out wrong are printed a set. */
export async function evaluate(
  embedder: Embedder,
  defaults: Defaults,
  labelled: readonly Labelled[] | null,
  shown = 0,
): Promise<Evaluation> {
  const { threshold, guard } = defaults
  const made = [
    await judgeSet('generated', generate(GENERATOR, ROUNDS, SEED), embedder),
    await judgeSet('held out', generate(HELD_OUT, ROUNDS, SEED), embedder),
  ]
  const summary = summarize(embedder.id, defaults, made)
  const parts = [
    `## ${embedder.id}, threshold ${threshold}, ${guard} guard`,
    '### In short',
    `Wrong hits on ${sizeOf(made, 'edits')} questions in which one thing was changed, recall on ${sizeOf(made, 'variants')} that ask the same in other words.`,
    summaryTable(summary),
  ]
  const results: SetResult[] = []
  const sets = [...made]
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
    sets.push(await judgeSet('real questions', realSet(labelled), embedder))
  }
  for (const { name, edits, variants } of sets) {
    parts.push(
      `### Slot edits, ${name}: wrong hits`,
      kindTable(edits, threshold, 'wrong'),
      ...samples(edits, threshold, shown),
      `### Surface variants, ${name}: recall`,
      kindTable(variants, threshold, 'recall'),
      ...samples(variants, threshold, shown),
    )
    results.push(resultOf(`${name}: edits`, embedder.id, edits, THRESHOLDS))
    results.push(resultOf(`${name}: variants`, embedder.id, variants, THRESHOLDS))
  }
  const timed = made[0]!.variants
  const micros = timeOf(TIMED, (index) => {
    const { asked, cached } = timed[index % timed.length]!
    compareQuestions(asked, cached, 'strict')
  })
  parts.push(`A strict comparison takes ${micros.toFixed(0)} µs.`)
  return { page: parts.join('\n\n'), results, summary }
}

async function judgeSet(name: string, { edits, variants }: PairSet, embedder: Embedder): Promise<JudgedSet> {
  return { name, edits: await judge(edits, embedder), variants: await judge(variants, embedder) }
}

function sizeOf(sets: readonly JudgedSet[], part: 'edits' | 'variants'): number {
  return sets.reduce((sum, set) => sum + set[part].length, 0)
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
