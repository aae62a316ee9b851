import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { SearchOrder, SearchResult } from './search-process.ts'

const PROGRAM = fileURLToPath(new URL('search-process.ts', import.meta.url))

/** Measures in a process of its own. Throws when that fails. */
export async function runSearches(order: SearchOrder): Promise<SearchResult> {
  const child = fork(PROGRAM, { serialization: 'advanced' })
  const failed = once(child, 'exit').then(([code]) => {
    throw new Error(`the process that searches ended with ${code}`)
  })
  failed.catch(() => {})
  child.send(order)
  const [result] = await Promise.race([once(child, 'message'), failed])
  return result as SearchResult
}

/** The value below which a share of them lies. */
export function quantileOf(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other)
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!
}
