import { guardrails } from '../../server/guardrails/index.ts'
import { evaluateInjection } from './injection.ts'
import { kindsTable, optionsList } from './kinds-table.ts'
import { evaluatePii } from './pii.ts'
import { writeReadmeBlock } from './readme-block.ts'
import { evaluateSecrets } from './secrets.ts'
import { costTable, qualityTables } from './summary.ts'

/**
 * `npm run eval:guardrails`: what the guardrails find, what they miss, what they flag wrongly and what they cost, as tables
 * in Markdown. Reads `../shared/data`. `-- --write` puts the summary, and the table of kinds, into the README.
 */
async function main(): Promise<void> {
  const injection = await evaluateInjection()
  console.log(injection.markdown)
  const pii = await evaluatePii()
  const secrets = await evaluateSecrets()
  if (pii === null || secrets === null) throw new Error('the data folder ../shared/data/pii is not here')
  console.log(`\n${pii.markdown}\n\n${secrets.markdown}`)
  if (!process.argv.includes('--write')) return
  const measured = { injection: injection.results, pii: pii.results, secrets: secrets.results }
  writeReadmeBlock('eval:guardrails', qualityTables(measured))
  writeReadmeBlock('eval:guardrails:cost', costTable(measured))
  writeReadmeBlock('guardrails', `${kindsTable(guardrails.values())}\n\n${optionsList(guardrails.values())}`)
  console.log('\nWritten: README.md')
}

await main().catch((error: Error) => {
  console.error(error.message)
  process.exitCode = 1
})
