import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The files of one installation. */
export interface Home {
  folder: string
  config: string
  store: string
  adminToken: string
  /** Of those who may only read. */
  viewerToken: string
  /** Where the running gateway listens, for the command line. */
  address: string
  /** What was taken out of use by hand. */
  drains: string
}

const EXAMPLE = fileURLToPath(new URL('../resources/gatehouse.example.yaml', import.meta.url))
const OWNER_ONLY = 0o600

/** The data folder of this user by the platform's custom; on Linux `$XDG_DATA_HOME` or `~/.local/share`. */
export function defaultHome(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (platform === 'win32') return join(environment.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'Gatehouse')
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Gatehouse')
  return join(environment.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'gatehouse')
}

/** Makes the folder (for its owner only) and names its files. A config that is asked for but missing is an error. */
export function openHome(folder: string, config: string | null): Home {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const home = {
    folder,
    config: config ?? join(folder, 'gatehouse.yaml'),
    store: join(folder, 'gatehouse.db'),
    adminToken: join(folder, 'admin-token'),
    viewerToken: join(folder, 'viewer-token'),
    address: join(folder, 'address'),
    drains: join(folder, 'drains.json'),
  }
  if (!existsSync(home.config)) {
    mkdirSync(dirname(home.config), { recursive: true })
    // Not a file copy: inside a package the example lies in an archive.
    writeFileSync(home.config, readFileSync(EXAMPLE))
  }
  return home
}

/** A secret of this installation: read from its file, or made and written for the owner only. */
export function readSecret(file: string): string {
  try {
    writeFileSync(file, `${randomBytes(32).toString('base64url')}\n`, { flag: 'wx', mode: OWNER_ONLY })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    chmodSync(file, OWNER_ONLY)
  }
  return readFileSync(file, 'utf8').trim()
}

/** The secret under which caller keys are hashed. */
export function keyPepper(home: Home): KeyObject {
  return createSecretKey(Buffer.from(readSecret(join(home.folder, 'key-pepper')), 'base64url'))
}
