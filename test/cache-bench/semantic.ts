import { formatTable, megabytes, percent } from '../bench/table.ts'
import { exactSearch, recallOf } from './exact-search.ts'
import { contextOf, FilledStore, like } from './filled-store.ts'
import { searchFloats } from './float-table.ts'
import type { BenchPart } from './part.ts'
import { quantileOf, runSearches } from './search-run.ts'
import { DIMENSIONS, type Generator, generatorOf, type Kind } from './vectors.ts'

const SIZES = [1000, 10_000, 30_000, 100_000, 300_000]
/** How it grows beyond is the same for both kinds. */
const MOST_VECTORS: Readonly<Record<Kind, number>> = { clustered: 300_000, hashed: 100_000 }
/** As many neighbours as a look-up asks for. */
const LIMIT = 8
/** Searches that are compared with those through all vectors. */
const QUESTIONS = 40
const SEED = 5
/** What a look-up may take: milliseconds, p95, by entries in one partition. */
const TARGETS: ReadonlyMap<number, number> = new Map([
  [10_000, 3],
  [100_000, 15],
])
const LEGEND = `p50, p95, p99: milliseconds of a search in the thread that does it; seen: from the main thread, with the messages.
recall: share of the nearest one, and of the ${LIMIT} nearest, that comparing all vectors whole finds. Of hashed vectors only the
nearest is close; the others lie as far away as thousands more. RSS: what the process has grown by, most of it the thread
itself. put: one entry with its vector, in batches. floats: whole vectors in sqlite-vec, in one partition.`

/** More whole vectors in sqlite-vec take minutes to compare. */
const MOST_FLOATS = 100_000

interface Row {
  count: number
  insideP95: number
  seenP95: number
  cells: string[]
}

export const semanticPart: BenchPart = {
  name: 'semantic',
  async run({ quick, progress }) {
    const sections: string[] = []
    for (const kind of ['clustered', 'hashed'] as const) {
      const sizes = SIZES.filter((size) => size <= (quick ? 10_000 : MOST_VECTORS[kind]))
      const rows = await measureGrowth(kind, sizes, quick ? 1 : 3, progress)
      sections.push(
        `One partition, ${kind} vectors of ${DIMENSIONS} dimensions:\n\n${formatRows(rows)}`,
        verdictOf(rows),
      )
    }
    sections.push(`Small partitions:\n\n${await measureSmall(quick, progress)}`)
    sections.push(LEGEND)
    return sections.join('\n\n')
  },
}

async function measureGrowth(
  kind: Kind,
  sizes: readonly number[],
  rounds: number,
  progress: (text: string) => void,
): Promise<Row[]> {
  const store = new FilledStore()
  const generator = generatorOf(kind, SEED)
  const rows: Row[] = []
  try {
    let count = 0
    for (const size of sizes) {
      progress(`${kind}: ${size} vectors`)
      store.add(size - count, generator.next, () => contextOf(0))
      count = size
      rows.push(await measureSize(store, generator, size, rounds))
    }
  } finally {
    store.close()
  }
  return rows
}

async function measureSize(store: FilledStore, generator: Generator, count: number, rounds: number): Promise<Row> {
  const questions = pick(store.vectors(), count).map((kept) => generator.near(kept))
  const result = await runSearches({
    file: store.file,
    questions: questions.map((vector) => ({ context: contextOf(0), like: like(vector) })),
    limit: LIMIT,
    rounds,
  })
  const exact = exactSearch(store.vectors(), questions, LIMIT)
  const floats = count <= MOST_FLOATS ? searchFloats(store.vectors(), DIMENSIONS, questions.slice(0, 20), LIMIT) : null
  const quantiles = (times: readonly number[]) => [0.5, 0.95, 0.99].map((share) => quantileOf(times, share).toFixed(1))
  return {
    count,
    insideP95: quantileOf(result.inside, 0.95),
    seenP95: quantileOf(result.seen, 0.95),
    cells: [
      count.toLocaleString('en'),
      ...quantiles(result.inside),
      ...quantiles(result.seen),
      percent(recallOf(result.found, exact, 1)),
      percent(recallOf(result.found, exact, LIMIT)),
      megabytes(result.rssBytes),
      megabytes(store.fileBytes),
      ((1000 * store.putMs) / count).toFixed(0),
      floats ? quantileOf(floats, 0.95).toFixed(1) : '–',
    ],
  }
}

