import type { CacheTenant } from '../../server/http/admin/schemas.ts'
import { formatShare } from '../format.ts'
import { useParts } from './words.ts'

/** Shares of exact, semantic, stale and miss, of all that was looked up. */
export function UseBar({ use }: { use: Omit<CacheTenant, 'tenant'> }) {
  const asked = use.requests - use.bypassed
  const words = useParts.map(({ name, of }) => `${name} ${formatShare(of(use), asked)}`).join(', ')
  return (
    <span className="use-bar" role="img" aria-label={words} title={words}>
      {useParts.map(
        ({ name, token, of }) =>
          of(use) > 0 && <span key={name} style={{ flexGrow: of(use), background: `var(${token})` }} />,
      )}
    </span>
  )
}

/** What the colours of a `UseBar` stand for. */
export function UseLegend() {
  return (
    <span className="flex flex-wrap gap-x-4 text-xs text-ink-2">
      {useParts.map(({ name, token }) => (
        <span key={name} className="flex items-center gap-1.5">
          <span className="size-2 rounded-[2.5px]" style={{ background: `var(${token})` }} />
          {name}
        </span>
      ))}
    </span>
  )
}
