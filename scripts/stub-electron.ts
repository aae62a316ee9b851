import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * The fuse wire as a released Electron carries it: a sentinel that @electron/fuses searches the binary for, the
 * schema's version, the number of fuses, one character per fuse. These nine are Electron's defaults.
 */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const DEFAULT_FUSES = '101100011'

/**
 * Writes a folder that passes for an unpacked Electron for Linux, so that packaging can be tried where Electron's
 * binary is not at hand. The program in it does nothing but carry a fuse wire.
 */
export function writeStubElectron(folder: string, version: string): void {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(join(folder, 'locales'), { recursive: true })
  mkdirSync(join(folder, 'resources'))
  const wire = Buffer.from([1, DEFAULT_FUSES.length])
  const program = '#!/bin/sh\necho "This is a stand-in for Electron." >&2\nexit 1\n'
  writeFileSync(
    join(folder, 'electron'),
    Buffer.concat([Buffer.from(program + SENTINEL), wire, Buffer.from(DEFAULT_FUSES)]),
  )
  chmodSync(join(folder, 'electron'), 0o755)
  for (const file of ['chrome-sandbox', 'chrome_crashpad_handler', 'libffmpeg.so', 'icudtl.dat', 'resources.pak']) {
    writeFileSync(join(folder, file), '')
  }
  for (const locale of ['en-US', 'de']) writeFileSync(join(folder, 'locales', `${locale}.pak`), '')
  writeFileSync(join(folder, 'version'), version)
  writeFileSync(join(folder, 'LICENSE'), 'A stand-in; no program, no licence.\n')
  writeFileSync(join(folder, 'LICENSES.chromium.html'), '')
}
