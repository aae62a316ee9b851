/**
 * Builds the application root in dist/app: server/ and electron/ as plain ESM, resources/, dist/ui/ and a package.json.
 * The same folder is run by `npm run desktop` and packed by electron-builder, so code finds its resources by the same
 * relative paths as in the checkout.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

export const projectRoot = fileURLToPath(new URL('..', import.meta.url))
export const appRoot = join(projectRoot, 'dist', 'app')

/** Files beside the code that only the build of the package itself needs. */
const BUILD_ONLY = /[/\\]resources[/\\]icons[/\\].*\.(ts|svg|icns|ico)$|[/\\]\.built-from$/
const URL_OF_SOURCE = /(new URL\(\s*(['"`])\.{1,2}\/[^'"`]+)\.ts(\2,\s*import\.meta\.url,?\s*\))/g
const ANY_URL = /new URL\(\s*['"`]([^'"`]+)['"`],\s*import\.meta\.url/g

/** Builds `root` (dist/app) afresh. Throws when the emitted code refers to a file that is not there. */
export function buildApp(root: string = appRoot): void {
  rmSync(root, { recursive: true, force: true })
  const compiler = join(projectRoot, 'node_modules', 'typescript', 'bin', 'tsc')
  const options = ['--project', 'tsconfig.build.json', '--outDir', root]
  execFileSync(process.execPath, [compiler, ...options], { cwd: projectRoot, stdio: 'inherit' })
  for (const file of globSync('{server,electron}/**/*.js', { cwd: root })) pointAtEmitted(join(root, file))
  copyIfPresent('resources', root)
  copyIfPresent(join('dist', 'ui'), root)
  // Written last: its time tells `npm run desktop` when the build was finished.
  writeFileSync(join(root, 'package.json'), `${JSON.stringify(manifest(), undefined, 2)}\n`)
}

/** The compiler rewrites imports, not URLs: worker files are named by `new URL('./x.ts', import.meta.url)`. */
export function rewriteSourceUrls(code: string): string {
  return code.replace(URL_OF_SOURCE, '$1.js$3')
}

function pointAtEmitted(file: string): void {
  const emitted = readFileSync(file, 'utf8')
  const code = rewriteSourceUrls(emitted)
  if (code !== emitted) writeFileSync(file, code)
  for (const [, target = ''] of code.matchAll(ANY_URL)) {
    if (target.endsWith('.ts')) throw new Error(`${file} still refers to ${target}`)
    if (target.endsWith('.js') && !existsSync(resolve(dirname(file), target))) {
      throw new Error(`${file} refers to ${target}, which was not emitted`)
    }
  }
}

function copyIfPresent(folder: string, root: string): void {
  const source = join(projectRoot, folder)
  if (!existsSync(source)) return
  cpSync(source, join(root, folder), { recursive: true, filter: (path) => !BUILD_ONLY.test(path) })
}

function manifest(): object {
  const { name, version } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'))
  return { name, productName: 'Gatehouse', version, private: true, type: 'module', main: 'electron/main.js' }
}

if (import.meta.main) buildApp()
