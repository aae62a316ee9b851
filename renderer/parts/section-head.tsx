import type { ReactNode } from 'react'

/** The name of a part of a page, and what belongs beside it. */
export function SectionHead({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="flex h-11 items-end justify-between gap-4 px-5 pb-1.5">
      <h2 className="text-base font-semibold">{title}</h2>
      {children}
    </div>
  )
}
