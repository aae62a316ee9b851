import { ArrowRight, RotateCw } from 'lucide-react'
import { type CSSProperties, Fragment, useMemo } from 'react'
import type { AttemptRow } from '../../server/http/admin/schemas.ts'
import { formatDuration } from '../format.ts'
import { type ChainLink, foldChain } from '../live/chain.ts'
import { providerColour } from '../provider-colour.ts'

/** The square in a provider's own colour. */
export function Swatch({ provider }: { provider: string }) {
  return <span className="swatch" style={{ '--swatch': providerColour(provider) } as CSSProperties} />
}

/** The attempts of a request in their order; what led from one to the next stands between them. */
export function AttemptChain({ attempts }: { attempts: readonly AttemptRow[] }) {
  const links = useMemo(() => foldChain(attempts), [attempts])
  return links.map((link, position) => (
    <Fragment key={link.last.index}>
      {position > 0 && <Step reason={link.reason} />}
      <Chip link={link} />
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
      role="img"
      aria-label={reason ?? 'then'}
    />
  )
}

function Chip({ link: { last, reason, failure } }: { link: ChainLink }) {
  return (
    <span className="chip" data-outcome={last.outcome} data-reason={reason} title={chipTitle(last)}>
      {last.outcome === 'running' ? <span className="pulse" /> : <Swatch provider={last.provider} />}
      <span className="chip-text">
        <span className="text-ink-2">{last.provider}</span>{' '}
        <span className={last.outcome === 'error' ? 'text-ink-3' : 'text-ink'}>{last.model}</span>
      </span>
      {failure !== null && <span className="chip-status">{failure}</span>}
    </span>
  )
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
