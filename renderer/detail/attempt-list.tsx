import { Hourglass } from 'lucide-react'
import type { AttemptRow } from '../../server/http/admin/schemas.ts'
import { formatDuration } from '../format.ts'
import { LEAST_QUEUED_MS, lostTheRace, reasonWord } from '../live/chain.ts'
import type { LiveRequest } from '../live/request.ts'
import { Swatch } from '../parts/attempt-chain.tsx'

const tones: Record<AttemptRow['outcome'], string> = {
  running: 'text-running',
  ok: 'text-ok',
  error: 'text-error',
  cancelled: 'text-cancelled',
}

const reasonTones: Readonly<Record<string, string>> = {
  fallback: 'font-medium text-fallback',
  hedge: 'font-medium text-running',
  escalation: 'font-medium text-synthetic',
  resume: 'font-medium text-fallback',
}

const resorts = {
  stale: 'No target answered: the last good reply to the same request was repeated, marked as stale.',
  static: 'No target answered: the route’s fixed text was the reply, marked as made up.',
} as const

/** Each call to a target: why it was made, how it ended, and what the upstream said; and who was not called. */
export function AttemptList({ request: { attempts, result } }: { request: LiveRequest }) {
  const skipped = result?.skipped ?? []
  return (
    <section className="border-b border-line py-4">
      <h3 className="px-5 pb-1.5 text-base font-semibold">Attempts</h3>
      {attempts.length === 0 && <p className="px-5 text-sm text-ink-3">No target was called.</p>}
      {skipped.length > 0 && (
        <ul aria-label="Passed over">
          {skipped.map(({ provider, model, why }) => (
            <li
              key={`${provider}/${model}`}
              className="grid grid-cols-[18px_84px_minmax(0,1fr)] items-baseline gap-x-3 px-5 py-1.5 text-sm"
            >
              <span className="col-start-2 text-ink-3">passed over</span>
              <span className="text-ink-3">
                <s>
                  {provider} {model}
                </s>
                <span className="text-ink-2"> {why}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
      <ol>
        {attempts.map((attempt) => (
          <AttemptItem key={attempt.index} attempt={attempt} lost={lostTheRace(attempt, attempts)} />
        ))}
      </ol>
      {result?.last_resort && <p className="px-5 pt-1.5 text-sm text-fallback">{resorts[result.last_resort]}</p>}
    </section>
  )
}

function AttemptItem({ attempt, lost }: { attempt: AttemptRow; lost: boolean }) {
  const { reason, outcome, queued_ms, resumed_at } = attempt
  return (
    <li className="px-5 py-1.5 text-sm">
      <div className="grid grid-cols-[18px_84px_minmax(0,1fr)_auto_68px] items-center gap-x-3">
        <span className="text-ink-3">{attempt.index + 1}</span>
        <span className={reasonTones[reason ?? ''] ?? 'text-ink-3'}>{reason}</span>
        <span className="flex min-w-0 items-center gap-2">
          <Swatch provider={attempt.provider} />
          <span className="truncate">
            <span className="text-ink-3">{attempt.provider}</span> {attempt.model}
          </span>
        </span>
        <span className={`font-medium ${tones[outcome]}`}>
          {outcome} {attempt.status}
        </span>
        <span className="text-right text-ink-2">{formatDuration(attempt.duration_ms)}</span>
      </div>
      <div className="ml-[126px] text-ink-2">
        {queued_ms >= LEAST_QUEUED_MS && (
          <p className="flex items-center gap-1.5">
            <Hourglass size={12} className="text-ink-3" aria-hidden />
            waited {formatDuration(queued_ms)} in the provider’s queue
          </p>
        )}
        {resumed_at !== null && <p>{reasonWord({ ...attempt, reason: 'resume' })}, from the text already sent</p>}
        {reason === 'hedge' && <p>begun beside the one before; the first content wins</p>}
        {lost && <p className="text-ink-3">another attempt was faster</p>}
        {attempt.error && !lost && <p>{attempt.error}</p>}
      </div>
    </li>
  )
}
