import type { Explanation } from '../../server/http/admin/schemas.ts'
import { formatCost, formatCount, formatDuration } from '../format.ts'
import { Swatch } from '../parts/attempt-chain.tsx'
import { StandingWord } from './standing.tsx'

type Target = Explanation['targets'][number]

/** The targets in the order in which they would be tried, and what is known of each. */
export function ExplainedTargets({ targets, wouldCall }: { targets: readonly Target[]; wouldCall: string | null }) {
  return (
    <section aria-label="Order of targets" className="border-b border-line px-5 py-3">
      <h3 className="label pb-1">Order of targets</h3>
      <ol className="grid gap-2.5 text-sm">
        {targets.map((target) => (
          <TargetItem
            key={target.position}
            target={target}
            chosen={`${target.provider}/${target.model}` === wouldCall}
          />
        ))}
      </ol>
    </section>
  )
}

function TargetItem({ target, chosen }: { target: Target; chosen: boolean }) {
  const { provider, model, position, why, standing, until, standing_why, problem, lossy } = target
  return (
    <li>
      <p className="flex items-center gap-2">
        <span className="w-3 flex-none text-ink-3">{position + 1}</span>
        <Swatch provider={provider} />
        <span className={`min-w-0 truncate ${chosen ? 'font-semibold' : ''}`}>
          <span className={chosen ? '' : 'text-ink-3'}>{provider}</span> {model}
        </span>
        <span className="min-w-0 truncate text-ink-3">{why}</span>
        <span className="ml-auto flex-none">
          <StandingWord standing={standing} until={until} why={standing_why} />
        </span>
      </p>
      <p className="ml-5 text-xs text-ink-2">{factsOf(target).join(' · ')}</p>
      {standing !== 'ready' && standing_why && <p className="ml-5 text-xs text-ink-3">{standing_why}</p>}
      {lossy.length > 0 && <p className="ml-5 text-xs text-fallback">loses {lossy.join(', ')}</p>}
      {problem && <p className="ml-5 text-xs text-error">{problem}</p>}
    </li>
  )
}

function factsOf({ dialect, passes, p95_ms, samples, expected_cost_usd, score, queue }: Target): string[] {
  return [
    ...(dialect === null ? [] : [passes ? `${dialect}, bytes as they are` : `translated to ${dialect}`]),
    p95_ms === null ? 'no latency measured yet' : `p95 ${formatDuration(p95_ms)} of ${formatCount(samples)}`,
    expected_cost_usd === null ? 'cost not known' : `about ${formatCost(expected_cost_usd)}`,
    ...(score?.mean == null ? [] : [`score ${score.mean.toFixed(2)} of ${formatCount(score.samples)}`]),
    ...(queue.waiting > 0 ? [`${formatCount(queue.waiting)} waiting before it`] : []),
  ]
}
