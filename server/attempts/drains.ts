import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { TargetGate } from './target-gate.ts'

/** Takes a provider, or one of its models, out of use by hand, or puts it back. */
export type SetDrain = (provider: string, model: string | null, drained: boolean) => void

/**
 * What has been drained by hand stays so over a restart: it is kept in a small file of the home. A file that cannot be
 * read is taken for an empty one, and told.
 */
export function openDrains(file: string, gate: TargetGate, log: (message: string) => void): SetDrain {
  for (const { provider, model } of readDrains(file, log)) gate.drain(provider, model, true)
  return (provider, model, drained) => {
    gate.drain(provider, model, drained)
    const draft = `${file}.new`
    writeFileSync(draft, `${JSON.stringify(gate.drains())}\n`)
    renameSync(draft, file)
  }
}

function readDrains(file: string, log: (message: string) => void): { provider: string; model: string | null }[] {
  try {
    const list: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (Array.isArray(list)) return list.filter(isDrain)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
  }
  log(`${file} cannot be read: nothing is drained`)
  return []
}

function isDrain(value: unknown): value is { provider: string; model: string | null } {
  const { provider, model } = (value ?? {}) as Record<string, unknown>
  return typeof provider === 'string' && (model === null || typeof model === 'string')
}
