import type { RequestRow } from '../../server/http/admin/request-schemas.ts'
import type { Caller } from './callers.ts'
import type { Gateway } from './gateway.ts'
import type { Counts } from './laboratory.ts'
import { LATE_MS, type LoadOrder, type LoadResult } from './load.ts'
import { DEADLINE_MS, TRY_MS } from './route.ts'
import type { Kind, Scenario } from './scenarios.ts'
import { type Cell, ROUNDS, type Site } from './site.ts'
import { USUAL_TOKENS } from './words.ts'

/** One line of a table. */
export interface Measured extends LoadResult {
  /** Calls that upstreams were sent, per request; the gateway's by its record. */
  attempts: number
  /** From the first request on that passed over a target whose breaker is open; `null` where none did. */
  attemptsAfterOpen: number | null
  /** Tokens that upstreams billed, over those of as many requests without faults. */
  cost: number
}

/** How many requests a caller makes. */
export interface Size {
  requests: number
  concurrency: number
  mostMs: number
  /** Of a scenario's pace. */
  paceShare: number
  /** Of a scenario that says itself how long it goes on. */
  longestMs: number
}

const ANSWER_MS = 90_000
const GRACE_MS = 3000

/** One caller in one scenario. */
export interface Run {
  scenario: Scenario
  kind: Kind
  caller: Caller
  size: Size
}

/** Lets one caller run into a scenario; again, where this machine stood still for so long that clocks say nothing. */
export async function measure(site: Site, run: Run): Promise<Measured> {
  const { scenario, kind, caller } = run
  for (let round = 0; ; round += 1) {
    const measured = await measureOnce(site, site.cell(scenario, kind, caller, round), run)
    const { stoodStillMs } = measured
    if (caller !== 'gatehouse' || stoodStillMs < LATE_MS || round === ROUNDS - 1) return measured
    const what = `${scenario.name}, ${kind}`
    process.stderr.write(`${what}: once more, as this machine stood still for ${stoodStillMs.toFixed(0)} ms\n`)
  }
}

async function measureOnce({ clients, upstreams, gateway }: Site, cell: Cell, run: Run): Promise<Measured> {
  await upstreams.ask({ restart: cell.upstreams }, ANSWER_MS)
  const result = await clients.ask<LoadResult>(orderOf(cell, gateway, run), ANSWER_MS)
  const counts = await upstreams.ask<Counts[]>({ counts: cell.upstreams }, ANSWER_MS)
  const billed = counts.reduce((sum, { tokens }) => sum + tokens, 0)
  const measured = { ...result, attemptsAfterOpen: null, cost: billed / (result.sent * USUAL_TOKENS) }
  if (run.caller !== 'gatehouse') return { ...measured, attempts: result.tries / result.sent }
  const rows = await gateway.rows(cell.route, result.sent)
  const open = rows.findIndex(({ skipped }) => skipped.some(({ why }) => why.startsWith('open')))
  const attemptsAfterOpen = open < 0 ? null : attemptsPerRequest(rows.slice(open))
  return { ...measured, attempts: attemptsPerRequest(rows), attemptsAfterOpen }
}

function attemptsPerRequest(rows: readonly RequestRow[]): number {
  return rows.reduce((sum, { attempts }) => sum + attempts, 0) / rows.length
}

function orderOf(cell: Cell, gateway: Gateway, { scenario, kind, caller, size }: Run): LoadOrder {
  const { deadlineMs = DEADLINE_MS, perSecond, concurrency, mostMs } = scenario
  const atATime = caller === 'gatehouse' ? (concurrency ?? size.concurrency) : size.concurrency
  const isPaced = perSecond !== undefined
  const common = {
    stream: kind === 'stream',
    requests: isPaced ? Number.MAX_SAFE_INTEGER : size.requests,
    mostMs: Math.min(mostMs ?? size.mostMs, size.longestMs),
    pace: isPaced ? { perSecond: perSecond * size.paceShare } : { concurrency: atATime },
    deadlineMs,
  }
  switch (caller) {
    case 'none':
      return { ...common, origin: cell.urlA, model: 'm', headers: {}, tryMs: deadlineMs, retries: 0 }
    case 'naive':
      return { ...common, origin: cell.urlA, model: 'm', headers: {}, tryMs: TRY_MS, retries: 3 }
    case 'gatehouse': {
      const headers = { 'x-gatehouse-timeout': String(deadlineMs) }
      // Longer than the gateway should take, so that what comes late is seen.
      const own = { origin: gateway.origin, model: cell.route, openWith: '/healthz' }
      return { ...common, ...own, headers, tryMs: deadlineMs + GRACE_MS, retries: 0 }
    }
  }
}
