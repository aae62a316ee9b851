import type { ReactNode } from 'react'
import type { Stats } from '../../server/http/admin/schemas.ts'
import { formatCount, formatDuration, formatPlural, formatShare, formatShort, formatSum } from '../format.ts'

/** The figures of a window, side by side. What is zero and should be stays quiet; what is not takes its colour. */
export function FigureBand({ total }: { total: Stats['total'] }) {
  return (
    <dl className="figure-band">
      <Figure name="Requests" value={formatCount(total.requests)} />
      <Figure
        name="Errors"
        value={formatCount(total.errors)}
        note={`${formatShare(total.errors, total.requests)} of requests`}
        tone={total.errors > 0 ? 'text-error' : ''}
      />
      <Figure
        name="Refused"
        value={formatCount(total.refused)}
        note={`${formatShare(total.refused, total.requests)} of requests`}
        tone={total.refused > 0 ? 'text-refused' : ''}
      />
      <Figure
        name="Fallback rate"
        value={formatShare(total.fallbacks, total.requests)}
        note={formatPlural(total.fallbacks, 'request')}
        tone={total.fallbacks > 0 ? 'text-fallback' : ''}
      />
      <Figure name="Duration p50" value={formatDuration(total.p50_ms)} note={<>p95 {formatDuration(total.p95_ms)}</>} />
      <Figure
        name="First token p50"
        value={formatDuration(total.ttft_p50_ms)}
        note={<>p95 {formatDuration(total.ttft_p95_ms)}</>}
      />
      <Figure
        name="Tokens"
        value={formatShort(total.input_tokens + total.output_tokens)}
        note={`${formatShort(total.input_tokens)} in, ${formatShort(total.output_tokens)} out`}
      />
      <Figure name="Cost" value={formatSum(total.cost_usd)} note={costNote(total)} />
    </dl>
  )
}

function costNote({ cost_usd, cost_unknown }: Stats['total']): string {
  if (cost_unknown > 0) return `${formatCount(cost_unknown)} unknown`
  return cost_usd > 0 ? 'all known' : 'nothing priced'
}

/** One figure of a band, with what explains it beneath. */
export function Figure(props: { name: string; value: string; note?: ReactNode; tone?: string }) {
  return (
    <div className="figure">
      <dt className="label truncate">{props.name}</dt>
      <dd className={`text-2xl leading-8 font-medium tracking-tight ${props.tone ?? ''}`}>{props.value}</dd>
      <dd className="truncate text-xs text-ink-3">{props.note ?? '\u00a0'}</dd>
    </div>
  )
}
