/** How a bench is said. */
import { formatPlural, unknown } from '../format.ts'
import type { BenchRun } from './run.ts'

/** Tokens a second: one decimal below ten. */
export function speedWords(tokensPerSecond: number | null): string {
  if (tokensPerSecond === null) return unknown
  return tokensPerSecond < 9.95 ? tokensPerSecond.toFixed(1) : Math.round(tokensPerSecond).toLocaleString('en-US')
}

/** How a run stands, in one sentence. */
export function runWords({ state, columns }: BenchRun): string {
  const known = columns.filter((column) => column !== null)
  const kept = known.filter(({ experiment }) => experiment !== null).length
  const ended = known.filter(({ phase }) => phase === 'ended').length
  switch (state) {
    case 'running':
      return `${ended} of ${known.length} have answered.`
    case 'stopped':
      return 'Stopped. Nothing of it was kept as pairs.'
    case 'failed':
      return 'It broke off. Nothing of it was kept as pairs.'
    case 'saved':
      return kept === 0 ? 'Done. One model alone makes no pair.' : `Done. Saved as ${formatPlural(kept, 'pair')}.`
  }
}
