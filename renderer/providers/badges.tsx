/** Where a provider's data goes: this machine, a region, or nobody said. */
export function ResidencyBadge({ residency }: { residency: string | null }) {
  const look = residency === null ? 'badge-unknown' : residency === 'local' ? 'badge-local' : ''
  const meaning =
    residency === null
      ? 'The config does not say where its data goes'
      : residency === 'local'
        ? 'Data stays here'
        : `Data goes to ${residency}`
  return (
    <span className={`badge ${look}`} title={meaning}>
      {residency ?? 'unknown'}
    </span>
  )
}

interface DialectChipsProps {
  dialects: readonly string[]
  /** How many to show; the rest is counted. */
  most?: number
}

/** The dialects that a provider speaks, the preferred one first. */
export function DialectChips({ dialects, most = Number.POSITIVE_INFINITY }: DialectChipsProps) {
  const shown = dialects.slice(0, most)
  const more = dialects.slice(most)
  return (
    <span className={`inline-flex items-center gap-1 ${more.length > 0 || Number.isFinite(most) ? '' : 'flex-wrap'}`}>
      {shown.map((dialect) => (
        <span key={dialect} className="badge font-mono">
          {dialect}
        </span>
      ))}
      {more.length > 0 && (
        <span className="text-xs text-ink-3" title={more.join(', ')}>
          +{more.length}
        </span>
      )}
    </span>
  )
}
