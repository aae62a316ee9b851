import type { RunRow } from '../../server/http/admin/schemas.ts'
import { formatCount, formatShare } from '../format.ts'
import { toneOf } from './answer-mark.tsx'

/** How far a run is, in requests. */
export function RunProgress({ run: { done, failed, lost, total } }: { run: RunRow }) {
  const parts = [
    { name: 'done', count: done - failed, tone: 'answered' },
    { name: 'failed', count: failed, tone: 'error' },
    { name: 'lost', count: lost, tone: 'fallback' },
  ]
  const words = [`${formatCount(done)} of ${formatCount(total)}`]
  if (failed > 0) words.push(`${formatCount(failed)} failed`)
  if (lost > 0) words.push(`${formatCount(lost)} lost`)
  return (
    <div className="run-progress">
      <span
        className="coverage-bar"
        role="progressbar"
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={done}
        aria-valuetext={words.join(', ')}
        tabIndex={-1}
      >
        {parts.map(
          ({ name, count, tone }) =>
            count > 0 && (
              <span key={name} style={{ ...toneOf(tone), flexGrow: count }} title={`${name}: ${formatCount(count)}`} />
            ),
        )}
        {done + lost < total && <span className="run-left" style={{ flexGrow: total - done - lost }} />}
      </span>
      <span className="text-xs text-ink-2">
        {words.join(', ')} <span className="text-ink-3">({formatShare(done, total)})</span>
      </span>
    </div>
  )
}
