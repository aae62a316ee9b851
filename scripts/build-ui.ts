/** Builds the UI into `dist/ui` when the sources it was built from have changed. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const project = fileURLToPath(new URL('..', import.meta.url))
const output = join(project, 'dist', 'ui')
const stamp = '.built-from'
const singleSources = ['vite.config.ts', 'package-lock.json', join('server', 'http', 'admin', 'schemas.ts')]

/** What `buildUi` did: `kept-stale` means that Vite is not installed and the build at hand had to do. */
export type BuildResult = 'fresh' | 'built' | 'kept-stale'

/**
 * Brings `dist/ui` up to date. The new build replaces the old one by renaming, so a running gateway never
 * serves half of one. Throws when there is neither a build nor the means to make one.
 */
export async function buildUi(options: { force?: boolean } = {}): Promise<BuildResult> {
  const fingerprint = fingerprintSources()
  if (!options.force && builtFrom() === fingerprint) return 'fresh'
  const vite = await loadVite()
  if (vite === null) {
    if (existsSync(join(output, 'index.html'))) return 'kept-stale'
    throw new Error('The UI is not built and Vite is not installed: run `npm ci` (with dev dependencies) first.')
  }
  const stage = join(project, 'dist', `.ui-${process.pid}`)
  await mkdir(stage, { recursive: true })
  try {
    await vite.build({
      configFile: join(project, 'vite.config.ts'),
      logLevel: 'warn',
      build: { outDir: stage, emptyOutDir: true },
    })
    await writeFile(join(stage, stamp), fingerprint)
    await replaceOutput(stage)
  } finally {
    await rm(stage, { recursive: true, force: true })
  }
  return 'built'
}

async function replaceOutput(stage: string): Promise<void> {
  const previous = `${stage}-previous`
  if (existsSync(output)) await rename(output, previous)
  await rename(stage, output)
  await rm(previous, { recursive: true, force: true })
}

function builtFrom(): string | null {
  const file = join(output, stamp)
  return existsSync(file) ? readFileSync(file, 'utf8') : null
}

function fingerprintSources(): string {
  const directory = join(project, 'renderer')
  const rendererSources = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(project, join(entry.parentPath, entry.name)))
    .sort()
  const hash = createHash('sha256')
  for (const source of [...rendererSources, ...singleSources]) {
    const path = join(project, source)
    hash.update(`${source}\0`)
    if (existsSync(path)) hash.update(readFileSync(path))
    hash.update('\0')
  }
  return hash.digest('hex')
}

async function loadVite(): Promise<typeof import('vite') | null> {
  try {
    return await import('vite')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return null
    throw error
  }
}

const lines: Record<BuildResult, string> = {
  fresh: 'UI is up to date in dist/ui',
  built: 'UI built into dist/ui',
  'kept-stale': 'UI sources are newer than dist/ui, but Vite is not installed: keeping the build at hand',
}

if (import.meta.main) {
  try {
    console.log(lines[await buildUi({ force: process.argv.includes('--force') })])
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
