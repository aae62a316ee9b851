import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { RequestPage, RequestRow } from '../../server/http/admin/request-schemas.ts'
import { startChild } from '../bench/children.ts'
import { waitUntil } from '../bench/targets/target.ts'
import { removeFolder, temporaryFolder } from '../bench/temporary.ts'

/** The gateway as people run it, in a process of its own. */
export interface Gateway {
  origin: string
  pid: number
  /** What it has written to standard error and output, the last of it. */
  output(): string
  /** GET of the admin API. */
  admin<T>(path: string): Promise<T>
  /** The recorded requests of a route, oldest first; waits until there are so many, or no more come. */
  rows(route: string, count: number): Promise<RequestRow[]>
  /** A key for a tenant. */
  makeKey(tenant: string): string
  stop(): Promise<void>
}

/** As in the scripts of package.json. */
const MEMORY = ['--max-semi-space-size=4', '--heap-growing-percent=60']
const COMMAND_LINE = fileURLToPath(new URL('../../server/cli.ts', import.meta.url))
/** Raises the limit of open files as far as this process may: to what is wanted, else to what there is. */
const RAISE_FILES =
  'ulimit -Hn 65536 2>/dev/null; ulimit -n 65536 2>/dev/null || ulimit -n "$(ulimit -Hn)"; exec "$0" "$@"'
const START_MS = 20_000
/** Between two looks for what has been stored, and so many without anything new. */
const STORE_MS = 200
const STORE_LOOKS = 15
const STOP_MS = 40_000
const ADMIN_MS = 10_000
const PAGE = 1000

/** Starts a gateway with a home of its own; `config` is its YAML, or JSON. */
export async function startGateway(config: object): Promise<Gateway> {
  const home = temporaryFolder('chaos')
  writeFileSync(join(home, 'gatehouse.yaml'), JSON.stringify(config), { mode: 0o600 })
  const environment = { ...process.env }
  for (const name of Object.keys(environment)) if (name.startsWith('GATEHOUSE_')) delete environment[name]
  const args = [...MEMORY, COMMAND_LINE, 'serve', '--home', home, '--port', '0']
  const child = startChild({
    core: null,
    command: 'sh',
    args: ['-c', RAISE_FILES, process.execPath, ...args],
    environment,
  })
  const addressFile = join(home, 'address')
  const isReady = () => {
    if (child.process.exitCode !== null) throw new Error(`The gateway ended: ${child.output()}`)
    return existsSync(addressFile) && readFileSync(addressFile, 'utf8').endsWith('\n')
  }
  await waitUntil(isReady, START_MS, () => `The gateway did not start: ${child.output()}`)
  const origin = readFileSync(addressFile, 'utf8').trim()
  const authorization = `Bearer ${readFileSync(join(home, 'admin-token'), 'utf8').trim()}`
  const admin = async <T>(path: string): Promise<T> => {
    const signal = AbortSignal.timeout(ADMIN_MS)
    const response = await fetch(`${origin}/admin/api/${path}`, { headers: { authorization }, signal })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as T
  }
  return {
    origin,
    pid: child.pid,
    output: child.output,
    admin,
    async rows(route, count) {
      let rows = await readRows(admin, route)
      for (let looks = 0; rows.length < count && looks < STORE_LOOKS; looks += 1) {
        await sleep(STORE_MS)
        const before = rows.length
        rows = await readRows(admin, route)
        if (rows.length > before) looks = 0
      }
      return rows.reverse()
    },
    makeKey: (tenant) => makeKey(home, tenant),
    async stop() {
      await child.stop(STOP_MS)
      removeFolder(home)
    },
  }
}

/** Newest first. */
async function readRows(admin: Gateway['admin'], route: string): Promise<RequestRow[]> {
  const rows: RequestRow[] = []
  for (let cursor = ''; ; ) {
    const page: RequestPage = await admin(`requests?route=${encodeURIComponent(route)}&limit=${PAGE}${cursor}`)
    rows.push(...page.data)
    if (page.next_cursor === null) return rows
    cursor = `&cursor=${page.next_cursor}`
  }
}

function makeKey(home: string, tenant: string): string {
  const args = [COMMAND_LINE, 'keys', 'create', '--home', home, '--tenant', tenant]
  const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8', timeout: START_MS })
  if (status !== 0) throw new Error(`No key could be made: ${stderr}`)
  return stdout.trim()
}
