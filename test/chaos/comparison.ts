import { decimals, formatTable, times } from '../bench/table.ts'
import { CALLERS, type Caller, SHOWN } from './callers.ts'
import { percentExactly } from './check.ts'
import { type Measured, measure, type Size } from './measure.ts'
import type { PartResult } from './part.ts'
import { DEADLINE_MS } from './route.ts'
import type { Kind, Scenario } from './scenarios.ts'
import type { Site } from './site.ts'
import { judgeScenario } from './verdicts.ts'

/** How many requests Gatehouse takes in each scenario and kind, and how many the others, for whom fewer say enough. */
export interface Sizes {
  /** Scenarios at a time. */
  atOnce: number
  gatehouse: Size
  others: Size
}

/** Runs one scenario through every caller, and says what came of it. */
export async function compare(site: Site, scenario: Scenario, sizes: Sizes): Promise<PartResult> {
  const { title, kinds, route } = scenario
  const results = new Map<string, Measured>()
  const run = async (kind: Kind, caller: Caller, size: Size) => {
    results.set(keyOf(kind, caller), await measure(site, { scenario, kind, caller, size }))
  }
  const runAlone = async () => {
    for (const kind of kinds) await run(kind, 'gatehouse', sizes.gatehouse)
  }
  const others = CALLERS.filter((caller) => caller !== 'gatehouse')
  await Promise.all([
    ...kinds.flatMap((kind) => others.map((caller) => run(kind, caller, sizes.others))),
    // At a pace they do not get into each other's way.
    ...(scenario.perSecond === undefined ? [runAlone()] : kinds.map((kind) => run(kind, 'gatehouse', sizes.gatehouse))),
  ])
  const of = (kind: Kind, caller: Caller) => results.get(keyOf(kind, caller))!
  const tables = kinds.map((kind) => formatKind(scenario, kind, (caller) => of(kind, caller)))
  const checks = kinds.flatMap((kind) => judgeScenario(scenario, kind, of(kind, 'gatehouse'), of(kind, 'none')))
  const more = route ? `\n  route besides: ${JSON.stringify(route)}` : ''
  return { text: `${title}${more}\n\n${tables.join('\n\n')}`, checks }
}

function keyOf(kind: Kind, caller: Caller): string {
  return `${kind} ${caller}`
}

function formatKind({ name }: Scenario, kind: Kind, of: (caller: Caller) => Measured): string {
  const streams = kind === 'stream'
  const header = [
    `${name}, ${streams ? 'streams' : 'unary'}`,
    'requests',
    ...(streams ? ['first content', 'whole'] : ['success']),
    'p50 ms',
    'p95 ms',
    'attempts',
    'after open',
    'cost',
    'late',
  ]
  const rows = CALLERS.map((caller) => {
    const { sent, ok, whole, p50Ms, p95Ms, attempts, attemptsAfterOpen, cost, late } = of(caller)
    return [
      SHOWN[caller],
      String(sent),
      percentExactly(ok / sent, 2),
      ...(streams ? [percentExactly(whole / sent, 2)] : []),
      decimals(p50Ms, 0),
      decimals(p95Ms, 0),
      decimals(attempts, 3),
      decimals(attemptsAfterOpen, 3),
      times(cost),
      String(late),
    ]
  })
  return formatTable(header, rows)
}

/** What the columns mean. */
export const LEGEND = [
  'Two equal targets A and B. No gateway: an app that is wired to A and tries once. Naive retry ×3: the same app with up to',
  'three more tries of A, 100 ms apart, before the first content. Each is let run into the same faults by itself.',
  'p50, p95: of the whole reply, of streams of the first content, where there was one. Attempts: calls of upstreams per request;',
  'after open: from the first request on that passed over a target whose breaker is open, by the gateway’s record.',
  'Cost: tokens that upstreams billed over those of as many requests without faults. Late: answered more than 250 ms past the',
  `deadline, which is ${DEADLINE_MS} ms unless said otherwise. Gatehouse is measured again, twice at most, where this machine`,
  'stood still for longer than that meanwhile.',
].join('\n')
