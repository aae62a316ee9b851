import type { Standing, TargetRow } from '../../server/http/admin/schemas.ts'
import { Countdown } from '../parts/countdown.tsx'

const tones: Record<Standing, { dot: string; text: string }> = {
  ready: { dot: 'bg-ok', text: 'text-ok' },
  'half-open': { dot: 'border-2 border-fallback', text: 'text-fallback' },
  open: { dot: 'bg-error', text: 'text-error' },
  cooling: { dot: 'bg-fallback', text: 'text-fallback' },
  drained: { dot: 'border border-refused', text: 'text-refused' },
  down: { dot: 'bg-error', text: 'text-error' },
  unconfigured: { dot: 'border border-ink-3', text: 'text-ink-3' },
}

type Shown = Pick<TargetRow, 'standing' | 'until'> & { why: string | null }

/** Whether a target may be called, as a dot and a word, with the time until that changes by itself. */
export function StandingWord({ standing, until, why }: Shown) {
  const { dot, text } = tones[standing]
  return (
    <span className={`inline-flex items-center gap-1.5 whitespace-nowrap ${text}`} title={why ?? undefined}>
      <span className={`size-[7px] flex-none rounded-full ${dot}`} aria-hidden />
      {standing}
      {until && <Countdown until={until} />}
    </span>
  )
}
