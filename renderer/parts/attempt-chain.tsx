import { ArrowRight, RotateCw } from 'lucide-react'
import { type CSSProperties, Fragment } from 'react'
import type { AttemptRow } from '../../server/http/admin/schemas.ts'
import { formatDuration } from '../format.ts'
import { providerColour } from '../provider-colour.ts'

/** The square in a provider's own colour. */
export function Swatch({ provider }: { provider: string }) {
  return <span className="swatch" style={{ '--swatch': providerColour(provider) } as CSSProperties} />
}

/** The attempts of a request in their order; what led from one to the next stands between them. */
export function AttemptChain({ attempts }: { attempts: readonly AttemptRow[] }) {
  return attempts.map((attempt, position) => (
    <Fragment key={attempt.index}>
      {position > 0 && <Step reason={attempt.reason} />}
      <Chip attempt={attempt} />
    </Fragment>
  ))
}

function Step({ reason }: { reason: string | null }) {
  const Icon = reason === 'retry' ? RotateCw : ArrowRight
  return (
    <Icon
      className="step"
      data-reason={reason}
      size={13}
      strokeWidth={reason === 'fallback' ? 2.75 : 2}
      aria-label={reason ?? 'then'}
    />
  )
}

function Chip({ attempt }: { attempt: AttemptRow }) {
  const failed = attempt.outcome === 'error'
  return (
    <span className="chip" data-outcome={attempt.outcome} data-reason={attempt.reason} title={chipTitle(attempt)}>
      {attempt.outcome === 'running' ? <span className="pulse" /> : <Swatch provider={attempt.provider} />}
      <span className="chip-text">
        <span className="text-ink-2">{attempt.provider}</span>{' '}
        <span className={failed ? 'text-ink-3' : 'text-ink'}>{attempt.model}</span>
      </span>
      {failed && <span className="chip-status">{failureWord(attempt.status)}</span>}
    </span>
  )
}

/** The message is a sentence, too long for a chip; without an error status, where it broke off says most. */
function failureWord(status: number | null): string {
  if (status === null) return 'no reply'
  return status >= 400 ? String(status) : 'cut'
}

function chipTitle(attempt: AttemptRow): string {
  const facts = [
    `${attempt.provider}/${attempt.model}`,
    attempt.reason,
    attempt.outcome,
    attempt.status,
    attempt.duration_ms === null ? null : formatDuration(attempt.duration_ms),
    attempt.error,
  ]
  return facts.filter((fact) => fact !== null).join(' · ')
}
