import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { residentBytes } from '../bench/process-stats.ts'
import { formatTable, megabytes } from '../bench/table.ts'
import type { Check } from './check.ts'
import { type Gateway, startGateway } from './gateway.ts'
import type { IdleClientsCounts, IdleClientsOrder, IdleClientsQuestion } from './idle-clients-process.ts'
import type { IdleUpstreamCounts, IdleUpstreamQuestion } from './idle-upstream-process.ts'
import type { Part } from './part.ts'
import { type Remote, startRemote } from './remote.ts'

const MOST_BYTES = 1.5 * 2 ** 30
/** Open files of a gateway besides its connections, generously. */
const OTHER_FILES = 150
const EVERY_MS = 5000
const OPEN_MS = 120_000
/** The streams come to their ends within this share of the time that they were held. */
const FINISH_SHARE = 1 / 8
const ANSWER_MS = 60_000

interface Size {
  streams: number
  holdMs: number
}

interface Moment {
  seconds: number
  open: number
  upstream: number
  tokens: number
  rss: number | null
}

/** Ten thousand streams that hardly say anything, held by one process. */
export const streams: Part = {
  name: 'streams',
  async run({ quick }) {
    const size: Size = quick ? { streams: 1000, holdMs: 5000 } : { streams: 10_000, holdMs: 41_000 }
    const files = mostFiles()
    const plan = planOf(size.streams, files)
    if (plan === null) {
      const found = `one process may have ${files} open files here, too few for ${size.streams} clients; raise ulimit -Hn`
      return { text: '', checks: [{ what: `${size.streams} concurrent streams`, found, met: null }] }
    }
    const upstream = await startRemote('idle-upstream-process.ts')
    const clients = await startRemote('idle-clients-process.ts')
    const url = await upstream.ask<string>({ listen: true } satisfies IdleUpstreamQuestion, ANSWER_MS)
    const gateway = await startGateway({
      version: 1,
      providers: { idle: { kind: 'openai-compatible', base_url: `${url}/v1` } },
      routes: { idle: { targets: [{ provider: 'idle', model: 'm' }] } },
    })
    try {
      return await hold({ upstream, clients, gateway }, plan, size, files)
    } finally {
      await clients.ask({ leave: true } satisfies IdleClientsQuestion, ANSWER_MS)
      await gateway.stop()
      await clients.stop()
      await upstream.stop()
    }
  },
}

type Processes = { upstream: Remote; clients: Remote; gateway: Gateway }
type Plan = Pick<IdleClientsOrder, 'own' | 'joined'>

async function hold({ upstream, clients, gateway }: Processes, plan: Plan, { streams, holdMs }: Size, files: number) {
  const begin = performance.now()
  const moments: Moment[] = []
  const look = async () => {
    const client = await clients.ask<IdleClientsCounts>({ counts: true } satisfies IdleClientsQuestion, ANSWER_MS)
    const served = await upstream.ask<IdleUpstreamCounts>({ counts: true } satisfies IdleUpstreamQuestion, ANSWER_MS)
    const rss = residentBytes(gateway.pid)
    const seconds = (performance.now() - begin) / 1000
    moments.push({ seconds, open: client.open, upstream: served.open, tokens: served.tokens, rss })
    return { client, served }
  }
  await look()
  const order = { open: { origin: gateway.origin, model: 'idle', ...plan } } satisfies IdleClientsQuestion
  await clients.ask(order, OPEN_MS)
  const until = performance.now() + holdMs
  const atFull = [await look()]
  while (performance.now() < until) {
    await sleep(Math.min(EVERY_MS, Math.max(0, until - performance.now())))
    atFull.push(await look())
  }
  await upstream.ask({ finish: holdMs * FINISH_SHARE } satisfies IdleUpstreamQuestion, ANSWER_MS)
  let last = await look()
  for (let tries = 0; tries < 50 && last.client.open > 0; tries += 1) {
    await sleep(200)
    last = await look()
  }
  const peak = peakBytes(gateway.pid)
  const least = Math.min(...atFull.map(({ client }) => client.open))
  const wrong = Object.entries(last.client.wrong).map(([what, count]) => `${count} × ${what}`)
  const checks: Check[] = [
    {
      what: `${streams} streams at once for ${Math.round(holdMs / 1000)} s`,
      found: `never fewer than ${least}`,
      met: least === streams,
    },
    {
      what: 'none cut, every one complete with its text right',
      found: `${last.client.right} of ${streams}${wrong.length > 0 ? ` (${wrong.join(', ')})` : ''}`,
      met: last.client.right === streams && last.served.cut === 0,
    },
    {
      what: 'memory of the gateway within 1.5 GiB',
      found: peak === null ? 'no /proc here' : `${megabytes(peak)} at its peak`,
      met: peak === null ? null : peak <= MOST_BYTES,
    },
  ]
  return { text: `${describe(plan, files)}\n${formatMoments(moments)}`, checks }
}

/** Each stream takes a file for its client and one for its upstream; where they do not fit, streams share upstreams. */
function planOf(streams: number, files: number): Plan | null {
  const own = Math.min(streams, files - OTHER_FILES - streams)
  return own < streams / 2 ? null : { own, joined: streams - own }
}

function describe({ own, joined }: Plan, files: number): string {
  const all = `${own} streams have a connection to the upstream of their own`
  if (joined === 0) return `${all}.`
  return `${all}; ${joined} join one of those by its idempotency key, as a process may have ${files} open files here.`
}

function formatMoments(moments: readonly Moment[]): string {
  const rows = moments.map(({ seconds, open, upstream, tokens, rss }) => [
    seconds.toFixed(0),
    String(open),
    String(upstream),
    String(tokens),
    megabytes(rss),
  ])
  return formatTable(['streams, at s', 'clients', 'upstream', 'tokens sent', 'gateway RSS'], rows)
}

/** What `RAISE_FILES` of the gateway comes to: the limit of a child that tries to raise it. */
function mostFiles(): number {
  const script = 'ulimit -Hn 65536 2>/dev/null; ulimit -Hn'
  const text = spawnSync('sh', ['-c', script], { encoding: 'utf8', timeout: 5000 }).stdout.trim()
  return text === 'unlimited' ? 65_536 : Math.min(65_536, Number(text))
}

/** The most that was ever resident, by Linux. */
function peakBytes(pid: number): number | null {
  try {
    return Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024
  } catch {
    return null
  }
}
