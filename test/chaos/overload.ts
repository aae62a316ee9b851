import { get } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { residentBytes } from '../bench/process-stats.ts'
import { decimals, formatTable, megabytes } from '../bench/table.ts'
import type { Check } from './check.ts'
import { HEALTHY } from './faults.ts'
import { startGateway } from './gateway.ts'
import { type Behaviour, USUAL } from './laboratory.ts'
import type { LoadOrder, LoadResult } from './load.ts'
import type { Part } from './part.ts'
import { startRemote } from './remote.ts'
import type { UpstreamQuestion } from './upstreams-process.ts'

const MOST_REQUESTS = 500
const HEALTH_MS = 3000
const EVERY_MS = 250
const MOST_GROWTH = 256 * 2 ** 20
const ANSWER_MS = 60_000
const PATIENCE_MS = 30_000
const UPSTREAM: Behaviour = { ...USUAL, latencyMs: [300, 500], trouble: HEALTHY }

/** Many times as many requests at once as the gateway is to have. */
export const overload: Part = {
  name: 'overload',
  async run({ quick, seed }) {
    const upstreams = await startRemote('upstreams-process.ts')
    const clients = await startRemote('clients-process.ts')
    const [url] = await upstreams.ask<string[]>(
      { start: [{ behaviour: UPSTREAM, seed }] } satisfies UpstreamQuestion,
      ANSWER_MS,
    )
    const gateway = await startGateway({
      version: 1,
      server: { max_requests: MOST_REQUESTS },
      providers: { up: { kind: 'openai-compatible', base_url: `${url}/v1` } },
      routes: { busy: { targets: [{ provider: 'up', model: 'm' }] } },
    })
    try {
      await clients.ask<LoadResult>(usualTo(gateway.origin), ANSWER_MS)
      const before = residentBytes(gateway.pid)
      const health = watchHealth(gateway.origin)
      let most = before
      const memory = setInterval(() => {
        most = Math.max(most ?? 0, residentBytes(gateway.pid) ?? 0)
      }, EVERY_MS)
      const result = await clients.ask<LoadResult>(crowdTo(gateway.origin, quick ? 4 : 10), ANSWER_MS)
      clearInterval(memory)
      const answers = (await health.stop()).filter(({ askedAt }) => askedAt >= result.begunAt).map(({ ms }) => ms)
      const growth = before === null || most === null ? null : most - before
      return { text: formatResult(result, answers, growth), checks: judge(result, answers, growth) }
    } finally {
      await gateway.stop()
      await clients.stop()
      await upstreams.stop()
    }
  },
}

/** The crowd comes to a gateway that has been at work, as it does in life. */
function usualTo(origin: string): LoadOrder {
  return orderTo(origin, MOST_REQUESTS * 4, MOST_REQUESTS * 0.8)
}

function crowdTo(origin: string, times: number): LoadOrder {
  return { ...orderTo(origin, MOST_REQUESTS * times, MOST_REQUESTS * times), openWith: '/healthz' }
}

function orderTo(origin: string, requests: number, concurrency: number): LoadOrder {
  return {
    origin,
    model: 'busy',
    headers: {},
    stream: false,
    requests,
    mostMs: PATIENCE_MS,
    pace: { concurrency },
    deadlineMs: PATIENCE_MS,
    tryMs: PATIENCE_MS,
    retries: 0,
  }
}

/** Milliseconds of each answer of a health endpoint; `null` where there was none. */
type Answers = readonly (number | null)[]

interface Asked {
  /** Milliseconds since the epoch. */
  askedAt: number
  ms: number | null
}

/** Asks both health endpoints all the time, each time on a new connection, as supervisors do. */
function watchHealth(origin: string): { stop(): Promise<Asked[]> } {
  const asked: Promise<Asked>[] = []
  let over = false
  const asking = (async () => {
    for (let index = 0; !over; index += 1) {
      asked.push(askHealth(`${origin}${index % 2 === 0 ? '/healthz' : '/readyz'}`))
      await sleep(EVERY_MS)
    }
  })()
  return {
    async stop() {
      over = true
      await asking
      return Promise.all(asked)
    },
  }
}

function askHealth(url: string): Promise<Asked> {
  return new Promise((resolve) => {
    const begin = performance.now()
    const askedAt = performance.timeOrigin + begin
    const request = get(url, { agent: false, timeout: ANSWER_MS }, (response) => {
      response.resume()
      const isUp = response.statusCode === 200
      response.on('end', () => resolve({ askedAt, ms: isUp ? performance.now() - begin : null }))
    })
    request.on('timeout', () => request.destroy()).on('error', () => resolve({ askedAt, ms: null }))
  })
}

function judge(result: LoadResult, answers: Answers, growth: number | null): Check[] {
  const { sent, ok, failures, withoutRetryAfter } = result
  const shed = failures['status 429'] ?? 0
  const slowest = Math.max(...answers.map((ms) => ms ?? Number.POSITIVE_INFINITY))
  return [
    {
      what: `all ${sent} requests are answered with 200, or with 429 and retry-after`,
      found: `${ok} with 200, ${shed} with 429, ${withoutRetryAfter} of them without retry-after, ${sent - ok - shed} others`,
      met: ok + shed === sent && withoutRetryAfter === 0 && ok > 0 && shed > 0,
    },
    {
      what: `health endpoints answer within ${HEALTH_MS} ms throughout`,
      found: `${answers.length} answers, the slowest after ${decimals(slowest, 0)} ms`,
      met: slowest <= HEALTH_MS,
    },
    {
      what: `memory grows by no more than ${megabytes(MOST_GROWTH)}`,
      found: growth === null ? 'no /proc here' : megabytes(growth),
      met: growth === null ? null : growth <= MOST_GROWTH,
    },
  ]
}

function formatResult(result: LoadResult, answers: Answers, growth: number | null): string {
  const { sent, ok, p50Ms, p95Ms, failures } = result
  const header = [
    `overload, max_requests ${MOST_REQUESTS}`,
    'requests',
    '200',
    '429',
    'p50 ms',
    'p95 ms',
    'health max ms',
    'RSS growth',
  ]
  const slowest = Math.max(...answers.map((ms) => ms ?? Number.POSITIVE_INFINITY))
  const row = [
    'at once',
    String(sent),
    String(ok),
    String(failures['status 429'] ?? 0),
    decimals(p50Ms, 0),
    decimals(p95Ms, 0),
    decimals(slowest, 0),
    megabytes(growth),
  ]
  return formatTable(header, [row])
}
