import type { RequestRow } from '../../server/http/admin/request-schemas.ts'
import { decimals, formatTable, percent, times } from '../bench/table.ts'
import { type Caller, SHOWN } from './callers.ts'
import { type Check, percentExactly } from './check.ts'
import { HEALTHY } from './faults.ts'
import { type Gateway, startGateway } from './gateway.ts'
import { type Behaviour, USUAL } from './laboratory.ts'
import type { LoadOrder, LoadResult } from './load.ts'
import type { Part } from './part.ts'
import { type Remote, startRemote } from './remote.ts'
import type { UpstreamQuestion } from './upstreams-process.ts'

const SLOTS = 4
const OVERLOAD = 3
const DEADLINE_MS = 1000
const UPSTREAM: Behaviour = { ...USUAL, trouble: HEALTHY, slots: SLOTS }
const ANSWER_MS = 60_000
const ROUTE = 'queue'
/** Of half of the slot time. */
const MOST_UNFAIR = 0.2

/** One asks for twice as much of the machine as the other, by calls that take three times as long. */
const TENANTS = [
  { name: 'acme', callMs: 60, share: 2 / 3 },
  { name: 'beta', callMs: 20, share: 1 / 3 },
] as const

interface Line {
  caller: Caller
  results: readonly LoadResult[]
  /** Slot milliseconds of each tenant. */
  held: readonly number[]
  attempts: number
}

/** One machine that works on four requests at a time, and two tenants who ask for three times as much as it can do. */
export const queue: Part = {
  name: 'queue',
  async run({ quick, seed }) {
    const mostMs = quick ? 2000 : 6000
    const upstreams = await startRemote('upstreams-process.ts')
    const clients = await startRemote('clients-process.ts')
    const start = { start: [0, 1, 2].map(() => ({ behaviour: UPSTREAM, seed })) } satisfies UpstreamQuestion
    const urls = await upstreams.ask<string[]>(start, ANSWER_MS)
    const gateway = await startGateway({
      version: 1,
      providers: { gpu: { kind: 'openai-compatible', base_url: `${urls[2]}/v1`, max_concurrency: SLOTS } },
      routes: { [ROUTE]: { targets: [{ provider: 'gpu', model: 'm' }] } },
    })
    try {
      const keys = TENANTS.map(({ name }) => gateway.makeKey(name))
      const line = (caller: Caller, index: number) => {
        const orders = TENANTS.map((tenant, number) => ({
          ...orderOf(tenant, caller, mostMs),
          ...(caller === 'gatehouse'
            ? { origin: gateway.origin, headers: headersOf(keys[number]!) }
            : { origin: urls[index]!, headers: {} }),
        }))
        return runLine(clients, gateway, caller, orders)
      }
      // Those without a gateway have a machine each and hardly anything to do.
      const lines = [...(await Promise.all([line('none', 0), line('naive', 1)])), await line('gatehouse', 2)]
      return { text: format(lines), checks: judge(lines.at(-1)!) }
    } finally {
      await gateway.stop()
      await clients.stop()
      await upstreams.stop()
    }
  },
}

function headersOf(key: string): Record<string, string> {
  return { authorization: `Bearer ${key}`, 'x-gatehouse-timeout': String(DEADLINE_MS) }
}

function orderOf({ callMs, share }: (typeof TENANTS)[number], caller: Caller, mostMs: number) {
  return {
    model: caller === 'gatehouse' ? ROUTE : 'm',
    // The upstream takes a millisecond for each.
    more: { max_tokens: callMs },
    stream: false,
    requests: Number.MAX_SAFE_INTEGER,
    mostMs,
    pace: { perSecond: (SLOTS * OVERLOAD * share * 1000) / callMs },
    deadlineMs: DEADLINE_MS,
    tryMs: caller === 'gatehouse' ? DEADLINE_MS * 4 : DEADLINE_MS,
    retries: caller === 'naive' ? 3 : 0,
  } satisfies Partial<LoadOrder>
}

