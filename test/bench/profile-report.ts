import type { ThreadProfile } from './cpu-profile.ts'
import { type GatewayProfile, recordingShare, type Work } from './profile.ts'
import { decimals, formatTable } from './table.ts'

const SHOWN = 25

/** The hottest functions of each thread and what recording costs. */
export function formatProfile({ underLoad, whole }: GatewayProfile): string {
  return [
    formatThread('main thread, self time', whole.main),
    formatThread('writer thread, self time', whole.writer),
    formatTable(
      ['share of recording', 'of both threads', 'by samples alone', 'of main', 'CPU main ms', 'CPU writer ms'],
      [shares('while requests came', underLoad), shares('until all was stored', whole)],
    ),
  ].join('\n\n')
}

export function share(value: number): string {
  return `${(value * 100).toFixed(1)} %`
}

function shares(name: string, work: Work): string[] {
  const { main, cpu } = work
  return [
    name,
    share(recordingShare(work)),
    share(recordingShare({ ...work, cpu: null })),
    share(main.recording / main.samples),
    decimals(cpu?.main ?? null, 0),
    decimals(cpu?.writer ?? null, 0),
  ]
}

function formatThread(title: string, { hot, samples }: ThreadProfile): string {
  const rows = hot.slice(0, SHOWN).map((entry) => [entry.name, String(entry.samples), share(entry.samples / samples)])
  return formatTable([title, 'samples', 'share'], [...rows, ['all, without idle', String(samples), '']])
}
