import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startChild } from '../bench/children.ts'
import { type Cores, findCores } from '../bench/cores.ts'
import { VARIES } from '../bench/load-messages.ts'
import { type Loader, startLoader } from '../bench/loader.ts'
import { MODEL } from '../bench/replies.ts'
import { startUpstream } from '../bench/start-upstream.ts'
import { decimals, formatTable } from '../bench/table.ts'
import { CACHED_ROUTE, startGatehouse } from '../bench/targets/gatehouse.ts'
import { type Site, type Target, waitUntil } from '../bench/targets/target.ts'
import { temporaryFolder } from '../bench/temporary.ts'
import { STREAM, UNARY, type Workload } from '../bench/workloads.ts'
import type { BenchOptions, BenchPart } from './part.ts'

/**
 * What an exact hit costs: the same gateway process answers requests of the same bytes, of the same meaning and of
 * ever another one, in turns with a bare Fastify handler that returns a constant of the same size.
 */
export const exactPart: BenchPart = { name: 'exact', run }

const CONCURRENCIES = [1, 16, 64]
const CHUNK_DELAY_MS = 0
/** A kept reply has its text in one. */
const fewFrames = true
const WATCH_MS = 5000
const WATCH_CONCURRENCY = 4

/** One way of being answered. */
interface Way {
  name: string
  target: Target
  more?: Record<string, unknown>
}

interface Figures {
  perSecond: number[]
  p50Ms: number[]
}

async function run({ quick, progress }: BenchOptions): Promise<string> {
  const cores = findCores()
  const upstream = await startUpstream(cores.client, CHUNK_DELAY_MS)
  const loader = await startLoader(cores.client)
  const site = { cores, upstream: upstream.origin }
  const sections: string[] = []
  try {
    const gatehouse = await startGatehouse(site)
    const cached: Target = { ...gatehouse, model: CACHED_ROUTE }
    for (const workload of [UNARY, STREAM]) {
      const constant = await startConstant(cores, cached, workload)
      const ways: Way[] = [
        { name: 'constant from a bare Fastify handler', target: constant },
        { name: 'hit, same bytes', target: cached },
        { name: 'hit, same meaning', target: cached, more: { metadata: { number: VARIES } } },
        { name: 'miss, kept', target: cached, more: { stop: [VARIES] } },
        { name: 'route without a cache', target: gatehouse, more: { stop: [VARIES] } },
      ]
      sections.push(await compare(loader, ways, workload, quick, progress))
      await constant.stop()
    }
    await gatehouse.stop()
    sections.push(await watchLoop(loader, site))
  } finally {
    await upstream.stop()
  }
  return [cores.note, ...sections].join('\n\n')
}

/** The constant is what a hit answers, so that both send as much. */
async function startConstant(cores: Cores, cached: Target, workload: Workload): Promise<Target> {
  const body = await replyTo(cached, workload)
  const child = startChild({
    core: cores.target,
    command: process.execPath,
    args: [fileURLToPath(new URL('constant-server.ts', import.meta.url))],
    messages: true,
  })
  child.process.send({ body, contentType: workload.stream ? 'text/event-stream' : 'application/json' })
  const { port } = await child.message<{ port: number }>(15_000)
  return {
    name: 'constant',
    origin: `http://127.0.0.1:${port}`,
    model: MODEL,
    headers: {},
    pid: child.pid,
    answered: 0,
    settle: async () => {},
    stop: () => child.stop(),
  }
}

