/**
 * Packs the desktop app for this machine's platform into dist/package: `npm run package -- [options]`.
 *
 *   --dir    only the unpacked folder, no installer
 *   --stub   around a stand-in for Electron (Linux only), to try the packaging without Electron's binary
 *
 * Every other option goes to electron-builder as it is.
 */
import { execFileSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildApp, projectRoot } from './build-app.ts'
import { buildUi } from './build-ui.ts'
import { writeStubElectron } from './stub-electron.ts'

const output = join(projectRoot, 'dist', 'package')

/** Builds dist/app, with the UI as it lies in dist/ui, and packs it. Throws when a package lacks a native library. */
export function packApp(options: string[]): void {
  buildApp()
  const stub = options.includes('--stub') ? stubOptions() : []
  const builder = join(projectRoot, 'node_modules', 'electron-builder', 'cli.js')
  const passed = options.filter((option) => option !== '--stub')
  execFileSync(process.execPath, [builder, '--publish', 'never', ...passed, ...stub], {
    cwd: projectRoot,
    stdio: 'inherit',
  })
  for (const archive of globSync('**/app.asar', { cwd: output })) assertNatives(join(output, archive))
}

function stubOptions(): string[] {
  if (process.platform !== 'linux') throw new Error('--stub stands in for Electron on Linux only')
  const electron = join(projectRoot, 'node_modules', 'electron', 'package.json')
  const folder = join(projectRoot, 'dist', 'electron-stub')
  writeStubElectron(folder, JSON.parse(readFileSync(electron, 'utf8')).version)
  return [`-c.electronDist=${folder}`]
}

/** npm leaves another architecture's binary out without a word; such a package would start and then fail. */
function assertNatives(archive: string): void {
  const unpacked = `${archive}.unpacked`
  for (const native of ['better-sqlite3/prebuilds/*.node', 'sqlite-vec-*/vec0.*']) {
    if (globSync(`node_modules/${native}`, { cwd: unpacked }).length !== 1) {
      throw new Error(`${unpacked} must hold exactly one node_modules/${native}`)
    }
  }
}

if (import.meta.main) {
  await buildUi()
  packApp(process.argv.slice(2))
}
