import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const README = fileURLToPath(new URL('../../README.md', import.meta.url))

/** What stands between `<!-- name -->` and `<!-- /name -->` in the README. */
export function readmeBlock(name: string): string {
  return blockOf(readFileSync(README, 'utf8'), name).text
}

export function writeReadmeBlock(name: string, text: string): void {
  const readme = readFileSync(README, 'utf8')
  const { start, end } = blockOf(readme, name)
  writeFileSync(README, `${readme.slice(0, start)}\n${text}\n\n${readme.slice(end)}`)
}

function blockOf(readme: string, name: string): { text: string; start: number; end: number } {
  const begin = `<!-- ${name} -->\n`
  const start = readme.indexOf(begin) + begin.length
  const end = readme.indexOf(`<!-- /${name} -->`, start)
  if (start < begin.length || end < 0) throw new Error(`README.md has no ${begin.trim()}`)
  return { text: readme.slice(start, end).trim(), start, end }
}
