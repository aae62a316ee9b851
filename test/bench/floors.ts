import type { Memory } from './memory.ts'
import { type GatewayProfile, recordingShare } from './profile.ts'
import { share } from './profile-report.ts'
import type { Results } from './rounds.ts'
import { busy, cpu, median, medianOf, pairedMedian, ratio, requestsPerSecond, sustained } from './summary.ts'
import { formatTable, megabytes, percent, times } from './table.ts'
import { cellOf, PASSTHROUGH, STREAM, UNARY } from './workloads.ts'

/** What Gatehouse is to keep, as measured. */
export interface Floor {
  name: string
  limit: string
  measured: string
  /** `null` when it was not measured. */
  met: boolean | null
  note: string
}

interface Measured {
  results: Results
  memory: readonly Memory[]
  profile: GatewayProfile | null
}

const MEMORY_LIMIT = 220 * 2 ** 20
const RECORDING_LIMIT = 0.1
/** Below this a peer was not the limit of its own cell. */
const SATURATED = 0.9
const PUT_OFF_WORTH_TELLING = 0.05

export function judgeFloors({ results, memory, profile }: Measured): Floor[] {
  const throughput = (name: string, cell: string, other: string, least: number) =>
    floor(
      name,
      pairedMedian(results, cell, 'gatehouse', other, requestsPerSecond, ratio),
      least,
      'least',
      remarks(results, cell, other),
    )
  const unary16 = cellOf(UNARY, 16).name
  const unary64 = cellOf(UNARY, 64).name
  const stream16 = cellOf(STREAM, 16).name
  const streamCpu = pairedMedian(results, stream16, 'gatehouse', 'portkey', cpu, ratio)
  return [
    throughput("req/s over Portkey's, c16", unary16, 'portkey', 5),
    throughput("req/s over Portkey's, c64", unary64, 'portkey', 5),
    floor("CPU per stream over Portkey's, c16", streamCpu, 0.45, 'most', ''),
    floor("added p50 over bare's, c1", addedRatio(results, cellOf(UNARY, 1).name), 1.3, 'most', ''),
    throughput("req/s over bare's, c16", unary16, 'bare', 0.55),
    throughput("req/s over bare's, c64", unary64, 'bare', 0.55),
    throughput("bytes passed through: streams/s over bare's, c16", cellOf(PASSTHROUGH, 16).name, 'bare', 0.8),
    recordingFloor(profile),
    memoryFloor(memory),
  ]
}

export function formatFloors(floors: readonly Floor[]): string {
  const rows = floors.map(({ name, limit, measured, met, note }) => {
    const verdict = met === null ? 'not measured' : met ? 'met' : 'missed'
    return [name, limit, measured, verdict, note]
  })
  return formatTable(['floor', 'limit', 'measured', '', ''], rows, [0, 3, 4])
}

function floor(name: string, value: number | null, limit: number, kind: 'least' | 'most', note: string): Floor {
  const met = value === null ? null : kind === 'least' ? value >= limit : value <= limit
  return { name, limit: `${kind === 'least' ? '≥' : '≤'} ${times(limit)}`, measured: times(value), met, note }
}

/** How much Gatehouse adds to a direct call over how much the bare proxy adds, round by round. */
function addedRatio(results: Results, cell: string): number | null {
  const added = (target: string) =>
    (results.get(cell)?.get(target) ?? []).map((sample, round) => {
      const base = results.get(cell)?.get('direct')?.[round]
      return sample && base ? sample.p50Ms - base.p50Ms : null
    })
  const bare = added('bare')
  return median(added('gatehouse').map((own, round) => (own && bare[round] ? own / bare[round] : null)))
}

/**
 * What req/s does not tell: work that was put off, and a peer that waited for the load generator, which flatters
 * Gatehouse.
 */
function remarks(results: Results, cell: string, other: string): string {
  const notes: string[] = []
  const putOff = medianOf(results, cell, 'gatehouse', (sample) => sample.putOff) ?? 0
  const lasting = pairedMedian(results, cell, 'gatehouse', other, sustained, ratio)
  if (putOff >= PUT_OFF_WORTH_TELLING) notes.push(`without putting work off ${times(lasting)}`)
  const others = medianOf(results, cell, other, busy)
  const byCpu = pairedMedian(results, cell, other, 'gatehouse', cpu, ratio)
  if (others !== null && others < SATURATED) notes.push(`${other} was ${percent(others)} busy, by CPU ${times(byCpu)}`)
  return notes.join('; ')
}

function recordingFloor(profile: GatewayProfile | null): Floor {
  const value = profile && recordingShare(profile.whole)
  return {
    name: 'recording, share of CPU',
    limit: `≤ ${percent(RECORDING_LIMIT)}`,
    measured: value === null ? '–' : share(value),
    met: value === null ? null : value <= RECORDING_LIMIT,
    note: profile ? `while requests came ${share(recordingShare(profile.underLoad))}` : '',
  }
}

function memoryFloor(memory: readonly Memory[]): Floor {
  const own = memory.find(({ target }) => target === 'gatehouse')
  const after = own?.after ?? null
  return {
    name: `RSS after ${own?.requests ?? 20_000} requests`,
    limit: `≤ ${megabytes(MEMORY_LIMIT)}`,
    measured: megabytes(after),
    met: after === null ? null : after <= MEMORY_LIMIT,
    note: '',
  }
}