async function runLine(clients: Remote, gateway: Gateway, caller: Caller, orders: readonly LoadOrder[]): Promise<Line> {
  const results = await Promise.all(orders.map((order) => clients.ask<LoadResult>(order, ANSWER_MS)))
  const sent = results.reduce((sum, result) => sum + result.sent, 0)
  if (caller !== 'gatehouse') {
    const tries = results.reduce((sum, result) => sum + result.tries, 0)
    return {
      caller,
      results,
      held: results.map(({ ok }, index) => ok * TENANTS[index]!.callMs),
      attempts: tries / sent,
    }
  }
  const rows = await gateway.rows(ROUTE, sent)
  const held = TENANTS.map(({ name }) => slotMs(rows.filter(({ tenant }) => tenant === name)))
  return { caller, results, held, attempts: rows.reduce((sum, { attempts }) => sum + attempts, 0) / rows.length }
}

/** What attempts held slots for: the time after their wait, which for those that were shed is none. */
function slotMs(rows: readonly RequestRow[]): number {
  return rows
    .flatMap(({ attempt_list }) => attempt_list)
    .reduce((sum, { duration_ms, queued_ms }) => sum + (duration_ms ?? 0) - queued_ms, 0)
}

function judge({ results, held }: Line): Check[] {
  const sum = (read: (result: LoadResult) => number) => results.reduce((total, result) => total + read(result), 0)
  const shed = sum(({ failures }) => failures['status 429'] ?? 0)
  const others = sum(
    ({ sent, ok, failures }) => sent - ok - (failures['status 429'] ?? 0) - (failures['status 504'] ?? 0),
  )
  const late = sum((result) => result.late)
  const without = sum(({ withoutRetryAfter }) => withoutRetryAfter)
  const fair = held.map((ms) => ms / (held[0]! + held[1]!) / 0.5 - 1)
  return [
    {
      what: 'no request is answered past its deadline',
      found: `${late} of ${sum(({ sent }) => sent)}`,
      met: late === 0,
    },
    {
      what: 'who is shed is told when to come back (429 with retry-after)',
      found: `${shed} shed, ${without} without retry-after, ${others} failed otherwise`,
      met: shed > 0 && without === 0 && others === 0,
    },
    {
      what: `tenants share slot time within ${percent(MOST_UNFAIR)} of half each`,
      found: held
        .map((ms, index) => `${TENANTS[index]!.name} ${percentExactly(ms / (held[0]! + held[1]!), 1)}`)
        .join(', '),
      met: fair.every((share) => Math.abs(share) <= MOST_UNFAIR),
    },
  ]
}

function format(lines: readonly Line[]): string {
  const header = [
    `queue, ${OVERLOAD}× overload`,
    'requests',
    'in time',
    'p50 ms',
    'p95 ms',
    'tries',
    'late',
    'slot time',
  ]
  const rows = lines.map(({ caller, results, held, attempts }) => {
    const sum = (read: (result: LoadResult) => number) => results.reduce((total, result) => total + read(result), 0)
    const latency = (read: (result: LoadResult) => number | null) =>
      results.map((result) => decimals(read(result), 0)).join(' / ')
    return [
      SHOWN[caller],
      String(sum(({ sent }) => sent)),
      percentExactly(sum(({ ok }) => ok) / sum(({ sent }) => sent), 1),
      latency(({ p50Ms }) => p50Ms),
      latency(({ p95Ms }) => p95Ms),
      times(attempts),
      String(sum(({ late }) => late)),
      held.map((ms) => `${(ms / 1000).toFixed(1)} s`).join(' / '),
    ]
  })
  const [acme, beta] = TENANTS
  const legend =
    `A machine with ${SLOTS} slots; ${acme.name} asks for twice as much of it as ${beta.name} (latencies and slot time of ` +
    `both), deadline ${DEADLINE_MS} ms.\nGatehouse: max_concurrency: ${SLOTS}, all else as it is by default.`
  return `${legend}\n${formatTable(header, rows)}`
}
