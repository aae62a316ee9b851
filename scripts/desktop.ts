/** Runs the desktop app from the checkout: builds what is stale, then starts Electron on dist/app. */
import { spawnSync } from 'node:child_process'
import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { appRoot, buildApp, projectRoot } from './build-app.ts'
import { buildUi } from './build-ui.ts'

const SOURCES = ['{server,electron}/**/*.ts', 'resources/**/*', 'dist/ui/**/*', 'package.json', 'tsconfig*.json']

/**
 * Where the installed Electron's program is, or undefined when its binary has not been fetched. Looks at files only:
 * loading the `electron` package would start the download.
 */
export function electronProgram(): string | undefined {
  const electron = join(projectRoot, 'node_modules', 'electron')
  const pointer = join(electron, 'path.txt')
  if (!existsSync(pointer)) return undefined
  const dist = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(electron, 'dist')
  const program = join(dist, readFileSync(pointer, 'utf8'))
  return existsSync(program) ? program : undefined
}

function isStale(): boolean {
  const built = join(appRoot, 'package.json')
  if (!existsSync(built)) return true
  const finished = statSync(built).mtimeMs
  return globSync(SOURCES, { cwd: projectRoot }).some((file) => statSync(join(projectRoot, file)).mtimeMs > finished)
}

async function main(): Promise<number> {
  const program = electronProgram()
  if (program === undefined) {
    console.error("Electron's binary is not installed: run `npx --no install-electron` once, then try again.")
    return 1
  }
  await buildUi()
  if (isStale()) buildApp()
  return spawnSync(program, [appRoot, ...process.argv.slice(2)], { stdio: 'inherit' }).status ?? 1
}

if (import.meta.main) process.exitCode = await main()
