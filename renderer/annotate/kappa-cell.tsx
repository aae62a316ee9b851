import { unknown } from '../format.ts'

/** A kappa with its interval, drawn from 0 to 1. */
export function KappaCell({ kappa, interval }: { kappa: number | null; interval: number[] | null }) {
  if (kappa === null)
    return (
      <span className="text-ink-3" title="Not defined: everything has the same label">
        {unknown}
      </span>
    )
  const [low = kappa, high = kappa] = interval ?? []
  const at = (value: number) => `${Math.min(1, Math.max(0, value)) * 100}%`
  return (
    <span className="kappa">
      <span className="font-medium">{kappa.toFixed(2)}</span>
      <span className="min-w-22 text-ink-3" title="95 % confidence">
        {low.toFixed(2)} … {high.toFixed(2)}
      </span>
      <span className="kappa-track" aria-hidden>
        <span className="kappa-interval" style={{ left: at(low), right: `calc(100% - ${at(high)})` }} />
        <span className="kappa-dot" style={{ left: at(kappa) }} />
      </span>
    </span>
  )
}
