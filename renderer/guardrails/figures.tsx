import type { GuardrailStats } from '../../server/http/admin/schemas.ts'
import { formatCount, formatDuration, formatShare } from '../format.ts'
import { Figure } from '../parts/figure-band.tsx'

/** What guardrails did in the window. */
export function GuardFigureBand({ stats }: { stats: GuardrailStats }) {
  const { total } = stats
  const share = (count: number) => `${formatShare(count, total.inspections)} of inspections`
  const slowest = stats.guardrails.reduce<GuardrailStats['guardrails'][number] | null>(
    (slow, each) => ((slow?.p99_ms ?? -1) >= (each.p99_ms ?? -1) ? slow : each),
    null,
  )
  return (
    <dl className="figure-band cache-figures">
      <Figure
        name="Blocked"
        value={formatCount(total.blocks)}
        note={share(total.blocks)}
        tone={tone(total.blocks, 'text-refused')}
      />
      <Figure
        name="Redacted"
        value={formatCount(total.redactions)}
        note={share(total.redactions)}
        tone={tone(total.redactions, 'text-running')}
      />
      <Figure
        name="Warned"
        value={formatCount(total.warnings)}
        note={total.escalations > 0 ? `${formatCount(total.escalations)} escalated` : share(total.warnings)}
        tone={tone(total.warnings, 'text-fallback')}
      />
      <Figure name="Only monitored" value={formatCount(total.monitored)} note="nothing was done" />
      <Figure
        name="Could not tell"
        value={formatCount(total.errors)}
        note={share(total.errors)}
        tone={tone(total.errors, 'text-error')}
      />
      <Figure
        name="Slowest, p99"
        value={formatDuration(slowest?.p99_ms ?? null)}
        note={slowest === null ? 'nothing was looked at' : slowest.guardrail}
      />
    </dl>
  )
}

function tone(count: number, word: string): string {
  return count > 0 ? word : ''
}
