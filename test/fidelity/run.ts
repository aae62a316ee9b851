import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { withBlock } from '../support/marked-block.ts'
import { describe } from './differences.ts'
import { allCalls, runMatrix } from './matrix.ts'
import { recordingsMissing } from './recorded.ts'
import { fidelityTable } from './table.ts'

const README = fileURLToPath(new URL('../../README.md', import.meta.url))

/** `npm run fidelity`: prints the matrix; with `-- --write` it goes into the README as well. */
async function main(): Promise<number> {
  if (recordingsMissing) {
    console.error(`The matrix cannot be run: ${recordingsMissing}.`)
    return 1
  }
  const outcomes = await runMatrix(allCalls(1))
  const failed = outcomes.filter(({ ok }) => !ok)
  const table = fidelityTable(outcomes)
  console.log(table)
  console.error(`\n${outcomes.length} calls, ${failed.length} of them unexplained.`)
  for (const outcome of failed) console.error(describe(outcome))
  if (!process.argv.includes('--write')) return failed.length > 0 ? 1 : 0
  const page = withBlock(readFileSync(README, 'utf8'), 'fidelity', table)
  if (page === null || failed.length > 0) {
    console.error(page === null ? 'The README has no place for the table.' : 'The README stays as it is.')
    return 1
  }
  writeFileSync(README, page)
  return 0
}

process.exitCode = await main()
