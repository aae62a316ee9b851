import { type CSSProperties, useMemo, useState } from 'react'
import type { SpanRow } from '../../server/http/admin/schemas.ts'
import { formatDuration, formatTick } from '../format.ts'
import { providerColour } from '../provider-colour.ts'
import { SpanDetail } from './span-detail.tsx'
import { layOutWaterfall, type PlacedSpan, type Waterfall } from './waterfall.ts'

const percent = (share: number) => `${share * 100}%`

/** The spans of a trace on one time axis; a click on a span opens what it carries below it. */
export function WaterfallView({ spans }: { spans: readonly SpanRow[] }) {
  const waterfall = useMemo(() => layOutWaterfall(spans), [spans])
  const [openId, setOpenId] = useState<string | null>(null)
  return (
    <div className="waterfall">
      <div className="waterfall-line waterfall-axis text-2xs text-ink-3">
        <span />
        <div className="waterfall-track">
          <Guides waterfall={waterfall} named />
        </div>
        <span className="text-right">{formatDuration(waterfall.duration_ms)}</span>
      </div>
      {waterfall.spans.map((placed) => {
        const open = placed.span.span_id === openId
        return (
          <div key={placed.span.span_id}>
            <SpanLine
              placed={placed}
              waterfall={waterfall}
              open={open}
              toggle={() => setOpenId(open ? null : placed.span.span_id)}
            />
            {open && <SpanDetail span={placed.span} origin={waterfall.start_ms} />}
          </div>
        )
      })}
    </div>
  )
}

function SpanLine(props: { placed: PlacedSpan; waterfall: Waterfall; open: boolean; toggle: () => void }) {
  const { span, depth, left, width, queued, ticks } = props.placed
  const failed = span.status === 'error'
  return (
    <button type="button" className="waterfall-line waterfall-span" aria-expanded={props.open} onClick={props.toggle}>
      <span
        className={`truncate ${failed ? 'text-error' : ''}`}
        style={{ paddingLeft: depth * 14 }}
        title={span.status_message ?? span.name}
      >
        {span.name}
      </span>
      <span className="waterfall-track">
        <Guides waterfall={props.waterfall} />
        <span
          className="waterfall-bar"
          style={{ left: percent(left), width: percent(width), '--bar': barColour(span) } as CSSProperties}
        />
        {queued > 0 && (
          <span
            className="waterfall-queue"
            style={{ left: percent(left), width: percent(queued) }}
            title="In the provider’s queue"
          />
        )}
        {ticks.map((tick, position) => (
          <span
            key={`${span.events[position]?.name}-${tick}`}
            className="waterfall-tick"
            style={{ left: percent(tick) }}
            title={span.events[position]?.name}
          />
        ))}
      </span>
      <span className="text-right text-ink-2">{formatDuration(span.end_ms - span.start_ms)}</span>
    </button>
  )
}

function Guides({ waterfall, named = false }: { waterfall: Waterfall; named?: boolean }) {
  return waterfall.marks.map((mark) => (
    <span key={mark} className="waterfall-guide" style={{ left: percent(mark / waterfall.duration_ms) }}>
      {named && (mark === 0 ? '0' : formatTick(mark))}
    </span>
  ))
}

/** A call to a provider has the provider's colour; the gateway's own work has none. */
function barColour(span: SpanRow): string {
  if (span.status === 'error') return 'var(--error)'
  const provider = span.attributes['gateway.provider'] ?? span.attributes['gen_ai.provider.name']
  return span.kind === 'CLIENT' && typeof provider === 'string' ? providerColour(provider) : 'var(--ink-3)'
}
