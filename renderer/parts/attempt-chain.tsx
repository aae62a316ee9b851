import { ArrowRight, Hourglass, Link2, type LucideIcon, RotateCw, Split, TrendingUp } from 'lucide-react'
import { type CSSProperties, Fragment, useMemo } from 'react'
import type { AttemptRow, SkippedTarget } from '../../server/http/admin/schemas.ts'
import { formatDuration } from '../format.ts'
import { type ChainLink, foldChain, LEAST_QUEUED_MS, reasonWord } from '../live/chain.ts'
import { providerColour } from '../provider-colour.ts'

/** The square in a provider's own colour. */
export function Swatch({ provider }: { provider: string }) {
  return <span className="swatch" style={{ '--swatch': providerColour(provider) } as CSSProperties} />
}

interface AttemptChainProps {
  attempts: readonly AttemptRow[]
  /** Targets that were passed over; known once the request has ended. */
  skipped?: readonly SkippedTarget[]
}

/** The attempts of a request in their order; what led from one to the next stands between them. */
export function AttemptChain({ attempts, skipped = [] }: AttemptChainProps) {
  const links = useMemo(() => foldChain(attempts), [attempts])
  return (
    <>
      {skipped.map(({ provider, model, why }) => (
        <span
          key={`${provider}/${model}`}
          className="chip chip-skipped"
          title={`${provider}/${model} was passed over: ${why}`}
        >
          <Swatch provider={provider} />
          <s className="chip-text">
            {provider} {model}
          </s>
        </span>
      ))}
      {links.map((link, position) => (
        <Fragment key={link.last.index}>
          {position > 0 && <Step attempt={link.last} reason={link.reason} />}
          <Chip link={link} />
        </Fragment>
      ))}
    </>
  )
}

/** What each step looks like; a fork means that the one before goes on beside it. */
const icons: Readonly<Record<string, LucideIcon>> = {
  retry: RotateCw,
  hedge: Split,
  escalation: TrendingUp,
  resume: Link2,
}
const strong = new Set(['fallback', 'hedge', 'escalation', 'resume'])

function Step({ attempt, reason }: { attempt: AttemptRow; reason: string | null }) {
  const Icon = icons[reason ?? ''] ?? ArrowRight
  const words = reasonWord({ ...attempt, reason })
  return (
    <span className="step" data-reason={reason} title={words}>
      <Icon size={13} strokeWidth={strong.has(reason ?? '') ? 2.5 : 2} role="img" aria-label={words} />
      {reason === 'resume' && attempt.resumed_at !== null && <span aria-hidden>@{attempt.resumed_at}</span>}
    </span>
  )
}

function Chip({ link: { last, reason, failure, queued_ms } }: { link: ChainLink }) {
  return (
    <span className="chip" data-outcome={last.outcome} data-reason={reason} title={chipTitle(last)}>
      {last.outcome === 'running' ? <span className="pulse" /> : <Swatch provider={last.provider} />}
      <span className="chip-text">
        <span className="text-ink-2">{last.provider}</span>{' '}
        <span className={last.outcome === 'ok' || last.outcome === 'running' ? 'text-ink' : 'text-ink-3'}>
          {last.model}
        </span>
      </span>
      {queued_ms >= LEAST_QUEUED_MS && <Queued milliseconds={queued_ms} />}
      {failure !== null && <span className="chip-status">{failure}</span>}
    </span>
  )
}

function Queued({ milliseconds }: { milliseconds: number }) {
  const words = `waited ${formatDuration(milliseconds)} in the provider’s queue`
  return (
    <span className="chip-queued" title={words}>
      <Hourglass size={11} role="img" aria-label={words} />
      {formatDuration(milliseconds)}
    </span>
  )
}

function chipTitle(attempt: AttemptRow): string {
  const facts = [
    `${attempt.provider}/${attempt.model}`,
    reasonWord(attempt),
    attempt.outcome,
    attempt.status,
    attempt.queued_ms >= LEAST_QUEUED_MS ? `queued ${formatDuration(attempt.queued_ms)}` : null,
    attempt.duration_ms === null ? null : formatDuration(attempt.duration_ms),
    attempt.error,
  ]
  return facts.filter((fact) => fact !== null).join(' · ')
}
