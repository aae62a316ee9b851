import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Missing } from './target.ts'

const PEERS = fileURLToPath(new URL('../.peers', import.meta.url))
const INSTALL_MS = 180_000

/**
 * Installs a package into a folder of its own beside the benchmark, away from the product's packages and without
 * running its scripts, and returns where it is. `overrides` pins what it depends on. A package that is there already
 * is left alone. Throws Missing.
 */
export function installPeer(name: string, version: string, overrides: Readonly<Record<string, string>>): string {
  const folder = join(PEERS, `${name.replaceAll(/[@/]+/g, '-').slice(1)}-${version}`)
  const installed = join(folder, 'node_modules', name)
  if (existsSync(join(installed, 'package.json'))) return installed
  mkdirSync(folder, { recursive: true })
  const manifest = { name: 'gatehouse-bench-peer', private: true, dependencies: { [name]: version }, overrides }
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  const { status, stderr, error } = spawnSync(
    process.platform === 'win32' ? 'npm.cmd' : 'npm',
    ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'],
    { cwd: folder, encoding: 'utf8', timeout: INSTALL_MS, shell: process.platform === 'win32' },
  )
  if (status === 0) return installed
  const reason = error?.message ?? /npm error code (\S+)/.exec(stderr)?.[1] ?? `npm ended with ${status}`
  throw new Missing(`${name}@${version} cannot be installed (${reason})`)
}
