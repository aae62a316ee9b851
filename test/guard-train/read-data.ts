import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where the data folder lies beside the checkout. */
export const DATA_FOLDER = fileURLToPath(new URL('../../../shared/data/guard/', import.meta.url))

export interface Row {
  text: string
  label: 0 | 1
  source: string
}

export function hasData(): boolean {
  return existsSync(DATA_FOLDER)
}

/** The rows of one file of the data folder. */
export function readRows(name: string): Row[] {
  return readFileSync(join(DATA_FOLDER, `${name}.jsonl`), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row)
}
