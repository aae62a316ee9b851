import type { CSSProperties } from 'react'
import type { Outcome } from '../live/request.ts'

const colours: Record<Outcome, string> = {
  running: 'var(--running)',
  ok: 'var(--ok)',
  fallback: 'var(--fallback)',
  refused: 'var(--refused)',
  error: 'var(--error)',
  cancelled: 'var(--cancelled)',
}

/** The colour in which an outcome is written. */
export function outcomeColour(outcome: Outcome): CSSProperties {
  return { color: colours[outcome] }
}

/** A small label in capitals for what sets a request apart, in the tone that it stands for. */
export function Mark({ tone, children, title }: { tone: string; children: string; title?: string }) {
  return (
    <span className="mark" style={{ '--tone': `var(--${tone})` } as CSSProperties} title={title}>
      {children}
    </span>
  )
}
