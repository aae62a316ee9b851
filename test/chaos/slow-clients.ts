import { setTimeout as sleep } from 'node:timers/promises'
import { residentBytes } from '../bench/process-stats.ts'
import { formatTable, megabytes } from '../bench/table.ts'
import type { Check } from './check.ts'
import { FLOOD_BYTES } from './flood.ts'
import type { FloodCounts, FloodQuestion } from './flood-process.ts'
import { startGateway } from './gateway.ts'
import type { Part, PartResult } from './part.ts'
import { type Remote, startRemote } from './remote.ts'
import type { SlowCounts, SlowQuestion } from './slow-readers-process.ts'

const CLIENTS = 50
const ANSWER_MS = 30_000
const EVERY_MS = 1000
/** Until the upstream of every stream is held up. */
const FILL_MS = 20_000
/** What the gateway may hold for each client, generously. */
const MOST_GROWTH = CLIENTS * 4 * 2 ** 20
/** Of a stream: what the systems' buffers on both sides of the gateway may hold, generously. */
const MOST_TAKEN = FLOOD_BYTES / 4
/** While nobody reads more, nothing more may be taken but a little. */
const MOST_LATER = 8 * 2 ** 20
const GONE_MS = 10_000

interface Moment {
  seconds: number
  rss: number | null
  flood: FloodCounts
  read: number
}

/** Clients that hardly read, before an upstream that has far more to say than memory to hold it. */
export const slowClients: Part = {
  name: 'slow-clients',
  async run({ quick }) {
    const upstream = await startRemote('flood-process.ts')
    const readers = await startRemote('slow-readers-process.ts')
    const url = await upstream.ask<string>({ listen: true } satisfies FloodQuestion, ANSWER_MS)
    const targets = [{ provider: 'flood', model: 'm' }]
    const gateway = await startGateway({
      version: 1,
      providers: { flood: { kind: 'openai-compatible', base_url: `${url}/v1` } },
      // The first lets bytes through, the second looks into them.
      routes: { bytes: { targets }, events: { targets, on_stream_failure: 'resume' } },
    })
    try {
      return await watch({ upstream, readers, gateway }, quick ? 3000 : 8000)
    } finally {
      await gateway.stop()
      await readers.stop()
      await upstream.stop()
    }
  },
}

type Gateway = Awaited<ReturnType<typeof startGateway>>
type Processes = { upstream: Remote; readers: Remote; gateway: Gateway }

async function watch({ upstream, readers, gateway }: Processes, forMs: number): Promise<PartResult> {
  const begin = performance.now()
  const moments: Moment[] = []
  const look = async () => {
    const flood = await upstream.ask<FloodCounts>({ counts: true } satisfies FloodQuestion, ANSWER_MS)
    const { bytes } = await readers.ask<SlowCounts>({ counts: true } satisfies SlowQuestion, ANSWER_MS)
    const seconds = (performance.now() - begin) / 1000
    moments.push({ seconds, rss: residentBytes(gateway.pid), flood, read: bytes })
  }
  await look()
  const models = Array.from({ length: CLIENTS }, (_, index) => (index % 2 === 0 ? 'bytes' : 'events'))
  const port = Number(new URL(gateway.origin).port)
  await readers.ask({ open: { port, models } } satisfies SlowQuestion, ANSWER_MS)
  let isFull = false
  for (let until = begin + FILL_MS; performance.now() < until; ) {
    await sleep(EVERY_MS)
    await look()
    if (isFull || moments.at(-1)!.flood.all > moments.at(-2)!.flood.all + MOST_LATER) continue
    isFull = true
    until = performance.now() + forMs
  }
  await readers.ask({ leave: true } satisfies SlowQuestion, ANSWER_MS)
  const left = performance.now()
  while (moments.at(-1)!.flood.open > 0 && performance.now() - left < GONE_MS) {
    await sleep(EVERY_MS / 4)
    await look()
  }
  const full = moments.filter(({ flood }) => flood.open === CLIENTS)
  return { text: formatMoments(moments), checks: judge(moments, full) }
}

function judge(moments: readonly Moment[], full: readonly Moment[]): Check[] {
  const before = moments[0]!.rss
  const most = before === null ? null : Math.max(...moments.map(({ rss }) => rss! - before))
  const taken = Math.max(...moments.map(({ flood }) => flood.most))
  const later = (full.at(-1)?.flood.all ?? 0) - (full.at(-3)?.flood.all ?? 0)
  return [
    {
      what: `memory grows by no more than ${megabytes(MOST_GROWTH)} for ${CLIENTS} clients that read 1 KB/s`,
      found: most === null ? 'no /proc here' : megabytes(most),
      met: most === null ? null : most <= MOST_GROWTH,
    },
    {
      what: `no more than ${megabytes(MOST_TAKEN)} of a stream's ${megabytes(FLOOD_BYTES)} is taken from the upstream`,
      found: megabytes(taken),
      met: taken <= MOST_TAKEN,
    },
    {
      what: `once it is held up, no more than ${megabytes(MOST_LATER)} in all`,
      found: megabytes(later),
      met: full.length >= 3 && later <= MOST_LATER,
    },
    {
      what: 'upstreams are let go of when their clients leave',
      found: `${moments.at(-1)!.flood.open} left`,
      met: moments.at(-1)!.flood.open === 0,
    },
  ]
}

function formatMoments(moments: readonly Moment[]): string {
  const rows = moments.map(({ seconds, rss, flood, read }) => [
    seconds.toFixed(1),
    String(flood.open),
    megabytes(flood.all),
    megabytes(flood.most),
    `${(read / 1024).toFixed(0)} KB`,
    megabytes(rss),
  ])
  return formatTable(['slow clients, at s', 'streams', 'taken', 'most of one', 'read', 'gateway RSS'], rows)
}
