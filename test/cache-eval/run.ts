import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { builtinLexical, LEXICAL_THRESHOLD } from '../../server/cache/embedders/builtin-lexical.ts'
import type { Labelled } from './evaluate.ts'
import { evaluate } from './evaluate.ts'

const DATA = fileURLToPath(new URL('../../../shared/data/cache/qqp_pairs.jsonl', import.meta.url))

/**
 * `npm run eval:cache`: wrong hits and recall of the cache by embedder, guard and threshold, as tables in Markdown.
 * `-- --json FILE` writes the figures as well, `-- --sample N` takes so many labelled pairs, `-- --show N` prints pairs
 * that came out wrong.
 */
async function main(): Promise<void> {
  const option = (name: string): string | null => {
    const at = process.argv.indexOf(`--${name}`)
    return at < 0 ? null : (process.argv[at + 1] ?? null)
  }
  const labelled = existsSync(DATA)
    ? readPairs(DATA).slice(0, Number(option('sample') ?? Number.POSITIVE_INFINITY))
    : null
  const { page, results } = await evaluate(builtinLexical, LEXICAL_THRESHOLD, labelled, Number(option('show') ?? 0))
  console.log(page)
  const file = option('json')
  if (file !== null) writeFileSync(file, `${JSON.stringify(results, undefined, 2)}\n`)
}

function readPairs(file: string): Labelled[] {
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Labelled)
}

await main()
