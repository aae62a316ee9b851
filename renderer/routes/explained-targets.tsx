import type { Explanation } from '../../server/http/admin/schemas.ts'
import { formatCost, formatCount, formatDuration } from '../format.ts'
import { Swatch } from '../parts/attempt-chain.tsx'
import { StandingWord } from './standing.tsx'

type Target = Explanation['targets'][number]

/** What would be done with a target, and the tone of it. */
const actions: Record<Target['action'], { word: string; tone: string }> = {
  call: { word: 'called first', tone: 'font-medium text-ok' },
  standby: { word: 'next, should those before it fail', tone: 'text-ink-3' },
  skip: { word: 'left alone', tone: 'text-fallback' },
  fail: { word: 'cannot be called', tone: 'text-error' },
  unused: { word: 'not reached', tone: 'text-ink-3' },
}

/** The targets in the order in which they would be tried, and what is known of each. */
export function ExplainedTargets({ targets }: { targets: readonly Target[] }) {
  return (
    <section aria-label="Order of targets" className="border-b border-line px-5 py-3">
      <h3 className="label pb-1">Order of targets</h3>
      <ol className="grid gap-2.5 text-sm">
        {targets.map((target) => (
          <TargetItem key={target.position} target={target} />
        ))}
      </ol>
    </section>
  )
}

function TargetItem({ target }: { target: Target }) {
  const { provider, model, position, why, action, standing, until, standing_why, problem, lossy } = target
  const called = action === 'call'
  return (
    <li>
      <p className="flex items-center gap-2">
        <span className="w-3 flex-none text-ink-3">{position + 1}</span>
        <Swatch provider={provider} />
        <span className={`min-w-0 truncate ${called ? 'font-semibold' : ''}`}>
          <span className={called ? '' : 'text-ink-3'}>{provider}</span> {model}
        </span>
        <span className="ml-auto flex-none">
          <StandingWord standing={standing} until={until} why={standing_why} />
        </span>
      </p>
      <p className="ml-5 text-xs text-ink-3">
        <span className={actions[action].tone}>{actions[action].word}</span> · {why}
      </p>
      <p className="ml-5 text-xs text-ink-2">{factsOf(target).join(' · ')}</p>
      {standing !== 'ready' && standing_why && <p className="ml-5 text-xs text-ink-3">{standing_why}</p>}
      {lossy.length > 0 && <p className="ml-5 text-xs text-fallback">loses {lossy.join(', ')}</p>}
      {problem && <p className="ml-5 text-xs text-error">{problem}</p>}
    </li>
  )
}

function factsOf({ dialect, passes, estimated, p95_ms, samples, expected_cost_usd, score, queue }: Target): string[] {
  const wire = passes ? `${dialect}, bytes as they are` : `translated to ${dialect}`
  return [
    ...(estimated ? ['estimated by the gateway'] : dialect === null ? [] : [wire]),
    p95_ms === null ? 'no latency measured yet' : `p95 ${formatDuration(p95_ms)} of ${formatCount(samples)}`,
    expected_cost_usd === null ? 'cost not known' : `about ${formatCost(expected_cost_usd)}`,
    ...(score?.mean == null ? [] : [`score ${score.mean.toFixed(2)} of ${formatCount(score.samples)}`]),
    ...(queue.wait_ms > 0 ? [`waits about ${formatDuration(queue.wait_ms)}`] : []),
  ]
}