/** Kept vectors from all over the store, to ask for again in other words. */
function pick(vectors: Iterable<Buffer>, count: number): Float32Array[] {
  const step = Math.floor(count / QUESTIONS)
  const picked: Float32Array[] = []
  let index = 0
  for (const blob of vectors) {
    if (index % step === 0 && picked.length < QUESTIONS) picked.push(new Float32Array(new Uint8Array(blob).buffer))
    index += 1
  }
  return picked
}

function formatRows(rows: readonly Row[]): string {
  const header = [
    'vectors',
    'p50 ms',
    'p95',
    'p99',
    'seen p50',
    'p95',
    'p99',
    'recall@1',
    `@${LIMIT}`,
    'RSS',
    'file',
    'put µs',
    'floats p95',
  ]
  return formatTable(
    header,
    rows.map(({ cells }) => cells),
  )
}

/** Which targets hold, and from which size on scanning is not enough. */
function verdictOf(rows: readonly Row[]): string {
  const lines = rows.flatMap(({ count, insideP95 }) => {
    const target = TARGETS.get(count)
    if (target === undefined) return []
    const held = insideP95 < target ? 'held' : 'missed'
    return [`${count.toLocaleString('en')} vectors: p95 ${insideP95.toFixed(1)} ms, target ${target} ms: ${held}.`]
  })
  const limit = Math.max(...TARGETS.values())
  const slow = rows.find(({ insideP95 }) => insideP95 >= limit)
  const { count, insideP95 } = slow ?? rows.at(-1)!
  // A scan takes time in proportion to what it scans.
  const from = Math.max(1, Math.round((count * limit) / insideP95 / 10_000)) * 10_000
  const goesOn = slow ? '' : ', if it goes on like this'
  lines.push(
    `An approximate index would be needed from about ${from.toLocaleString('en')} vectors in one partition on (p95 of ${limit} ms)${goesOn}.`,
  )
  return lines.join('\n')
}

async function measureSmall(quick: boolean, progress: (text: string) => void): Promise<string> {
  const layouts = [
    { partitions: 200, each: 5 },
    { partitions: quick ? 2000 : 20_000, each: 1 },
  ]
  const rows: string[][] = []
  for (const { partitions, each } of layouts) {
    progress(`${partitions} partitions of ${each}`)
    const store = new FilledStore()
    try {
      const generator = generatorOf('clustered', SEED)
      const empty = store.fileBytes
      store.add(partitions * each, generator.next, (index) => contextOf(index % partitions))
      const questions = pick(store.vectors(), partitions * each)
      const step = Math.floor((partitions * each) / QUESTIONS)
      const result = await runSearches({
        file: store.file,
        questions: questions.map((vector, index) => ({
          context: contextOf((index * step) % partitions),
          like: like(generator.near(vector)),
        })),
        limit: LIMIT,
        rounds: 3,
      })
      const perEntry = (store.fileBytes - empty) / (partitions * each)
      rows.push([
        `${partitions.toLocaleString('en')} × ${each}`,
        quantileOf(result.inside, 0.5).toFixed(2),
        quantileOf(result.inside, 0.95).toFixed(2),
        quantileOf(result.seen, 0.95).toFixed(2),
        megabytes(result.rssBytes),
        megabytes(store.fileBytes),
        (perEntry / 1024).toFixed(1),
      ])
    } finally {
      store.close()
    }
  }
  return formatTable(['partitions', 'p50 ms', 'p95', 'seen p95', 'RSS', 'file', 'KB an entry'], rows)
}
