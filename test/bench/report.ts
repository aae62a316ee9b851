import type { Sample } from './measure.ts'
import type { Results } from './rounds.ts'
import { busy, cpu, difference, medianOf, p50, pairedMedian, ratio, requestsPerSecond, sustained } from './summary.ts'
import { decimals, formatTable, percent, times } from './table.ts'
import { PORTKEY_NOTE } from './targets/portkey.ts'
import type { Cell } from './workloads.ts'

const PUT_OFF_WORTH_TELLING = 0.05
const HEADER = ['', 'req/s', 'p50 ms', 'p99 ms', 'TTFT p50', 'added p50', 'CPU/1k ms', 'busy', '× bare', '× portkey']

/** One table a cell. `names` gives each target's name as it is to be shown. */
export function formatCells(results: Results, cells: readonly Cell[], names: ReadonlyMap<string, string>): string {
  return cells.map((cell) => formatCell(results, cell, names)).join('\n\n')
}

/** What the columns mean. */
export function formatLegend(hasPortkey: boolean): string {
  const lines = [
    'Medians over the rounds; × bare and × portkey are medians of the ratios of req/s within each round.',
    'added p50: over direct, in the same round. CPU/1k: of the target, per 1000 requests, storing included.',
    "busy: the target's share of its core. Where it is well below 100 %, the load generator, the upstream or something",
    'else on this machine was the limit, and req/s says less than CPU/1k does.',
  ]
  if (hasPortkey) lines.push(PORTKEY_NOTE)
  return lines.join('\n')
}

function formatCell(results: Results, { name: cell, workload }: Cell, names: ReadonlyMap<string, string>): string {
  const rows = [...names].map(([target, shown]) => {
    const of = (pick: (sample: Sample) => number | null) => medianOf(results, cell, target, pick)
    const against = (other: string) =>
      target === other ? null : pairedMedian(results, cell, target, other, requestsPerSecond, ratio)
    const added = target === 'direct' ? null : pairedMedian(results, cell, target, 'direct', p50, difference)
    return [
      shown,
      decimals(of(requestsPerSecond), 0),
      decimals(of(p50), 2),
      decimals(
        of((sample) => sample.p99Ms),
        2,
      ),
      workload.stream
        ? decimals(
            of((sample) => sample.firstContentMs),
            2,
          )
        : '',
      decimals(added, 2),
      decimals(of(cpu), 0),
      percent(of(busy)),
      times(against('bare')),
      times(against('portkey')),
    ]
  })
  return formatTable([cell, ...HEADER.slice(1)], rows)
}

/** Where Gatehouse left work for after the last reply: for long it could not take as many requests. */
export function formatPutOff(results: Results): string[] {
  return [...results.keys()].flatMap((cell) => {
    const putOff = medianOf(results, cell, 'gatehouse', (sample) => sample.putOff)
    if (putOff === null || putOff < PUT_OFF_WORTH_TELLING) return []
    const rate = decimals(medianOf(results, cell, 'gatehouse', sustained), 0)
    return [`${cell}: ${percent(putOff)} of Gatehouse's CPU came after the last reply; without a pause ${rate} req/s`]
  })
}
