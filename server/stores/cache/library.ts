import { getLoadablePath } from 'sqlite-vec'
import type { Db } from '../database.ts'

/** SQLite opens a library by a real path, and in a package it lies beside the archive. */
const IN_ARCHIVE = /app\.asar(?=[\\/])/

/**
 * Loads sqlite-vec into a connection. Returns why it could not be, in words, or `null`: the store works without it,
 * only the search among many vectors does not. `path` is where the library lies, if not in its package.
 */
export function loadVectorLibrary(db: Db, path?: string): string | null {
  try {
    db.loadExtension(path ?? besideArchive(getLoadablePath()))
    return null
  } catch (error) {
    return `sqlite-vec cannot be loaded: ${(error as Error).message}`
  }
}

export function besideArchive(path: string): string {
  return path.replace(IN_ARCHIVE, 'app.asar.unpacked')
}
