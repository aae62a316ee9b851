import { table } from '../guard-eval/markdown.ts'
import { falseRates, familyRates, type Power, power, type Rates, turns } from './rates.ts'
import { ALPHA } from './simulate.ts'

const RUNS = 2000
const POWER_RUNS = 400
const TURN_RUNS = 100
const FAMILY_PAIRS = 2000

/**
 * `npm run simulate:statistics`: how often the statistics of `server/statistics` say what is false while somebody looks after
 * every pair, and how soon they say what is true. Tables in Markdown. Fails where the truth lies on the bar and more than 5 %
 * of the runs brought an answer. `-- --runs N`: so many runs in place of 2,000, and of those for power in proportion.
 */
function main(): void {
  const runs = runsFrom(process.argv.slice(2))
  const scaled = (count: number) => Math.max(1, Math.round((count * runs) / RUNS))
  const began = performance.now()
  const rates = [...falseRates(runs), ...familyRates(runs, FAMILY_PAIRS)]
  print('False answers: the truth lies exactly on the bar, somebody looks after every pair', ratesTable(rates))
  print('Power: the truth lies on one side', powerTable([...power(scaled(POWER_RUNS))]))
  print('Live traffic that turns bad: requests from the turn on', powerTable([...turns(scaled(TURN_RUNS))]))
  console.log(`${((performance.now() - began) / 1000).toFixed(0)} s`)
  const over = rates.filter(({ either, runs: all }) => either > ALPHA * all)
  if (over.length === 0) return
  console.error(`More than ${percent(ALPHA)} of false answers: ${over.map(({ name }) => name).join('; ')}`)
  process.exitCode = 1
}

function runsFrom(words: readonly string[]): number {
  if (words.length === 0) return RUNS
  const runs = Number(words[1])
  if (words.length === 2 && words[0] === '--runs' && Number.isInteger(runs) && runs > 0) return runs
  throw new Error('Options: --runs N')
}

function print(title: string, body: string): void {
  console.log(`## ${title}\n\n${body}\n`)
}

function ratesTable(rates: readonly Rates[]): string {
  return table(
    ['on the bar', 'length', 'runs', 'false non-inferior', 'false worse', 'any answer', '95 % bound'],
    rates.map(({ name, length, runs, nonInferior, worse, either, bound }) => [
      name,
      count(length),
      count(runs),
      percent(nonInferior / runs),
      percent(worse / runs),
      percent(either / runs),
      percent(bound),
    ]),
  )
}

function powerTable(rows: readonly Power[]): string {
  return table(
    ['scenario', 'truth', 'length', 'runs', 'found', 'half found by', 'four fifths by'],
    rows.map(({ name, truth, length, runs, found, half, fourFifths }) => [
      name,
      truth,
      count(length),
      count(runs),
      percent(found / runs),
      count(half),
      count(fourFifths),
    ]),
  )
}

function count(value: number): string {
  return Number.isFinite(value) ? value.toLocaleString('en-US') : '–'
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`
}

main()
