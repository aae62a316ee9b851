/** Builds the client library (`gatehouse/client`) into `dist/client` when the sources it was built from have changed. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BuildResult } from './build-ui.ts'

const project = fileURLToPath(new URL('..', import.meta.url))
const output = join(project, 'dist', 'client')
const compiler = join(project, 'node_modules', 'typescript', 'bin', 'tsc')
const STAMP = '.built-from'

/**
 * Brings `dist/client` up to date, by renaming, so that nobody loads half of a build. Without the compiler, as in an
 * install without dev dependencies, what is there stays: the gateway itself does not need it.
 */
export function buildClient({ force = false } = {}): BuildResult {
  const fingerprint = fingerprintSources()
  const stamp = join(output, STAMP)
  if (!force && existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint) return 'fresh'
  if (!existsSync(compiler)) return 'kept-stale'
  const stage = join(project, 'dist', `.client-${process.pid}`)
  mkdirSync(stage, { recursive: true })
  try {
    const options = ['--project', 'tsconfig.client.json', '--outDir', stage]
    execFileSync(process.execPath, [compiler, ...options], { cwd: project, stdio: 'inherit' })
    for (const file of globSync('**/*.d.ts', { cwd: stage })) nameEmitted(join(stage, file))
    writeFileSync(join(stage, STAMP), fingerprint)
    rmSync(output, { recursive: true, force: true })
    renameSync(stage, output)
  } finally {
    rmSync(stage, { recursive: true, force: true })
  }
  return 'built'
}

/** The compiler rewrites imports in code, not in declarations. */
function nameEmitted(file: string): void {
  writeFileSync(file, readFileSync(file, 'utf8').replace(/( from '\.[^']*)\.ts'/g, "$1.js'"))
}

function fingerprintSources(): string {
  const hash = createHash('sha256')
  const sources = globSync('client/**/*.ts', { cwd: project }).sort()
  for (const source of [...sources, 'tsconfig.client.json', 'tsconfig.json', join('scripts', 'build-client.ts')])
    hash
      .update(`${source}\0`)
      .update(readFileSync(join(project, source)))
      .update('\0')
  return hash.digest('hex')
}

const lines: Record<BuildResult, string> = {
  fresh: 'Client library is up to date in dist/client',
  built: 'Client library built into dist/client',
  'kept-stale': 'The client library is not built: TypeScript is not installed',
}

if (import.meta.main) console.log(lines[buildClient({ force: process.argv.includes('--force') })])