async function replyTo({ origin, headers, model }: Target, { stream }: Workload): Promise<string> {
  const body = JSON.stringify({ model, stream, messages: [{ role: 'user', content: 'Of what size?' }] })
  const send = () =>
    fetch(`${origin}/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    })
  await (await send()).text()
  return (await send()).text()
}

async function compare(
  loader: Loader,
  ways: readonly Way[],
  workload: Workload,
  quick: boolean,
  progress: (text: string) => void,
): Promise<string> {
  const times = quick ? { warmMs: 100, measureMs: 300 } : { warmMs: 300, measureMs: 2000 }
  const rounds = quick ? 1 : 5
  for (const { target, more = {} } of ways) {
    // The first one is made where the others are kept replies, which are written anew and of another length.
    await loader.run(target, { workload, concurrency: 1, warmMs: 0, measureMs: 200, mostRequests: 1, more, fewFrames })
    await loader.run(target, { workload, concurrency: 16, warmMs: 0, measureMs: quick ? 300 : 4000, more, fewFrames })
  }
  const rows: string[][] = []
  for (const concurrency of CONCURRENCIES) {
    const figures: Figures[] = ways.map(() => ({ perSecond: [], p50Ms: [] }))
    for (let round = 0; round < rounds; round += 1) {
      progress(`${workload.name}, ${concurrency} at a time, round ${round + 1} of ${rounds}`)
      for (const step of ways.keys()) {
        const index = (step + round) % ways.length
        const { target, more = {} } = ways[index]!
        const result = await loader.run(target, { workload, concurrency, ...times, more, fewFrames })
        figures[index]!.perSecond.push((result.measured / result.measuredMs) * 1000)
        figures[index]!.p50Ms.push(result.p50Ms)
        await target.settle()
      }
    }
    for (const [index, { name }] of ways.entries()) rows.push(rowOf(name, concurrency, figures, index))
  }
  const header = [`${workload.name}`, 'at a time', 'req/s', '÷ miss', 'p50 ms', '÷ constant']
  return formatTable(header, rows)
}

const CONSTANT = 0
const MISS = 3

/** Ratios are of the same round, so that a slow minute of the machine weighs on both. */
function rowOf(name: string, concurrency: number, figures: readonly Figures[], index: number): string[] {
  const { perSecond, p50Ms } = figures[index]!
  const ratio = (read: (figures: Figures) => number[], other: number) =>
    median(read(figures[index]!).map((value, round) => value / read(figures[other]!)[round]!))
  return [
    name,
    String(concurrency),
    decimals(median(perSecond), 0),
    decimals(
      ratio((of) => of.perSecond, MISS),
      2,
    ),
    decimals(median(p50Ms), 3),
    decimals(
      ratio((of) => of.p50Ms, CONSTANT),
      2,
    ),
  ]
}

/**
 * How long the main thread is held up while hits and misses are served, by a gateway that has every core: where all its
 * threads share one, that one's turns are all that would be seen.
 */
async function watchLoop(loader: Loader, site: Site): Promise<string> {
  const file = join(temporaryFolder('loop'), 'delays.json')
  process.env.LOOP_WATCH_FILE = file
  const watch = `--import=${new URL('loop-watch.ts', import.meta.url)}`
  const gatehouse = await startGatehouse({ ...site, cores: { ...site.cores, target: null } }, [watch])
  const target: Target = { ...gatehouse, model: CACHED_ROUTE }
  const lines: string[] = []
  const ways = [
    ['hits', {}],
    ['misses', { stop: [VARIES] }],
  ] as const
  for (const [name, more] of ways) {
    const load = { workload: UNARY, concurrency: WATCH_CONCURRENCY, warmMs: 0, more }
    await loader.run(target, { ...load, measureMs: 200, mostRequests: 1 })
    await loader.run(target, { ...load, measureMs: WATCH_MS })
    await target.settle()
    await readDelays(gatehouse.pid, file)
    const { measured, measuredMs } = await loader.run(target, { ...load, measureMs: WATCH_MS })
    const { p99, max } = await readDelays(gatehouse.pid, file)
    const rate = decimals((measured / measuredMs) * 1000, 0)
    lines.push(`${name} (${rate} a second): ${decimals(p99, 2)} ms at p99, ${decimals(max, 2)} ms at the most`)
  }
  await gatehouse.stop()
  return `Main thread held up, garbage collection and other processes included: ${lines.join('; ')}.`
}

/** Since it was last asked. */
async function readDelays(pid: number, file: string): Promise<{ p99: number; max: number }> {
  rmSync(file, { force: true })
  process.kill(pid, 'SIGUSR2')
  let text = ''
  const isThere = () => {
    try {
      text = readFileSync(file, 'utf8')
      return text.endsWith('}')
    } catch {
      return false
    }
  }
  await waitUntil(isThere, 5000, () => 'the gateway did not say how long its main thread was held up')
  return JSON.parse(text) as { p99: number; max: number }
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)]!
}
