import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { MISSING_DATA } from './data.ts'
import {
  aucOf,
  groundednessTraining,
  heldOutAuc,
  relevancyTraining,
  type Trained,
  type Training,
  trainOn,
} from './training.ts'

const EVALUATORS = [
  ['groundedness', groundednessTraining],
  ['relevancy', relevancyTraining],
] as const

/**
 * `node test/evaluator-eval/train.ts`: trains the weights of groundedness and answer-relevancy on `../shared/data` and our own
 * cases, and prints what they make of each set, trained with its source and without it. `-- --write` writes what ships.
 * Takes some seconds; the same every time.
 */
function main(): void {
  if (MISSING_DATA !== null) {
    console.log(MISSING_DATA)
    return
  }
  for (const [folder, read] of EVALUATORS) {
    const training = read()
    const trained = trainOn(training, training.sets)
    console.log(`## ${folder}\n\n${tableOf(training, trained)}\n\n${weightsOf(training, trained)}\n`)
    if (process.argv.includes('--write')) write(folder, training, trained)
  }
}

function tableOf(training: Training, trained: Trained): string {
  const rows = training.sets.map((set) => {
    const [without, all] = [heldOutAuc(training, set), aucOf(training, set, trained)]
    return `| ${set.name} | ${set.examples.length} | ${without.toFixed(3)} | ${all.toFixed(3)} |`
  })
  return [
    '| set | replies | AUC, trained without its source | AUC, trained with all |',
    '|---|--:|--:|--:|',
    ...rows,
  ].join('\n')
}

function weightsOf({ signals }: Training, { bias, weights }: Trained): string {
  return [`bias ${bias}`, ...signals.map((signal) => `${signal} ${weights[signal]}`)].join(', ')
}

function write(folder: string, { signals }: Training, { bias, weights }: Trained): void {
  const lines = signals.map((signal) => `    ${signal}: ${weights[signal]},\n`).join('')
  writeFileSync(
    fileURLToPath(new URL(`../../server/evaluators/${folder}/weights.ts`, import.meta.url)),
    `import type { Weights } from './signals.ts'

/** Made by \`node test/evaluator-eval/train.ts --write\`. */
export const WEIGHTS: Weights = {
  bias: ${bias},
  signals: {
${lines}  },
}
`,
  )
}

main()
