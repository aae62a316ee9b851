import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startChild } from '../children.ts'
import { cpuMs } from '../process-stats.ts'
import { MODEL } from '../replies.ts'
import { removeFolder, temporaryFolder } from '../temporary.ts'
import { type Site, type Target, type TargetKind, waitUntil } from './target.ts'

export interface GatehouseTarget extends Target {
  pid: number
  /** The file of its store. */
  store: string
  recorder(): Promise<RecorderStatus>
}

/** Of GET /admin/api/status. */
interface RecorderStatus {
  waiting: number
  stored: number
  dropped: number
}

const ROUTE = 'bench'
/** The same, with an exact cache. */
export const CACHED_ROUTE = 'cached'
/** As in the scripts of package.json. */
const MEMORY = ['--max-semi-space-size=4', '--heap-growing-percent=60']
const COMMAND_LINE = fileURLToPath(new URL('../../../server/cli.ts', import.meta.url))
const START_MS = 20_000
const SETTLE_MS = 90_000
const STOP_MS = 30_000
/** Longer than the gateway waits before it takes up what it put off. */
const QUIET_MS = 250
const QUIET_CPU_MS = 10

/** The gateway as people run it: callers have keys, every request is priced, traced and stored. */
export const gatehouse: TargetKind = { name: 'gatehouse', start: (site) => startGatehouse(site) }

/** `nodeArgs` go to Node itself. */
export async function startGatehouse(site: Site, nodeArgs: readonly string[] = []): Promise<GatehouseTarget> {
  const home = temporaryFolder('home')
  writeFileSync(join(home, 'gatehouse.yaml'), configText(site.upstream), { mode: 0o600 })
  const key = makeKey(home)
  const environment: NodeJS.ProcessEnv = { ...process.env, BENCH_UPSTREAM_KEY: 'sk-bench-upstream-key' }
  for (const name of Object.keys(environment)) if (name.startsWith('GATEHOUSE_')) delete environment[name]
  const child = startChild({
    core: site.cores.target,
    command: process.execPath,
    args: [...MEMORY, ...nodeArgs, COMMAND_LINE, 'serve', '--home', home, '--port', '0'],
    environment,
  })
  const addressFile = join(home, 'address')
  const isReady = () => {
    if (child.process.exitCode !== null) throw new Error(`Gatehouse ended: ${child.output()}`)
    return existsSync(addressFile) && readFileSync(addressFile, 'utf8').endsWith('\n')
  }
  await waitUntil(isReady, START_MS, () => `Gatehouse did not start: ${child.output()}`)
  const origin = readFileSync(addressFile, 'utf8').trim()
  const adminToken = readFileSync(join(home, 'admin-token'), 'utf8').trim()
  const recorder = async () => {
    const response = await fetch(`${origin}/admin/api/status`, {
      headers: { authorization: `Bearer ${adminToken}` },
      signal: AbortSignal.timeout(SETTLE_MS),
    })
    if (!response.ok) throw new Error(`Gatehouse's status: ${response.status} ${await response.text()}`)
    return ((await response.json()) as { recorder: RecorderStatus }).recorder
  }
  return {
    name: 'gatehouse',
    origin,
    model: ROUTE,
    headers: { authorization: `Bearer ${key}` },
    pid: child.pid,
    answered: 0,
    store: join(home, 'gatehouse.db'),
    recorder,
    async settle() {
      const isStored = async () => (await recorder()).waiting === 0
      await waitUntil(isStored, SETTLE_MS, () => `Gatehouse has not stored its records after ${SETTLE_MS} ms`)
      await untilQuiet(child.pid)
    },
    async stop() {
      await child.stop(STOP_MS)
      removeFolder(home)
    },
  }
}

/** Records may be put aside first and worked on once requests are fewer: waits until the process has no more to do. */
async function untilQuiet(pid: number): Promise<void> {
  let before = 0
  const isQuiet = async () => {
    const used = cpuMs(pid)
    if (used !== null && used - before <= QUIET_CPU_MS) return true
    before = used ?? Number.POSITIVE_INFINITY
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS))
    return used === null
  }
  await waitUntil(isQuiet, SETTLE_MS, () => `Gatehouse is still busy after ${SETTLE_MS} ms without a request`)
}

function makeKey(home: string): string {
  const args = [COMMAND_LINE, 'keys', 'create', '--home', home, '--tenant', 'bench']
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: START_MS })
  if (status !== 0) throw new Error(`No key could be made: ${stderr}`)
  return stdout.trim()
}

/** JSON is YAML. */
function configText(upstream: string): string {
  const targets = [{ provider: 'upstream', model: MODEL }]
  return JSON.stringify({
    version: 1,
    anonymous: 'off',
    providers: { upstream: { kind: 'openai', base_url: `${upstream}/v1`, api_key: '${env:BENCH_UPSTREAM_KEY}' } },
    routes: { [ROUTE]: { targets }, [CACHED_ROUTE]: { targets, cache: { mode: 'exact' } } },
  })
}
