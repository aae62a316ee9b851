import type { ThreadProfile } from './cpu-profile.ts'
import { type GatewayProfile, recordingShare, sampledShare } from './profile.ts'
import { decimals, formatTable } from './table.ts'

const SHOWN = 25

/** The hottest functions of each thread and what recording costs. */
export function formatProfile(profile: GatewayProfile): string {
  const { main, writer, mainCpuMs, writerCpuMs } = profile
  const cpu = mainCpuMs === null ? '' : `; CPU ${decimals(mainCpuMs, 0)} ms main, ${decimals(writerCpuMs, 0)} ms writer`
  return [
    formatThread('main thread, self time', main),
    formatThread('writer thread, self time', writer),
    `recording: ${share(recordingShare(profile))} of both threads${cpu}`,
    `  by samples alone ${share(sampledShare(profile))}; of the main thread ${share(main.recording / main.samples)}`,
  ].join('\n\n')
}

export function share(value: number): string {
  return `${(value * 100).toFixed(1)} %`
}

function formatThread(title: string, { hot, samples }: ThreadProfile): string {
  const rows = hot.slice(0, SHOWN).map((entry) => [entry.name, String(entry.samples), share(entry.samples / samples)])
  return formatTable([title, 'samples', 'share'], [...rows, ['all, without idle', String(samples), '']])
}
