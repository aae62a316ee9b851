import type { AttemptRow } from '../../server/http/admin/schemas.ts'
import { formatDuration } from '../format.ts'
import { Swatch } from '../parts/attempt-chain.tsx'

const tones: Record<AttemptRow['outcome'], string> = {
  running: 'text-running',
  ok: 'text-ok',
  error: 'text-error',
  cancelled: 'text-cancelled',
}

/** Each call to a target: why it was made, how it ended, and what the upstream said. */
export function AttemptList({ attempts }: { attempts: readonly AttemptRow[] }) {
  return (
    <section className="border-b border-line py-4">
      <h3 className="px-5 pb-1.5 text-base font-semibold">Attempts</h3>
      {attempts.length === 0 && <p className="px-5 text-sm text-ink-3">No target was called.</p>}
      <ol>
        {attempts.map((attempt) => (
          <li key={attempt.index} className="px-5 py-1.5 text-sm">
            <div className="grid grid-cols-[18px_64px_minmax(0,1fr)_auto_68px] items-center gap-x-3">
              <span className="text-ink-3">{attempt.index + 1}</span>
              <span className={attempt.reason === 'fallback' ? 'font-medium text-fallback' : 'text-ink-3'}>
                {attempt.reason}
              </span>
              <span className="flex min-w-0 items-center gap-2">
                <Swatch provider={attempt.provider} />
                <span className="truncate">
                  <span className="text-ink-3">{attempt.provider}</span> {attempt.model}
                </span>
              </span>
              <span className={`font-medium ${tones[attempt.outcome]}`}>
                {attempt.outcome} {attempt.status}
              </span>
              <span className="text-right text-ink-2">{formatDuration(attempt.duration_ms)}</span>
            </div>
            {attempt.error && <p className="mt-0.5 ml-[106px] text-ink-2">{attempt.error}</p>}
          </li>
        ))}
      </ol>
    </section>
  )
}
