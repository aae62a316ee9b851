import type { ReactNode } from 'react'

interface FactProps {
  name: string
  children: ReactNode
}

/** A value under its name, one of several side by side. */
export function Fact({ name, children }: FactProps) {
  return (
    <div className="min-w-0">
      <dt className="label">{name}</dt>
      <dd className="truncate">{children}</dd>
    </div>
  )
}

/** A value beside its name, in a grid of two columns. */
export function FactRow({ name, children }: FactProps) {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  )
}
