import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { builtinLexical } from '../../server/cache/embedders/builtin-lexical.ts'
import { openOnnx } from '../../server/cache/embedders/onnx.ts'
import type { Embedder } from '../../server/core/ports.ts'
import { evaluate, type Labelled } from './evaluate.ts'
import { httpEmbedder } from './http-embedder.ts'
import { type Options, readOptions } from './options.ts'
import { type Defaults, LEXICAL_DEFAULTS, OTHER_DEFAULTS, summaryText } from './summary.ts'

const DATA = fileURLToPath(new URL('../../../shared/data/cache/qqp_pairs.jsonl', import.meta.url))
const SHIPPED = fileURLToPath(new URL('../../resources/cache/evaluation.json', import.meta.url))

/**
 * `npm run eval:cache`: wrong hits and recall of the cache by embedder, guard and threshold, as tables in Markdown.
 * Measures the built-in embedder, or with `-- --onnx FOLDER` a model in a folder, or with `-- --url BASE_URL --model NAME
 * [--key KEY]` one behind an embeddings endpoint in OpenAI's format. `-- --write` writes the summary that ships,
 * `-- --json FILE` all figures; `-- --sample N` takes so many labelled pairs, `-- --show N` prints pairs that came out
 * wrong.
 */
async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2))
  const labelled = existsSync(DATA) ? readPairs(DATA).slice(0, options.sample ?? undefined) : null
  const { embedder, defaults } = await open(options.embedder)
  const { page, results, summary } = await evaluate(embedder, defaults, labelled, options.show)
  console.log(page)
  if (options.json !== null) writeFileSync(options.json, `${JSON.stringify(results, undefined, 2)}\n`)
  if (options.write) {
    mkdirSync(dirname(SHIPPED), { recursive: true })
    writeFileSync(SHIPPED, summaryText(summary))
    console.log(`\nWritten: ${relative(process.cwd(), SHIPPED)}`)
  }
}

/** With what it is used with where a config says nothing. */
async function open(chosen: Options['embedder']): Promise<{ embedder: Embedder; defaults: Defaults }> {
  if (chosen.kind === 'builtin-lexical') return { embedder: builtinLexical, defaults: LEXICAL_DEFAULTS }
  const embedder = chosen.kind === 'onnx' ? await openOnnx(chosen.folder) : httpEmbedder(chosen)
  return { embedder, defaults: OTHER_DEFAULTS }
}

function readPairs(file: string): Labelled[] {
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Labelled)
}

await main().catch((error: Error) => {
  console.error(error.message)
  process.exitCode = 1
})
