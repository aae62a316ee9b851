import { cpus, loadavg } from 'node:os'
import { cleanUpAtExit } from '../bench/children.ts'
import { type Check, formatChecks } from './check.ts'
import { compare, LEGEND, type Sizes } from './comparison.ts'
import { type ChaosOptions, readOptions } from './options.ts'
import { overload } from './overload.ts'
import type { Part, PartResult } from './part.ts'
import { queue } from './queue.ts'
import { ROUTE_TEXT } from './route.ts'
import { SCENARIOS, type Scenario, WARM_UP } from './scenarios.ts'
import { startSite } from './site.ts'
import { slowClients } from './slow-clients.ts'
import { streams } from './streams.ts'

/**
 * `npm run chaos`: lets Gatehouse, an app without a gateway and one with naive retries run into the same faults, and
 * Gatehouse alone into loads of its own kind. Tables go to standard output, progress to standard error. The exit code
 * is 1 where a target is missed.
 */
const PARTS: readonly Part[] = [queue, streams, overload, slowClients]
const LIMIT_MS = 10 * 60_000

const FULL: Sizes = {
  atOnce: 1,
  gatehouse: { requests: 3000, concurrency: 32, mostMs: 30_000, paceShare: 1, longestMs: 30_000 },
  others: { requests: 400, concurrency: 8, mostMs: 1500, paceShare: 0.25, longestMs: 30_000 },
}
const QUICK: Sizes = {
  atOnce: 4,
  gatehouse: { requests: 400, concurrency: 16, mostMs: 10_000, paceShare: 0.25, longestMs: 5000 },
  others: { requests: 100, concurrency: 8, mostMs: 300, paceShare: 0.1, longestMs: 5000 },
}

async function main({ only, quick, seed }: ChaosOptions): Promise<number> {
  cleanUpAtExit()
  setTimeout(() => fail(new Error(`This took longer than ${LIMIT_MS / 60_000} minutes.`)), LIMIT_MS).unref()
  const isWanted = ({ name }: { name: string }) => only === null || only.includes(name)
  const found: { name: string; checks: readonly Check[] }[] = []
  const tell = (name: string, { text, checks }: PartResult) => {
    found.push({ name, checks })
    print([text, formatChecks(checks), ''].filter((part, index) => part !== '' || index === 2).join('\n'))
  }
  const [core] = cpus()
  print(`Gatehouse under faults, seed ${seed}${quick ? ', quick' : ''}`)
  print(`Node ${process.version} on ${cpus().length} × ${core?.model}, load ${loadOf()} when this began\n`)
  const begin = performance.now()
  await compareAll(SCENARIOS.filter(isWanted), quick ? QUICK : FULL, seed, tell)
  await inBatches(PARTS.filter(isWanted), quick ? 2 : 1, (part) => part.run({ quick, seed }), tell)
  print(summary(found))
  print(`\n${((performance.now() - begin) / 1000).toFixed(0)} s, load ${loadOf()} at the end`)
  return found.some(({ checks }) => checks.some(({ met }) => met === false)) ? 1 : 0
}

type Tell = (name: string, result: PartResult) => void

async function compareAll(scenarios: readonly Scenario[], sizes: Sizes, seed: number, tell: Tell): Promise<void> {
  if (scenarios.length === 0) return
  print(`${LEGEND}\nGatehouse’s ${ROUTE_TEXT}\n`)
  const site = await startSite([WARM_UP, ...scenarios], seed)
  await compare(site, WARM_UP, QUICK)
  await inBatches(scenarios, sizes.atOnce, (scenario) => compare(site, scenario, sizes), tell)
  await site.stop()
}

/** Runs so many at a time, and tells of them in order. */
async function inBatches<T extends { name: string }>(
  all: readonly T[],
  atOnce: number,
  run: (each: T) => Promise<PartResult>,
  tell: Tell,
): Promise<void> {
  for (let index = 0; index < all.length; index += atOnce) {
    const batch = all.slice(index, index + atOnce)
    process.stderr.write(`${batch.map(({ name }) => name).join(', ')}\n`)
    const results = await Promise.all(batch.map(run))
    for (const [place, result] of results.entries()) tell(batch[place]!.name, result)
  }
}

function summary(found: readonly { name: string; checks: readonly Check[] }[]): string {
  const all = found.flatMap(({ name, checks }) => checks.map((check) => ({ ...check, what: `${name}: ${check.what}` })))
  const missed = all.filter(({ met }) => met === false)
  const untried = all.filter(({ met }) => met === null)
  const met = all.length - missed.length - untried.length
  const line = `${met} of ${all.length} targets met, ${missed.length} missed, ${untried.length} not tried`
  return [line, formatChecks([...missed, ...untried])].filter((part) => part !== '').join('\n')
}

/** What else this machine has to do. */
function loadOf(): string {
  return loadavg()[0]!.toFixed(1)
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

function fail(error: unknown): never {
  process.stderr.write(`${(error as Error).stack}\n`)
  process.exit(1)
}

const options = readOptions(
  process.argv.slice(2),
  [...SCENARIOS, ...PARTS].map(({ name }) => name),
)
if (options) main(options).then((code) => process.exit(code), fail)
else process.exitCode = process.argv.includes('--help') ? 0 : 2
