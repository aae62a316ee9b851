import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { cleanUpAtExit } from './children.ts'
import { findCores } from './cores.ts'
import { formatFloors, judgeFloors } from './floors.ts'
import { type Loader, startLoader } from './loader.ts'
import { formatMemory, measureMemory } from './memory.ts'
import { type BenchOptions, readOptions } from './options.ts'
import { profileGatehouse } from './profile.ts'
import { formatProfile } from './profile-report.ts'
import { formatCells, formatLegend, formatPutOff } from './report.ts'
import { runRounds, warmUp } from './rounds.ts'
import { startUpstream } from './start-upstream.ts'
import { checkStored } from './store-check.ts'
import { startTargets } from './targets/index.ts'
import type { Site } from './targets/target.ts'
import { CELLS } from './workloads.ts'

/**
 * `npm run bench`: Gatehouse beside a bare proxy, nginx and Portkey's gateway, in front of the same fake upstream, in
 * interleaved rounds. Tables go to standard output, progress to standard error. Nothing is asserted about speed; the
 * exit code is 0 unless something broke: a reply that was not complete, or a request that was not stored.
 */
const LIMIT_MS = 30 * 60_000

async function main(options: BenchOptions): Promise<void> {
  cleanUpAtExit()
  setTimeout(() => fail(new Error(`The benchmark took longer than ${LIMIT_MS / 60_000} minutes.`)), LIMIT_MS).unref()
  const cores = findCores()
  print(`Gatehouse's benchmark\nNode ${process.version} on ${cpus().length} × ${cpus()[0]?.model}\n${cores.note}\n`)

  const site: Site = { cores, upstream: (await startUpstream(cores.client, options.chunkDelayMs)).origin }
  const loader = await startLoader(cores.client)
  if (options.profile) print(formatProfile(await profileGatehouse(loader, site, options)))
  else await measureAll(options, site, loader)
  process.exit(0)
}

/** A profile that fails must not cost the tables that are measured already. */
async function tryProfile(loader: Loader, site: Site, options: BenchOptions) {
  try {
    return await profileGatehouse(loader, site, options)
  } catch (error) {
    print(`without a profile: ${(error as Error).message}`)
    return null
  }
}

async function measureAll(options: BenchOptions, site: Site, loader: Loader): Promise<void> {
  const { targets, missing } = await startTargets(site, options.only)
  for (const [name, reason] of missing) print(`without ${name}: ${reason}`)

  process.stderr.write('warming up\n')
  await warmUp(loader, targets, options.firstWarmMs)
  const results = await runRounds(loader, targets, CELLS, options)
  for (const target of targets.values()) await checkStored(target)
  for (const target of targets.values()) await target.stop()

  const withProcess = [...targets.keys()].filter((name) => name !== 'direct')
  const memory = await measureMemory(loader, site, withProcess, options.memoryRequests)
  const profile = targets.has('gatehouse') ? await tryProfile(loader, site, options) : null
  const floors = judgeFloors({ results, memory, profile })

  const names = new Map([...targets].map(([key, { name }]) => [key, name]))
  print(`\n${formatCells(results, CELLS, names)}\n\n${formatLegend(targets.has('portkey'))}\n`)
  for (const line of formatPutOff(results)) print(line)
  print(`\n${formatMemory(memory, names)}\n\n${formatFloors(floors)}`)
  if (options.json)
    writeFileSync(options.json, JSON.stringify({ options, names, results, memory, profile, floors }, plain, 2))
}

function plain(_name: string, value: unknown): unknown {
  return value instanceof Map ? Object.fromEntries(value) : value
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

function fail(error: unknown): never {
  process.stderr.write(`${(error as Error).stack}\n`)
  process.exit(1)
}

const options = readOptions(process.argv.slice(2))
if (options) main(options).catch(fail)
else process.exitCode = process.argv.includes('--help') ? 0 : 2
