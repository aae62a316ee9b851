import { LOSSES } from './losses.ts'
import { asks, type Outcome } from './matrix.ts'
import { UPSTREAMS, type Upstream } from './recorded.ts'
import { SDKS, type Sdk } from './sdks.ts'

/** The matrix as Markdown: an upstream a row, a client a column, and below what is lost and why. */
export function fidelityTable(outcomes: readonly Outcome[]): string {
  const head = ['Recorded from', 'Recordings', ...SDKS.map(({ label }) => label)]
  const rows = UPSTREAMS.map((upstream) => [
    upstream.label,
    String(new Set(outcomes.filter((outcome) => outcome.upstream === upstream).map(({ recording }) => recording)).size),
    ...SDKS.map((sdk) => cellOf(upstream, sdk, outcomes)),
  ])
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]!.length)))
  const line = (row: readonly string[]) => `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`
  const rule = widths.map((width) => '-'.repeat(width))
  const notes = LOSSES.map(({ what, why }, index) => `${index + 1}. ${capital(what)}: ${why}.`)
  return [...[head, rule, ...rows].map(line), '', LEGEND, '', ...notes].join('\n')
}

const LEGEND = [
  'A column is a client: the official SDK of a format, streaming and not. `✓`: text, reasoning, tool calls, finish',
  'reason, usage, ids, citations and errors arrive equal in meaning. A number: all but what it stands for. `–`: never',
  'happens, as Ollama is asked at `/api/chat` for chats.',
].join('\n')

function cellOf(upstream: Upstream, sdk: Sdk, outcomes: readonly Outcome[]): string {
  if (!asks(sdk, upstream)) return '–'
  const own = outcomes.filter((outcome) => outcome.upstream === upstream && outcome.sdk === sdk)
  if (own.length === 0) return '?'
  if (own.some(({ ok }) => !ok)) return '✗'
  const notes = LOSSES.flatMap((loss, index) => (own.some(({ losses }) => losses.includes(loss)) ? [index + 1] : []))
  return notes.length === 0 ? '✓' : notes.join(', ')
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
