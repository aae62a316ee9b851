import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Random } from '../cache-eval/random.ts'
import { evaluationOf } from './evaluation.ts'
import { madeItems } from './made-items.ts'
import { writeCard } from './model-card.ts'
import { quantise } from './quantise.ts'
import { hasData } from './read-data.ts'
import { realInjectedItems, realItems } from './real-items.ts'
import { train } from './train.ts'

const FOLDER = fileURLToPath(new URL('../../resources/injection/', import.meta.url))
const SEED = 7

/**
 * `npm run train:injection`: trains the injection guardrail from `../shared/data/guard` and our own grammars, prints what
 * it makes of sources it has not seen, and writes `resources/injection`. Takes some minutes; the same again every time.
 */
function main(): void {
  if (!hasData()) throw new Error('the data folder ../shared/data/guard is not here')
  const random = new Random(SEED)
  const items = [...realItems(random), ...realInjectedItems(random), ...madeItems(random)]
  const trained = train(items, undefined, (line) => console.error(line))
  const { weights, calibration } = quantise(trained)
  const evaluation = evaluationOf(trained)
  mkdirSync(FOLDER, { recursive: true })
  writeFileSync(`${FOLDER}weights.bin`, weights)
  writeFileSync(`${FOLDER}calibration.json`, `${JSON.stringify(calibration, undefined, 2)}\n`)
  writeFileSync(`${FOLDER}evaluation.json`, `${JSON.stringify(evaluation, undefined, 2)}\n`)
  console.log(writeCard(FOLDER, evaluation))
}

main()
