import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { blockOf, withBlock } from '../support/marked-block.ts'

const README = fileURLToPath(new URL('../../README.md', import.meta.url))

/** What stands between `<!-- name -->` and `<!-- /name -->` in the README. */
export function readmeBlock(name: string): string {
  return found(blockOf(readFileSync(README, 'utf8'), name), name)
}

export function writeReadmeBlock(name: string, text: string): void {
  writeFileSync(README, found(withBlock(readFileSync(README, 'utf8'), name, text), name))
}

function found(text: string | null, name: string): string {
  if (text === null) throw new Error(`README.md has no <!-- ${name} -->`)
  return text
}
