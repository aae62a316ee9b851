import type { Drain, TargetRow } from '../../server/http/admin/schemas.ts'
import { formatCost, formatCount, formatDuration, formatShare, unknown } from '../format.ts'
import { Swatch } from '../parts/attempt-chain.tsx'
import { useIsViewer } from '../role.ts'
import { StandingWord } from './standing.tsx'

interface ChainTargetProps {
  target: TargetRow
  /** From 1; null where the strategy decides anew for each request. */
  position: number | null
  drain: (drain: Drain) => void
  pending: Drain | null
}

/** One target of a route as a link of its chain. */
export function ChainTarget({ target, position, drain, pending }: ChainTargetProps) {
  const { provider, model, attempts, errors } = target
  return (
    <tr className="chain-target" data-out={target.standing !== 'ready' && target.standing !== 'half-open'}>
      <td>
        <span className="flex min-w-0 items-center gap-2">
          <span className="chain-knot" aria-hidden>
            {position}
          </span>
          <Swatch provider={provider} />
          <span className="min-w-0 truncate" title={titleOf(target)}>
            <span className="text-ink-3">{provider}</span> {model}
          </span>
          {target.score && target.score.mean !== null && (
            <span className="flex-none text-xs text-ink-3" title={scoreTitle(target.score)}>
              score {target.score.mean.toFixed(2)}
            </span>
          )}
        </span>
      </td>
      <td>
        <StandingWord standing={target.standing} until={target.until} why={target.why} />
      </td>
      <td>
        <Share target={target} />
      </td>
      <td className="number">{formatDuration(target.p95_ms)}</td>
      <td className="number cell-wide">{formatDuration(target.ttft_p95_ms)}</td>
      <td
        className={`number ${errors > 0 ? 'text-error' : 'text-ink-3'}`}
        title={`${formatCount(errors)} of ${formatCount(attempts)} attempts`}
      >
        {formatCount(errors)}
      </td>
      <td className="number cell-wide">
        <Queue queue={target.queue} />
      </td>
      <td>
        <DrainButton target={target} drain={drain} pending={pending} />
      </td>
    </tr>
  )
}

function Share({ target: { share, attempts } }: { target: TargetRow }) {
  return (
    <span
      className={`inline-flex items-center gap-2 ${attempts === 0 ? 'text-ink-3' : ''}`}
      title={`${formatCount(attempts)} attempts`}
    >
      <span className="share-track" aria-hidden>
        <span className="share-bar" style={{ width: `${(share ?? 0) * 100}%` }} />
      </span>
      <span className="w-9 text-right">{share === null ? unknown : formatShare(share, 1)}</span>
    </span>
  )
}

function Queue({ queue: { running, waiting, limit } }: Pick<TargetRow, 'queue'>) {
  return (
    <span className={running + waiting === 0 ? 'text-ink-3' : ''}>
      {formatCount(running)}
      {limit !== null && <span className="text-ink-3">/{formatCount(limit)}</span>}
      {waiting > 0 && <span className="text-fallback"> +{formatCount(waiting)} waiting</span>}
    </span>
  )
}

function DrainButton({ target: { provider, model, drained }, drain, pending }: Omit<ChainTargetProps, 'position'>) {
  const busy = pending?.provider === provider && (pending.model ?? model) === model
  const label = drained === null ? 'Drain' : 'Put back'
  const isViewer = useIsViewer()
  return (
    <button
      type="button"
      className={`button button-small ${drained === null ? 'button-quiet' : ''}`}
      aria-label={`${label} ${provider}${drained === 'provider' ? '' : `/${model}`}`}
      title={drained === null ? 'No new request goes to it until it is put back' : 'Requests go to it again'}
      disabled={busy || isViewer}
      onClick={() => drain({ provider, model: drained === 'provider' ? null : model, drained: drained === null })}
    >
      {label}
    </button>
  )
}

function titleOf({ provider, model, weight, p50_ms, in_flight, expected_cost_usd }: TargetRow): string {
  const facts = [
    `${provider}/${model}`,
    `weight ${weight}`,
    `p50 ${formatDuration(p50_ms)}`,
    `${formatCount(in_flight)} in flight`,
    `${formatCost(expected_cost_usd)} for 1,000 prompt tokens`,
  ]
  return facts.join(' · ')
}

function scoreTitle({ lower, upper, samples }: NonNullable<TargetRow['score']>): string {
  return `between ${lower.toFixed(2)} and ${upper.toFixed(2)} with 95 % confidence, from ${formatCount(samples)} scores`
}
