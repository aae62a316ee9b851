import { AudioLines } from 'lucide-react'
import { memo } from 'react'
import type { RequestRow as RequestRecord } from '../../server/http/admin/schemas.ts'
import { formatClock, formatCost, formatDuration, formatShort, unknown } from '../format.ts'
import { type LiveRequest, outcomeOf } from '../live/request.ts'
import { AttemptChain } from './attempt-chain.tsx'
import { CachedChip, CacheMark, isFromCache } from './cached-chip.tsx'
import { Elapsed } from './elapsed.tsx'
import { GuardMark } from './guard-mark.tsx'
import { Mark, outcomeColour } from './outcome.tsx'

interface RequestRowProps {
  request: LiveRequest
  selected: boolean
  onOpen: (id: string) => void
  /** Where a virtualised list wants the row. */
  top?: number
}

/** The DOM id of a request's row, for `aria-activedescendant`. */
export const rowId = (id: string) => `request-${id}`

/** The heads of the columns of `RequestRow`. */
export function RequestHead() {
  return (
    <div className="request-columns request-head label" aria-hidden>
      <span>Time</span>
      <span>Route</span>
      <span>Attempts</span>
      <span className="request-number">Status</span>
      <span className="request-number">Duration</span>
      <span className="request-number cell-ttft">First token</span>
      <span className="request-number cell-tokens">Tokens in / out</span>
      <span className="request-number cell-cost">Cost</span>
      <span className="cell-tenant">Tenant</span>
    </div>
  )
}

/** One request, wherever requests are listed: when, route, the chain of attempts, and what came of it. */
export const RequestRow = memo(function RequestRow({ request, selected, onOpen, top }: RequestRowProps) {
  const outcome = outcomeOf(request)
  const { result } = request
  const clock = formatClock(request.startedAt)
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list that owns the rows answers the keyboard
    <div
      id={rowId(request.id)}
      role="option"
      aria-selected={selected}
      tabIndex={-1}
      className={`request request-columns ${top === undefined ? '' : 'absolute inset-x-0 top-0'}`}
      data-outcome={outcome}
      style={top === undefined ? undefined : { transform: `translateY(${top}px)` }}
      onClick={() => onOpen(request.id)}
    >
      <span className="text-ink-2">
        {clock.time}
        <span className="cell-fraction text-ink-3">{clock.fraction}</span>
      </span>
      <span className="font-medium" title={request.route}>
        {request.route}
      </span>
      <span className="request-chain">
        {result && request.attempts.length === 0 && isFromCache(result) && <CachedChip result={result} />}
        <AttemptChain attempts={request.attempts} {...(result ? { skipped: result.skipped } : {})} />
        {result?.error && (
          <span
            className="chip-text text-xs"
            style={outcomeColour(outcome)}
            title={result.error_message ?? result.error}
          >
            {result.error}
          </span>
        )}
        <RequestMarks request={request} />
      </span>
      <span className="request-number font-medium" style={outcomeColour(outcome)} title={outcome}>
        {result === null ? <span className="pulse inline-block" /> : result.status}
      </span>
      <span className="request-number">
        {result === null ? <Elapsed since={request.startedAt} /> : formatDuration(result.duration_ms)}
      </span>
      <span className="request-number cell-ttft text-ink-2">{result && formatDuration(result.ttft_ms)}</span>
      <span className="request-number cell-tokens text-ink-2">{result && tokens(result)}</span>
      <span className="request-number cell-cost text-ink-2">{result && formatCost(result.cost_usd)}</span>
      <span className="cell-tenant text-ink-2">{request.tenant ?? unknown}</span>
    </div>
  )
})

function tokens({ input_tokens, output_tokens }: RequestRecord): string {
  if (input_tokens === null && output_tokens === null) return unknown
  return `${formatShort(input_tokens)} / ${formatShort(output_tokens)}`
}

function RequestMarks({ request }: { request: LiveRequest }) {
  const { result } = request
  return (
    <span className="ml-auto flex flex-none items-center gap-1.5 pl-1">
      {result?.synthetic && (
        <Mark tone="synthetic" title="The built-in sandbox made this reply; no model was asked">
          synthetic
        </Mark>
      )}
      {result?.last_resort && (
        <Mark tone="fallback" title={`No target answered; the reply was the route’s ${result.last_resort} one`}>
          {result.last_resort}
        </Mark>
      )}
      {result?.replay_of && (
        <Mark tone="running" title={`The reply of ${result.replay_of}, repeated for the same idempotency key`}>
          replay
        </Mark>
      )}
      {result && <GuardMark result={result} />}
      {result && <CacheMark result={result} />}
      {request.stream && (
        <span role="img" aria-label="streamed" title="Streamed">
          <AudioLines size={13} className="text-ink-3" aria-hidden />
        </span>
      )}
    </span>
  )
}
