import type { ReactNode } from 'react'

/** The line at the top of a page: its name, and its controls at the right. */
export function PageHead({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <header className="flex h-(--head-height) flex-none items-center gap-3 border-b border-line px-5">
      <title>{`${title} · Gatehouse`}</title>
      <h1 className="text-lg font-semibold tracking-tight">{title}</h1>
      {children}
    </header>
  )
}
