import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const made = new Set<string>()

/** A new empty folder, removed when the benchmark ends if not before. */
export function temporaryFolder(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `gatehouse-bench-${name}-`))
  made.add(folder)
  return folder
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  made.delete(folder)
}

/** To be called when no child writes there any more. */
export function removeFolders(): void {
  for (const folder of made) removeFolder(folder)
}
